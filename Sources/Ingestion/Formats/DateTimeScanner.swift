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

    /// Skips blanks of every kind, the narrow and no-break ones of localised times included.
    @discardableResult
    mutating func skipSpaces(in text: Span<UInt8>) -> Int {
        let start = position
        while position < end {
            if text[position] == 0x20 || text[position] == 0x09 {
                position += 1
            } else if position + 1 < end, text[position] == 0xC2, text[position + 1] == 0xA0 {
                position += 2
            } else if position + 2 < end, text[position] == 0xE2, text[position + 1] == 0x80,
                text[position + 2] == 0xAF || (0x80...0x8A).contains(text[position + 2])
            {
                position += 3
            } else if text.hasPrefix("\u{3000}", in: position..<end) {
                position += 3
            } else {
                break
            }
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
    private mutating func dateSeparator(in text: Span<UInt8>) -> UInt8? {
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

    /// A clock reading: `9:05:06`, `16:21`, `下午7:33:20`, `8:43:38 PM`. Seconds may be missing only if `secondsOptional`.
    mutating func clock(secondsOptional: Bool, in text: Span<UInt8>) -> (hour: Int, minute: Int, second: Int?)? {
        var scan = self
        var half = scan.dayHalf(in: text)
        if half != nil { scan.skipSpaces(in: text) }
        guard var hour = scan.number(1...2, in: text), scan.take(0x3A, in: text),
            let minute = scan.number(1...2, in: text)
        else { return nil }
        var second: Int?
        var more = scan
        if more.take(0x3A, in: text), let value = more.number(1...2, in: text) {
            second = value
            scan = more
        } else if !secondsOptional {
            return nil
        }
        if half == nil {
            var after = scan
            after.skipSpaces(in: text)
            half = after.dayHalf(in: text)
            if half != nil { scan = after }
        }
        if let half {
            guard (0...12).contains(hour) || half == .written24 else { return nil }
            switch half {
            case .morning: hour %= 12
            case .afternoon: hour = hour % 12 + 12
            case .noon: hour = hour < 6 ? hour + 12 : hour
            case .written24: break
            }
        }
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second ?? 0) else { return nil }
        self = scan
        return (hour, minute, second)
    }

    private enum DayHalf {
        case morning, afternoon, noon
        case written24
    }

    private mutating func dayHalf(in text: Span<UInt8>) -> DayHalf? {
        let rest = position..<end
        for (word, half) in Self.dayHalves where text.hasPrefix(word, in: rest) {
            let length = word.utf8CodeUnitCount
            let after = position + length
            // "AM" inside a name, as in "AMY", is no time of day.
            if length == 2, after < end, (0x41...0x7A).contains(text[after]) { continue }
            position = after
            return half
        }
        return nil
    }

    private static let dayHalves: [(StaticString, DayHalf)] = [
        ("AM", .morning), ("PM", .afternoon), ("am", .morning), ("pm", .afternoon), ("上午", .morning), ("下午", .afternoon),
        ("凌晨", .morning), ("早上", .morning), ("清晨", .morning), ("晚上", .afternoon), ("傍晚", .afternoon), ("中午", .noon),
    ]
}
