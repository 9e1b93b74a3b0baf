/// A JSON document that holds one array of messages and, beside it, what is known about the chat.
///
/// Exporters write the two in any order, and the document may be cut before either ends, so it is walked once to find
/// them and the messages once more to read them.
struct JSONChatDocument {
    /// Where the array of messages begins.
    private(set) var messagesStart: Int?
    /// The object that describes the chat.
    private(set) var session: JSONMembers?
    private var keys: [Range<Int>] = []

    /// - Parameters:
    ///   - messages: names the array of messages may have.
    ///   - session: the key of the object that describes the chat.
    init(_ text: Span<UInt8>, messages: [StaticString], session: StaticString) {
        var json = JSONScanner(0..<text.count)
        switch json.kind(in: text) {
        case .array: messagesStart = json.position
        case .object: break
        default: return
        }
        guard json.enterObject(in: text) else { return }
        while let key = json.nextKey(in: text) {
            keys.append(key)
            let kind = json.kind(in: text)
            let start = json.position
            if messagesStart == nil, kind == .array, messages.contains(where: { text.isJSONString($0, at: key) }) {
                messagesStart = start
            }
            guard let value = json.skipValue(in: text) else { break }
            if kind == .object, text.isJSONString(session, at: key) { self.session = JSONMembers(at: value, in: text) }
        }
    }

    func has(_ key: StaticString, _ text: Span<UInt8>) -> Bool {
        keys.contains { text.isJSONString(key, at: $0) }
    }

    /// Hands every object of the array to `take`, which returns `false` for one that is no message.
    /// - Parameter end: where the document ends, if not with the text.
    static func read(
        array start: Int, upTo end: Int? = nil, marks: [StaticString], in text: Span<UInt8>, _ sink: inout RecordSink,
        take: (JSONMembers, Span<UInt8>, inout RecordSink) -> Bool
    ) {
        let end = end ?? text.count
        var records = JSONRecords(array: start, end: end, marks: marks, in: text)
        while !sink.isCalledOff, let element = records.next(in: text) {
            switch element {
            case .record(let members):
                sink.structure(before: members.range.lowerBound)
                if !take(members, text, &sink) {
                    sink.unparsed(members.range, code: "not-a-message", "这一项不像一条消息，未计入。")
                }
            case .damaged(let range):
                sink.structure(before: range.lowerBound)
                let isCut = range.upperBound >= end
                sink.unparsed(
                    range, code: isCut ? "truncated" : "bad-json",
                    isCut ? "文件在这里断了，最后一条消息不完整；请尽量重新导出。" : "这里有损坏的内容，未计入；后面的消息已继续读取。")
            case .other(let range):
                sink.structure(before: range.lowerBound)
                sink.unparsed(range, code: "not-a-message", "这一项不像一条消息，未计入。")
            }
        }
        sink.structure(before: end)
        if !records.isClosed, !sink.hasDiagnostic(code: "truncated") {
            sink.warnFile(code: "truncated", "文件没有结尾，可能被截断过；完整的消息都已读出，请尽量重新导出一份。")
        }
    }
}
