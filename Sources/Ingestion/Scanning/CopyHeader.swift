import Transcript

/// How one text that somebody copied sets out the name and the time of each message.
struct CopyHeader {
    /// The forms, in the words that are told to people.
    enum Form: String, CaseIterable {
        case nameTime = "名字 时间"
        case timeName = "时间 名字"
        case nameThenTime = "名字一行、时间一行"
        case timeThenName = "时间一行、名字一行"
        case timeNameSaid = "时间 名字：内容"
        case nameTimeSaid = "名字 时间：内容"
        case timeThenNameSaid = "时间一行、名字：内容"
        case timeBracketedNameSaid = "时间 [名字] 内容"
        case timeNameBlankSaid = "时间 名字 内容"
        case nameSaidTime = "名字：内容 时间"
        case nameThenSaidThenTime = "名字一行、内容、时间一行"
        case nameSaidThenTime = "名字：内容、时间一行"
        case labelled = "时间、发送人、内容各有标签"
        case nameAlone = "名字：（没有时间）"
        case nameSaid = "名字：内容（没有时间）"

        var hasTime: Bool { self != .nameAlone && self != .nameSaid }

        /// What is said stands on the line of the name.
        var isInline: Bool {
            switch self {
            case .timeNameSaid, .nameTimeSaid, .timeThenNameSaid, .timeBracketedNameSaid, .timeNameBlankSaid, .nameSaidTime,
                .nameThenSaidThenTime, .nameSaidThenTime, .labelled, .nameSaid:
                true
            default: false
            }
        }

        /// A colon sets the name off from what is said.
        var usesColon: Bool {
            switch self {
            case .timeNameSaid, .timeThenNameSaid, .nameSaidTime, .nameSaidThenTime, .nameSaid: true
            default: false
            }
        }

        /// A whole line, or its end, could be taken for a name that holds what was said.
        var mayHoldWords: Bool {
            self == .timeName || self == .timeThenName || self == .nameThenTime || self == .nameThenSaidThenTime
        }

        /// The time stands on a line of its own below what was said.
        var endsWithTime: Bool { self == .nameThenSaidThenTime || self == .nameSaidThenTime }
    }

    /// How a name is set off from what is said, which names and words may hold as well.
    enum Colon: CaseIterable {
        case wide, beforeBlank, narrow

        /// The first such colon of a range, where one stands near its beginning.
        func first(in range: Range<Int>, _ text: Span<UInt8>) -> Range<Int>? {
            for i in range.lowerBound..<min(range.upperBound, range.lowerBound + 96) {
                switch self {
                case .wide where text.hasPrefix("：", in: i..<range.upperBound): return i..<i + 3
                case .narrow where text[i] == 0x3A: return i..<i + 1
                case .beforeBlank where text[i] == 0x3A:
                    if i + 1 == range.upperBound || text.blankWidth(at: i + 1, before: range.upperBound) > 0 { return i..<i + 1 }
                default: continue
                }
            }
            return nil
        }
    }

    var form: Form
    /// How times are written: among others, which of `4/11/2020` is the month.
    var times: DateTimeScanner.DateForms
    var colon = Colon.wide
    /// Whether brackets around names are the program's.
    var stripsBrackets = false

    static let clocks: DateTimeScanner.DateForms = [.full, .withoutYear, .none, .relative]

    /// Reads a header that begins on a line.
    func read(_ line: TextLines.Line, in text: Span<UInt8>) -> HeaderedText.Header? {
        guard line.range.count < 512 || form.isInline else { return nil }
        let range = text.trimmingBlanks(line.range)
        guard !range.isEmpty else { return nil }
        switch form {
        case .nameTime:
            guard let (name, time, rest) = nameTime(range, text), rest.isEmpty else { return nil }
            return header(name, time, at: line, text)
        case .nameTimeSaid:
            guard let (name, time, rest) = nameTime(range, text) else { return nil }
            return header(name, time, at: line, inline: rest, text)
        case .timeName:
            guard let (time, rest) = leadingTime(range, text) else { return nil }
            let name = text.trimmingColon(rest)
            // Words after a colon and a blank are said; a colon within a name has none.
            guard Colon.wide.first(in: name, text) == nil, Colon.beforeBlank.first(in: name, text) == nil, isName(name, text),
                text.insideBrackets(name) != nil || bracketedName(name, text) == nil
            else { return nil }
            return header(name, time, at: line, text)
        case .timeNameSaid:
            // A comma or a tab between time, name and words makes a table of them.
            guard let (time, rest) = leadingTime(range, text), let (name, said) = nameSaid(rest, text), !text.contains(",", in: name),
                !text.contains("\t", in: name)
            else { return nil }
            return header(name, time, at: line, inline: said, text)
        case .timeBracketedNameSaid:
            guard let (time, rest) = leadingTime(range, text), let (name, said) = bracketedName(rest, text) else { return nil }
            return header(name, time, at: line, inline: said, text)
        case .timeNameBlankSaid:
            guard let (time, rest) = leadingTime(range, text), let (name, said) = nameBlankSaid(rest, text) else { return nil }
            return header(name, time, at: line, inline: said, text)
        case .nameThenTime, .timeThenName, .timeThenNameSaid:
            return twoLines(line, range, text)
        case .nameSaidTime:
            guard let (name, said, time) = nameSaidTime(range, text) else { return nil }
            var header = header(name, time, at: line, text)
            header.inline = said
            return header
        case .nameThenSaidThenTime, .nameSaidThenTime:
            return saidThenTime(line, range, text)
        case .labelled:
            return labelled(line, text)
        case .nameAlone:
            let name = text.trimmingColon(range)
            guard name != range, name.count <= 48, Colon.narrow.first(in: name, text) == nil,
                Colon.wide.first(in: name, text) == nil, text.looksLikeName(name)
            else { return nil }
            return header(name, nil, at: line, text)
        case .nameSaid:
            guard let (name, said) = nameSaid(range, text), name.count <= 48, text.looksLikeName(name) else { return nil }
            return header(name, nil, at: line, inline: said, text)
        }
    }

    func header(
        _ name: Range<Int>, _ time: HeaderTime?, at line: TextLines.Line, to end: TextLines.Line? = nil,
        inline: Range<Int>? = nil, _ text: Span<UInt8>
    ) -> HeaderedText.Header {
        var name = name
        if text.hasSuffix(" 说", in: name) { name = text.trimmingBlanks(name.lowerBound..<name.upperBound - 3) }
        if stripsBrackets, let inner = text.insideBrackets(name) { name = inner }
        let end = end ?? line
        var header = HeaderedText.Header(
            time: time, inline: inline.map { $0.lowerBound..<end.end }, range: line.start..<end.end, next: end.next)
        if QQParticipant.hasAccount(name, in: text) {
            let who = QQParticipant(name, in: text)
            (header.sender, header.account, header.title) = (who.name, who.account, who.title)
        } else {
            header.sender = text.string(name)
        }
        header.role = Self.role(of: header.sender ?? "")
        return header
    }

    /// What a name says that is no name, as in chats copied by hand.
    static func role(of sender: String) -> Message.Role {
        switch sender {
        case "系统消息", "系统", "系统提示", "[系统提示]", "系统通知": .system
        case "我", "本人", "自己", "卖家", "商家", "店家", "客服", "店铺", "店铺客服", "在线客服", "人工客服", "掌柜", "店主": .seller
        case "买家", "客户", "顾客", "对方", "用户", "消费者": .buyer
        default: .unknown
        }
    }

    // MARK: Parts of a header

    func isName(_ name: Range<Int>, before time: HeaderTime? = nil, _ text: Span<UInt8>) -> Bool {
        text.looksLikeName(name, mayEndWithDay: time?.hasDate ?? false) && name.count <= 64
    }

    /// A name, a time, and what is said after a colon behind it, empty where nothing is.
    private func nameTime(_ range: Range<Int>, _ text: Span<UInt8>) -> (name: Range<Int>, time: HeaderTime, said: Range<Int>)? {
        if form == .nameTime {
            let whole = text.trimmingColon(QianniuNotice.trimmingDeliveryMark(range, text))
            let inner = text.openedBracket(endingAt: whole)
            guard let time = text.trailingTime(times, secondsOptional: true, in: inner ?? whole) else { return nil }
            return name(before: time, of: range, isBracketed: inner != nil, text).map { ($0, time, range.upperBound..<range.upperBound) }
        }
        // The time is looked for from the left, behind a blank or a bracket; names are short.
        var i = range.lowerBound + 1
        let end = min(range.upperBound, range.lowerBound + 96)
        while i < end {
            let bracket = text.bracketWidth(at: i, before: range.upperBound)
            let from = i + bracket
            let isSetOff = bracket > 0 || text.hasSuffixBlank(range.lowerBound..<i)
            i += max(1, bracket)
            guard isSetOff, from < range.upperBound, (0x30...0x39).contains(text[from]) || text[from] >= 0x80 else { continue }
            var scan = DateTimeScanner(from..<range.upperBound)
            guard let time = scan.headerTime(times, secondsOptional: true, in: text) else { continue }
            if bracket > 0 {
                guard let close = text.closingBracketWidth(at: scan.position, before: range.upperBound) else { continue }
                scan.position += close
            }
            scan.skipSpaces(in: text)
            guard scan.take(0x3A, in: text) || scan.take("：", in: text) else { continue }
            scan.skipSpaces(in: text)
            return name(before: time, of: range, isBracketed: bracket > 0, text).map { ($0, time, scan.position..<range.upperBound) }
        }
        return nil
    }

    /// The name that stands before a time, without what sets it off.
    private func name(before time: HeaderTime, of range: Range<Int>, isBracketed: Bool, _ text: Span<UInt8>) -> Range<Int>? {
        var before = range.lowerBound..<time.range.lowerBound
        if isBracketed {
            before = text.trimmingBlanks(before)
            guard let open = text.openingBracketStart(endingAt: before) else { return nil }
            before = before.lowerBound..<open
        } else {
            let isSetOff =
                text.hasSuffixBlank(before) || text.hasSuffix("，", in: before) || text.hasSuffix(",", in: before)
                || text.hasSuffix("：", in: before)
                || text.insideBrackets(text.trimmingHeading(before)) != nil
            guard isSetOff else { return nil }
        }
        var name = text.trimmingSeparator(text.trimmingBlanks(before))
        name = text.trimmingColon(text.trimmingBullet(text.trimmingHeading(name)))
        // 昨天 10:00 and 下午 3:00 are all of a time.
        var day = DateTimeScanner(name)
        if !time.hasDate, name.count <= 6, day.isAtDayHalf(in: text) { return nil }
        if day.takeRelativeDay(in: text), day.isAtEnd { return nil }
        return isName(name, before: time, text) ? name : nil
    }

    /// A time at the beginning, perhaps in brackets, and what follows it.
    private func leadingTime(_ range: Range<Int>, _ text: Span<UInt8>) -> (HeaderTime, Range<Int>)? {
        var scan = DateTimeScanner(text.trimmingBullet(text.trimmingHeading(range)))
        let bracket = text.bracketWidth(at: scan.position, before: range.upperBound)
        scan.position += bracket
        guard let time = scan.headerTime(times, secondsOptional: true, in: text) else { return nil }
        if bracket > 0 {
            guard let close = text.closingBracketWidth(at: scan.position, before: range.upperBound) else { return nil }
            scan.position += close
        }
        let isSetOff = scan.skipSpaces(in: text) > 0 || bracket > 0
        let hasSeparator = text.skipSeparator(&scan)
        guard isSetOff || hasSeparator, !scan.isAtEnd else { return nil }
        return (time, scan.position..<range.upperBound)
    }

    /// A name, a colon and what is said.
    func nameSaid(_ range: Range<Int>, _ text: Span<UInt8>) -> (name: Range<Int>, said: Range<Int>)? {
        guard let colon = colon.first(in: range, text) else { return nil }
        let name = text.trimmingBlanks(range.lowerBound..<colon.lowerBound)
        guard !name.isEmpty, name.count <= 64 else { return nil }
        return (name, text.trimmingBlanks(colon.upperBound..<range.upperBound))
    }

    /// A name without blanks, blanks, and what is said.
    private func nameBlankSaid(_ range: Range<Int>, _ text: Span<UInt8>) -> (name: Range<Int>, said: Range<Int>)? {
        var end = range.lowerBound
        while end < range.upperBound, text.blankWidth(at: end, before: range.upperBound) == 0 { end += 1 }
        let (name, said) = (range.lowerBound..<end, text.trimmingBlanks(end..<range.upperBound))
        guard !said.isEmpty, name.count <= 48, text.looksLikeName(name), !text.contains(",", in: name) else { return nil }
        return (name, said)
    }

    /// `<name> words` or `[name] words`.
    private func bracketedName(_ range: Range<Int>, _ text: Span<UInt8>) -> (name: Range<Int>, said: Range<Int>)? {
        let open = text.bracketWidth(at: range.lowerBound, before: range.upperBound)
        guard open > 0 else { return nil }
        var i = range.lowerBound + open
        while i < min(range.upperBound, range.lowerBound + 72) {
            if let close = text.closingBracketWidth(at: i, before: range.upperBound) {
                var scan = DateTimeScanner(i + close..<range.upperBound)
                let isSetOff = scan.skipSpaces(in: text) > 0 || scan.isAtEnd
                let hasColon = scan.take(0x3A, in: text) || scan.take("：", in: text)
                scan.skipSpaces(in: text)
                let name = range.lowerBound + open..<i
                guard isSetOff || hasColon, text.looksLikeName(name) else { return nil }
                return (name, scan.position..<range.upperBound)
            }
            i += 1
        }
        return nil
    }

    /// A time that is all of a range.
    func wholeTime(_ range: Range<Int>, as times: DateTimeScanner.DateForms? = nil, _ text: Span<UInt8>) -> HeaderTime? {
        guard range.count <= 48 else { return nil }
        var scan = DateTimeScanner(text.insideBrackets(range) ?? range)
        guard let time = scan.headerTime(times ?? self.times, secondsOptional: true, in: text), scan.isAtEnd else {
            return nil
        }
        return time
    }

    private func twoLines(_ line: TextLines.Line, _ range: Range<Int>, _ text: Span<UInt8>) -> HeaderedText.Header? {
        if form != .nameThenTime, wholeTime(range, text) == nil { return nil }
        var walk = TextLines(from: line.next)
        guard let second = walk.next(in: text) else { return nil }
        let below = text.trimmingBlanks(second.range)
        if form == .timeThenNameSaid {
            guard let time = wholeTime(range, text), let (name, said) = nameSaid(below, text), text.looksLikeName(name) else {
                return nil
            }
            return header(name, time, at: line, to: second, inline: said, text)
        }
        let (name, time) = form == .nameThenTime ? (range, below) : (below, range)
        guard let moment = wholeTime(time, text), isName(text.trimmingColon(name), text), wholeTime(name, text) == nil else {
            return nil
        }
        return header(text.trimmingColon(name), moment, at: line, to: second, text)
    }

    // MARK: Labels

    /// Lines such as `时间：…` and `发送人：…`, the last of which is `内容：…`.
    private func labelled(_ line: TextLines.Line, _ text: Span<UInt8>) -> HeaderedText.Header? {
        var time: HeaderTime?
        var name: Range<Int>?
        var seen: [TableColumns.Meaning] = []
        var line = line
        let first = line
        var walk = TextLines(from: line.next)
        while seen.count < 8 {
            guard let (meaning, value) = label(line.range, text), !seen.contains(meaning) else { return nil }
            switch meaning {
            case .text:
                guard let name, time != nil || seen.contains(.time) || seen.contains(.date) else { return nil }
                return header(name, time, at: first, to: line, inline: value, text)
            case .time, .date: time = wholeTime(value, as: times.union(.spelled), text)
            case .sender, .contact: name = value
            case .senderID, .buyer, .agent, .number: if name == nil { name = value }
            default: break
            }
            seen.append(meaning)
            guard let next = walk.next(in: text) else { return nil }
            line = next
        }
        return nil
    }

    private func label(_ line: Range<Int>, _ text: Span<UInt8>) -> (TableColumns.Meaning, Range<Int>)? {
        let colons = [Colon.wide.first(in: line, text), Colon.narrow.first(in: line, text)].compactMap(\.self)
        guard let colon = colons.min(by: { $0.lowerBound < $1.lowerBound }) else { return nil }
        let name = text.trimmingBlanks(line.lowerBound..<colon.lowerBound)
        guard !name.isEmpty, name.count <= 36, let meaning = TableColumns.meaning(of: text.string(text.insideBrackets(name) ?? name))
        else { return nil }
        return (meaning, text.trimmingBlanks(colon.upperBound..<line.upperBound))
    }
}
