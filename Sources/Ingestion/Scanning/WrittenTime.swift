import Transcript

/// A time as a table cell or an attribute writes it, whole by itself.
///
/// The forms are those of section 0.3 of the formats' specification: year first with any separator, Chinese or ISO, day
/// or month first, English month names, a count of seconds or milliseconds, a number of days as Excel counts them.
struct WrittenTime: Equatable {
    var year: Int?
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int?
    /// The zone, where the time names one.
    var offsetFromUTC: Int?
    /// Whether it is a machine's reading of universal time (`Z`), which no clock on a wall showed.
    var isUniversal = false
    /// Whether the words mean the day after the date, as 晚上12:30 does.
    var isAfterMidnight = false

    /// Which of two leading numbers below 13 is the month; a file has one order, not each of its lines.
    enum Order: Equatable, Sendable {
        case monthFirst, dayFirst
    }

    init?(_ text: Span<UInt8>, order: Order = .monthFirst) {
        var scan = DateTimeScanner(0..<text.count)
        scan.skipSpaces(in: text)
        guard let date = Self.date(&scan, text, order) else { return nil }
        (year, month, day) = date
        // A `T` between, as in ISO 8601, or a comma, blanks, or nothing after 日.
        if !scan.take(0x54, in: text) { _ = scan.take(0x2C, in: text) }
        scan.skipSpaces(in: text)
        guard let clock = scan.clock(secondsOptional: true, spelled: true, in: text) else { return nil }
        (hour, minute, second) = (clock.hour, clock.minute, clock.second)
        isAfterMidnight = clock.isAfterMidnight
        if scan.take(0x2E, in: text) || scan.take(0x2C, in: text) { _ = scan.number(1...9, in: text) }
        scan.skipSpaces(in: text)
        isUniversal = scan.take(0x5A, in: text)
        offsetFromUTC = isUniversal ? 0 : Self.zone(&scan, text)
        scan.skipSpaces(in: text)
        // `Fri Feb 19 03:18:04 EST 2010`: the zone's letters mean nothing certain, the year does.
        if year == nil {
            while scan.position < text.count, (0x41...0x5A).contains(text[scan.position]) { scan.position += 1 }
            scan.skipSpaces(in: text)
            year = scan.number(4...4, in: text)
        }
        guard scan.isAtEnd else { return nil }
    }

    /// `20240305101112`, which as a count would be of no time anybody lives in.
    init?(digits: String) {
        let bytes = Array(digits.utf8)
        guard bytes.count == 14, bytes.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 &- 0x30) } }
        (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        guard (1990...2100).contains(number(0..<4)), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
            number(12..<14) < 60
        else { return nil }
    }

    private static func date(
        _ scan: inout DateTimeScanner, _ text: Span<UInt8>, _ order: Order
    ) -> (year: Int?, month: Int, day: Int)? {
        if let date = scan.date(in: text) { return (date.year, date.month, date.day) }
        if let named = monthName(&scan, text) { return named }
        var trial = scan
        guard let first = trial.number(1...2, in: text), trial.position < text.count,
            case let separator = text[trial.position], separator == 0x2F || separator == 0x2D || separator == 0x2E,
            trial.take(separator, in: text), let second = trial.number(1...2, in: text),
            trial.take(separator, in: text), let year = trial.number(4...4, in: text) ?? trial.number(2...2, in: text)
        else { return nil }
        scan = trial
        let isDayFirst = first > 12 || separator == 0x2E || order == .dayFirst && second <= 12
        return (year < 100 ? 2_000 + year : year, isDayFirst ? second : first, isDayFirst ? first : second)
    }

    /// `Jul 23, 2011`, `23 Jul 2011` or `Fri Feb 19`.
    private static func monthName(
        _ scan: inout DateTimeScanner, _ text: Span<UInt8>
    ) -> (year: Int?, month: Int, day: Int)? {
        var trial = scan
        var day = trial.number(1...2, in: text)
        trial.skipSpaces(in: text)
        var month: Int?
        for _ in 0..<2 where month == nil {
            let start = trial.position
            while trial.position < text.count, (0x61...0x7A).contains(text[trial.position] | 0x20) { trial.position += 1 }
            let word = start..<trial.position
            guard word.count >= 3 else { return nil }
            month = (0..<12).first { text.isMonth(Int($0), at: start) }.map { $0 + 1 }
            while trial.take(0x2E, in: text) || trial.take(0x2C, in: text) {}
            trial.skipSpaces(in: text)
        }
        guard let month else { return nil }
        if day == nil {
            day = trial.number(1...2, in: text)
            _ = trial.take(0x2C, in: text)
        }
        guard let day else { return nil }
        trial.skipSpaces(in: text)
        var afterYear = trial
        var year = afterYear.number(4...4, in: text)
        if year != nil { trial = afterYear } else { year = nil }
        scan = trial
        return (year, month, day)
    }

    private static func zone(_ scan: inout DateTimeScanner, _ text: Span<UInt8>) -> Int? {
        var trial = scan
        let sign: Int
        if trial.take(0x2B, in: text) { sign = 1 } else if trial.take(0x2D, in: text) { sign = -1 } else { return nil }
        guard let hours = trial.number(2...2, in: text) else { return nil }
        _ = trial.take(0x3A, in: text)
        let minutes = trial.number(2...2, in: text) ?? 0
        guard hours <= 14, minutes < 60 else { return nil }
        scan = trial
        return sign * (hours * 3_600 + minutes * 60)
    }
}

extension Span<UInt8> {
    func isMonth(_ index: Int, at start: Int) -> Bool {
        guard start + 3 <= count else { return false }
        let names: StaticString = "janfebmaraprmayjunjulaugsepoctnovdec"
        for i in 0..<3 where unsafe self[start + i] | 0x20 != names.utf8Start[3 * index + i] { return false }
        return true
    }
}

extension Timestamp {
    /// A time written out in full; `nil` where any part but the seconds is missing.
    init?(written: String, order: WrittenTime.Order = .monthFirst, options: ReadingOptions) {
        guard let time = WrittenTime(Array(written.utf8).span, order: order) else { return nil }
        self.init(time, options: options)
    }

    init?(_ time: WrittenTime, options: ReadingOptions) {
        guard let year = time.year ?? options.year else { return nil }
        self.init(
            year: year, month: time.month, day: time.day, hour: time.hour, minute: time.minute,
            second: time.second ?? 0, offsetFromUTC: time.offsetFromUTC ?? options.offsetFromUTC)
        if time.isUniversal { offsetFromUTC = options.offsetFromUTC }
        if time.isAfterMidnight { secondsSinceEpoch += 86_400 }
    }

    /// A count of milliseconds, or of seconds, since 1970; which of them is told by its size.
    init?(writtenMilliseconds text: String, offsetFromUTC: Int) {
        guard let value = Int64(text) else { return nil }
        self.init(milliseconds: value, offsetFromUTC: offsetFromUTC)
    }

    init?(milliseconds value: Int64, offsetFromUTC: Int) {
        // As milliseconds the limit is early 1973, as seconds the year 5138: neither has chats.
        let seconds = value < 100_000_000_000 ? value : value / 1_000
        // Up to the year 9999, past which ISO 8601 has no agreed form.
        guard value > 0, seconds < 253_402_300_800 - 86_400 else { return nil }
        self.init(secondsSinceEpoch: seconds, offsetFromUTC: offsetFromUTC)
    }
}

extension Timestamp {
    /// A time in whatever form a table or a JSON value has it: written out, counted from 1970, or as Excel counts days.
    init?(cell: String, order: WrittenTime.Order = .monthFirst, options: ReadingOptions) {
        if let time = WrittenTime(Array(cell.utf8).span, order: order) {
            self.init(time, options: options)
        } else if let time = WrittenTime(digits: cell) {
            self.init(time, options: options)
        } else if let count = Int64(cell), count > 100_000_000 {
            self.init(milliseconds: count, offsetFromUTC: options.offsetFromUTC)
        } else if let number = Double(cell) {
            if number >= 100_000_000 {
                self.init(milliseconds: Int64(min(number, 1e15)), offsetFromUTC: options.offsetFromUTC)
            } else {
                self.init(excelDays: number, offsetFromUTC: options.offsetFromUTC)
            }
        } else {
            return nil
        }
    }

    /// Days since 1899-12-30 in wall-clock time, as spreadsheets keep a moment; whole days have no time of day.
    init?(excelDays days: Double, uses1904: Bool = false, offsetFromUTC: Int) {
        let days = days + (uses1904 ? 1_462 : 0)
        // From 1990 to 2100: other numbers in a time's column are no times.
        guard days > 32_874, days < 73_051 else { return nil }
        // Excel rounds to the millisecond, so a second is met within half of one.
        let seconds = Int64((days * 86_400).rounded())
        self.init(
            secondsSinceEpoch: seconds - 25_569 * 86_400 - Int64(offsetFromUTC), offsetFromUTC: offsetFromUTC)
    }
}
