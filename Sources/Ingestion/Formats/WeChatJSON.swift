import Transcript

/// JSON from tools that read WeChat's databases: WeFlow, echotrace, chatlog, PyWxDump, MemoTrace.
///
/// Versions seen: WeFlow and echotrace (`session` and `messages` with `senderUsername`); for the others the keys they
/// share are found by name.
/// - `conversation`: the session's remark, name or id; without a session, the talker of each message.
/// - `sender`, `sender_id`: the display name and the wxid. The owner has none where the tool does not write one.
/// - `role`: the tool's flag `isSend`, `isSender`, `is_sender` or `isSelf`: set is the seller, not set the buyer, `null`
///   the system.
/// - record: the message's object.
enum WeChatJSON: ChatFormat {
    static let id = "wechat-json"

    private static let ownFlags: [StaticString] = ["isSend", "isSender", "IsSender", "is_sender", "isSelf", "is_self"]
    private static let texts: [StaticString] = ["content", "msg", "StrContent", "strContent", "text", "message"]
    private static let senders: [StaticString] = [
        "senderDisplayName", "senderName", "displayName", "remark", "Remark", "nickname", "NickName",
    ]
    private static let senderIDs: [StaticString] = ["senderUsername", "sender", "Sender", "wxid", "talker", "TalkerId"]
    private static let times: [StaticString] = ["createTime", "CreateTime", "timestamp", "time", "formattedTime", "StrTime"]
    private static let types: [StaticString] = ["type", "Type", "type_name", "localType", "msgType"]

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var json = JSONScanner(0..<sample.count)
        if json.enterObject(in: sample) {
            var hasSession = false
            while let key = json.nextKey(in: sample) {
                if sample.isJSONString("weflow", at: key) { return 100 }
                if sample.isJSONString("session", at: key) { hasSession = true }
                let start = json.position
                let isMessages = sample.isJSONString("messages", at: key) || sample.isJSONString("data", at: key)
                if isMessages, looksLikeMessages(at: start, sample) { return hasSession ? 100 : 85 }
                guard json.skipValue(in: sample) != nil else { break }
            }
            return hasSession ? 60 : nil
        }
        return looksLikeMessages(at: json.position, sample) ? 85 : nil
    }

    private static func looksLikeMessages(at start: Int, _ text: Span<UInt8>) -> Bool {
        var records = JSONRecords(array: start, end: text.count, marks: ["content"], in: text)
        guard case .record(let first)? = records.next(in: text), texts.contains(where: { first.has($0, in: text) })
        else { return false }
        let isWeChat = ["senderUsername", "talker", "TalkerId", "wxid", "isChatRoom", "StrContent", "localId"]
            .contains { (name: StaticString) in first.has(name, in: text) }
        return isWeChat && ownFlags.contains { first.has($0, in: text) } || first.has("senderUsername", in: text)
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let document = JSONChatDocument(text, messages: ["messages", "data"], session: "session")
        guard let start = document.messagesStart else { return }
        let session = document.session
        let name = session?.words("remark", "displayName", "nickname", "name", "wxid", in: text)
        JSONChatDocument.read(array: start, marks: texts, in: text, &sink) { members, text, sink in
            guard members.value(texts + times, in: text) != nil else { return false }
            deliver(members, conversation: name, options, text, &sink)
            return true
        }
    }

    private static func deliver(
        _ members: JSONMembers, conversation: String?, _ options: ReadingOptions, _ text: Span<UInt8>,
        _ sink: inout RecordSink
    ) {
        let stamp = members.words(times, in: text)
        let time = stamp.flatMap { Timestamp(cell: $0, options: options) }
        if time == nil { sink.warn(at: members.range.lowerBound, code: "bad-time", "这条消息的时间读不出来，时间留空。") }
        let content = WeChatContent(
            type: members.string(types, in: text), subtype: members.string("subType", "SubType", in: text),
            text: members.string(texts, in: text) ?? "")
        let isOwn = members.flag(ownFlags, in: text)
        // A flag that is there and says neither stands beside what the system writes.
        let isNeither = isOwn == nil && ownFlags.contains { members.has($0, in: text) }
        let isSystem = content.isSystem || isNeither
        let role: Message.Role = isSystem ? .system : isOwn == nil ? .unknown : isOwn == true ? .seller : .buyer
        sink.message(
            Message(
                conversation: conversation
                    ?? members.words("talkerName", "room_name", "talker", "TalkerId", in: text) ?? "",
                location: SourceLocation(line: 0, offset: 0, length: 0), time: time,
                timeText: members.words("formattedTime", "StrTime", in: text) ?? stamp,
                sender: members.words(senders, in: text), senderID: members.words(senderIDs, in: text), role: role,
                kind: isSystem && content.kind == .text ? .system : content.kind, text: content.text),
            at: members.range)
    }
}
