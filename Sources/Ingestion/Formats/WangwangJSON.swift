import Transcript

/// Answers of Taobao's open platform about WangWang chats (taobao.wangwang.abstract.logquery, 2013).
///
/// The interface gives the seller's words in full and of the buyer's only their length and the words that were asked
/// for, which is told. A file may hold several answers, one after the other, as pages are fetched.
/// - `conversation`: the buyer, `to_id` without its site prefix.
/// - `sender`, `sender_id`: the nick without, and the account with its prefix (`cntaobao`, `cnalichn`, `enaliint`).
/// - `role`: `direction` 0 is the seller, 1 the buyer.
/// - record: the object of the message.
enum WangwangJSON: ChatFormat {
    static let id = "wangwang-json"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        Answer(sample) == nil ? nil : 100
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var silent = 0
        var position = 0
        while !sink.isCalledOff, let answer = Answer(text, from: position) {
            position = answer.end
            if let start = answer.messages { read(answer, from: start, text, options, &silent, into: &sink) }
            if position >= text.count { break }
        }
        // The last line of the last answer belongs to it; what stands below is nobody's.
        sink.structure(before: position)
        if position > 0 { sink.structure(position - 1..<position) }
        if silent > 0 {
            sink.warnFile(
                code: "text-not-exported", "这个接口不提供买家说的原话，有 \(silent) 条只有时间和字数；请从千牛客户端导出完整记录。")
        }
    }

    private static func read(
        _ answer: Answer, from start: Int, _ text: Span<UInt8>, _ options: ReadingOptions, _ silent: inout Int,
        into sink: inout RecordSink
    ) {
        var unsaid = 0
        JSONChatDocument.read(array: start, upTo: answer.end, marks: ["direction", "time"], in: text, &sink) {
            members, text, sink in
            guard let direction = members.integer("direction", in: text) else { return false }
            let isSeller = direction == 0
            let account = isSeller ? answer.from : answer.to
            let written = members.string("time", in: text)
            let said = members.string("content", in: text)
            if said == nil { unsaid += 1 }
            sink.message(
                Message(
                    conversation: answer.to.map(Self.nick) ?? "",
                    location: SourceLocation(line: 0, offset: 0, length: 0),
                    time: written.flatMap { Timestamp(cell: $0, options: options) }, timeText: written,
                    sender: account.map(Self.nick), senderID: account, role: isSeller ? .seller : .buyer,
                    kind: said == nil ? .other : MediaWords.kind(of: said ?? ""), text: said ?? ""),
                at: members.range)
            return true
        }
        silent += unsaid
    }

    private static func nick(_ account: String) -> String {
        for site in ["cntaobao", "cnalichn", "enaliint"] where account.hasPrefix(site) && account != site {
            return String(account.dropFirst(site.count))
        }
        return account
    }

    /// The object that holds the messages, however many wrappers it is in.
    private struct Answer {
        var from: String?
        var to: String?
        var messages: Int?
        /// Where the object ends; the end of the text where it is cut off.
        var end: Int

        init?(_ text: Span<UInt8>, from position: Int = 0) {
            var whole = JSONScanner(position..<text.count)
            end = whole.skipValue(in: text)?.upperBound ?? text.count
            var json = JSONScanner(position..<text.count)
            var depth = 0
            var sawLists = false
            // Steps into the response's wrapper, then into `msg_lists`; other members are passed over.
            while depth < 4, json.enterObject(in: text) {
                depth += 1
                var entered = false
                while !entered, let key = json.nextKey(in: text) {
                    if text.isJSONString("msg_lists", at: key) { sawLists = true }
                    let kind = json.kind(in: text)
                    let start = json.position
                    let isWrapper = text.isJSONString("wangwang_abstract_logquery_response", at: key)
                    let isList = sawLists && messages == nil
                    if kind == .array, isList { messages = start }
                    if isWrapper {
                        entered = true
                    } else if kind == .object, isList {
                        messages = Self.list(in: start..<text.count, text)
                        json.skipValue(in: text)
                    } else {
                        let value = json.skipValue(in: text)
                        if let value, text.isJSONString("from_id", at: key) { from = text.jsonString(value) }
                        if let value, text.isJSONString("to_id", at: key) { to = text.jsonString(value) }
                    }
                }
                if !entered { break }
            }
            guard sawLists else { return nil }
        }

        /// The array that is the value of the first member of an object.
        private static func list(in range: Range<Int>, _ text: Span<UInt8>) -> Int? {
            var json = JSONScanner(range)
            guard json.enterObject(in: text), json.nextKey(in: text) != nil, json.kind(in: text) == .array else { return nil }
            return json.position
        }
    }
}
