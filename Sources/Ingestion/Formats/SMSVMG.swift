import Transcript

/// vMessage files (`.vmg`) of Nokia phones, Chinese MTK phones and Windows Phone tools; many messages may be joined.
///
/// Versions seen: Nokia (`X-IRMC-BOX`, `X-MESSAGE-TYPE`, plain text), MTK (`X-BOX` in the body, quoted-printable
/// `Subject`), Lumia tools (`TEXT` quoted-printable).
/// - `conversation`: the other side's number, without separators and +86.
/// - `sender`, `sender_id`: for what was received the name of the card, or else the number as written; and the number.
///   The owner of the phone is not named.
/// - `role`: the box, or else the message type: received is the buyer, sent the seller.
/// - `time`: `Date:` of the body, day before month where both are short; else `X-NOK-DT`, in universal time.
/// - record: from `BEGIN:VMSG` to `END:VMSG`.
enum SMSVMG: ChatFormat {
    static let id = "sms-vmg"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var lines = TextLines()
        for _ in 0..<40 {
            guard let line = lines.next(in: sample) else { return nil }
            if sample.isBlank(line.range) { continue }
            if sample.isKeyword("BEGIN:VMSG", at: line.range) { return 100 }
        }
        return nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var lines = TextLines()
        var open: VMessage?
        while !sink.isCalledOff, let line = lines.next(in: text) {
            if text.isKeyword("BEGIN:VMSG", at: line.range) {
                if let lost = open { lose(lost.start..<lost.end, isCut: false, &sink) }
                open = VMessage(start: text.afterBlanks(line.range))
                open?.end = line.end
            } else if open != nil {
                open?.take(line, text)
                if text.isKeyword("END:VMSG", at: line.range), let message = open {
                    message.deliver(options, &sink)
                    open = nil
                }
            }
        }
        if let lost = open { lose(lost.start..<lost.end, isCut: true, &sink) }
    }

    private static func lose(_ range: Range<Int>, isCut: Bool, _ sink: inout RecordSink) {
        sink.unparsed(
            range, code: isCut ? "truncated" : "damaged-record",
            isCut ? "最后一条短信不完整，文件可能被截断过，未计入。" : "这里有一条没有结尾的短信，未计入；请对照手机或重新导出。")
    }
}

/// A message whose lines are still coming.
private struct VMessage {
    var start: Int
    var end = 0
    private var direction: TableMessages.Direction?
    private var isBoxKnown = false
    private var stamp: String?
    private var date: String?
    /// The card outside of envelopes is the sender's, those inside are the recipients'.
    private var envelopes = 0
    private var cards: [(envelope: Int, name: String?, number: String?)] = []
    private var isInCard = false
    private var isInBody = false
    private var hasText = false
    private var body: [String] = []
    /// Quoted-printable bytes whose last line ended with a soft break.
    private var quoted: [UInt8]?
    private var isQuotedOpen = false
    private var charset: TextEncoding = .utf8

    init(start: Int) {
        self.start = start
    }

    mutating func take(_ line: TextLines.Line, _ text: Span<UInt8>) {
        if !text.isBlank(line.range) { end = line.end }
        if isQuotedOpen {
            return takeQuoted(line.range, text)
        }
        let isKey = isInBody ? "END:VBODY" as StaticString : "BEGIN:VBODY"
        if text.isKeyword(isKey, at: line.range) {
            isInBody.toggle()
            return
        }
        if isInBody { return takeBody(line.range, text) }
        if text.isKeyword("BEGIN:VCARD", at: line.range) {
            isInCard = true
            cards.append((envelopes, nil, nil))
        } else if text.isKeyword("END:VCARD", at: line.range) {
            isInCard = false
        } else if text.isKeyword("BEGIN:VENV", at: line.range) {
            envelopes += 1
        } else if let (key, value) = text.property(line.range) {
            take(key, value, text)
        }
    }

    private mutating func take(_ key: String, _ value: Range<Int>, _ text: Span<UInt8>) {
        let parts = key.split(separator: ";")
        switch parts.first {
        case "TEL" where isInCard:
            if value.count > 0, cards[cards.count - 1].number == nil { cards[cards.count - 1].number = text.string(value) }
        case "FN" where isInCard, "N" where isInCard:
            if cards[cards.count - 1].name == nil, value.count > 0 {
                var name = text.string(value)
                if parts.contains("ENCODING=QUOTED-PRINTABLE") {
                    name = Self.decode(text.unquoted(value).bytes, Self.charset(of: key))
                }
                // The parts of a name stand apart by semicolons, the family's first.
                cards[cards.count - 1].name = name.split(separator: ";").joined()
            }
        case "X-IRMC-BOX", "X-BOX":
            if let box = Self.box(text.string(value)) {
                direction = box
                isBoxKnown = true
            }
        case "X-MESSAGE-TYPE":
            if !isBoxKnown { direction = TableMessages.Direction(text.string(value)) ?? direction }
        case "X-NOK-DT": stamp = text.string(value)
        case "DATE": date = text.string(value)
        default: break
        }
    }

    /// Keys stand before the text; the first line that is none begins it.
    private mutating func takeBody(_ range: Range<Int>, _ text: Span<UInt8>) {
        if !hasText, let (key, value) = text.property(range) {
            let parts = key.split(separator: ";")
            let name = parts.first ?? ""
            if name == "DATE" && date == nil || name.hasPrefix("X-") { return take(String(name), value, text) }
            if name == "SUBJECT" || name == "TEXT", parts.count > 1 {
                hasText = true
                charset = Self.charset(of: key)
                if parts.contains("ENCODING=QUOTED-PRINTABLE") {
                    quoted = []
                    takeQuoted(value, text)
                } else {
                    body.append(text.string(value))
                }
                return
            }
        }
        if !hasText, body.isEmpty, text.isBlank(range) { return }
        hasText = true
        body.append(text.string(Self.unshifted(range, text)))
    }

    /// A line of the text; some dumps end lines with a carriage return and a blank.
    private static func unshifted(_ range: Range<Int>, _ text: Span<UInt8>) -> Range<Int> {
        let isShifted = range.count > 0 && range.lowerBound > 0 && text[range.lowerBound] == 0x20
            && text[range.lowerBound - 1] == 0x0D
        return range.lowerBound + (isShifted ? 1 : 0)..<range.upperBound
    }

    private mutating func takeQuoted(_ range: Range<Int>, _ text: Span<UInt8>) {
        let (bytes, isOpen) = text.unquoted(Self.unshifted(range, text))
        quoted?.append(contentsOf: bytes)
        isQuotedOpen = isOpen
    }

    func deliver(_ options: ReadingOptions, _ sink: inout RecordSink) {
        let from = cards.first { $0.envelope == 0 && $0.number != nil }
        let to = cards.first { $0.envelope > 0 && $0.number != nil }
        var direction = direction
        if direction == nil, from == nil, to != nil { direction = .sent }
        if direction == nil, from != nil, to == nil { direction = .received }
        let isReceived = direction == .received
        let other = isReceived ? from ?? to : to ?? from
        let number = other?.number ?? ""
        let time = date.flatMap(Self.moment).flatMap { Timestamp($0, options: options) }
            ?? stamp.flatMap(Self.moment).flatMap { Timestamp($0, options: options) }
        if time == nil { sink.warn(at: start, code: "bad-time", "这条短信的时间读不出来，时间留空。") }
        let said = ((quoted.map { [Self.decode($0, charset)] } ?? []) + body).joined(separator: "\n")
        sink.message(
            Message(
                conversation: PhoneNumber.normalized(number), location: SourceLocation(line: 0, offset: 0, length: 0),
                time: time, timeText: date ?? stamp, sender: isReceived ? other?.name ?? number : nil,
                senderID: isReceived ? PhoneNumber.normalized(number) : nil, role: direction?.role ?? .unknown,
                text: said),
            at: start..<end)
    }

    // MARK: Values

    private static func box(_ word: String) -> TableMessages.Direction? {
        switch word.uppercased() {
        case "INBOX": .received
        case "SENT", "SENTBOX", "SENDBOX", "OUTBOX": .sent
        case "DRAFT", "DRAFTS", "DRAFTBOX": .draft
        default: nil
        }
    }

    /// Besides the written forms `2013.4.3.23.5.9` and `20091022T064825Z`.
    private static func moment(_ written: String) -> WrittenTime? {
        let bytes = Array(written.utf8)
        if let time = WrittenTime(bytes.span, order: .dayFirst) { return time }
        let dotted = written.split(separator: ".")
        if dotted.count == 6 {
            let words = dotted[..<3].joined(separator: "-") + " " + dotted[3...].joined(separator: ":")
            return WrittenTime(Array(words.utf8).span)
        }
        guard bytes.count >= 15, bytes[8] == 0x54 else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let zone = bytes.count > 15 && bytes[15] == 0x5A ? "Z" : ""
        let words =
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))\(zone)"
        return WrittenTime(Array(words.utf8).span)
    }

    private static func charset(of key: String) -> TextEncoding {
        let name = key.split(separator: ";").first { $0.hasPrefix("CHARSET=") }?.dropFirst(8)
        return name.flatMap { TextEncoding(named: String($0)) } ?? .utf8
    }

    private static func decode(_ bytes: [UInt8], _ charset: TextEncoding) -> String {
        if charset == .utf8 { return String(decoding: bytes, as: UTF8.self).replacingReturns() }
        guard var decoder = ChunkDecoder(charset) else { return "" }
        return String(decoding: decoder.decode(bytes.span, last: true).units, as: UTF16.self).replacingReturns()
    }
}

extension Span<UInt8> {
    /// Past the blank that some dumps leave after a carriage return.
    fileprivate func afterBlanks(_ range: Range<Int>) -> Int {
        var i = range.lowerBound
        while i < range.upperBound, self[i] == 0x20 { i += 1 }
        return i
    }

    /// Whether a line is such a word, blanks around it and case aside.
    fileprivate func isKeyword(_ word: StaticString, at range: Range<Int>) -> Bool {
        let start = afterBlanks(range)
        guard range.upperBound - start >= word.utf8CodeUnitCount else { return false }
        for i in 0..<word.utf8CodeUnitCount {
            let byte = self[start + i]
            let upper = (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
            guard unsafe upper == word.utf8Start[i] else { return false }
        }
        return isBlank(start + word.utf8CodeUnitCount..<range.upperBound)
    }

    /// `KEY;PARAMETER=…:value`, the key in capitals; blanks around the value are dropped.
    fileprivate func property(_ range: Range<Int>) -> (key: String, value: Range<Int>)? {
        let start = afterBlanks(range)
        var colon = start
        while colon < range.upperBound, self[colon] != 0x3A, colon - start < 120 {
            guard self[colon] > 0x20, self[colon] < 0x7F else { return nil }
            colon += 1
        }
        guard colon > start, colon < range.upperBound, self[colon] == 0x3A else { return nil }
        var value = afterBlanks(colon + 1..<range.upperBound)..<range.upperBound
        while value.count > 0, self[value.upperBound - 1] == 0x20 { value = value.lowerBound..<value.upperBound - 1 }
        return (string(start..<colon).uppercased(), value)
    }
}
