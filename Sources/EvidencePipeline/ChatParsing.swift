import Ingestion
import Reporting
import Transcript

extension InputReading {
    /// Reads what the arguments name without judging, each file twice: who is the seller may only be known after all were
    /// read.
    /// - Parameters:
    ///   - standardInput: the bytes behind `-`.
    ///   - progress: may call it off: then the file at hand is left where it is, and what is returned is not whole.
    ///   - deliver: receives the messages with their roles, in input order.
    ///   - close: is called after each file with what was not understood in it.
    ///   - pass: is called for what was not read, in its place, with the file where its bytes are known.
    /// - Returns: what a scan would say of the inputs, without messages and findings.
    public func parse(
        _ arguments: [String], standardInput: () -> FileBytes, progress: ScanProgress? = nil, deliver: @escaping (Message, SourceFile) -> Void,
        close: (SourceFile, [Diagnostic]) -> Void = { _, _ in },
        pass: (Diagnostic, SourceFile?) -> Void = { _, _ in }
    ) -> ScanResult {
        var reading = self
        reading.calledOff = progress?.cancellation
        let inputs = reading.inputs(of: arguments, standardInput: standardInput)
        let resolution = RoleResolution(own: own)
        var result = ScanResult()
        var counts = SpeakerCounts()
        /// Of each file, by name.
        var chats: [[String: ChatRoles]] = []
        for input in inputs where progress?.isCancelled != true {
            reading.open(input) { item in
                switch item {
                case .archive(let archive): result.archives.append(archive)
                case .skipped(let entry): result.skipped.append(entry)
                case .chat(let chat):
                    var roles: [String: ChatRoles] = [:]
                    let file = chat.read { message, _, _ in
                        _ = roles[message.conversation, default: resolution.chat(named: message.conversation)].add(message)
                    }
                    for chat in roles.values { chat.count(in: &counts) }
                    chats.append(roles)
                    result.files.append(file.source)
                    result.diagnostics.append(file.diagnostics)
                }
            }
        }
        let frequent = counts.mostFrequent
        var signs: [RoleResolution.Sign: Int] = [:]
        for chat in chats.lazy.flatMap(\.values) { signs[chat.sign(frequent: frequent), default: 0] += 1 }
        result.roleNotes = resolution.notes(signs)
        result.chatsWithoutSeller = signs[.none] ?? 0
        result.isOwnAbsent = !own.isEmpty && signs[.told] == nil
        var number = 0
        for input in inputs where progress?.isCancelled != true {
            var archive: ScanResult.Archive?
            reading.open(input) { item in
                switch item {
                case .archive(let opened): archive = opened
                case .skipped(let entry): pass(Diagnostic(entry), archive.flatMap { $0.name == entry.name ? SourceFile($0) : nil })
                case .chat: break
                }
                guard case .chat(let chat) = item, number < chats.count else { return }
                var roles = chats[number]
                let known = roles.mapValues { $0.decision(by: $0.sign(frequent: frequent), frequent: frequent) }
                let file = result.files[number]
                _ = chat.read { message, text, timeText in
                    var message = message.with(text: text, timeText: timeText)
                    let speaker = roles[message.conversation]?.add(message)
                    message.role = known[message.conversation, default: .none].role(of: message, by: speaker ?? nil)
                    deliver(message, file)
                }
                close(file, result.diagnostics[number])
                number += 1
            }
        }
        return result
    }
}

extension Diagnostic {
    fileprivate init(_ entry: ScanResult.Skipped) {
        self.init(file: entry.name, severity: entry.isFailure ? .error : .warning, code: entry.code, message: entry.reason)
    }
}

extension SourceFile {
    /// An archive in which nothing more could be read.
    fileprivate init(_ archive: ScanResult.Archive) {
        self.init(
            name: archive.name, format: nil, encoding: nil, sha256: archive.sha256, bytes: archive.bytes, messageCount: 0,
            lines: LineAccounting())
    }
}
