/// A number in any of its spellings, read from the folded text: 2,000 · 1.5w · 2千5 · 两千五 · 壹仟贰 · 2ooo · 2 0 0 0.
struct NumberReading {
    var range: Range<Int>
    /// Hundredths of the number, or `nil` where it is not known (几百) or too large.
    var hundredths: Int?
    /// The digits as they stand, where there are only digits: 013800138000.
    var digits: String
    /// Whether a spelling is one for sums: 2k, 两千五, 壹仟.
    var isSum = false
    /// Whether it is written with Chinese numerals.
    var isChinese = false
    /// Whether it has a multiplier: 百, 万, k.
    var hasMultiplier = false

    private static let values: ScalarTable<Int> = {
        var values: [Unicode.Scalar: Int] = [:]
        for (value, scalars) in ["零〇○", "一壹幺弌", "二贰两弍", "三叁仨叄参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"].enumerated() {
            for scalar in scalars.unicodeScalars { values[scalar] = value }
        }
        return ScalarTable(values)
    }()

    private static let multipliers = ScalarTable<Int>([
        "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10000, "亿": 100_000_000,
    ])

    private static let capitals = ScalarSet("壹贰叁参肆伍陆柒捌玖拾佰仟")

    static func value(of scalar: Unicode.Scalar) -> Int? { values[scalar] }

    /// The number that begins at `start`, or `nil` where none does.
    static func read(_ scalars: [Unicode.Scalar], at start: Int) -> NumberReading? {
        let scalar = scalars[start]
        if scalar.isDigit || scalar == "l" || scalar == "o" { return readArabic(scalars, at: start) }
        if values[scalar] != nil || scalar == "十" || scalar == "拾" || scalar == "几" { return readChinese(scalars, at: start) }
        return nil
    }

    // MARK: Arabic digits

    private static func readArabic(_ scalars: [Unicode.Scalar], at start: Int) -> NumberReading? {
        var at = start
        var digits: [UInt8] = []
        var lettersAsDigits = 0
        var fraction: Int?
        func digit(at position: Int) -> UInt8? {
            guard position < scalars.count else { return nil }
            switch scalars[position] {
            case "o": return UInt8(ascii: "0")
            case "l": return UInt8(ascii: "1")
            default: return scalars[position].isDigit ? UInt8(scalars[position].value) : nil
            }
        }
        while let next = digit(at: at) {
            if !scalars[at].isDigit { lettersAsDigits += 1 }
            digits.append(next)
            at += 1
        }
        if lettersAsDigits > 0 {
            // o and l are digits only among digits: 2ooo, l38…; not in "ok", "lol", "3l".
            let isWord = at < scalars.count && scalars[at].isLatinLetter && !"kwr".unicodeScalars.contains(scalars[at])
            if isWord || digits.count < 3 || lettersAsDigits == digits.count {
                guard scalar(start, in: scalars).isDigit else { return nil }
                at = start
                digits = []
                while at < scalars.count, scalars[at].isDigit {
                    digits.append(UInt8(scalars[at].value))
                    at += 1
                }
            }
        }
        // 2,000 and 12,345,678
        if (1...3).contains(digits.count) {
            while at + 3 < scalars.count, scalars[at] == ",", scalars[at + 1].isDigit, scalars[at + 2].isDigit, scalars[at + 3].isDigit,
                at + 4 >= scalars.count || !scalars[at + 4].isDigit
            {
                digits += scalars[at + 1...at + 3].map { UInt8($0.value) }
                at += 4
            }
        }
        // 2 0 0 0 and 2.0.0.0
        if digits.count == 1, at + 3 < scalars.count, scalars[at].isSeparator {
            let separator = scalars[at]
            var end = at
            var spaced = digits
            while end + 1 < scalars.count, scalars[end] == separator, scalars[end + 1].isDigit,
                end + 2 >= scalars.count || !scalars[end + 2].isDigit
            {
                spaced.append(UInt8(scalars[end + 1].value))
                end += 2
            }
            if spaced.count >= 3 {
                digits = spaced
                at = end
            }
        }
        if at + 1 < scalars.count, scalars[at] == ".", scalars[at + 1].isDigit {
            var end = at + 1
            var hundredths = 0
            while end < scalars.count, scalars[end].isDigit {
                if end - at <= 2 { hundredths = hundredths * 10 + Int(scalars[end].value - 0x30) }
                end += 1
            }
            if end - at == 2 { hundredths *= 10 }
            // 1.2.3 is a version or a date, not a fraction.
            if !(end + 1 < scalars.count && scalars[end] == "." && scalars[end + 1].isDigit) {
                fraction = hundredths
                at = end
            }
        }
        let text = String(decoding: digits, as: UTF8.self)
        var number = NumberReading(range: start..<at, hundredths: nil, digits: fraction == nil ? text : "")
        guard digits.count <= 12, let whole = Int(text) else { return number }
        number.hundredths = whole * 100 + (fraction ?? 0)
        number.takeMultiplier(scalars)
        return number
    }

    private static func scalar(_ position: Int, in scalars: [Unicode.Scalar]) -> Unicode.Scalar { scalars[position] }

    /// The largest value that is told, in hundredths.
    private static let most = 100_000_000_000_000
    /// The longest row of Chinese digits that is one number.
    private static let longestRow = 64

    /// Takes in k, w, 千, 万 after digits, and one digit after them: 2k, 1.5w, 2千5, 1w2.
    private mutating func takeMultiplier(_ scalars: [Unicode.Scalar]) {
        var at = range.upperBound
        guard at < scalars.count, let value = hundredths else { return }
        let factor: Int
        switch scalars[at] {
        case "k": factor = 1000
        case "w": factor = 10000
        case "百", "佰": factor = 100
        case "千", "仟": factor = 1000
        case "万": factor = 10000
        case "亿": factor = 100_000_000
        default: return
        }
        let isLetter = scalars[at].isLatinLetter
        at += 1
        if isLetter, at < scalars.count, scalars[at].isLatinLetter { return }
        guard value < 10_000_000_000 else { return }
        var total = value * factor
        if at < scalars.count, let digit = scalars[at].isDigit ? Int(scalars[at].value - 0x30) : Self.values[scalars[at]], digit > 0,
            at + 1 >= scalars.count || !scalars[at + 1].isDigit
        {
            let next = at + 1 < scalars.count ? Self.multipliers[scalars[at + 1]] : nil
            if let next, next < factor {
                total += digit * next * 100
                at += 2
            } else if next == nil {
                total += digit * factor * 10
                at += 1
            }
        }
        // Nobody has a trillion; what is made of such a number would not fit.
        hundredths = total <= Self.most ? total : nil
        digits = ""
        range = range.lowerBound..<at
        hasMultiplier = true
        isSum = isLetter
    }

    // MARK: Chinese numerals

    /// Whether a number in Chinese numerals may go on with a character.
    private static func mayGoOn(_ scalar: Unicode.Scalar) -> Bool {
        values[scalar] != nil || multipliers[scalar] != nil || scalar == "几"
    }

    private static func readChinese(_ scalars: [Unicode.Scalar], at start: Int) -> NumberReading? {
        // Most stand alone: 一下, 两件.
        if let digit = values[scalars[start]], start + 1 >= scalars.count || !mayGoOn(scalars[start + 1]) {
            return digit == 0 ? nil : NumberReading(range: start..<start + 1, hundredths: digit * 100, digits: "", isChinese: true)
        }
        var at = start
        var plain: [UInt8] = []
        while at < scalars.count, plain.count < longestRow, let value = values[scalars[at]], scalars[at] != "两" || plain.isEmpty {
            plain.append(UInt8(0x30 + value))
            at += 1
        }
        // A row of digits without multipliers is read one by one: 一三八零零…, 二零二四.
        if plain.count >= 3, plain.count == longestRow || at >= scalars.count || multipliers[scalars[at]] == nil {
            let text = String(decoding: plain, as: UTF8.self)
            return NumberReading(
                range: start..<at, hundredths: plain.count <= 12 ? Int(text).map { $0 * 100 } : nil, digits: text, isChinese: true)
        }
        at = start
        var total = 0
        var section = 0
        var digit: Int?
        var last = 0
        var afterZero = false
        var isCapital = false
        var isVague = false
        var isElliptic = false
        var multiplied = 0
        while at < scalars.count {
            let scalar = scalars[at]
            if scalar == "几" {
                guard digit == nil else { break }
                isVague = true
                digit = 1
            } else if let value = values[scalar] {
                isCapital = isCapital || capitals.contains(scalar)
                if value == 0 {
                    // Zero joins parts; after a digit it is none of this number's.
                    guard digit == nil, last > 0 else { break }
                    afterZero = true
                } else if digit != nil {
                    // 两三百: about as many as the first says.
                    guard at + 1 < scalars.count, multipliers[scalars[at + 1]] != nil, plain.count < 3 else { break }
                } else {
                    digit = value
                }
            } else if let factor = multipliers[scalar] {
                isCapital = isCapital || capitals.contains(scalar)
                if factor >= 10000 {
                    guard section > 0 || digit != nil else { break }
                    let part = section + (digit ?? 0)
                    guard part < 100_000_000, total < 100_000_000 else { return nil }
                    total = (total + part) * factor
                    section = 0
                } else {
                    guard digit != nil || factor == 10 && section == 0 || afterZero else { break }
                    section += (digit ?? 1) * factor
                }
                digit = nil
                last = factor
                afterZero = false
                multiplied += 1
            } else {
                break
            }
            at += 1
        }
        if let digit {
            // 两千五 is 2500, 两千零五 is 2005, 二十五 is 25.
            if last > 10, !afterZero, !isVague {
                section += digit * last / 10
                isElliptic = true
            } else {
                section += digit
            }
        }
        guard at > start else { return nil }
        let value = total + section
        return NumberReading(
            range: start..<at, hundredths: isVague || value > 1_000_000_000_000 ? nil : value * 100, digits: "", isSum: isElliptic || isCapital && multiplied > 0,
            isChinese: true, hasMultiplier: multiplied > 0)
    }
}
