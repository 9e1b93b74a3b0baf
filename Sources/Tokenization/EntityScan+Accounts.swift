/// Phone numbers, accounts, order numbers, links and addresses.
extension EntityScan {
    /// A run of at least five digits, perhaps written with letters, Chinese digits or separators, by what it is.
    func longNumber(at start: Int) -> Entity? {
        guard let (digits, range) = digitRun(at: start) else { return nil }
        let end = range.upperBound
        if end < scalars.count, scalars[end].isLatinLetter, scalars[end] != "r", scalars[end] != "x" { return nil }
        var number = digits
        if number.hasPrefix("86"), number.count == 13 { number.removeFirst(2) }
        if number.count == 11, number.first == "1", let second = number.dropFirst().first, second >= "3" {
            // The same eleven digits are a QQ number where it is said so.
            let isQQ = isNamed(start, as: Self.qqNames)
            return Entity(kind: isQQ ? .qq : .phone, range: range, value: number)
        }
        if (10...12).contains(number.count), number.first == "0" || number.hasPrefix("400") || number.hasPrefix("800"),
            scalars[range].contains("-") || number.hasPrefix("400") || isNamed(start, as: Self.phoneNames)
        {
            return Entity(kind: .phone, range: range, value: number)
        }
        let isPlain = scalars[range].allSatisfy(\.isDigit)
        if isNamed(start, as: Self.qqNames), (5...11).contains(number.count) { return Entity(kind: .qq, range: range, value: number) }
        guard isPlain else { return nil }
        if number.count == 17, end < scalars.count, scalars[end] == "x", isIdentityCard(number + "x") {
            return Entity(kind: .identityCard, range: start..<end + 1, value: number + "x")
        }
        if number.count == 18, isIdentityCard(number) { return Entity(kind: .identityCard, range: range, value: number) }
        if (16...19).contains(number.count), passesLuhn(number), number.hasPrefix("62") || isNamed(start, as: Self.cardNames) {
            return Entity(kind: .bankCard, range: range, value: number)
        }
        if isNamed(start, as: Self.trackingNames), number.count >= 8, !isNamed(start, as: Self.orderNames) {
            return Entity(kind: .trackingNumber, range: range, value: number)
        }
        if number.count >= 15 || number.count >= 8 && isNamed(start, as: Self.orderNames) {
            return Entity(kind: .orderNumber, range: range, value: number)
        }
        if number.count >= 12 { return Entity(kind: .trackingNumber, range: range, value: number) }
        return nil
    }

    private static let phoneNames = WordList(["电话", "座机", "热线", "tel"])
    private static let cardNames = WordList(["卡号", "银行卡", "账号", "卡", "户"])
    private static let trackingNames = WordList(["运单", "快递", "单号", "物流"])
    private static let orderNames = WordList(["订单号", "订单编号", "订单"])
    private static let chatNames = WordList(["微信", "微", "vx", "wx", "v", "薇", "加"])
    private static let fullChatNames = WordList(["微信"])
    private static let chatPrefixes = WordList(["wechat", "weixin", "vx", "wx", "v"])
    private static let schemes = WordList(["http://", "https://", "ftp://"])
    private static let qqNames = WordList(["qq", "扣扣", "扣", "企鹅", "群号", "群", "秋秋", "球球", "叩叩", "口口", "qq群"])

    /// What may stand between two digits of an account.
    private static let gaps = ScalarSet(" -._·")
    /// What may stand between an account and its name.
    private static let between = ScalarSet("号是为码我的加")
    /// What no link holds, and what it does not end with.
    private static let stops = ScalarSet("<>\"',;()[]{}|`^\\")
    private static let lastStops = ScalarSet(".!?:")

    /// Characters of a run that may be one account, with gaps and without.
    private static let longestGappedRun = 64
    private static let longestRun = 512

    /// The digits of a number of accounts, with single separators between: 138-0013-8000, 138 0013 8000, 一三八…, l38oo….
    private func digitRun(at start: Int) -> (String, Range<Int>)? {
        guard scalars[start] == "+" || start + 1 < scalars.count && mayBeInRun(scalars[start + 1]) else { return nil }
        var at = start
        var end = start
        var digits = ""
        var gaps = 0
        var real = 0
        var others = 0
        if scalars[at] == "+" { at += 1 }
        while at < scalars.count, at - start < (gaps > 0 ? Self.longestGappedRun : Self.longestRun) {
            let scalar = scalars[at]
            if scalar.isDigit {
                digits.unicodeScalars.append(scalar)
                real += 1
            } else if scalar == "o" || scalar == "l" {
                digits += scalar == "o" ? "0" : "1"
                others += 1
            } else if let value = NumberReading.value(of: scalar), scalar != "两" {
                digits += String(value)
                others += 1
            } else if Self.gaps.contains(scalar), !digits.isEmpty, at + 1 < scalars.count,
                scalars[at + 1].isDigit || NumberReading.value(of: scalars[at + 1]) != nil && others > 0
            {
                gaps += 1
                at += 1
                continue
            } else {
                break
            }
            at += 1
            end = at
        }
        guard digits.count >= 5, others == 0 || digits.count >= 7 else { return nil }
        // With gaps only what is a phone number is one number; two numbers in a row stay two.
        if gaps > 0, !(digits.count == 11 && digits.first == "1" || digits.count == 13 && digits.hasPrefix("86") || digits.count <= 12 && (digits.first == "0" || digits.hasPrefix("400")) || isNamed(start, as: Self.qqNames)) {
            var plainEnd = start
            while plainEnd < scalars.count, scalars[plainEnd].isDigit { plainEnd += 1 }
            guard plainEnd - start >= 5 else { return nil }
            return (text(start..<plainEnd), start..<plainEnd)
        }
        if others > 0, real == 0, digits.count < 7 { return nil }
        return (digits, start..<end)
    }

    /// Whether a run of digits may go on with a character.
    private func mayBeInRun(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isDigit || scalar == "o" || scalar == "l" || NumberReading.value(of: scalar) != nil || Self.gaps.contains(scalar)
    }

    /// Whether one of `names` stands before `start`, with at most 号, 是, a colon and blanks between.
    func isNamed(_ start: Int, as names: WordList) -> Bool {
        var at = start
        while at > 0, start - at < 5, scalars[at - 1].isSeparator || Self.between.contains(scalars[at - 1]) {
            if names.words.contains(where: { endsWith($0, at) }) { return true }
            at -= 1
        }
        return names.words.contains { endsWith($0, at) }
    }

    private func endsWith(_ word: [Unicode.Scalar], _ end: Int) -> Bool {
        end >= word.count && scalars[end - word.count..<end].elementsEqual(word)
    }

    private func isIdentityCard(_ number: String) -> Bool {
        let digits = number.unicodeScalars.map { $0 == "x" ? 10 : Int($0.value) - 0x30 }
        guard digits.count == 18, digits[0] > 0 else { return false }
        let year = digits[6] * 1000 + digits[7] * 100 + digits[8] * 10 + digits[9]
        guard (1900...2100).contains(year), (1...12).contains(digits[10] * 10 + digits[11]), (1...31).contains(digits[12] * 10 + digits[13])
        else { return false }
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return (12 - sum % 11) % 11 == digits[17]
    }

    private func passesLuhn(_ number: String) -> Bool {
        var sum = 0
        for (i, scalar) in number.unicodeScalars.reversed().enumerated() {
            let doubled = (Int(scalar.value) - 0x30) * (i % 2 == 1 ? 2 : 1)
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0
    }

    /// A name of letters and digits after 微信 or its like, and tracking numbers with letters: sf1234567890123.
    func letterAccount(at start: Int) -> Entity? {
        var end = start
        var digits = 0
        while end < scalars.count, end - start < 64,
            scalars[end].isLatinLetter || scalars[end].isDigit || scalars[end] == "_" || scalars[end] == "-"
        {
            if scalars[end].isDigit { digits += 1 }
            end += 1
        }
        let count = end - start
        if digits >= 10, count - digits <= 4, count <= 20, scalars[end - 1].isDigit {
            return Entity(kind: .trackingNumber, range: start..<end, value: text(start..<end))
        }
        // vx:abc123 and vxabc123
        if let rest = hasAny(Self.chatPrefixes, at: start) {
            if rest < end, (6...20).contains(end - rest), scalars[rest].isLatinLetter, digits > 0 {
                return Entity(kind: .wechat, range: rest..<end, value: text(rest..<end))
            }
        }
        guard (6...20).contains(count), isNamed(start, as: Self.chatNames), digits > 0 || isNamed(start, as: Self.fullChatNames) else { return nil }
        return Entity(kind: .wechat, range: start..<end, value: text(start..<end))
    }

    // MARK: Links

    private static let endings: Set<String> = [
        "com", "cn", "net", "org", "cc", "me", "io", "top", "vip", "xyz", "info", "shop", "club", "site", "online", "tv", "co", "hk", "tw", "app", "ltd", "link", "biz", "wang", "ren", "icu", "fun", "live", "pro", "ink", "tk",
    ]

    /// A link or an e-mail address: what is written without blanks in ASCII and has a known ending or a scheme.
    func address(at start: Int) -> Entity? {
        var end = start
        while end < scalars.count, end - start < 512, scalars[end].value > 0x20, scalars[end].value < 0x7F,
            !Self.stops.contains(scalars[end])
        { end += 1 }
        while end > start, Self.lastStops.contains(scalars[end - 1]) { end -= 1 }
        let range = start..<end
        guard end - start >= 4, scalars[range].contains(".") else { return nil }
        if let host = hasAny(Self.schemes, at: start), host < end {
            return Entity(kind: .link, range: range, value: text(range))
        }
        if let at = scalars[range].firstIndex(of: "@") {
            guard let hostEnd = hostEnd(at + 1), at > start else { return nil }
            return Entity(kind: .email, range: start..<hostEnd, value: text(start..<hostEnd))
        }
        guard let hostEnd = hostEnd(start) else { return nil }
        let linkEnd = hostEnd < end && "/?:#".unicodeScalars.contains(scalars[hostEnd]) ? end : hostEnd
        return Entity(kind: .link, range: start..<linkEnd, value: text(start..<linkEnd))
    }

    /// The end of a host name with a known ending that begins at `start`.
    private func hostEnd(_ start: Int) -> Int? {
        var at = start
        var label = start
        var known: Int?
        var labels = 0
        // No host name is longer than 253 characters.
        while at <= scalars.count, at - start < 254 {
            let isEnd = at == scalars.count || !(scalars[at].isLatinLetter || scalars[at].isDigit || scalars[at] == "-")
            if isEnd {
                guard at > label else { break }
                labels += 1
                known = labels > 1 && Self.endings.contains(text(label..<at)) ? at : known
                guard at < scalars.count, scalars[at] == "." else { break }
                label = at + 1
            }
            at += 1
        }
        guard let known, known == at || known == scalars.count || labels > 1 else { return nil }
        return known
    }
}
