import Transcript

/// Reads dates and clock times from the bytes of a header, from left to right.
///
/// A failed read leaves the position where it was.
struct DateTimeScanner {
    var position: Int
    let end: Int

    init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position >= end }

    mutating func take(_ byte: UInt8, in text: Span<UInt8>) -> Bool {
        guard position < end, text[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func take(_ word: StaticString, in text: Span<UInt8>) -> Bool {
        guard text.hasPrefix(word, in: position..<end) else { return false }
        position += word.utf8CodeUnitCount
        return true
    }

    /// Skips blanks of every kind, the narrow and no-break ones of localised times included.
    @discardableResult
    mutating func skipSpaces(in text: Span<UInt8>) -> Int {
        let start = position
        while position < end {
            let width = text.blankWidth(at: position, before: end)
            if width == 0 { break }
            position += width
        }
        return position - start
    }

    /// A run of `digits` decimal digits.
    mutating func number(_ digits: ClosedRange<Int>, in text: Span<UInt8>) -> Int? {
        var value = 0
        var i = position
        while i < end, (0x30...0x39).contains(text[i]), i - position <= digits.upperBound {
            value = value * 10 + Int(text[i] - 0x30)
            i += 1
        }
        guard digits.contains(i - position) else { return nil }
        position = i
        return value
    }

    /// `2012-12-31`, `2012/4/11`, `2012.4.11` or `2012年4月11日`.
    mutating func date(in text: Span<UInt8>) -> (year: Int, month: Int, day: Int)? {
        var scan = self
        guard let year = scan.number(4...4, in: text), let separator = scan.dateSeparator(in: text),
            let month = scan.number(1...2, in: text), scan.dateSeparator(in: text) == separator || separator == 0xE5,
            let day = scan.number(1...2, in: text), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        if separator == 0xE5 {
            guard text.hasPrefix("日", in: scan.position..<end) else { return nil }
            scan.position += 3
        }
        self = scan
        return (year, month, day)
    }

    /// The separator's byte, with 0xE5 for 年 and 月.
    mutating func dateSeparator(in text: Span<UInt8>) -> UInt8? {
        guard position < end else { return nil }
        switch text[position] {
        case 0x2D, 0x2F, 0x2E:
            position += 1
            return text[position - 1]
        default:
            guard text.hasPrefix("年", in: position..<end) || text.hasPrefix("月", in: position..<end) else { return nil }
            position += 3
            return 0xE5
        }
    }

    /// A clock reading; `isAfterMidnight` where the words give an hour of the day after, as 晚上12:30 does.
    typealias Clock = (hour: Int, minute: Int, second: Int?, isAfterMidnight: Bool)

    /// A clock reading: `9:05:06`, `16:21`, `下午7:33:20`, `8:43:38 PM`. Seconds may be missing only if `secondsOptional`.
    /// - Parameters:
    ///   - halfAfter: whether AM, PM and the like may follow.
    ///   - spelled: whether the colons may be wide, and `10时11分12秒` is a reading too.
    mutating func clock(secondsOptional: Bool, halfAfter: Bool = true, spelled: Bool = false, in text: Span<UInt8>) -> Clock? {
        var scan = self
        var half = scan.dayHalf(in: text)
        if half != nil { scan.skipSpaces(in: text) }
        guard let hour = scan.number(1...2, in: text), let mark = scan.clockMark(spelled, in: text),
            let minute = scan.number(1...2, in: text), (0...23).contains(hour), (0...59).contains(minute),
            mark != .word || scan.take("分", in: text)
        else { return nil }
        var second: Int?
        var more = scan
        if mark == .word || more.clockMark(spelled, in: text) == mark, let value = more.number(1...2, in: text),
            mark != .word || more.take("秒", in: text)
        {
            guard (0...59).contains(value) else { return nil }
            second = value
            scan = more
            scan.skipFraction(in: text)
        } else if !secondsOptional {
            return nil
        }
        if half == nil, halfAfter, hour <= 12 {
            var after = scan
            after.skipSpaces(in: text)
            // A name that begins like a time of day, as 晚上好 or PM小店, follows without a blank.
            if let found = after.dayHalf(in: text),
                after.isAtEnd || text.blankWidth(at: after.position, before: end) > 0 || after.isAtPunctuation(in: text)
            {
                half = found
                scan = after
            }
        }
        if half == .morning, hour > 12 { return nil }
        self = scan
        switch half {
        case nil: return (hour, minute, second, false)
        case .morning: return (hour == 12 ? 0 : hour, minute, second, false)
        case .afternoon: return (hour < 12 ? hour + 12 : hour, minute, second, false)
        case .evening:
            return hour == 12 ? (0, minute, second, true) : (hour < 12 ? hour + 12 : hour, minute, second, false)
        case .noon: return (hour < 6 ? hour + 12 : hour, minute, second, false)
        }
    }

    /// What sets the parts of a clock reading apart: those of one reading are alike.
    private enum ClockMark {
        case colon, wideColon, word
    }

    private mutating func clockMark(_ spelled: Bool, in text: Span<UInt8>) -> ClockMark? {
        if take(0x3A, in: text) { return .colon }
        guard spelled else { return nil }
        if take("：", in: text) { return .wideColon }
        return take("时", in: text) || take("点", in: text) ? .word : nil
    }

    /// Goes past the thousandths or millionths of a second, which no message needs.
    private mutating func skipFraction(in text: Span<UInt8>) {
        var scan = self
        let start = position
        guard scan.take(0x2E, in: text), scan.number(3...6, in: text) != nil, scan.position - start == 4 || scan.position - start == 7 else { return }
        self = scan
    }

    /// Whether a bracket, a colon, a comma or the like stands here, narrow or wide.
    func isAtPunctuation(in text: Span<UInt8>) -> Bool {
        switch text[position] {
        case 0x29, 0x2C, 0x3A, 0x3E, 0x5D, 0x7C: true
        default: ["）", "】", "，", "：", "｜"].contains { (word: StaticString) in text.hasPrefix(word, in: position..<end) }
        }
    }

    private enum DayHalf {
        case morning, noon, afternoon, evening
    }

    /// Whether AM, 下午 or the like stands here.
    func isAtDayHalf(in text: Span<UInt8>) -> Bool {
        var scan = self
        return scan.dayHalf(in: text) != nil
    }

    private mutating func dayHalf(in text: Span<UInt8>) -> DayHalf? {
        // Names follow most times; none of them is compared with words that begin otherwise.
        guard position + 1 < end else { return nil }
        switch (text[position], text[position + 1]) {
        case (0x41, 0x4D), (0x50, 0x4D), (0x61, 0x6D), (0x70, 0x6D): break
        case (0xE4, 0xB8), (0xE5, 0x82), (0xE5, 0x87), (0xE6, 0x97), (0xE6, 0x99), (0xE6, 0xB8): break
        default: return nil
        }
        let rest = position..<end
        for (word, half) in Self.dayHalves where text.hasPrefix(word, in: rest) {
            position += word.utf8CodeUnitCount
            return half
        }
        return nil
    }

    private static let dayHalves: [(StaticString, DayHalf)] = [
        ("AM", .morning), ("PM", .afternoon), ("am", .morning), ("pm", .afternoon), ("上午", .morning),
        ("下午", .afternoon),
        ("凌晨", .morning), ("早上", .morning), ("清晨", .morning), ("早晨", .morning), ("晚上", .evening), ("傍晚", .afternoon),
        ("中午", .noon),
    ]
}
