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
    private var boundary: BoundarySurvey
    private var dayHalves = false
    /// How often each speaker stands in a header.
    private var speakers: [String: Int] = [:]
    private var needsAccount = false

    /// How far the time may go back between neighbours, in seconds.
    private static let tolerance = 600

    init(_ name: String, _ range: Range<Int>, _ text: Span<UInt8>, _ options: ReadingOptions) {
        self.name = name
        self.range = range
        self.options = options
        boundary = BoundarySurvey(text, in: range) { line, text in QQHeader(line, in: text) != nil }
        survey(text)
    }

    private mutating func survey(_ text: Span<UInt8>) {
        var lines = TextLines(from: range.lowerBound)
        var previousBlank = true
        var headers = 0
        var halves = 0
        var accounts = 0
        var numbered: Set<String> = []
        while let line = lines.next(in: text), line.start < range.upperBound {
            if previousBlank || !boundary.needsBlank, let header = QQHeader(line.range, in: text) {
                headers += 1
                if header.hasDayHalf { halves += 1 }
                let who = QQParticipant(text.string(header.who))
                if let account = who.account {
                    accounts += 1
                    if numbered.count < 2, !who.isSystem { numbered.insert(account) }
                }
                if speakers[who.key] != nil || speakers.count < 50_000 { speakers[who.key, default: 0] += 1 }
            }
            previousBlank = text.isBlank(line.range)
        }
        dayHalves = halves * 10 >= headers * 9
        // In a friend chat one of the two may have a name that ends like an account.
        needsAccount = numbered.count > 1 && accounts * 4 >= headers * 3
    }

    func read(_ text: Span<UInt8>, into sink: inout RecordSink) {
        if boundary.headers > 1, !boundary.needsBlank {
            sink.warnFile(code: "weak-boundary", "文件里消息之间没有空行（可能被另存过），消息的分界只能按时间行判断。")
        }
        var lines = TextLines(from: range.lowerBound)
        var open: OpenRecord?
        var previousBlank = true
        var last: Int?
        /// Up to here headers are quoted.
        var quotedUntil = range.lowerBound

        while let line = lines.next(in: text), line.start < range.upperBound {
            if previousBlank || !boundary.needsBlank, let header = QQHeader(line.range, in: text, dayHalves: dayHalves)
            {
                let who = QQParticipant(text.string(header.who))
                if open != nil, line.start >= quotedUntil,
                    let end = quoteEnd(from: line, header, who, after: last, in: text)
                {
                    quotedUntil = end
                    sink.warn(at: line.start, code: "header-like", "这里像消息头，但说话人只在这里出现、时间与前后不合，按上一条的正文处理；请对照原文件核对。")
                }
                if line.start >= quotedUntil {
                    open?.close(separators: boundary.separators, text, into: &sink, finish: MediaWords.classify)
                    open = OpenRecord(message(header, who, in: text), header: line.range)
                    last = header.time.ordinal ?? last
                    previousBlank = false
                    continue
                }
            }
            open?.append(line.range)
            previousBlank = text.isBlank(line.range)
        }
        open?.close(separators: nil, keepsLeadingBlanks: true, text, into: &sink, finish: MediaWords.classify)
    }

    private func message(_ header: QQHeader, _ who: QQParticipant, in text: Span<UInt8>) -> Message {
        Message(
            conversation: name, location: .unplaced, time: header.time.timestamp(options),
            timeText: text.string(header.time.range), sender: who.name, senderID: who.account, title: who.title,
            role: who.isSystem ? .system : .unknown, text: "")
    }

    /// Where a quotation ends that begins with this header; `nil` where it is a header like others.
    private func quoteEnd(
        from line: TextLines.Line, _ header: QQHeader, _ who: QQParticipant, after last: Int?,
        in text: Span<UInt8>
    ) -> Int? {
        if needsAccount, who.account == nil, !who.isSystem, speakers[who.key] == 1 { return line.next }
        guard let last, let time = header.time.ordinal, time + Self.tolerance < last else { return nil }
        var counts: [String: Int] = [who.key: 1]
        var headers = 1
        var lines = TextLines(from: line.next)
        var previousBlank = false
        while headers < 200, let next = lines.next(in: text), next.start < range.upperBound {
            if previousBlank || !boundary.needsBlank, let header = QQHeader(next.range, in: text, dayHalves: dayHalves)
            {
                if let time = header.time.ordinal, time + Self.tolerance >= last {
                    return counts.allSatisfy { speakers[$0.key] == $0.value } ? next.start : nil
                }
                counts[QQParticipant(text.string(header.who)).key, default: 0] += 1
                headers += 1
            }
            previousBlank = text.isBlank(next.range)
        }
        return nil
    }
}
