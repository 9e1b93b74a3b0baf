import Transcript

/// Text selected and copied in the Qianniu chat window (Ctrl+A, Ctrl+C).
///
/// Each message is a line of name and time, the blank between them sometimes missing or a line end, and the text below
/// it; nothing sets messages apart. Between them stand delivery marks, notices and product cards.
/// - `conversation`: the one participant who is no sub-account.
/// - `sender`: the nick.
/// - record: from the name to the last line of the text; marks such as 已读 after it are outside.
enum QianniuCopy: ChatFormat {
    static let id = "qianniu-copy"

    static let most = 75

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        let survey = Survey(sample)
        // Other windows write a name and a clock reading too, but no marks of delivery.
        let headers = max(survey.inline + (survey.marks > 0 ? survey.bare : 0), survey.split)
        guard headers > 0, survey.arrows == 0, survey.odd * 2 <= headers, !survey.bodies.isEmpty else { return nil }
        // What was said may stand above a time too; names return.
        if survey.split > survey.inline, survey.splitReturning * 2 < survey.split,
            !survey.beginsWithHeader || survey.split >= 3 && survey.holdWords
        {
            return nil
        }
        guard survey.beginsWithHeader else { return headers >= 3 ? 30 : 10 }
        if survey.marks + survey.subaccounts > 0 { return headers >= 2 ? 75 : 50 }
        // The window writes 2025-9-1; others write 2025-09-01.
        return headers >= 3 && survey.afterBlank * 2 < headers && !survey.isPadded ? 45 : 20
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let survey = Survey(text)
        let conversation = survey.buyer ?? ""
        var walk = TextLines()
        var open = OpenRecord()
        var dates = DateBlock()
        var previous: HeaderTime?
        var known = Survey.Known()

        while !sink.isCalledOff, let line = walk.next(in: text) {
            if survey.hasBareTimes, let day = text.dateLine(in: line.range), survey.isRightAboveHeader(line, in: text) {
                open.close(separators: nil, text, into: &sink, classify: QianniuNotice.classify)
                dates.begin(day)
                sink.structure(line.range)
                previous = nil
                continue
            }
            if let header = survey.header(at: line, in: text) {
                if survey.isTrusted(
                    header, after: previous, before: { survey.nextTime(from: header.next, in: text, &known) }, text)
                {
                    open.close(separators: nil, text, into: &sink, classify: QianniuNotice.classify)
                    let sender = WangWangAccount(text.string(header.name))
                    let (stamp, isNextDay) = dates.resolve(header.time, options)
                    if isNextDay {
                        sink.warn(at: line.start, code: "midnight", "时间比上一条早 12 小时以上，按过了零点、日期加一天处理；请核对。")
                    }
                    open.begin(
                        Message(
                            conversation: conversation, location: .unplaced, time: stamp,
                            timeText: text.string(header.time.range), sender: sender.name, senderID: sender.longID,
                            role: sender.isSystem ? .system : .unknown, text: ""),
                        header: header.range)
                    previous = header.time
                    walk = TextLines(from: header.next)
                    continue
                }
                sink.warn(at: line.start, code: "header-like", "这一行像消息头，但时间与前后不合，按正文处理；请对照原文件核对。")
            }
            if QianniuNotice.isDeliveryMark(line.range, text) {
                if !open.isOpen { sink.structure(line.range) } else { open.mark(line.range) }
                continue
            }
            if open.isOpen, open.isBodyEmpty {
                if !text.isBlank(line.range) { open.append(line.range) }
                continue
            }
            if let recaller = QianniuNotice.recaller(line.range, text),
                survey.knows(recaller) || QianniuNotice.isPronoun(recaller)
            {
                open.close(separators: nil, text, into: &sink, classify: QianniuNotice.classify)
                sink.message(
                    Message(
                        conversation: conversation, location: .unplaced,
                        sender: QianniuNotice.isPronoun(recaller) ? nil : recaller,
                        role: recaller == "对方" ? .buyer : .unknown, kind: .recall,
                        text: text.string(line.range)),
                    at: line.range)
            } else if QianniuNotice.begins(line.range, text) {
                open.close(separators: nil, text, into: &sink, classify: QianniuNotice.classify)
                open.begin(
                    Message(conversation: conversation, location: .unplaced, role: .system, kind: .system, text: ""),
                    header: line.range, inline: line.range)
            } else if open.isOpen {
                open.append(line.range)
            } else if Banner.matches(line.range, text) {
                sink.structure(line.range)
            }
        }
        open.close(separators: nil, text, into: &sink, classify: QianniuNotice.classify)
    }

    private struct Header {
        var name: Range<Int>
        var time: HeaderTime
        var range: Range<Int>
        var next: Int
    }

    /// Which form of header a text has, and who speaks in it.
    private struct Survey {
        /// Headers on one line, and on two.
        var inline = 0
        var split = 0
        /// Headers on one line with neither a day nor a sub-account.
        var bare = 0
        var marks = 0
        var subaccounts = 0
        var arrows = 0
        var bodies = BodyCount()
        /// Headers on two lines whose names occur more than once.
        var splitReturning = 0
        /// Names that a stroke, brackets or a heading set off, as others write them.
        var odd = 0
        var afterBlank = 0
        var isPadded = false
        /// Whether a header names no day, so that a date line above it does.
        var hasBareTimes = false
        /// Nothing but notices stands before the first header.
        var beginsWithHeader = false
        /// The only participant who is not of the shop.
        var buyer: String?
        private var names: [String: Int] = [:]
        private var splitNames: [String: Int] = [:]

        private static let maximumNames = 20_000

        init(_ text: Span<UInt8>) {
            var walk = TextLines()
            var last: Range<Int>?
            var strangers = 0
            while let line = walk.next(in: text) {
                if QianniuNotice.isDeliveryMark(line.range, text) { marks += 1 }
                if inline + split + bare == 0, !QianniuNotice.isDeliveryMark(line.range, text),
                    !Banner.matches(line.range, text),
                    !QianniuNotice.begins(line.range, text)
                {
                    strangers += 1
                }
                if let header = Self.inlineHeader(line, in: text) {
                    if text.contains("-->", in: header.name) { arrows += 1 }
                    let name = text.string(header.name)
                    bodies.header()
                    if !header.time.hasDate { hasBareTimes = true }
                    if header.time.isPadded(in: text) == true { isPadded = true }
                    if header.time.hasDate || name.contains(":") || name.contains("：") {
                        inline += 1
                        if !text.isNameAlone(header.name, before: header.time) || text.insideBrackets(header.name) != nil { odd += 1 }
                        if last.map({ text.isBlank($0) }) ?? true { afterBlank += 1 }
                    } else {
                        bare += 1
                    }
                    if inline + split + bare == 1 { beginsWithHeader = strangers <= 1 }
                    Self.count(name, in: &names)
                } else if let last, let time = Self.bareTime(line.range, in: text) {
                    if time.isPadded(in: text) == true { isPadded = true }
                    let name = text.trimmingBlanks(last)
                    if Self.canBeName(name, before: time, in: text) {
                        split += 1
                        if inline + split + bare == 1 { beginsWithHeader = strangers <= 2 }
                        Self.count(text.string(name), in: &splitNames)
                        bodies.header()
                    }
                } else if !text.isBlank(line.range), !QianniuNotice.isDeliveryMark(line.range, text) {
                    bodies.line()
                }
                last = line.range
            }
            splitReturning = splitNames.values.reduce(0) { $0 + ($1 > 1 ? $1 : 0) }
            // Where the other form rules, a stray time in a body is no header.
            if split < inline { splitNames = splitNames.filter { names[$0.key] != nil } }
            let counts = names.merging(splitNames, uniquingKeysWith: +)
            subaccounts = counts.keys.count { WangWangAccount($0).isSubaccount }
            buyer = WangWangAccount.buyer(among: counts)
        }

        /// Static, since a method of a copy would make every table be copied at every name.
        private static func count(_ name: String, in table: inout [String: Int]) {
            if table[name] != nil || table.count < maximumNames { table[name, default: 0] += 1 }
        }

        /// Most names on lines of their own hold a colon, as a name and what it said do.
        var holdWords: Bool { splitNames.keys.count { $0.contains(":") || $0.contains("：") } * 2 > splitNames.count }

        func knows(_ name: String) -> Bool { names[name] != nil || splitNames[name] != nil }

        /// Whether the next line that is not blank begins a message of a time without a day.
        func isRightAboveHeader(_ line: TextLines.Line, in text: Span<UInt8>) -> Bool {
            var walk = TextLines(from: line.next)
            while let below = walk.next(in: text) {
                if !text.isBlank(below.range) { return header(at: below, in: text)?.time.hasDate == false }
            }
            return false
        }

        func header(at line: TextLines.Line, in text: Span<UInt8>) -> Header? {
            if let header = Self.inlineHeader(line, in: text) { return header }
            guard !splitNames.isEmpty else { return nil }
            var walk = TextLines(from: line.next)
            let name = text.trimmingBlanks(line.range)
            guard let second = walk.next(in: text), let time = Self.bareTime(second.range, in: text),
                Self.canBeName(name, before: time, in: text), splitNames[text.string(name)] != nil
            else { return nil }
            return Header(name: name, time: time, range: line.start..<second.end, next: second.next)
        }

        /// A name that occurs once could be a label before a time in a body: then the time must fit its neighbours.
        func isTrusted(
            _ header: Header, after previous: HeaderTime?, before next: () -> HeaderTime?, _ text: Span<UInt8>
        ) -> Bool {
            if isKnown(text.string(header.name)) { return true }
            if let previous, Self.isLater(previous, than: header.time) { return false }
            if let next = next(), Self.isLater(header.time, than: next) { return false }
            return true
        }

        private func isKnown(_ name: String) -> Bool {
            let account = WangWangAccount(name)
            return names[name, default: 0] + splitNames[name, default: 0] > 1 || account.isSubaccount
                || account.isSystem
        }

        /// Whether one time is clearly later; times with and without a date cannot be compared.
        private static func isLater(_ a: HeaderTime, than b: HeaderTime) -> Bool {
            if let a = a.ordinal, let b = b.ordinal { return a > b + 600 }
            return !a.hasDate && !b.hasDate && a.secondOfDay > b.secondOfDay + 600
        }

        /// The header of somebody known that was looked up last.
        struct Known {
            /// Up to here it is the next one.
            var end = 0
            var time: HeaderTime?
        }

        /// The time of the next header of somebody who is known to speak.
        func nextTime(from position: Int, in text: Span<UInt8>, _ known: inout Known) -> HeaderTime? {
            if position < known.end { return known.time }
            var walk = TextLines(from: position)
            var left = 200
            known = Known()
            while left > 0, let line = walk.next(in: text) {
                left -= 1
                known.end = line.next
                if let header = header(at: line, in: text), isKnown(text.string(header.name)) {
                    known.time = header.time
                    break
                }
            }
            return known.time
        }

        private static func inlineHeader(_ line: TextLines.Line, in text: Span<UInt8>) -> Header? {
            guard line.range.count <= 256, let time = text.trailingTime([.full, .none], in: line.range),
                !time.hasDate || text[time.range.lowerBound + 4] == 0x2D
            else { return nil }
            let name = text.trimmingBlanks(line.start..<time.range.lowerBound)
            guard canBeName(name, before: time, in: text) else { return nil }
            return Header(name: name, time: time, range: line.range, next: line.next)
        }

        private static func bareTime(_ line: Range<Int>, in text: Span<UInt8>) -> HeaderTime? {
            guard line.count <= 32 else { return nil }
            let range = text.trimmingBlanks(line)
            var scan = DateTimeScanner(range)
            guard let time = scan.headerTime([.full], in: text), scan.isAtEnd, text[range.lowerBound + 4] == 0x2D else {
                return nil
            }
            return time
        }

        private static func canBeName(_ name: Range<Int>, before time: HeaderTime, in text: Span<UInt8>) -> Bool {
            guard text.looksLikeName(name, mayEndWithDay: time.hasDate), !QianniuNotice.isDeliveryMark(name, text) else { return false }
            return !(text[name.lowerBound] == 0x5B && text[name.upperBound - 1] == 0x5D)
                && !(text[name.upperBound - 1] == 0x28) && bareTime(name, in: text) == nil
        }
    }
}
