import Transcript

/// The JSON of QQ Chat Exporter (shuakami/qq-chat-exporter).
///
/// Versions seen: 4 (`messageId`, ISO times), 5 and 6 (`id`, `timestamp` in milliseconds); one document, or a folder of
/// `manifest.json` and `chunks/c000001.jsonl`, each line a message.
/// - `conversation`: `chatInfo.name`, for a chunk that of the `manifest.json` above its folder.
/// - `sender`, `sender_id`: the member's name in the chat; the QQ number, or else the internal uid. `title`: the title.
/// - `role`: `chatInfo.selfUin` (`selfUid`) is the seller; others are buyers; what is marked `system` is the system's.
/// - `time`: `timestamp`; `time_text`: `time` as the exporter wrote it.
/// - record: the message's object.
enum QCEJSON: ChatFormat {
    static let id = "qce-json"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var json = JSONScanner(0..<sample.count)
        guard json.enterObject(in: sample) else { return nil }
        var known = 0
        var isChunked = false
        while let key = json.nextKey(in: sample) {
            for name in ["metadata", "chatInfo", "statistics", "exportOptions"] as [StaticString]
            where sample.isJSONString(name, at: key) { known += 1 }
            if sample.isJSONString("chatInfo", at: key) { known += 1 }
            if sample.isJSONString("chunked", at: key) { isChunked = true }
            guard json.skipValue(in: sample) != nil else { break }
        }
        if known >= 2 || known >= 1 && isChunked { return 100 }
        // One long member, as one with pictures of the members, may fill the sample.
        if known == 1, sample.contains("QQChatExporter", in: 0..<sample.count) { return 100 }
        return isChunk(sample) ? 95 : nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        if isChunk(text) {
            if options.chat == nil {
                sink.warnFile(
                    code: "no-owner",
                    "这是分块导出中的一块，块里没有写聊天名称和导出者；请连同 manifest.json 把整个文件夹一起读入，或用 --me 写明自己的 QQ 号。")
            }
            var lines = TextLines()
            while !sink.isCalledOff, let line = lines.next(in: text) {
                if text.isBlank(line.range) { continue }
                if let members = JSONMembers(at: line.range, in: text), isMessage(members, text) {
                    deliver(members, options.chat, options, text, &sink)
                } else {
                    sink.unparsed(line.range, code: "bad-json", "这一行不是完整的消息，未计入。")
                }
            }
            return
        }
        let document = JSONChatDocument(text, messages: ["messages"], session: "chatInfo")
        guard let start = document.messagesStart else {
            if document.has("chunked", text) {
                sink.structure(before: text.count)
                sink.hasNoMessagesOfItsOwn()
            }
            return
        }
        let chat = document.session.map { ChatDescription($0, in: text) } ?? options.chat
        JSONChatDocument.read(array: start, marks: ["sender", "content"], in: text, &sink) { members, text, sink in
            guard isMessage(members, text) else { return false }
            deliver(members, chat, options, text, &sink)
            return true
        }
    }

    private static func isChunk(_ text: Span<UInt8>) -> Bool {
        var lines = TextLines()
        guard let first = lines.next(in: text), let members = JSONMembers(at: first.range, in: text) else { return false }
        return isMessage(members, text) && members.value(["timestamp", "messageId"], in: text) != nil
            && members.object("sender", in: text)?.value(["uid", "uin"], in: text) != nil
    }

    private static func isMessage(_ members: JSONMembers, _ text: Span<UInt8>) -> Bool {
        members.has("content", in: text) && (members.has("sender", in: text) || members.has("timestamp", in: text))
    }

    private static func deliver(
        _ members: JSONMembers, _ chat: ChatDescription?, _ options: ReadingOptions, _ text: Span<UInt8>, _ sink: inout RecordSink
    ) {
        let sender = members.object("sender", in: text)
        let number = sender?.words("uin", in: text).flatMap { $0 == "0" ? nil : $0 }
        let uid = sender?.words("uid", in: text)
        let stamp = members.string("timestamp", "time", in: text)
        let time = stamp.flatMap { Timestamp(cell: $0, options: options) }
        if time == nil { sink.warn(at: members.range.lowerBound, code: "bad-time", "这条消息的时间读不出来，时间留空。") }
        let isSystem = members.flag("system", "isSystemMessage", in: text) == true
        let content = members.object("content", in: text)
        let elements = Elements(content, text)
        var said = content?.string("text", in: text) ?? members.string("content", in: text) ?? ""
        if said.isEmpty, let kind = elements.kind { said = MediaWords.word(for: kind) }
        var kind = MediaWords.kind(of: said)
        if kind == .text, !elements.hasWords, let medium = elements.kind { kind = medium }
        if isSystem, kind == .text { kind = .system }
        if members.flag("recalled", "isRecalled", in: text) == true, said.isEmpty { kind = .recall }
        var role = Message.Role.unknown
        if isSystem {
            role = .system
        } else if let own = chat?.ownAccounts, !own.isEmpty {
            role = [number, uid].compactMap { $0 }.contains(where: own.contains) ? .seller : .buyer
        }
        sink.message(
            Message(
                conversation: chat?.name ?? "", location: SourceLocation(line: 0, offset: 0, length: 0), time: time,
                timeText: members.words("time", "timestamp", in: text),
                sender: sender?.words("groupCard", "name", "remark", "nickname", in: text), senderID: number ?? uid,
                title: sender?.words("title", in: text), role: role, kind: kind, text: said),
            at: members.range)
    }

    /// What the parts of a message say about its kind.
    private struct Elements {
        var kind: Message.Kind?
        var hasWords = false

        init(_ content: JSONMembers?, _ text: Span<UInt8>) {
            for list in ["elements", "resources"] as [StaticString] {
                guard let range = content?.value(list, in: text) else { continue }
                var records = JSONRecords(array: range.lowerBound, end: range.upperBound, marks: ["type"], in: text)
                while case .record(let element)? = records.next(in: text) {
                    let type = element.string("type", in: text) ?? ""
                    if type == "text" || type == "at" { hasWords = true }
                    kind = kind ?? Self.kinds[type]
                }
            }
        }

        private static let kinds: [String: Message.Kind] = [
            "image": .image, "video": .video, "audio": .voice, "voice": .voice, "file": .file, "face": .sticker,
            "market_face": .sticker, "location": .card, "json": .card, "forward": .card, "system": .system,
        ]
    }
}
