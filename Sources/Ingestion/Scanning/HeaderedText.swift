import Transcript

/// Reads a text in which every record is a header and, below it, a body.
///
/// A format says what its headers look like; what sets records apart is seen from the text.
struct HeaderedText {
    struct Header {
        var sender: String?
        var account: String?
        var title: String?
        var role: Message.Role = .unknown
        var time: HeaderTime?
        /// What the header's own line says, if anything.
        var inline: Range<Int>?
        /// The header's lines, and the position after them.
        var range: Range<Int>
        var next: Int
        /// The lines of what was said that stand within the header, before its time.
        var above: [Range<Int>] = []
    }

    var conversation = ""
    /// Whether a time alone takes its day from the date line above it.
    var usesDateLines = true
    /// Whether blank lines between a header and its body are layout.
    var spacedBodies = false
    /// Whether the blank lines that set records apart are counted, so that more of them belong to the body above.
    var countsBlanks = true
    /// Whether 已读 and the like may stand below what was said.
    var hasDeliveryMarks = false
    /// Tells whether a header counts that no blank line sets off, by its speaker and the time before it; without this the
    /// text's layout decides.
    var trusts: ((Header, HeaderTime?) -> Bool)?
    /// Tells a line of the frame, as one that names the chat.
    var isFrame: (Range<Int>, Span<UInt8>) -> Bool = { _, _ in false }

    /// - Parameters:
    ///   - header: reads a header that begins on a line.
    ///   - date: reads a line that gives a date to the times below it.
    ///   - notice: tells a line, standing alone between blank ones, that the program wrote.
    func read(
        _ text: Span<UInt8>, _ options: ReadingOptions, into sink: inout RecordSink,
        date: (Range<Int>, Span<UInt8>) -> CalendarDate? = { line, text in text.dateLine(in: line) },
        notice: (Range<Int>, Span<UInt8>) -> Bool = { _, _ in false },
        header: (TextLines.Line, Span<UInt8>) -> Header?
    ) {
        // Where every time names its day, a line that is a date was said.
        var hasBareTimes = false
        var speakers = Speakers()
        var rules = RuleCount()
        let boundary = BoundarySurvey(text) { line, text, _ in
            let line = TextLines.Line(start: line.lowerBound, end: line.upperBound, next: Self.next(line, text))
            guard let found = header(line, text) else {
                rules.line(isRule: text.isRule(line.range))
                return false
            }
            rules.header()
            if found.time?.hasDate == false { hasBareTimes = true }
            speakers.take(found.sender, found.account)
            return true
        }
        var quotation = QuotedChat()
        /// Up to here headers are quoted.
        var quotedUntil = 0
        let separators = countsBlanks && boundary.needsBlank ? boundary.separators : nil
        var walk = TextLines()
        var open = OpenRecord()
        var dates = DateBlock()
        var followsBreak = true
        var last: HeaderTime?

        func close(_ separators: Int?, _ sink: inout RecordSink) {
            open.close(
                separators: separators, keepsLeadingBlanks: !spacedBodies, text, into: &sink,
                classify: MediaWords.classify)
        }

        while !sink.isCalledOff, let line = walk.next(in: text) {
            let isBlank = text.isBlank(line.range)
            if line.start < quotedUntil {
                open.append(line.range)
                followsBreak = isBlank
                continue
            }
            var found = followsBreak || trusts != nil || !boundary.needsBlank ? header(line, text) : nil
            if !followsBreak, let doubtful = found, let trusts, !trusts(doubtful, last) {
                found = nil
                sink.warn(at: line.start, code: "header-like", "这一行像消息头，但说话人和时间与前后不合，按正文处理；请对照原文件核对。")
            }
            if let found {
                if open.isOpen,
                    let end = quotation.end(
                        from: (found.sender, found.time, found.next), needsBlank: boundary.needsBlank, in: text,
                        header: { line, text in header(line, text).map { ($0.sender, $0.time, $0.next) } })
                {
                    quotedUntil = end
                    open.append(line.range)
                    followsBreak = false
                    sink.warn(
                        at: line.start, code: "header-like",
                        "这里像消息头，但说话人只在这里出现、时间与前后不合，按上一条的正文处理；请对照原文件核对。")
                    continue
                }
                close(separators, &sink)
                let (stamp, isNextDay) = found.time.map { dates.resolve($0, options) } ?? (nil, false)
                if quotation.goesBack(found.time), let sender = found.sender, speakers.occursOnce(sender) {
                    sink.warn(
                        at: line.start, code: "header-like",
                        "这一条的时间比上一条早，说话人也只出现这一次，可能是正文里引用的聊天；已按单独的消息读取，请对照原文件核对。")
                }
                quotation.begin(found.sender, found.time)
                last = found.time
                if isNextDay {
                    sink.warn(at: line.start, code: "midnight", "时间比上一条早 12 小时以上，按过了零点、日期加一天处理；请核对。")
                }
                open.begin(
                    Message(
                        conversation: conversation, location: .unplaced, time: stamp, sender: found.sender,
                        senderID: found.account, title: found.title, role: found.role, text: ""),
                    header: found.range, inline: found.inline, timeText: found.time?.range ?? 0..<0)
                for line in found.above { open.append(line) }
                walk = TextLines(from: found.next)
                followsBreak = false
                continue
            }
            if !open.isOpen, isFrame(line.range, text) {
                sink.structure(line.range)
                followsBreak = true
                continue
            }
            if usesDateLines, hasBareTimes || !open.isOpen, let day = date(line.range, text),
                followsBreak || !open.isOpen || !boundary.needsBlank && Self.isRightAboveHeader(line, text, header)
            {
                close(nil, &sink)
                dates.begin(day)
                last = nil
                sink.structure(line.range)
                followsBreak = true
                continue
            }
            if followsBreak, !isBlank, notice(line.range, text) {
                close(nil, &sink)
                var message = Message(
                    conversation: conversation, location: .unplaced, role: .system, text: text.string(line.range))
                MediaWords.classify(&message)
                if message.kind == .recall, let name = QianniuNotice.recaller(line.range, text), !QianniuNotice.isPronoun(name) {
                    message.sender = name
                    message.senderID = speakers.account(of: name)
                    if speakers.knows(name) { message.role = .unknown }
                }
                sink.message(message, at: line.range)
            } else if rules.setApart, text.isRule(line.range), Self.isBeforeHeader(line, text, header) {
                if open.isOpen { open.mark(line.range) } else { sink.structure(line.range) }
                followsBreak = true
                continue
            } else if hasDeliveryMarks, open.isOpen, !open.isBodyEmpty, QianniuNotice.isDeliveryMark(line.range, text) {
                // It ends what was said, as a blank line does.
                open.mark(line.range)
                followsBreak = true
                continue
            } else if open.isOpen {
                open.append(line.range)
            } else if Banner.matches(line.range, text) {
                sink.structure(line.range)
            }
            followsBreak = isBlank
        }
        close(nil, &sink)
    }

    /// Whether nothing but blank lines stands between a line and the next header, or the end.
    private static func isBeforeHeader(
        _ line: TextLines.Line, _ text: Span<UInt8>, _ header: (TextLines.Line, Span<UInt8>) -> Header?
    ) -> Bool {
        var walk = TextLines(from: line.next)
        while let below = walk.next(in: text) {
            if !text.isBlank(below.range) { return header(below, text) != nil }
        }
        return true
    }

    /// Whether a header begins on the next line, as below a date line of a text without blank lines.
    private static func isRightAboveHeader(
        _ line: TextLines.Line, _ text: Span<UInt8>, _ header: (TextLines.Line, Span<UInt8>) -> Header?
    ) -> Bool {
        var walk = TextLines(from: line.next)
        return walk.next(in: text).map { header($0, text)?.time?.hasDate == false } ?? false
    }

    private static func next(_ line: Range<Int>, _ text: Span<UInt8>) -> Int {
        var walk = TextLines(from: line.upperBound)
        guard line.upperBound < text.count, let rest = walk.next(in: text) else { return text.count }
        return rest.next
    }
}
