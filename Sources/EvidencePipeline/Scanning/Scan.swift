import Classification
import Ingestion
import Reporting
import Synchronization
import Transcript

/// Reads inputs, judges their chats and keeps what was found: memory is bounded by the number of jobs and the findings, not
/// by the size of the inputs.
///
/// Each file is read once and its chats are judged on the way. Where who is the seller can only be told with all chats in
/// sight, those chats are judged in a second reading. The outcome is the same for any number of jobs.
public struct Scan: Sendable {
    public var reading: InputReading
    public var classifier: Classifier
    public var scope: Scope
    /// Threads.
    public var jobs: Int
    /// Whether the messages around findings are kept, as a report needs them.
    public var keepsContext: Bool
    /// Whether the names of all who speak are kept, as masking needs them.
    public var keepsSpeakers: Bool
    /// Whether the bytes of archive members without findings are kept, to be copied beside the report.
    public var keepsAllSources: Bool
    public let progress: ScanProgress?
    public var cache: ScanCache?
    /// Messages of open chats that each reader holds; with more, those in which nothing was said for longest are judged.
    public var room = 1 << 15

    public init(
        _ reading: InputReading, classifier: Classifier = .shipped, scope: Scope = Scope(), jobs: Int = 1,
        keepsContext: Bool = true, keepsSpeakers: Bool = false, keepsAllSources: Bool = false,
        progress: ScanProgress? = nil, cache: ScanCache? = nil
    ) {
        self.reading = reading
        self.reading.calledOff = progress?.cancellation
        self.classifier = classifier
        self.scope = scope
        self.jobs = jobs
        self.keepsContext = keepsContext
        self.keepsSpeakers = keepsSpeakers
        self.keepsAllSources = keepsAllSources
        self.progress = progress
        self.cache = cache
    }

    /// One chat file, and what was found in it.
    struct FileOutcome: Sendable {
        var input: Int
        var source: Source
        var file: SourceFile
        var diagnostics: [Diagnostic]
        var findings: FileFindings.Result
        var outcome: ChatFileReading.Outcome
        /// Its number in the log of overlaps.
        var overlapNumber: Int
    }

    /// What one of the inputs held.
    private struct InputOutcome: Sendable {
        struct File: Sendable {
            var source: Source
            var file: SourceFile
            var diagnostics: [Diagnostic]
            var findings: FileFindings
            var outcome: ChatFileReading.Outcome
            var overlapNumber: Int
        }

        var files: [File] = []
        var archives: [ScanResult.Archive] = []
        var skipped: [ScanResult.Skipped] = []
    }

    /// Reads and judges what the arguments name.
    /// - Parameter standardInput: the bytes behind `-`.
    public func run(
        _ arguments: [String], standardInput: () -> FileBytes
    ) -> (result: ScanResult, sources: [Source]) {
        let inputs = reading.inputs(of: arguments, standardInput: standardInput)
        let pool = WorkPool(jobs: jobs)
        let setup = ChatFileReading.Setup(
            classifier: classifier, scope: scope, context: keepsContext ? ScanResult.context : 0,
            keepsSpeakers: keepsSpeakers, roles: RoleResolution(own: reading.own), progress: progress, room: room)
        progress?.expect(bytes: inputs.reduce(0) { $0 + $1.size })
        let log = OverlapLog()
        let outcomes = Mutex<[Int: InputOutcome]>([:])
        pool.run(inputs.count) { number in
            let outcome = first(inputs[number], isOnly: inputs.count == 1, setup, pool, log)
            outcomes.withLock { $0[number] = outcome }
        }
        let read = outcomes.withLock { $0 }
        var result = ScanResult()
        var files: [FileOutcome] = []
        for number in inputs.indices {
            guard let outcome = read[number] else { continue }
            result.archives += outcome.archives
            result.skipped += outcome.skipped
            files += outcome.files.map { file in
                FileOutcome(
                    input: number, source: file.source, file: file.file, diagnostics: file.diagnostics,
                    findings: file.findings.result, outcome: file.outcome, overlapNumber: file.overlapNumber)
            }
        }

        var counts = SpeakerCounts()
        for file in files { counts.add(file.outcome.speakerCounts) }
        let frequent = counts.mostFrequent
        again(&files, inputs, setup, pool, frequent)
        let signs = signs(files, frequent)
        result.roleNotes = setup.roles.notes(signs)
        result.chatsWithoutSeller = signs[.none] ?? 0
        result.isOwnAbsent = !reading.own.isEmpty && signs[.told] == nil
        result.isWantedAbsent = scope.with != nil && !files.contains(where: \.outcome.holdsWanted)
        // A note names the accounts that stand in no chat.
        if keepsSpeakers { result.speakers.formUnion(reading.own) }

        for file in files {
            result.files.append(file.file)
            result.diagnostics.append(file.diagnostics)
            result.speakers.formUnion(file.outcome.speakers)
        }
        let overlaps = files.count > 1 ? OverlapSearch(log, files, inputs, reading) : nil
        let sameChats = collect(files, overlaps, into: &result)
        result.incidents = IncidentBuilder.incidents(of: &result.findings, sameChats: sameChats)
        return (result, sources(files))
    }

    // MARK: Reading

    /// What a file's findings go to, and who judges it: where the cache knows the file nobody needs to.
    /// - Parameter again: in a second reading, the one who is in most chats.
    private func begin(
        _ chat: OpenChat, again frequent: UInt64?? = nil
    ) -> (FileFindings, Judging, sha256: String?) {
        // What stands beside a chunk bears on it too, and is not part of its content.
        guard let cache, chat.options.chat == nil else { return (FileFindings(), .classifier(classifier), nil) }
        let options = chat.options
        let sha256 = chat.bytes.sha256
        let key = cache.key(
            sha256: sha256,
            reading: "\(options.offsetFromUTC) \(options.year ?? 0) \(options.month ?? 0) \(options.day ?? 0)"
                + " \(options.encoding?.rawValue ?? "") \(options.format ?? "") \(reading.own.sorted())"
                + " \(scope.since?.description ?? "") \(scope.until?.description ?? "") \([scope.with])"
                + " \(chat.workbook == nil ? "" : chat.source.name) \(frequent.map { "again \($0 ?? 0)" } ?? "")")
        if let known = cache.judgements(key) { return (FileFindings(), .known(known), sha256) }
        // What was called off in the middle is not what the file holds.
        return (FileFindings { if progress?.isCancelled != true { cache.store($0, under: key) } }, .classifier(classifier), sha256)
    }

    private func first(
        _ input: InputReading.Input, isOnly: Bool, _ setup: ChatFileReading.Setup, _ pool: WorkPool, _ log: OverlapLog
    ) -> InputOutcome {
        var outcome = InputOutcome()
        var advanced = 0
        defer { progress?.advance(bytes: input.size - advanced) }
        guard progress?.isCancelled != true else { return outcome }
        reading.open(input) { item in
            switch item {
            case .archive(let archive): outcome.archives.append(archive)
            case .skipped(let entry): outcome.skipped.append(entry)
            case .chat(let chat):
                let (findings, judging, sha256) = begin(chat)
                let writer = log.newFile()
                // A file that is alone overlaps with none.
                let isAlone = isOnly && outcome.archives.isEmpty
                let reader = ChatFileReading(setup, judging, to: findings, pool: pool, overlaps: isAlone ? nil : writer)
                let file = chat.read(sha256: sha256) { reader.take($0, $1, $2) }
                progress?.finishFile()
                advanced += reader.advanced
                outcome.files.append(
                    .init(
                        source: chat.source, file: file.source, diagnostics: file.diagnostics, findings: findings,
                        outcome: reader.finish(), overlapNumber: writer.file))
            }
        }
        return outcome
    }

    /// Judges the chats that were set aside, now that all were seen.
    private func again(
        _ files: inout [FileOutcome], _ inputs: [InputReading.Input], _ setup: ChatFileReading.Setup, _ pool: WorkPool,
        _ frequent: UInt64?
    ) {
        let waiting = files.indices.filter { !files[$0].outcome.setAside.isEmpty }
        let byInput = Dictionary(grouping: waiting) { files[$0].input }
        let order = byInput.keys.sorted()
        guard !order.isEmpty else { return }
        let before = files
        progress?.expect(bytes: order.reduce(0) { $0 + inputs[$1].size })
        let found = Mutex<[Int: (findings: FileFindings, sha256: String)]>([:])
        pool.run(order.count) { number in
            let input = order[number]
            var next = before.firstIndex { $0.input == input } ?? 0
            var advanced = 0
            defer { progress?.advance(bytes: inputs[input].size - advanced) }
            reading.open(inputs[input]) { item in
                guard case .chat(let chat) = item, next < before.count, before[next].input == input else { return }
                let at = next
                next += 1
                let chats = before[at].outcome.setAside
                guard !chats.isEmpty else { return }
                let (findings, judging, sha256) = begin(chat, again: frequent)
                let reader = ChatFileReading(setup, judging, to: findings, pool: pool, again: (chats, frequent))
                let file = chat.read(sha256: sha256) { reader.take($0, $1, $2) }
                _ = reader.finish()
                advanced += reader.advanced
                found.withLock { $0[at] = (findings, file.source.sha256) }
            }
        }
        for (at, second) in found.withLock({ $0 }) {
            files[at].findings.add(second.findings.result)
            if second.sha256 != files[at].file.sha256 {
                files[at].diagnostics.append(
                    Diagnostic(
                        file: files[at].file.name, severity: .error, code: "changed-while-read",
                        message: "读取过程中文件被改动了，结果不可靠；请等文件不再变化后重试。"))
            }
        }
    }

    /// How many chats each sign decided.
    private func signs(_ files: [FileOutcome], _ frequent: UInt64?) -> [RoleResolution.Sign: Int] {
        var signs: [RoleResolution.Sign: Int] = [:]
        for file in files {
            signs.merge(file.outcome.signs) { $0 + $1 }
            for chat in file.outcome.undecided { signs[chat.sign(frequent: frequent), default: 0] += 1 }
        }
        return signs
    }

    // MARK: Putting together

    /// A message that stands in several exports is one finding that names every place; returns the chats in which
    /// one message stands.
    private func collect(
        _ files: [FileOutcome], _ overlaps: OverlapSearch?, into result: inout ScanResult
    ) -> [(ChatPlace, ChatPlace)] {
        var sameChats: [(ChatPlace, ChatPlace)] = []
        let found = Set(
            files.enumerated().flatMap { number, file in
                file.findings.found.map { Overlap.Place(file: number, message: $0.position) }
            })
        for (number, file) in files.enumerated() {
            var shown = file.findings.shown
            for line in file.findings.found {
                let place = Overlap.Place(file: number, message: line.position)
                let others = overlaps?.others(of: place) ?? []
                for other in others {
                    guard let message = overlaps?.message(at: other) else { continue }
                    sameChats.append(
                        (
                            ChatPlace(file: number, conversation: line.message.conversation),
                            ChatPlace(file: other.file, conversation: message.conversation)
                        ))
                }
                if others.contains(where: { $0 < place && found.contains($0) }) { continue }
                result.findings.append(
                    Finding(
                        file: number, message: line.message, judgement: line.judgement,
                        alsoIn: others.compactMap { other in
                            overlaps?.message(at: other).map { RecordPlace(file: other.file, location: $0.location) }
                        }))
                if let ordinal = file.findings.ordinals[line.position] {
                    result.ordinals[RecordPlace(file: number, location: line.message.location)] = ordinal
                }
            }
            let at = Set(shown.map(\.position))
            for (position, message, ordinal) in overlaps?.messages(of: number) ?? [] where !at.contains(position) {
                shown.append(ShownLine(position: position, message: message))
                if ordinal > 0 { result.ordinals[RecordPlace(file: number, location: message.location)] = ordinal }
            }
            shown.sort { $0.position < $1.position }
            result.messages.append(shown.map(\.message))
        }
        return sameChats
    }

    private func sources(_ files: [FileOutcome]) -> [Source] {
        files.map { file in
            var source = file.source
            if case .held = source.origin, file.findings.found.isEmpty, !keepsAllSources {
                source.origin = .released
                source.workbook = nil
            }
            return source
        }
    }
}
