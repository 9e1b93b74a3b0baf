import Transcript

/// A record whose body may still go on; the same value serves one record after the other.
///
/// Blank lines are kept until it is known whether something follows them: those that set records apart belong to none.
struct OpenRecord {
    private var message: Message?
    private var start = 0
    private var headerEnd = 0
    private var body: [Range<Int>] = []
    /// The words of the header's time, where the message does not hold them.
    private var timeText = 0..<0
    /// A body of several lines.
    private var joined: [UInt8] = []
    /// Lines that belong to the record's place in the file and not to what was said, as 已读.
    private var marks: [Range<Int>] = []

    /// Whether there is a message; asked of every line, so that none is copied to be compared with nothing.
    private(set) var isOpen = false

    var isBodyEmpty: Bool { body.isEmpty }

    /// Begins a record; the one before must be closed.
    /// - Parameters:
    ///   - header: where the record begins, to the end of that line's content.
    ///   - inline: what the header's own line says, if anything.
    ///   - timeText: the words of its time, which the message need not hold then.
    mutating func begin(
        _ message: consuming Message, header: Range<Int>, inline: Range<Int>? = nil, timeText: Range<Int> = 0..<0
    ) {
        self.message = consume message
        isOpen = true
        self.timeText = timeText
        start = header.lowerBound
        headerEnd = header.upperBound
        if let inline, !inline.isEmpty { body.append(inline) }
    }

    mutating func append(_ line: Range<Int>) {
        body.append(line)
    }

    /// Takes a line that is no text.
    mutating func mark(_ line: Range<Int>) {
        marks.append(line)
    }

    /// Hands the record over, if one is open.
    /// - Parameters:
    ///   - separators: how many blank lines set records apart here; more of them at the end belong to the body.
    ///     `nil`: blank lines at either end of the body are nobody's text.
    ///   - classify: completes the message by its text, which lies elsewhere.
    mutating func close(
        separators: Int?, keepsLeadingBlanks: Bool = false, _ text: Span<UInt8>, into sink: inout RecordSink,
        classify: (inout Message, Span<UInt8>) -> Void = { _, _ in }
    ) {
        guard var message = message.take() else { return }
        trim(separators: separators, keepsLeadingBlanks: keepsLeadingBlanks, text)
        if body.count > 1 {
            text.joinLines(body, into: &joined)
            classify(&message, joined.span)
            sink.message(message, text: joined.span, timeText: text.extracting(timeText), at: range)
        } else {
            let said = text.extracting(body.first ?? 0..<0)
            classify(&message, said)
            sink.message(message, text: said, timeText: text.extracting(timeText), at: range)
        }
        empty(into: &sink)
    }

    /// The same where the text is not what the body says.
    /// - Parameter finish: completes the message, which holds its text.
    mutating func close(
        separators: Int?, _ text: Span<UInt8>, into sink: inout RecordSink, finish: (inout Message) -> Void
    ) {
        guard var message = message.take() else { return }
        trim(separators: separators, keepsLeadingBlanks: false, text)
        message.text = text.lines(body)
        finish(&message)
        sink.message(message, at: range)
        empty(into: &sink)
    }

    /// From the header to the end of the body.
    private var range: Range<Int> { start..<max(headerEnd, body.last?.upperBound ?? headerEnd) }

    /// Leaves out the blank lines that are not part of the body.
    private mutating func trim(separators: Int?, keepsLeadingBlanks: Bool, _ text: Span<UInt8>) {
        if let separators {
            var left = separators
            while left > 0, let last = body.last, text.isBlank(last) {
                body.removeLast()
                left -= 1
            }
            if body.allSatisfy({ $0.isEmpty }) { body.removeAll(keepingCapacity: true) }
        } else {
            while let last = body.last, text.isBlank(last) { body.removeLast() }
            if !keepsLeadingBlanks, let first = body.firstIndex(where: { !text.isBlank($0) }) {
                body.removeFirst(first)
            }
        }
    }

    private mutating func empty(into sink: inout RecordSink) {
        isOpen = false
        let end = range.upperBound
        for mark in marks where mark.lowerBound >= end { sink.structure(mark) }
        body.removeAll(keepingCapacity: true)
        marks.removeAll(keepingCapacity: true)
    }
}

extension Span<UInt8> {
    /// The text of several lines, `\n` between them.
    func lines(_ ranges: [Range<Int>]) -> String {
        var joined: [UInt8] = []
        joinLines(ranges, into: &joined)
        return String(decoding: joined, as: UTF8.self)
    }

    fileprivate func joinLines(_ ranges: [Range<Int>], into joined: inout [UInt8]) {
        joined.removeAll(keepingCapacity: true)
        for (number, range) in ranges.enumerated() {
            if number > 0 { joined.append(0x0A) }
            unsafe extracting(range).withUnsafeBufferPointer { unsafe joined.append(contentsOf: $0) }
        }
    }
}

/// What a look at a text's headers tells about how its records are set apart.
struct BoundarySurvey {
    /// A header must follow a blank line: so nearly all do, and the others are quoted in a body.
    var needsBlank = true
    /// The number of blank lines that most headers follow.
    var separators = 1
    var headers = 0
    /// The first line that was not looked at begins here.
    private(set) var end: Int

    /// - Parameters:
    ///   - limit: how many headers are enough.
    ///   - isHeader: tells a line that has a header's form; it hears too whether the line stands first or after a blank one.
    init(
        _ text: Span<UInt8>, in range: Range<Int>? = nil, limit: Int = 4_000,
        isHeader: (Range<Int>, Span<UInt8>, Bool) -> Bool
    ) {
        var walk = TextLines(from: range?.lowerBound ?? 0)
        let end = range?.upperBound ?? text.count
        var blanks = 0
        var isFirst = true
        var preceded = 0
        var counts = [0, 0, 0, 0, 0]
        while headers < limit, let line = walk.next(in: text), line.start < end {
            if text.isBlank(line.range) {
                blanks += 1
                continue
            }
            if isHeader(line.range, text, isFirst || blanks > 0) {
                headers += 1
                if blanks > 0 || headers == 1 { preceded += 1 }
                if headers > 1 { counts[min(blanks, counts.count - 1)] += 1 }
            }
            blanks = 0
            isFirst = false
        }
        self.end = walk.position
        // Where a program writes no blank lines hardly any header follows one; quoted headers rarely do.
        needsBlank = preceded * 2 > headers || preceded * 2 == headers && blanks > 0
        let usual = counts.indices.dropFirst(needsBlank ? 1 : 0).max {
            counts[$0] < counts[$1] || counts[$0] == counts[$1] && $0 > $1
        }
        separators = headers > 1 ? usual ?? 1 : 1
        if needsBlank { separators = max(1, separators) }
    }
}

extension Span<UInt8> {
    /// The text of body lines, their line ends made `\n`.
    func body(_ range: Range<Int>) -> String {
        var hasReturn = false
        for i in range where self[i] == 0x0D {
            hasReturn = true
            break
        }
        guard hasReturn else { return string(range) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var i = range.lowerBound
        while i < range.upperBound {
            if self[i] == 0x0D {
                bytes.append(0x0A)
                if i + 1 < range.upperBound, self[i + 1] == 0x0A { i += 1 }
            } else {
                bytes.append(self[i])
            }
            i += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
