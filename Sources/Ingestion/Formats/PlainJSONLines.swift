import Transcript

/// This program's own neutral form: one message a line, so that any source can be converted to it.
///
/// `{"conversation":…,"sender":…,"role":…,"time":…,"text":…}`; only `text` must be there. The keys of `juzheng parse`
/// are understood, so its output can be read again; its lines of type `file` and `diagnostic` are frame.
/// - `conversation`, `sender`, `sender_id`, `title`, `role`, `kind`: as written.
/// - `time`: ISO 8601, or any form a table may have.
/// - record: the line's object.
enum PlainJSONLines: ChatFormat {
    static let id = "plain-jsonl"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var lines = TextLines()
        var messages = 0
        var others = 0
        while messages + others < 20, let line = lines.next(in: sample) {
            if sample.isBlank(line.range) { continue }
            if let members = JSONMembers(at: line.range, in: sample),
                members.value("text", in: sample) != nil || isFrame(members, sample)
            {
                messages += 1
            } else if line.end == sample.count, beginsAsMessage(line.range, sample) {
                messages += 1
            } else if line.next < sample.count || messages == 0 {
                others += 1
            }
        }
        return messages > others ? 80 : nil
    }

    /// Whether a line that is longer than the sample names its text before it is cut.
    private static func beginsAsMessage(_ line: Range<Int>, _ sample: Span<UInt8>) -> Bool {
        var json = JSONScanner(line)
        guard json.enterObject(in: sample) else { return false }
        while let key = json.nextKey(in: sample) {
            if sample.isJSONString("text", at: key) { return json.kind(in: sample) == .string }
            guard json.skipValue(in: sample) != nil else { return false }
        }
        return false
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var lines = TextLines()
        while !sink.isCalledOff, let line = lines.next(in: text) {
            if text.isBlank(line.range) { continue }
            var json = JSONScanner(line.range)
            guard let members = JSONMembers(&json, in: text), json.isAtEnd(in: text) else {
                let isCut = json.problem == .truncated && line.end == text.count
                sink.unparsed(
                    line.range, code: isCut ? "truncated" : "bad-json",
                    isCut ? "最后一行不完整，文件可能被截断过。" : "这一行不是完整的 JSON 对象，未计入。")
                continue
            }
            if isFrame(members, text) {
                sink.structure(line.range)
            } else if let said = members.string("text", in: text) {
                deliver(members, said, options, text, &sink)
            } else {
                sink.unparsed(line.range, code: "no-text", "这一行没有 text，未计入。")
            }
        }
    }

    private static func isFrame(_ members: JSONMembers, _ text: Span<UInt8>) -> Bool {
        let type = members.string("type", in: text)
        return type == "file" && members.has("sha256", in: text) || type == "diagnostic" && members.has("code", in: text)
    }

    private static func deliver(
        _ members: JSONMembers, _ said: String, _ options: ReadingOptions, _ text: Span<UInt8>,
        _ sink: inout RecordSink
    ) {
        let written = members.string("time", in: text)
        let time = written.flatMap { Timestamp(cell: $0, options: options) }
        if written != nil, time == nil {
            sink.warn(at: members.range.lowerBound, code: "bad-time", "这一行的 time 读不出来，时间留空。")
        }
        let roleWord = members.string("role", in: text)
        let role = roleWord.flatMap(Message.Role.init(rawValue:))
        if roleWord != nil, role == nil {
            sink.warn(
                at: members.range.lowerBound, code: "bad-role", "role 只能是 seller、buyer、system 或 unknown，这一行按未知处理。")
        }
        let kind = members.string("kind", in: text).flatMap(Message.Kind.init(rawValue:))
        sink.message(
            Message(
                conversation: members.string("conversation", in: text) ?? "",
                location: SourceLocation(line: 0, offset: 0, length: 0), time: time,
                timeText: members.string("time_text", in: text) ?? written, sender: members.string("sender", in: text),
                senderID: members.string("sender_id", in: text), title: members.string("title", in: text),
                role: role ?? .unknown, kind: kind ?? (role == .system ? .system : MediaWords.kind(of: said)), text: said),
            at: members.range)
    }
}
