import Transcript

/// Text copied from any merchant's back end (Pinduoduo, JD, Douyin 飞鸽 and the like) or chat window.
///
/// It is taken where one form of header explains at least nine blocks in ten, and the form that was chosen is told.
/// - `conversation`: not named.
/// - `sender`: the words beside the time.
/// - record: from the first line of the header to the last line of the body.
enum GenericCopy: ChatFormat {
    static let id = "generic-copy"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        guard let choice = choose(sample) else { return nil }
        if !choice.form.hasTime { return 8 }
        return choice.headers >= 3 ? 32 : 12
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        // Where the user asks for this format, or the text is damaged, the best form has to do.
        let choice = choose(text) ?? choose(text, atLeast: 0) ?? Choice(form: .nameTime, headers: 0, dates: .monthFirst)
        sink.warnFile(code: "mapping", "没有专门的格式，按“\(choice.form.rawValue)”的消息头读取；请抽查几条，看名字和时间是否对应。")
        HeaderedText(countsBlanks: false, hasDeliveryMarks: true).read(text, options, into: &sink) { line, text in
            header(line, choice.form, dates: choice.dates, in: text)
        }
    }

    /// The forms, in the words that are told to people.
    private enum Form: String, CaseIterable {
        case nameTime = "名字 时间"
        case timeName = "时间 名字"
        case nameThenTime = "名字一行、时间一行"
        case timeThenName = "时间一行、名字一行"
        case timeNameSaid = "时间 名字：内容"
        case nameAlone = "名字：（没有时间）"
        case nameSaid = "名字：内容（没有时间）"

        var hasTime: Bool { self != .nameAlone && self != .nameSaid }
        /// What is said stands on the header's line.
        var isInline: Bool { self == .timeNameSaid || self == .nameSaid }
    }

    private struct Choice {
        var form: Form
        var headers: Int
        var dates: DateTimeScanner.DateForms
    }

    /// The form that explains the text best, if any explains nine blocks in ten.
    private static func choose(_ text: Span<UInt8>, atLeast least: Double = 0.9) -> Choice? {
        let dates = dateOrder(text)
        var best: (choice: Choice, share: Double)?
        for form in Form.allCases {
            // Names alone are a header only where no time stands beside them.
            if !form.hasTime, best != nil { break }
            let fit = Fit(form, dates, text)
            guard fit.headers >= (least > 0 ? 2 : 1), fit.share >= least else { continue }
            if best.map({ fit.share > $0.share || fit.share == $0.share && fit.headers > $0.choice.headers }) ?? true {
                best = (Choice(form: form, headers: fit.headers, dates: dates), fit.share)
            }
        }
        return best?.choice
    }

    /// How much of a text a form explains.
    private struct Fit {
        var headers = 0
        var share = 0.0

        init(_ form: Form, _ dates: DateTimeScanner.DateForms, _ text: Span<UInt8>) {
            var walk = TextLines()
            var blocks = 0
            var leading = 0
            var names: [String: Int] = [:]
            var previousBlank = true
            var beginsWithHeader: Bool?
            var lines = 0
            var said = 0
            var dated = 0
            while lines < 4_000, let line = walk.next(in: text) {
                lines += 1
                let isBlank = text.isBlank(line.range)
                if !isBlank { said += 1 }
                if !isBlank, text.dateLine(in: line.range) == nil || form == .nameThenTime,
                    !Banner.matches(line.range, text)
                {
                    let header = header(line, form, dates: dates, in: text)
                    if beginsWithHeader == nil { beginsWithHeader = header != nil }
                    if previousBlank { blocks += 1 }
                    if let header {
                        headers += 1
                        if header.time?.hasDate == true { dated += 1 }
                        if previousBlank { leading += 1 }
                        names[header.sender ?? "", default: 0] += 1
                        walk = TextLines(from: header.next)
                        previousBlank = false
                        continue
                    }
                }
                previousBlank = isBlank
            }
            guard headers > 0, beginsWithHeader == true else { return }
            // Where nothing sets the blocks apart, at least those who speak must return.
            let returning = names.values.filter { $0 > 1 }.reduce(0, +)
            let returningShare = Double(returning + min(1, headers - returning)) / Double(headers)
            if !form.hasTime {
                // Any list of words and colons looks so; a chat has few speakers who take turns.
                let isChat = (2...6).contains(names.count) && headers >= 3 && returning * 2 >= headers
                let isKnown = form == .nameAlone || names.keys.contains { GenericCopy.role(of: $0) != .unknown }
                let isWhole = form == .nameSaid ? headers * 2 >= said : leading * 10 >= blocks * 9
                share = isChat && isKnown && isWhole ? 1 : 0
            } else if blocks * 2 > headers {
                share = Double(leading) / Double(blocks)
            } else if form == .timeNameSaid {
                // A day and a time before a name and a colon are rarely anything else.
                share = dated * 2 >= said ? 1 : headers * 3 >= said ? max(returningShare, Double(headers) / Double(said)) : 0
            } else {
                share = returningShare
            }
        }
    }

    private static let clocks: DateTimeScanner.DateForms = [.full, .withoutYear, .none, .relative]

    private static func header(
        _ line: TextLines.Line, _ form: Form, dates: DateTimeScanner.DateForms, in text: Span<UInt8>
    ) -> HeaderedText.Header? {
        guard line.range.count < 512 || form.isInline else { return nil }
        let range = text.trimmingBlanks(line.range)
        guard !range.isEmpty else { return nil }
        var found: (name: Range<Int>, time: HeaderTime?)?
        var inline: Range<Int>?
        var end = line
        switch form {
        case .nameTime: found = nameTime(range, dates, text)
        case .timeName:
            found = leadingTime(range, dates, text).flatMap { time, rest in
                let name = text.trimmingColon(rest)
                // Words after a colon and a blank are said; a colon within a name has none.
                if let colon = text.firstColon(in: name),
                    colon.count == 3 || text.isBlank(colon.upperBound..<colon.upperBound + 1)
                {
                    return nil
                }
                return text.looksLikeName(name) && name.count <= 64 ? (name, time) : nil
            }
        case .timeNameSaid:
            if let (time, rest) = leadingTime(range, dates, text), let colon = text.firstColon(in: rest) {
                let name = text.trimmingBlanks(rest.lowerBound..<colon.lowerBound)
                if !name.isEmpty, name.count <= 64 {
                    found = (name, time)
                    inline = text.trimmingBlanks(colon.upperBound..<line.end)
                }
            }
        case .nameAlone:
            let name = text.trimmingColon(range)
            if name != range, name.count <= 48, text.firstColon(in: name) == nil, text.looksLikeName(name) {
                found = (name, nil)
            }
        case .nameSaid:
            if let colon = text.firstColon(in: range) {
                let name = text.trimmingBlanks(range.lowerBound..<colon.lowerBound)
                if name.count <= 48, text.looksLikeName(name) {
                    found = (name, nil)
                    inline = text.trimmingBlanks(colon.upperBound..<line.end)
                }
            }
        case .nameThenTime, .timeThenName:
            var walk = TextLines(from: line.next)
            guard let second = walk.next(in: text) else { return nil }
            end = second
            let (name, time) =
                form == .nameThenTime
                ? (range, text.trimmingBlanks(second.range)) : (text.trimmingBlanks(second.range), range)
            if let moment = wholeTime(time, dates, text), text.looksLikeName(text.trimmingColon(name)),
                name.count <= 64,
                wholeTime(name, dates, text) == nil
            {
                found = (text.trimmingColon(name), moment)
            }
        }
        guard let found else { return nil }
        let sender = text.string(found.name)
        return HeaderedText.Header(
            sender: sender, role: role(of: sender), time: found.time,
            inline: inline,
            range: line.start..<end.end, next: end.next)
    }

    /// What a name says that is no name, as in chats copied by hand.
    private static func role(of sender: String) -> Message.Role {
        switch sender {
        case "系统消息", "系统", "系统提示", "[系统提示]", "系统通知": .system
        case "我", "本人", "自己", "卖家", "商家", "店家": .seller
        case "买家", "客户", "顾客", "对方": .buyer
        default: .unknown
        }
    }

    private static func nameTime(
        _ range: Range<Int>, _ dates: DateTimeScanner.DateForms, _ text: Span<UInt8>
    ) -> (name: Range<Int>, time: HeaderTime)? {
        var whole = text.trimmingColon(range)
        var isBracketed = false
        if let last = whole.last, text[last] == 0x5D || text[last] == 0x29 {
            whole = whole.lowerBound..<last
            isBracketed = true
        }
        guard let time = text.trailingTime(clocks.union(dates), secondsOptional: true, in: whole) else { return nil }
        var name = whole.lowerBound..<time.range.lowerBound
        if isBracketed {
            name = text.trimmingBlanks(name)
            guard let last = name.last, text[last] == 0x5B || text[last] == 0x28 else { return nil }
            name = name.lowerBound..<last
        } else {
            guard text.hasSuffixBlank(name) else { return nil }
        }
        name = text.trimmingColon(text.trimmingBlanks(name))
        // 昨天 10:00 is all of a time.
        var day = DateTimeScanner(name)
        if day.takeRelativeDay(in: text), day.isAtEnd { return nil }
        return text.looksLikeName(name) && name.count <= 64 ? (name, time) : nil
    }

    /// A time at the beginning, perhaps in brackets, and what follows it.
    private static func leadingTime(
        _ range: Range<Int>, _ dates: DateTimeScanner.DateForms, _ text: Span<UInt8>
    ) -> (HeaderTime, Range<Int>)? {
        var scan = DateTimeScanner(range)
        let isBracketed = scan.take(0x5B, in: text)
        guard let time = scan.headerTime(clocks.union(dates), secondsOptional: true, in: text) else { return nil }
        if isBracketed {
            guard scan.take(0x5D, in: text) else { return nil }
            scan.skipSpaces(in: text)
        } else {
            guard scan.skipSpaces(in: text) > 0 else { return nil }
        }
        return scan.isAtEnd ? nil : (time, scan.position..<range.upperBound)
    }

    /// A time that is all of a range.
    private static func wholeTime(
        _ range: Range<Int>, _ dates: DateTimeScanner.DateForms, _ text: Span<UInt8>
    ) -> HeaderTime? {
        guard range.count <= 48 else { return nil }
        var scan = DateTimeScanner(range)
        guard let time = scan.headerTime(clocks.union(dates), secondsOptional: true, in: text), scan.isAtEnd else {
            return nil
        }
        return time
    }

    /// Whether `4/11/2020` names the month first, decided by the first line that leaves no choice.
    private static func dateOrder(_ text: Span<UInt8>) -> DateTimeScanner.DateForms {
        var walk = TextLines()
        var lines = 0
        while lines < 20_000, let line = walk.next(in: text) {
            lines += 1
            guard line.range.count < 512 else { continue }
            let range = text.trimmingBlanks(line.range)
            let time =
                text.trailingTime([.monthFirst], secondsOptional: true, in: range)
                ?? text.trailingTime([.dayFirst], secondsOptional: true, in: range)
            var scan = DateTimeScanner(time?.range ?? range)
            guard let date = scan.yearLastDate(in: text), date.first > 12 || date.second > 12 else { continue }
            return date.first > 12 ? .dayFirst : .monthFirst
        }
        return .monthFirst
    }
}

extension Span<UInt8> {
    /// A range without the colon at its end.
    fileprivate func trimmingColon(_ range: Range<Int>) -> Range<Int> {
        if let last = range.last, self[last] == 0x3A { return trimmingBlanks(range.lowerBound..<last) }
        if range.count >= 3, hasPrefix("：", in: range.upperBound - 3..<range.upperBound) {
            return trimmingBlanks(range.lowerBound..<range.upperBound - 3)
        }
        return range
    }

    fileprivate func firstColon(in range: Range<Int>) -> Range<Int>? {
        for i in range {
            if self[i] == 0x3A { return i..<i + 1 }
            if hasPrefix("：", in: i..<range.upperBound) { return i..<i + 3 }
        }
        return nil
    }
}
