import Transcript

/// A time as a chat writes it; parts the words do not give are `nil`.
struct HeaderTime: Equatable {
    var year: Int?
    var month: Int?
    var day: Int?
    var hour: Int
    var minute: Int
    var second: Int?
    /// Half past midnight written as 晚上12:30 belongs to the day after the date beside it.
    var isAfterMidnight = false
    /// The day is given by its distance from that of copying, as 昨天, which the file does not tell.
    var isRelative = false
    /// The words.
    var range: Range<Int>

    var hasDate: Bool { day != nil }
    var hasSeconds: Bool { second != nil }

    /// The moment, where the words, the dates above them and what the user told leave nothing to guess.
    /// - Parameter date: the date line that the words stand under.
    func timestamp(_ options: ReadingOptions, under date: CalendarDate? = nil) -> Timestamp? {
        if isRelative { return nil }
        let isBare = day == nil
        guard let year = year ?? (isBare ? date?.year : nil) ?? options.year,
            let month = month ?? (isBare ? date?.month : nil) ?? options.month,
            let day = day ?? (isBare ? date?.day : nil) ?? options.day,
            var result = Timestamp(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second ?? 0,
                offsetFromUTC: options.offsetFromUTC)
        else { return nil }
        if isAfterMidnight { result.secondsSinceEpoch += 86_400 }
        return result
    }

    /// Seconds since midnight.
    var secondOfDay: Int { hour * 3_600 + minute * 60 + (second ?? 0) }

    /// Whether this is clearly earlier than `other`, by more than `seconds`; `nil` unless both name their day, and both
    /// or neither their year.
    func isEarlier(than other: HeaderTime, by seconds: Int) -> Bool? {
        guard day != nil, other.day != nil, (year == nil) == (other.year == nil) else { return nil }
        return secondsIntoDays + seconds < other.secondsIntoDays
    }

    /// Orders times that name the same parts of their day.
    private var secondsIntoDays: Int {
        (((year ?? 0) * 12 + (month ?? 0)) * 31 + (day ?? 0)) * 86_400 + secondOfDay
    }

    /// A number that orders times which name their year; `nil` for others.
    var ordinal: Int? {
        guard let year, let month, let day else { return nil }
        return ((year * 12 + month) * 31 + day) * 86_400 + secondOfDay
    }
}

/// A day of the calendar.
struct CalendarDate: Equatable {
    var year: Int
    var month: Int
    var day: Int

    /// The day after.
    var next: CalendarDate {
        guard
            var noon = Timestamp(year: year, month: month, day: day, hour: 12, minute: 0, offsetFromUTC: 0)
        else { return self }
        noon.secondsSinceEpoch += 86_400
        return CalendarDate(year: noon.wallClock.year, month: noon.wallClock.month, day: noon.wallClock.day)
    }
}

extension DateTimeScanner {
    /// Which dates a written time may have.
    struct DateForms: OptionSet {
        let rawValue: Int
        /// `2020-02-14`, `2020/2/14`, `2020年2月14日`, `Feb 14, 2020`
        static let full = DateForms(rawValue: 1)
        /// `02-14`, `2/14`, `2月14日`
        static let withoutYear = DateForms(rawValue: 2)
        /// `2/14/2020`, the month first
        static let monthFirst = DateForms(rawValue: 4)
        /// `14/2/2020`, the day first
        static let dayFirst = DateForms(rawValue: 8)
        /// a clock reading alone
        static let none = DateForms(rawValue: 16)
        /// `昨天`, `星期三`
        static let relative = DateForms(rawValue: 32)
        /// the clock reading as `10：11：12` or `10时11分12秒`
        static let spelled = DateForms(rawValue: 64)
    }

    /// A date in one of the `forms`, blanks, and a clock reading.
    mutating func headerTime(
        _ forms: DateForms, secondsOptional: Bool = false, halfAfter: Bool = true, in text: Span<UInt8>
    ) -> HeaderTime? {
        var scan = self
        var year: Int?
        var month: Int?
        var day: Int?
        let isRelative = forms.contains(.relative) && scan.takeRelativeDay(in: text)
        if isRelative {
            scan.skipSpaces(in: text)
        } else if forms.contains(.full), let date = scan.date(in: text) ?? scan.namedDate(in: text) {
            (year, month, day) = (date.year, date.month, date.day)
        } else if forms.contains(.monthFirst) || forms.contains(.dayFirst), let date = scan.yearLastDate(in: text) {
            year = date.year
            (month, day) = forms.contains(.monthFirst) ? (date.first, date.second) : (date.second, date.first)
            guard let month, (1...12).contains(month), let day, (1...31).contains(day) else { return nil }
        } else if forms.contains(.withoutYear), let date = scan.dateWithoutYear(in: text) {
            (month, day) = (date.month, date.day)
        }
        if day != nil {
            // `2019年9月23日晚上8:43` needs no blank, `2019-09-2310:11` is no time.
            let afterIdeograph = scan.position > 0 && text[scan.position - 1] >= 0x80
            guard scan.skipSpaces(in: text) > 0 || afterIdeograph || year != nil && scan.take(0x54, in: text) else { return nil }
        } else if !isRelative, !forms.contains(.none) {
            return nil
        }
        guard let clock = scan.clock(
            secondsOptional: secondsOptional, halfAfter: halfAfter, spelled: forms.contains(.spelled), in: text)
        else { return nil }
        let start = position
        self = scan
        return HeaderTime(
            year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second,
            isAfterMidnight: clock.isAfterMidnight, isRelative: isRelative, range: start..<scan.position)
    }

    /// The form that most headers have, `2012-12-31 9:05:06` before a blank; for all others `nil`, and `headerTime` tells.
    mutating func plainTime(in text: Span<UInt8>) -> HeaderTime? {
        let start = position
        guard end - start >= 19 else { return nil }
        func digits(_ at: Int) -> Int? {
            let (tens, ones) = (text[at] &- 0x30, text[at + 1] &- 0x30)
            return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
        }
        guard text[start + 4] == 0x2D, text[start + 7] == 0x2D, text[start + 10] == 0x20, let century = digits(start),
            let year = digits(start + 2), let month = digits(start + 5), let day = digits(start + 8), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        let isShort = text[start + 12] == 0x3A
        let at = start + (isShort ? 12 : 13)
        let first = text[start + 11] &- 0x30
        guard let hour = isShort ? (first < 10 ? Int(first) : nil) : digits(start + 11), hour < 24, at + 6 < end, text[at] == 0x3A,
            text[at + 3] == 0x3A, text[at + 6] == 0x20, let minute = digits(at + 1), minute < 60, let second = digits(at + 4),
            second < 60
        else { return nil }
        position = at + 6
        return HeaderTime(
            year: century * 100 + year, month: month, day: day, hour: hour, minute: minute, second: second, range: start..<position)
    }

    /// `2/14/2020`, without deciding which is the month.
    mutating func yearLastDate(in text: Span<UInt8>) -> (first: Int, second: Int, year: Int)? {
        var scan = self
        guard let first = scan.number(1...2, in: text), scan.take(0x2F, in: text),
            let second = scan.number(1...2, in: text), scan.take(0x2F, in: text),
            let year = scan.number(4...4, in: text)
        else { return nil }
        self = scan
        return (first, second, year)
    }

    /// `Feb 14, 2020`, the month in English, cut or whole.
    mutating func namedDate(in text: Span<UInt8>) -> (year: Int, month: Int, day: Int)? {
        guard position + 12 <= end, (0x41...0x5A).contains(text[position]),
            let month = (0..<12).first(where: { text.isMonth($0, at: position) })
        else { return nil }
        var scan = self
        while !scan.isAtEnd, (0x61...0x7A).contains(text[scan.position] | 0x20) { scan.position += 1 }
        guard scan.skipSpaces(in: text) > 0, let day = scan.number(1...2, in: text), scan.take(0x2C, in: text),
            scan.skipSpaces(in: text) > 0, let year = scan.number(4...4, in: text), (1...31).contains(day)
        else { return nil }
        self = scan
        return (year, month + 1, day)
    }

    /// `08-20`, `8/20` or `8月20日`.
    mutating func dateWithoutYear(in text: Span<UInt8>) -> (month: Int, day: Int)? {
        var scan = self
        guard let month = scan.number(1...2, in: text), let separator = scan.dateSeparator(in: text), separator != 0x2E,
            let day = scan.number(1...2, in: text), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        if separator == 0xE5, !scan.take("日", in: text) { return nil }
        self = scan
        return (month, day)
    }

    /// A word for a day near that of copying.
    mutating func takeRelativeDay(in text: Span<UInt8>) -> Bool {
        for word in ["今天", "昨天", "前天"] as [StaticString] where take(word, in: text) { return true }
        var scan = self
        guard scan.take("星期", in: text) || scan.take("周", in: text) else { return false }
        for word in ["一", "二", "三", "四", "五", "六", "日", "天"] as [StaticString] where scan.take(word, in: text) {
            self = scan
            return true
        }
        return false
    }
}

extension HeaderTime {
    /// Whether the month and the day are written with a leading zero; `nil` where neither needs one.
    func isPadded(in text: Span<UInt8>) -> Bool? {
        guard let month, let day, year != nil else { return nil }
        for i in range.dropFirst() where text[i] == 0x30 {
            if text[i - 1] == 0x2D || text[i - 1] == 0x2F { return true }
            if text[i - 1] == 0x20 { break }
        }
        return month < 10 || day < 10 ? false : nil
    }
}

extension Span<UInt8> {
    /// The time that a range ends with, blanks after it aside: the longest one, and it need not be set off by a blank.
    func trailingTime(
        _ forms: DateTimeScanner.DateForms, secondsOptional: Bool = false, in range: Range<Int>
    ) -> HeaderTime? {
        let end = trimmingBlanks(range).upperBound
        guard end > range.lowerBound,
            (0x30...0x39).contains(self[end - 1]) || self[end - 1] | 0x20 == 0x6D
                || forms.contains(.spelled) && (hasSuffix("分", in: range.lowerBound..<end) || hasSuffix("秒", in: range.lowerBound..<end))
        else { return nil }
        // No way to write a time is longer.
        var start = Swift.max(range.lowerBound, end - 48)
        while start < end {
            // 下午 and the like begin a time only after a blank, a bracket or a colon: a name may end, or be, such a word.
            let isDigit = (0x30...0x39).contains(self[start])
            if isDigit
                || start > range.lowerBound && (hasSuffixBlank(range.lowerBound..<start) || hasSuffix("（", in: range.lowerBound..<start)
                    || self[start - 1] == 0x28 || hasSuffix("：", in: range.lowerBound..<start))
                    && !isBlank(range.lowerBound..<start)
            {
                var scan = DateTimeScanner(start..<end)
                if let time = scan.headerTime(forms, secondsOptional: secondsOptional, in: self), scan.isAtEnd {
                    return time
                }
            }
            start += 1
        }
        return nil
    }

    /// The date that makes up all of a range but a label such as 日期: and blanks.
    func dateLine(in range: Range<Int>) -> CalendarDate? {
        var scan = DateTimeScanner(trimmingBlanks(range))
        if hasPrefix("日期", in: scan.position..<scan.end) {
            scan.position += 6
            if !scan.take(0x3A, in: self), hasPrefix("：", in: scan.position..<scan.end) { scan.position += 3 }
            scan.skipSpaces(in: self)
        }
        guard let date = scan.date(in: self), scan.isAtEnd else { return nil }
        return CalendarDate(year: date.year, month: date.month, day: date.day)
    }

    /// The date between two rules of dashes, as `— —  2020-2-21  — —` or `—————  2026-04-06  —————`.
    func ruledDate(in line: Range<Int>) -> CalendarDate? {
        guard line.count < 128 else { return nil }
        var range = trimmingBlanks(line)
        var rules = 0
        while hasPrefix("—", in: range) || hasPrefix("-", in: range) || hasPrefix("─", in: range) {
            range = trimmingBlanks(range.lowerBound + (self[range.lowerBound] == 0x2D ? 1 : 3)..<range.upperBound)
            rules += 1
        }
        guard rules >= 2 else { return nil }
        var scan = DateTimeScanner(range)
        guard let date = scan.date(in: self) else { return nil }
        while !scan.isAtEnd {
            scan.skipSpaces(in: self)
            guard scan.take("—", in: self) || scan.take("-", in: self) || scan.take("─", in: self) || scan.isAtEnd
            else {
                return nil
            }
        }
        return CalendarDate(year: date.year, month: date.month, day: date.day)
    }

    /// Whether a range ends with a blank.
    func hasSuffixBlank(_ range: Range<Int>) -> Bool {
        trimmingBlanks(range).upperBound < range.upperBound
    }

    /// Whether words before or after a time can be a name, and not a label such as 下单时间 or a part of the time.
    /// - Parameter mayEndWithDay: the time beside them names its day, so that one at their end is part of a name.
    func looksLikeName(_ range: Range<Int>, mayEndWithDay: Bool = false) -> Bool {
        guard !range.isEmpty, range.count <= 128, !holdsLink(range) else { return false }
        if hasSuffix(":", in: range) || hasSuffix("：", in: range) { return false }
        if equals("时间", range) || equals("日期", range) { return false }
        return !labels.contains { hasSuffix($0, in: range) } && (mayEndWithDay || !endsWithDate(range))
    }

    /// Whether a word is a link. A name may hold one, glued to what stands before it; words said with a link have it apart.
    private func holdsLink(_ range: Range<Int>) -> Bool {
        var i = range.lowerBound
        while i < range.upperBound {
            guard hasPrefix("://", in: i..<range.upperBound) else {
                i += 1
                continue
            }
            var start = i
            while start > range.lowerBound, (0x61...0x7A).contains(self[start - 1] | 0x20) { start -= 1 }
            let isGlued = start > range.lowerBound && (0x21...0x7E).contains(self[start - 1]) && self[start - 1] != 0x60
            if !isGlued { return true }
            i += 3
        }
        return false
    }

    /// Whether the last word is a day, which belongs to the time after it.
    private func endsWithDate(_ range: Range<Int>) -> Bool {
        var start = range.upperBound
        while start > range.lowerBound, self[start - 1] != 0x20, !hasSuffix("：", in: range.lowerBound..<start) { start -= 1 }
        // A name may be a number with a stroke or a dash in it; a day stands behind a name.
        guard start > range.lowerBound else { return false }
        for form in [DateTimeScanner.DateForms.full, .monthFirst, .withoutYear, .relative] {
            var scan = DateTimeScanner(start..<range.upperBound)
            let isDay =
                switch form {
                case .full: scan.date(in: self) != nil
                case .monthFirst: scan.yearLastDate(in: self) != nil
                case .withoutYear: scan.dateWithoutYear(in: self) != nil
                default: scan.takeRelativeDay(in: self)
                }
            if isDay, scan.isAtEnd { return true }
        }
        return false
    }

    /// A range without line ends and blanks at its end.
    func trimmingLines(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while true {
            let trimmed = trimmingBlanks(range)
            guard let last = trimmed.last, self[last] == 0x0A || self[last] == 0x0D else { return trimmed }
            range = trimmed.lowerBound..<last
        }
    }

    /// A range without the blanks at its ends.
    func trimmingBlanks(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        while start < range.upperBound {
            let width = blankWidth(at: start, before: range.upperBound)
            if width == 0 { break }
            start += width
        }
        var end = range.upperBound
        while end > start {
            var last = end - 1
            while last > start, self[last] & 0xC0 == 0x80 { last -= 1 }
            guard blankWidth(at: last, before: end) == end - last else { break }
            end = last
        }
        return start..<end
    }
}

/// Words that stand before a time in what people paste from orders.
private let labels: [StaticString] = [
    "下单时间", "付款时间", "支付时间", "发货时间", "成交时间", "创建时间", "签收时间", "收货时间", "退款时间", "申请时间", "到账时间", "交易时间", "完成时间", "预计时间",
    "送达时间", "更新时间", "发布时间", "导出时间", "截止时间", "截止日期", "生产日期", "有效期", "截止", "消息时间", "发送时间", "聊天时间", "发言时间", "接收时间",
]
