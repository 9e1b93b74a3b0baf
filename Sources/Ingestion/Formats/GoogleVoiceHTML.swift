import Transcript

/// The pages of text messages in Google Voice's Takeout, one file for each part of a conversation.
///
/// - `conversation`: the numbers of all but the owner, joined by `~`; a page where only the owner speaks has the name in
///   its title.
/// - `sender`, `sender_id`: the name, and the number of the `tel:` link. The owner, whom the page calls Me, has none.
/// - `role`: the owner is the seller, others are buyers.
/// - `time`: the `title` of the time, which names its zone.
/// - record: the `div` of the message.
enum GoogleVoiceHTML: ChatFormat {
    static let id = "google-voice-html"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        guard sample.beginsWithMarkup else { return nil }
        var tags = TagScanner(0..<sample.count)
        while let tag = tags.next(in: sample) {
            guard tag.form == .opening, let names = tags.value("class", in: sample) else { continue }
            if sample.hasClass("hChatLog", at: names) { return 100 }
        }
        return nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var messages: [PageMessage] = []
        var tags = TagScanner(0..<text.count)
        var title: String?
        while !sink.isCalledOff, let tag = tags.next(in: text) {
            guard tag.form == .opening else { continue }
            if text.isWord("title", at: tag.name), title == nil {
                let start = tags.position
                title = tags.next(in: text).map { text.unescaped(start..<$0.range.lowerBound) }
            } else if text.isWord("div", at: tag.name), let names = tags.value("class", in: text),
                text.hasClass("message", at: names)
            {
                messages.append(PageMessage(from: tag, &tags, text))
            }
        }
        var numbers: [String] = []
        for message in messages where message.isWhole && !message.isOwn {
            if let number = message.number, !numbers.contains(number) { numbers.append(number) }
        }
        let conversation = numbers.isEmpty ? Self.name(inTitle: title ?? "") : numbers.sorted().joined(separator: "~")
        var media = 0
        for message in messages {
            if sink.isCalledOff { break }
            sink.structure(before: message.range.lowerBound)
            guard message.isWhole else {
                sink.unparsed(message.range, code: "truncated", "这条短信不完整，文件可能被截断过，未计入。")
                continue
            }
            media += message.media
            message.deliver(conversation, options, &sink)
        }
        sink.structure(before: text.count)
        if media > 0 {
            sink.warnFile(code: "media-not-read", "有 \(media) 个图片等附件，其中的内容没有读取，请人工查看。")
        }
    }

    /// `Me to NAME`
    private static func name(inTitle title: String) -> String {
        let words = title.split(whereSeparator: { $0 == "\n" || $0 == " " }).joined(separator: " ")
        return words.hasPrefix("Me to ") ? String(words.dropFirst(6)) : words
    }
}

private struct PageMessage {
    var range: Range<Int>
    var isWhole = false
    var isOwn = false
    var number: String?
    var media = 0
    private var time: String?
    private var sender: String?
    private var said = ""

    /// Reads up to the closing tag of the message's `div`.
    init(from opening: TagScanner.Tag, _ tags: inout TagScanner, _ text: Span<UInt8>) {
        range = opening.range
        var depth = 1
        var isQuote = false
        var isName = false
        while depth > 0 {
            let start = tags.position
            guard let tag = tags.next(in: text) else { break }
            range = range.lowerBound..<tag.range.upperBound
            if isQuote { said += Self.flow(text.unescaped(start..<tag.range.lowerBound)) }
            if isName { sender = (sender ?? "") + Self.flow(text.unescaped(start..<tag.range.lowerBound)) }
            let isOpening = tag.form == .opening
            if text.isWord("div", at: tag.name) {
                depth += isOpening ? 1 : tag.form == .closing ? -1 : 0
            } else if text.isWord("q", at: tag.name) {
                isQuote = isOpening
            } else if isQuote, text.isWord("br", at: tag.name) {
                said += "\n"
            } else if text.isWord("img", at: tag.name), tag.form != .closing {
                media += 1
            } else if text.isWord("abbr", at: tag.name) || text.isWord("span", at: tag.name) {
                let names = tags.value("class", in: text)
                isName = isOpening && names.map { text.hasClass("fn", at: $0) } == true
                if isName, text.isWord("abbr", at: tag.name) { isOwn = true }
                if isOpening, let names, text.hasClass("dt", at: names) {
                    time = tags.value("title", in: text).map { text.unescaped($0) }
                }
            } else if text.isWord("a", at: tag.name), isOpening, number == nil, let link = tags.value("href", in: text),
                text.hasPrefix("tel:", in: link)
            {
                number = PhoneNumber.normalized(text.string(link.lowerBound + 4..<link.upperBound))
            }
        }
        isWhole = depth == 0
    }

    /// Markup's line ends are blanks; only `<br>` breaks a line.
    private static func flow(_ text: String) -> String {
        guard text.contains("\n") else { return text }
        var out = ""
        var sawBreak = false
        for character in text {
            if character == "\n" || sawBreak && character == " " {
                if !sawBreak, out.last != " " { out += " " }
                sawBreak = true
            } else {
                sawBreak = false
                out.append(character)
            }
        }
        return out
    }

    func deliver(_ conversation: String, _ options: ReadingOptions, _ sink: inout RecordSink) {
        let moment = time.flatMap { Timestamp(written: $0, options: options) }
        if moment == nil { sink.warn(at: range.lowerBound, code: "bad-time", "这条短信的时间读不出来，时间留空。") }
        var lines = said.isEmpty ? [] : [said.hasSuffix("\n") ? String(said.dropLast()) : said]
        lines += Array(repeating: MediaWords.word(for: .image), count: media)
        sink.message(
            Message(
                conversation: conversation, location: SourceLocation(line: 0, offset: 0, length: 0), time: moment,
                timeText: time, sender: isOwn ? nil : sender ?? number, senderID: isOwn ? nil : number,
                role: isOwn ? .seller : .buyer, kind: said.isEmpty && media > 0 ? .image : .text,
                text: lines.joined(separator: "\n")),
            at: range)
    }
}

extension Span<UInt8> {
    /// Whether a list of class names holds `name`.
    fileprivate func hasClass(_ name: StaticString, at range: Range<Int>) -> Bool {
        var start = range.lowerBound
        for i in range.lowerBound...range.upperBound where i == range.upperBound || self[i] == 0x20 {
            if isWord(name, at: start..<i) { return true }
            start = i + 1
        }
        return false
    }
}
