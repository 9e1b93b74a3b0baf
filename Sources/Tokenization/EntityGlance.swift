/// Tells most texts at a glance that no account and no link is in them.
extension EntityReader {
    /// The kinds that `mayHoldContact` asks for.
    public static let contactKinds: Set<Entity.Kind> = [
        .phone, .qq, .wechat, .orderNumber, .trackingNumber, .bankCard, .identityCard, .link, .email,
    ]

    /// Whether a folded text may hold an entity of `contactKinds`; `false` is sure.
    ///
    /// Asks for what each of them cannot do without: five digits with single separators between, a run of six letters and
    /// digits, a full stop before a letter, `:/`, or a sign of money before eight letters and digits.
    /// - Complexity: O(length of the text).
    public func mayHoldContact(_ text: Span<Unicode.Scalar>) -> Bool {
        let classes = CharacterClasses.shared
        /// Characters in a row that may be digits of a number, and whether a separator followed the last.
        var digits = 0
        var isParted = false
        /// The run of letters and digits.
        var run = 0
        var hasLetter = false
        var hasDigit = false
        var isPriced = false
        /// Where 信 stood last: an account may have no digits after 微信.
        var named = -100
        var before: UInt32 = 0
        for at in 0..<text.count {
            let scalar = text[at]
            let isLetter = scalar.isLatinLetter
            let isDigit = scalar.isDigit
            if isLetter || isDigit || scalar == "_" || scalar == "-" {
                if run == 0 {
                    hasLetter = false
                    hasDigit = false
                    isPriced = before == 0xA5 || before == 0x24 || before == 0xA3 || before == 0x20AC
                }
                run += 1
                hasLetter = hasLetter || isLetter
                hasDigit = hasDigit || isDigit
                if run >= 6, hasLetter, hasDigit || at - run - named < 6 { return true }
                if run >= 8, isPriced { return true }
                if isLetter, before == 0x2E, at > 1 { return true }
            } else {
                run = 0
                if scalar == "信" { named = at }
                if scalar == "/", before == 0x3A { return true }
            }
            if isDigit || scalar == "o" || scalar == "l" || classes[scalar] & CharacterClasses.entityStart != 0 {
                digits += 1
                isParted = false
                if digits >= 5 { return true }
            } else if !isParted, scalar == " " || scalar == "-" || scalar == "." || scalar == "_" || scalar == "·" {
                isParted = true
            } else {
                digits = 0
                isParted = false
            }
            before = scalar.value
        }
        return false
    }
}
