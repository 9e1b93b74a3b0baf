/// A moment known to the minute or better, together with the wall clock it was written in.
///
/// Chats carry wall time without a zone; the zone is an assumption of the reader (+08:00 unless told), so it is kept
/// beside the moment instead of being lost in it.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public var secondsSinceEpoch: Int64
    /// East of Greenwich, in seconds.
    public var offsetFromUTC: Int

    public init(secondsSinceEpoch: Int64, offsetFromUTC: Int) {
        self.secondsSinceEpoch = secondsSinceEpoch
        self.offsetFromUTC = offsetFromUTC
    }

    /// Takes a wall-clock reading; `nil` where no calendar has such a day or no clock such a time.
    public init?(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int = 0, offsetFromUTC: Int
    ) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, year: year)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        secondsSinceEpoch = days * 86_400 + Int64(hour * 3_600 + minute * 60 + second - offsetFromUTC)
        self.offsetFromUTC = offsetFromUTC
    }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.secondsSinceEpoch < b.secondsSinceEpoch }

    /// The wall-clock reading in the zone kept beside the moment.
    public var wallClock: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        let local = secondsSinceEpoch + Int64(offsetFromUTC)
        let days = local.flooredDivision(by: 86_400)
        let rest = Int(local - days * 86_400)
        let (year, month, day) = Self.civil(fromDaysSinceEpoch: days)
        return (year, month, day, rest / 3_600, rest / 60 % 60, rest % 60)
    }

    /// ISO 8601 with offset, as `2022-12-25T19:33:00+08:00`.
    public var iso8601: String {
        let c = wallClock
        let zone = abs(offsetFromUTC) / 60
        return unsafe String(unsafeUninitializedCapacity: 32) { buffer in
            var count = 0
            func put(_ byte: UInt8) {
                unsafe buffer[count] = byte
                count += 1
            }
            func put(_ value: Int, _ digits: Int, _ mark: UInt8?) {
                var divisor = digits == 4 ? 1_000 : 10
                while divisor > 0 {
                    put(0x30 + UInt8(max(0, value) / divisor % 10))
                    divisor /= 10
                }
                if let mark { put(mark) }
            }
            put(c.year, 4, 0x2D)
            put(c.month, 2, 0x2D)
            put(c.day, 2, 0x54)
            put(c.hour, 2, 0x3A)
            put(c.minute, 2, 0x3A)
            put(c.second, 2, offsetFromUTC < 0 ? 0x2D : 0x2B)
            put(zone / 60, 2, 0x3A)
            put(zone % 60, 2, nil)
            return count
        }
    }

    static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // The two conversions count years from March, so that the leap day is the last of its year
    // (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int64 {
        let y = Int64(month <= 2 ? year - 1 : year)
        let era = y.flooredDivision(by: 400)
        let yearOfEra = y - era * 400
        let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func civil(fromDaysSinceEpoch days: Int64) -> (year: Int, month: Int, day: Int) {
        let z = days + 719_468
        let era = z.flooredDivision(by: 146_097)
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let m = (5 * dayOfYear + 2) / 153
        let month = Int(m < 10 ? m + 3 : m - 9)
        let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        return (year, month, Int(dayOfYear - (153 * m + 2) / 5 + 1))
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
