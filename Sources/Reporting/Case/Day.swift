import Transcript

/// A day of the calendar, as deadlines are counted.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    private let number: Int64

    /// Reads the day at the beginning of `2024-05-06 12:00`, `2024/5/6`, `2024年5月6日`.
    public init?(_ text: String) {
        let parts = text.split(whereSeparator: { !("0"..."9").contains($0) }).prefix(3).compactMap { Int($0) }
        guard parts.count == 3,
            let moment = Timestamp(year: parts[0], month: parts[1], day: parts[2], hour: 0, minute: 0, offsetFromUTC: 0)
        else { return nil }
        number = moment.secondsSinceEpoch / 86_400
    }

    /// The day of a moment by the wall clock it was written in.
    public init(_ time: Timestamp) {
        let local = time.secondsSinceEpoch + Int64(time.offsetFromUTC)
        number = (local - (local % 86_400 + 86_400) % 86_400) / 86_400
    }

    private init(number: Int64) {
        self.number = number
    }

    /// Seconds from 1970 to its first moment in Greenwich.
    var startSeconds: Int64 { number * 86_400 }

    public func adding(_ days: Int) -> Day { Day(number: number + Int64(days)) }

    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    private var parts: (year: Int, month: Int, day: Int) {
        let clock = Timestamp(secondsSinceEpoch: number * 86_400, offsetFromUTC: 0).wallClock
        return (clock.year, clock.month, clock.day)
    }

    /// As `2024-05-06`.
    public var description: String {
        String(Timestamp(secondsSinceEpoch: number * 86_400, offsetFromUTC: 0).iso8601.prefix(10))
    }

    var year: Int { parts.year }

    /// As `2024年5月6日`.
    var chinese: String { "\(parts.year)年" + shortChinese }

    /// As `5月6日`.
    public var shortChinese: String { "\(parts.month)月\(parts.day)日" }
}
