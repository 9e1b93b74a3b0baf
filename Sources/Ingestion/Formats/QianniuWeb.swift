import Transcript

/// The page 聊天记录查询 of the Qianniu back end, as copied text or as saved HTML.
///
/// Each message is a line of time, the text, and the sender in the last line; lines of date stand between. The saved
/// page marks the same parts by classes whose names contain `groupTime`, `chatTime`, `chatText` and `chatName`.
/// - `conversation`: the one participant who is no sub-account.
/// - record: from the time to the sender; in a saved page from the tag of the one to the end of the other.
enum QianniuWeb: ChatFormat {
    static let id = "qianniu-web"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        if isPage(sample) { return 95 }
        let survey = Survey(sample)
        guard survey.blocks > 0, survey.endsWithSender else { return nil }
        if survey.dates > 0 { return survey.blocks > 1 ? 76 : 46 }
        return survey.blocks > 2 ? 48 : nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        if isPage(text.extracting(0..<min(text.count, FormatDetection.sampleLength))) {
            QianniuPage.read(text, options: options, into: &sink)
            return
        }
        let survey = Survey(text)
        let conversation = survey.buyer ?? ""
        var walk = TextLines()
        var dates = DateBlock()
        while !sink.isCalledOff, let line = walk.next(in: text) {
            if let date = text.dateLine(in: line.range) {
                dates.begin(date)
                sink.structure(line.range)
            } else if let time = bareTime(line.range, in: text) {
                let block = Block(after: line, time, in: text, isName: survey.knows)
                guard let name = block.lines.last else {
                    sink.unparsed(line.range, code: "truncated", "这里只有时间，没有内容和发送人，可能没有复制完整。")
                    continue
                }
                let sender = WangWangAccount(text.string(text.trimmingBlanks(name)))
                let (stamp, isNextDay) = dates.resolve(time, options)
                if isNextDay {
                    sink.warn(at: line.start, code: "midnight", "时间比上一条早 12 小时以上，按过了零点、日期加一天处理；请核对。")
                }
                var message = Message(
                    conversation: conversation, location: .unplaced, time: stamp,
                    timeText: text.string(time.range), sender: sender.name, senderID: sender.longID,
                    role: sender.isSystem ? .system : .unknown, text: text.lines(block.body(in: text)))
                MediaWords.classify(&message)
                sink.message(message, at: line.start..<name.upperBound)
                walk = TextLines(from: block.next)
            } else if Banner.matches(line.range, text) {
                sink.structure(line.range)
            }
        }
    }

    /// A clock reading that is all of a line.
    private static func bareTime(_ line: Range<Int>, in text: Span<UInt8>) -> HeaderTime? {
        guard line.count >= 7, line.count <= 32 else { return nil }
        var scan = DateTimeScanner(text.trimmingBlanks(line))
        guard let time = scan.headerTime([.none], in: text), scan.isAtEnd else { return nil }
        return time
    }

    private static func isPage(_ sample: Span<UInt8>) -> Bool {
        let all = 0..<sample.count
        return sample.beginsWithMarkup && sample.contains("class", in: all) && sample.contains("chatTime", in: all)
            && (sample.contains("chatName", in: all) || sample.contains("chatText", in: all))
    }

    /// The lines between one time and the next, without the blank ones at the end.
    private struct Block {
        var lines: [Range<Int>] = []
        var next: Int

        /// - Parameter isName: whether somebody is known to speak; a time below other words, and earlier than that of
        ///   the block, was said.
        init(
            after line: TextLines.Line, _ time: HeaderTime, in text: Span<UInt8>, isName: (String) -> Bool = { _ in true }
        ) {
            var walk = TextLines(from: line.next)
            next = line.next
            while let line = walk.next(in: text) {
                if let found = bareTime(line.range, in: text) {
                    guard let last = lines.last, found.secondOfDay < time.secondOfDay,
                        found.secondOfDay + 12 * 3_600 > time.secondOfDay, !isName(text.string(text.trimmingBlanks(last)))
                    else { break }
                }
                if text.dateLine(in: line.range) != nil, Self.timeFollows(line.next, in: text) { break }
                lines.append(line.range)
                next = line.next
            }
            while let last = lines.last, text.isBlank(last) { lines.removeLast() }
        }

        func body(in text: Span<UInt8>) -> [Range<Int>] {
            var body = lines.dropLast()
            while let last = body.last, text.isBlank(last) { body.removeLast() }
            while let first = body.first, text.isBlank(first) { body.removeFirst() }
            return Array(body)
        }

        private static func timeFollows(_ position: Int, in text: Span<UInt8>) -> Bool {
            var walk = TextLines(from: position)
            while let line = walk.next(in: text) {
                if !text.isBlank(line.range) { return bareTime(line.range, in: text) != nil }
            }
            return true
        }
    }

    private struct Survey {
        var blocks = 0
        var dates = 0
        /// The last line is a name that ends other blocks too; where a name comes first it is not.
        var endsWithSender = false
        /// The only participant who is not of the shop.
        var buyer: String?
        private var names: [String: Int] = [:]
        /// The lines right below the times; other windows have their names there.
        private var openings: [String: Int] = [:]

        /// Whether a name ends several blocks, or is one that ends a block and belongs to a shop.
        func knows(_ name: String) -> Bool { names[name, default: 0] > 1 || WangWangAccount(name).isSubaccount }

        init(_ text: Span<UInt8>) {
            var walk = TextLines()
            var lastName: String?
            // What stands right above the first time, but for a date line.
            var above: Range<Int>?
            // In the page a time is what stands below a date line.
            var isBelowDate = false
            var datesAboveTimes = 0
            while blocks < 4_000, let line = walk.next(in: text) {
                if text.dateLine(in: line.range) != nil {
                    dates += 1
                    if blocks == 0 { above = nil }
                    isBelowDate = true
                } else if let time = bareTime(line.range, in: text) {
                    if isBelowDate { datesAboveTimes += 1 }
                    isBelowDate = false
                    let block = Block(after: line, time, in: text)
                    guard let name = block.lines.last, text.looksLikeName(text.trimmingBlanks(name)) else { continue }
                    blocks += 1
                    lastName = text.string(text.trimmingBlanks(name))
                    names[lastName ?? "", default: 0] += 1
                    if block.lines.count > 1, let opening = block.lines.first, opening.count <= 128 {
                        openings[text.string(text.trimmingBlanks(opening)), default: 0] += 1
                    }
                    walk = TextLines(from: block.next)
                } else if !text.isBlank(line.range) {
                    isBelowDate = false
                    if blocks == 0 { above = line.range }
                }
            }
            // Where the name comes first, it stands above the first time and ends every block but the last.
            let leads = above.map { names[text.string(text.trimmingBlanks($0))] != nil } ?? false
            endsWithSender =
                !leads && Self.returning(openings) <= Self.returning(names) && datesAboveTimes * 2 >= dates && (dates > 0 || above == nil || lastName.map { names[$0, default: 0] > 1 } ?? false)
            buyer = WangWangAccount.buyer(among: names)
        }

        /// How often those speak that speak more than once.
        private static func returning(_ names: [String: Int]) -> Int { names.values.reduce(0) { $0 + ($1 > 1 ? $1 : 0) } }
    }
}
