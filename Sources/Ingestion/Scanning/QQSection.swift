import Transcript

/// The messages of one chat in a QQ text file.
///
/// A header follows a blank line; one that does not is quoted in a body, unless the file lost its blank lines. A quoted
/// header after a blank line cannot be told by its form: it betrays itself by a speaker whom the chat does not know and
/// a time that goes back.
struct QQSection {
    private let name: String
    private let range: Range<Int>
    private let options: ReadingOptions
    private let dates: DateTimeScanner.DateForms
    private let boundary: BoundarySurvey
    /// The clock has twelve hours; elsewhere PM after a time may begin a name.
    private var dayHalves = false
    private var speakers = QQSpeakers()
    /// The chat is a group's, whose headers name accounts.
    private var needsAccount = false

    /// How far the time may go back between neighbours, in seconds.
    private static let tolerance = 600

    init(
        _ name: String, _ range: Range<Int>, _ text: Span<UInt8>, _ options: ReadingOptions, dates: DateTimeScanner.DateForms
    ) {
        self.name = name
        self.range = range
        self.options = options
        self.dates = dates
        // Headers that were seen are not read again to see who speaks; a long chat has more.
        var seen: [(header: QQHeader, followsBlank: Bool)] = []
        var boundary = BoundarySurvey(text, in: range) { line, text, followsBlank in
            guard let header = QQHeader(line, dates, in: text) else { return false }
            seen.append((header, followsBlank))
            return true
        }
        // Where few messages leave the usual number in doubt, the one blank line below the head tells it.
        if boundary.headers < 10, boundary.needsBlank, Self.hasOneBlank(at: range, in: text) { boundary.separators = 1 }
        self.boundary = boundary
        survey(text, seen)
    }

    /// Whether one blank line, and no more, stands at the beginning.
    private static func hasOneBlank(at range: Range<Int>, in text: Span<UInt8>) -> Bool {
        var lines = TextLines(from: range.lowerBound)
        guard let first = lines.next(in: text), first.isEmpty, let second = lines.next(in: text) else { return false }
        return !text.isBlank(second.range)
    }

    /// Counts who speaks. Headers that could have a clock of twelve hours wait until the others are known.
    private mutating func survey(_ text: Span<UInt8>, _ seen: [(header: QQHeader, followsBlank: Bool)]) {
        var headers = 0
        var halves = 0
        var accounts = 0
        var names = 0
        var found = QQSpeakers()
        func count(_ who: Range<Int>) {
            guard let index = found.index(of: who, in: text) else { return }
            found.count(index)
            if found[index].isSystem { return }
            if found[index].account == nil { names += 1 } else { accounts += 1 }
        }
        eachHeader(text, seen) { header in
            headers += 1
            if header.halved(in: text) != nil { halves += 1 } else { count(header.who) }
        }
        dayHalves = halves * 10 >= headers * 9
        speakers = found
        if halves > 0 {
            eachHeader(text, seen) { header in if header.halved(in: text) != nil { count(reading(header, in: text).who) } }
            speakers = found
        }
        // A chat named after a speaker is a friend's, whose name, or the owner's, may end like an account.
        if accounts > 0, speakers.stands(name, in: text) { speakers.dropAccounts(in: text) }
        needsAccount = speakers.hasTwoAccounts && accounts * 4 >= (accounts + names) * 3
    }

    /// Calls `body` with every header.
    /// - Parameter seen: those that the look at the boundary found.
    private func eachHeader(
        _ text: Span<UInt8>, _ seen: [(header: QQHeader, followsBlank: Bool)], _ body: (QQHeader) -> Void
    ) {
        for (header, followsBlank) in seen where followsBlank || !boundary.needsBlank { body(header) }
        var lines = TextLines(from: boundary.end)
        // It ends with the text, or with the last of the headers it wants.
        var previousBlank = false
        while let line = lines.next(in: text), line.start < range.upperBound {
            if previousBlank || !boundary.needsBlank, let header = QQHeader(line.range, dates, in: text) { body(header) }
            previousBlank = text.isBlank(line.range)
        }
    }

    /// The time and the speaker of a header, as the clock of the file has it; a speaker whom other headers know settles
    /// whether PM is part of his name.
    private func reading(_ header: QQHeader, in text: Span<UInt8>) -> (time: HeaderTime, who: Range<Int>) {
        if let halved = header.halved(in: text), dayHalves || speakers.knows(halved.who, in: text) { return halved }
        return (header.time, header.who)
    }

    func read(_ text: Span<UInt8>, into sink: inout RecordSink) {
        if boundary.headers > 1, !boundary.needsBlank {
            sink.warnFile(code: "weak-boundary", "文件里消息之间没有空行（可能被另存过），消息的分界只能按时间行判断。")
        }
        var lines = TextLines(from: range.lowerBound)
        var open = OpenRecord()
        var previousBlank = true
        var last: Int?
        /// Up to here headers are quoted.
        var quotedUntil = range.lowerBound

        while !sink.isCalledOff, let line = lines.next(in: text), line.start < range.upperBound {
            if previousBlank || !boundary.needsBlank, let header = QQHeader(line.range, dates, in: text) {
                let (time, who) = reading(header, in: text)
                if open.isOpen, line.start >= quotedUntil, let end = quoteEnd(from: line, time, who, after: last, in: text)
                {
                    quotedUntil = end
                    sink.warn(at: line.start, code: "header-like", "这里像消息头，但说话人只在这里出现、时间与前后不合，按上一条的正文处理；请对照原文件核对。")
                }
                if line.start >= quotedUntil {
                    open.close(separators: boundary.separators, text, into: &sink, classify: MediaWords.classify)
                    open.begin(message(time, who, in: text), header: line.range, timeText: time.range)
                    last = time.ordinal ?? last
                    previousBlank = false
                    continue
                }
            }
            if open.isOpen { open.append(line.range) }
            previousBlank = text.isBlank(line.range)
        }
        open.close(separators: nil, keepsLeadingBlanks: true, text, into: &sink, classify: MediaWords.classify)
    }

    private func message(_ time: HeaderTime, _ who: Range<Int>, in text: Span<UInt8>) -> Message {
        let who = speakers.lookUp(who, in: text).map { speakers[$0] } ?? QQParticipant(who, in: text)
        return Message(
            conversation: name, location: .unplaced, time: time.timestamp(options),
            sender: who.name, senderID: who.account, title: who.title, role: who.isSystem ? .system : .unknown, text: "")
    }

    /// Where a quotation ends that begins with this header; `nil` where it is a header like others.
    private func quoteEnd(
        from line: TextLines.Line, _ time: HeaderTime, _ who: Range<Int>, after last: Int?, in text: Span<UInt8>
    ) -> Int? {
        let goesBack = time.ordinal.map { time in last.map { time + Self.tolerance < $0 } ?? false } ?? false
        guard needsAccount || goesBack, let index = speakers.lookUp(who, in: text) else { return nil }
        let speaker = speakers[index]
        if needsAccount, speaker.account == nil, !speaker.isSystem, speakers.count(of: index) == 1 { return line.next }
        guard let last, let time = time.ordinal, time + Self.tolerance < last else { return nil }
        var counts = [speakers.identity(of: index): 1]
        var headers = 1
        var lines = TextLines(from: line.next)
        var previousBlank = false
        while headers < 200, let next = lines.next(in: text), next.start < range.upperBound {
            if previousBlank || !boundary.needsBlank, let header = QQHeader(next.range, dates, in: text) {
                let (time, who) = reading(header, in: text)
                if let time = time.ordinal, time + Self.tolerance >= last {
                    return counts.allSatisfy { speakers.count(of: $0.key) == $0.value } ? next.start : nil
                }
                guard let index = speakers.lookUp(who, in: text) else { return nil }
                counts[speakers.identity(of: index), default: 0] += 1
                headers += 1
            }
            previousBlank = text.isBlank(next.range)
        }
        return nil
    }
}
