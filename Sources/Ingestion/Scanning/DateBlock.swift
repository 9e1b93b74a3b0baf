import Transcript

/// The day that a date line gives to the times below it.
struct DateBlock {
    private(set) var date: CalendarDate?
    private var last: Int?

    mutating func begin(_ date: CalendarDate) {
        self.date = date
        last = nil
    }

    /// The moment of a time below the line, and whether it was taken to be of the day after: where the clock goes back
    /// by more than twelve hours, midnight has passed.
    mutating func resolve(_ time: HeaderTime, _ options: ReadingOptions) -> (Timestamp?, isNextDay: Bool) {
        guard !time.hasDate, !time.isRelative, let today = date else { return (time.timestamp(options), false) }
        var isNextDay = false
        if let last, time.secondOfDay + 12 * 3_600 < last {
            date = today.next
            isNextDay = true
        }
        last = time.secondOfDay
        return (time.timestamp(options, under: date), isNextDay)
    }
}
