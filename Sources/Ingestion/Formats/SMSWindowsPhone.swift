import Transcript

/// The `.msg` files of Windows Phone's "contacts+message backup": `ArrayOfMessage`, all on one line.
///
/// - `conversation`: the other side's number, without separators and +86; several joined by `~`.
/// - `sender`, `sender_id`: for what was received the number as written, and without separators. The owner is not named.
/// - `role`: `IsIncoming`.
/// - `time`: `LocalTimestamp`, in units of 100 ns since 1601, universal time.
/// - record: the `Message` element.
enum SMSWindowsPhone: ChatFormat {
    static let id = "sms-windows-phone"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        guard sample.beginsWithMarkup else { return nil }
        var tags = TagScanner(0..<sample.count)
        for _ in 0..<8 {
            guard let tag = tags.next(in: sample) else { return nil }
            if sample.isWord("ArrayOfMessage", at: tag.name) { return 100 }
        }
        return nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var tags = TagScanner(0..<text.count)
        var open: OpenMessage?
        var isClosed = false
        var media = 0
        while !sink.isCalledOff, let tag = tags.next(in: text) {
            if text.isWord("Message", at: tag.name) {
                if tag.form == .opening {
                    if let lost = open { lose(lost.start..<tag.range.lowerBound, &sink) }
                    open = OpenMessage(start: tag.range.lowerBound)
                } else if tag.form == .closing, tag.isWhole, let message = open {
                    media += message.media.count
                    message.deliver(end: tag.range.upperBound, options, &sink)
                    open = nil
                }
            } else if open != nil, tag.form == .opening {
                open?.take(tag, &tags, text)
            } else if text.isWord("ArrayOfMessage", at: tag.name), tag.form == .closing {
                isClosed = true
            }
        }
        if let lost = open { lose(lost.start..<text.count, &sink) }
        sink.structure(before: text.count)
        if !isClosed {
            sink.warnFile(code: "truncated", "文件没有结尾，可能被截断过；完整的短信都已读出，请尽量重新导出一份。")
        }
        if media > 0 {
            sink.warnFile(code: "media-not-read", "有 \(media) 个图片、语音等附件，其中的内容没有读取，请人工查看。")
        }
    }

    private static func lose(_ range: Range<Int>, _ sink: inout RecordSink) {
        sink.structure(before: range.lowerBound)
        sink.unparsed(range, code: "damaged-record", "这里有一条不完整的短信，未计入；请对照手机或重新导出。")
    }
}

private struct OpenMessage {
    var start: Int
    var media: [Message.Kind] = []
    private var recipients: [String] = []
    private var sender = ""
    private var body = ""
    private var isIncoming: Bool?
    private var stamp: String?
    /// Whether an element was left open; then what follows in the message is not looked into.
    private var isBroken = false

    init(start: Int) {
        self.start = start
    }

    /// Takes an element whose text is a value.
    mutating func take(_ tag: TagScanner.Tag, _ tags: inout TagScanner, _ text: Span<UInt8>) {
        if isBroken { return }
        for name in ["string", "Body", "IsIncoming", "LocalTimestamp", "Sender", "AttachmentContentType"] as [StaticString]
        where text.isWord(name, at: tag.name) {
            // The text goes up to its closing tag; a raw `<` in it is text.
            var after = tags
            var end: Int?
            while let next = after.next(in: text) {
                if next.form == .closing, text.isWord(name, at: next.name) {
                    end = next.range.lowerBound
                    break
                }
                if text.isWord("Message", at: next.name) { break }
            }
            guard let end else {
                isBroken = true
                return
            }
            let value = text.unescaped(tag.range.upperBound..<end)
            tags = after
            switch name.description {
            case "string": recipients.append(value)
            case "Body": body = value
            case "IsIncoming": isIncoming = value.lowercased() == "true"
            case "LocalTimestamp": stamp = value
            case "Sender": sender = value
            default:
                if !value.hasPrefix("text/"), value != "application/smil" { media.append(MediaWords.kind(ofType: value)) }
            }
        }
    }

    func deliver(end: Int, _ options: ReadingOptions, _ sink: inout RecordSink) {
        sink.structure(before: start)
        var time: Timestamp?
        // 1601 to 1970 are 11 644 473 600 seconds.
        if let ticks = stamp.flatMap({ Int64($0) }), ticks > 116_444_736_000_000_000 {
            time = Timestamp(
                milliseconds: ticks / 10_000 - 11_644_473_600_000, offsetFromUTC: options.offsetFromUTC)
        }
        if time == nil { sink.warn(at: start, code: "bad-time", "这条短信的时间读不出来，时间留空。") }
        let isSent = isIncoming == false
        let others = isSent || sender.isEmpty ? recipients : [sender]
        let lines = (body.isEmpty ? [] : [body]) + media.map { MediaWords.word(for: $0) }
        sink.message(
            Message(
                conversation: others.map(PhoneNumber.normalized).joined(separator: "~"),
                location: SourceLocation(line: 0, offset: 0, length: 0), time: time, timeText: stamp,
                sender: isSent || sender.isEmpty ? nil : sender,
                senderID: isSent || sender.isEmpty ? nil : PhoneNumber.normalized(sender),
                role: isIncoming == nil ? .unknown : isSent ? .seller : .buyer,
                kind: body.isEmpty ? media.first ?? .text : .text, text: lines.joined(separator: "\n")),
            at: start..<end)
    }
}
