import Transcript

/// Short messages as JSON: an array of objects, or one object a line.
///
/// Versions seen: SMS Import / Export (Android's own columns, `messages.ndjson` in its archives) and Xiaomi's cloud
/// (`recipients`, `status`, `localTime`, `body`).
/// - `conversation`: the other side's number, without separators and +86; the numbers of a group joined by `~`.
/// - `sender`, `sender_id`: for what was received the contact's name, or else the number as written; and the number. The
///   owner of the phone is not named.
/// - `role`: `type` (`msg_box`) 1 is received, others are sent; Xiaomi's `status` 0 is received, 1 sent.
/// - record: the message's object.
enum SMSJSON: ChatFormat {
    static let id = "sms-json"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var json = JSONScanner(0..<sample.count)
        if json.enterArray(in: sample) {
            guard json.nextElement(in: sample) else { return nil }
        }
        guard let first = JSONMembers(&json, in: sample) else { return nil }
        return isMessage(first, sample) ? 95 : nil
    }

    private static func isMessage(_ members: JSONMembers, _ text: Span<UInt8>) -> Bool {
        func has(_ names: StaticString...) -> Bool { names.allSatisfy { members.has($0, in: text) } }
        return has("body", "recipients", "localTime") || has("body", "address", "date", "type")
            || has("msg_box", "date") && (has("__parts") || has("thread_id"))
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let document = JSONChatDocument(text, messages: [], session: "")
        if let start = document.messagesStart {
            JSONChatDocument.read(array: start, marks: ["body", "msg_box"], in: text, &sink) { members, text, sink in
                guard isMessage(members, text) else { return false }
                deliver(members, options, text, &sink)
                return true
            }
            return
        }
        var lines = TextLines()
        while !sink.isCalledOff, let line = lines.next(in: text) {
            if text.isBlank(line.range) { continue }
            if let members = JSONMembers(at: line.range, in: text), isMessage(members, text) {
                deliver(members, options, text, &sink)
            } else {
                sink.unparsed(line.range, code: "bad-json", "这一行不是完整的短信，未计入。")
            }
        }
    }

    private static func deliver(
        _ members: JSONMembers, _ options: ReadingOptions, _ text: Span<UInt8>, _ sink: inout RecordSink
    ) {
        let written = members.string("date", "localTime", in: text)
        let time = written.flatMap { Timestamp(writtenMilliseconds: $0, offsetFromUTC: options.offsetFromUTC) }
        if time == nil { sink.warn(at: members.range.lowerBound, code: "bad-time", "这条短信的时间读不出来，时间留空。") }
        var isSent: Bool?
        if let box = members.integer("type", "msg_box", in: text) {
            isSent = box == 1 ? false : (2...6).contains(box) ? true : nil
        } else if let status = members.integer("status", in: text) {
            isSent = status == 0 ? false : status == 1 ? true : nil
        }
        let parts = Parts(members, text)
        let sender = members.object("__sender_address", in: text)?.words("address", in: text)
        let address = members.words("address", "recipients", in: text)
        let isReceived = isSent != true
        let numbers = (address.map { [$0] } ?? parts.addresses(sender, isReceived)).flatMap { numbers in
            numbers.split { $0 == "," || $0 == ";" || $0 == "~" }.map { PhoneNumber.normalized(String($0)) }
        }
        let number = isReceived ? sender ?? address : nil
        let lines = [members.words("body", in: text)].compactMap { $0 } + parts.lines
        sink.message(
            Message(
                conversation: numbers.joined(separator: "~"), location: SourceLocation(line: 0, offset: 0, length: 0),
                time: time, timeText: written,
                sender: isReceived ? members.words("__display_name", in: text) ?? number : nil,
                senderID: number.map(PhoneNumber.normalized), role: isSent == nil ? .unknown : isReceived ? .buyer : .seller,
                kind: lines.count == 1 ? parts.onlyMedium ?? .text : .text, text: lines.joined(separator: "\n")),
            at: members.range)
    }

    /// The parts and addresses of a multimedia message.
    private struct Parts {
        var lines: [String] = []
        var onlyMedium: Message.Kind?
        private var recipients: [String] = []

        init(_ members: JSONMembers, _ text: Span<UInt8>) {
            if let range = members.value("__parts", in: text) {
                var records = JSONRecords(array: range.lowerBound, end: range.upperBound, marks: ["ct"], in: text)
                while case .record(let part)? = records.next(in: text) {
                    let type = part.string("ct", in: text) ?? ""
                    if type == "application/smil" || part.string("seq", in: text) == "-1" { continue }
                    if type.hasPrefix("text/plain") {
                        if let words = part.words("text", in: text) { lines.append(words) }
                    } else {
                        let kind = MediaWords.kind(ofType: type)
                        onlyMedium = onlyMedium ?? kind
                        lines.append(MediaWords.word(for: kind))
                    }
                }
            }
            if let range = members.value("__recipient_addresses", in: text) {
                var records = JSONRecords(array: range.lowerBound, end: range.upperBound, marks: ["address"], in: text)
                while case .record(let entry)? = records.next(in: text) {
                    if let address = entry.words("address", in: text) { recipients.append(address) }
                }
            }
        }

        /// The other side of a message that has no address of its own.
        func addresses(_ sender: String?, _ isReceived: Bool) -> [String] {
            isReceived ? sender.map { [$0] } ?? [] : recipients
        }
    }
}
