/// Dates and times of day.
extension EntityScan {
    /// 2024年5月6日, 5月6号, 十二月三十一日, 2024-05-06, 2024/5/6.
    func date(_ first: NumberReading) -> Entity? {
        let start = first.range.lowerBound
        let end = first.range.upperBound
        guard end < scalars.count, let value = whole(first) else { return nil }
        let mark = scalars[end]
        if mark == "年", first.digits.count == 4 || first.digits.count == 2 {
            let year = first.digits.count == 4 ? value : 2000 + value
            guard (1900...2100).contains(year), first.digits.count == 4 || month(at: end + 1) != nil else { return nil }
            guard let (month, afterMonth) = month(at: end + 1) else {
                return Entity(kind: .date, range: start..<end + 1, value: pad(year, 4))
            }
            guard let (day, afterDay) = day(at: afterMonth) else {
                return Entity(kind: .date, range: start..<afterMonth, value: "\(pad(year, 4))-\(pad(month, 2))")
            }
            return Entity(kind: .date, range: start..<afterDay, value: "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))")
        }
        if mark == "月", let (month, afterMonth) = month(at: start) {
            guard let (day, afterDay) = day(at: afterMonth) else {
                return Entity(kind: .date, range: start..<afterMonth, value: "--\(pad(month, 2))")
            }
            return Entity(kind: .date, range: start..<afterDay, value: "--\(pad(month, 2))-\(pad(day, 2))")
        }
        if mark == "-" || mark == "/" || mark == ".", let year = digits(at: start, 4...4), (1900...2100).contains(year) {
            guard let month = digits(at: start + 5, 1...2), (1...12).contains(month) else { return nil }
            let second = start + 5 + width(at: start + 5)
            guard second < scalars.count, scalars[second] == mark, let day = digits(at: second + 1, 1...2), (1...31).contains(day)
            else { return nil }
            let end = second + 1 + width(at: second + 1)
            return Entity(kind: .date, range: start..<end, value: "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))")
        }
        return nil
    }

    private func whole(_ number: NumberReading) -> Int? {
        guard let hundredths = number.hundredths, hundredths % 100 == 0 else { return nil }
        return hundredths / 100
    }

    private func month(at start: Int) -> (Int, Int)? {
        guard start < scalars.count, let number = NumberReading.read(scalars, at: start), let month = whole(number), (1...12).contains(month),
            has("月", at: number.range.upperBound)
        else { return nil }
        let end = number.range.upperBound + 1
        return (month, has("份", at: end) ? end + 1 : end)
    }

    private func day(at start: Int) -> (Int, Int)? {
        guard start < scalars.count, let number = NumberReading.read(scalars, at: start), let day = whole(number), (1...31).contains(day),
            has("日", at: number.range.upperBound) || has("号", at: number.range.upperBound)
        else { return nil }
        return (day, number.range.upperBound + 1)
    }

    /// 20:30, 20:30:15, 8点, 8点半, 晚上八点十分.
    func time(_ number: NumberReading) -> Entity? {
        let start = number.range.lowerBound
        if let hour = digits(at: start, 1...2), hour < 24 {
            let colon = start + width(at: start)
            if has(":", at: colon), let minute = digits(at: colon + 1, 2...2), minute < 60 {
                var end = colon + 3
                var value = "\(pad(hour, 2)):\(pad(minute, 2))"
                if has(":", at: end), let second = digits(at: end + 1, 2...2), second < 60 {
                    value += ":\(pad(second, 2))"
                    end += 3
                }
                return Entity(kind: .time, range: start..<end, value: value)
            }
        }
        guard has("点", at: number.range.upperBound), let hour = whole(number), hour <= 24, !number.hasMultiplier || number.isChinese
        else { return nil }
        var end = number.range.upperBound + 1
        // 一点 is "a little", 3点建议 are points.
        if number.isChinese, hour == 1, !has("钟", at: end), !has("半", at: end) { return nil }
        var minute = 0
        if has("半", at: end) {
            minute = 30
            end += 1
        } else if has("钟", at: end) {
            end += 1
        } else if end < scalars.count, let after = NumberReading.read(scalars, at: end), let value = whole(after), value < 60, value > 0,
            has("分", at: after.range.upperBound)
        {
            minute = value
            end = after.range.upperBound + 1
        }
        return Entity(kind: .time, range: start..<end, value: "\(pad(hour, 2)):\(pad(minute, 2))")
    }

    private func width(at start: Int) -> Int {
        var end = start
        while end < scalars.count, scalars[end].isDigit { end += 1 }
        return end - start
    }

    private func digits(at start: Int, _ widths: ClosedRange<Int>) -> Int? {
        let width = start < scalars.count ? width(at: start) : 0
        guard widths.contains(width) else { return nil }
        return scalars[start..<start + width].reduce(0) { $0 * 10 + Int($1.value - 0x30) }
    }

    private func pad(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
