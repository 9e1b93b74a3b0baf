/// A stretch of the folded text that is one thing with a value: an amount, a date, a phone number.
public struct Entity: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Money: by its unit, by its spelling (两千五, 2k) or by the verb before it (转我 800).
        case amount
        /// A number of whatever is counted, or of nothing that is said.
        case number
        /// A number with a unit that is no money: 500g, 2K屏, 8折, 30%.
        case measure
        case date, time, duration
        case phone, qq, wechat, orderNumber, trackingNumber, bankCard, identityCard
        case link, email
        /// A code in brackets or after a slash: [微笑], /:^_^.
        case emoticon
        case emoji
    }

    public var kind: Kind
    /// The folded positions it stands on.
    public var range: Range<Int>
    /// The same for the same thing however it is written: `2500`, `13800138000`, `2024-05-06`; empty where it is not
    /// known, as in 几百块.
    public var value: String
    /// Hundredths of what the number counts: 250000 for 两千五. Only amounts and numbers have them.
    public var hundredths: Int?

    public init(kind: Kind, range: Range<Int>, value: String, hundredths: Int? = nil) {
        self.kind = kind
        self.range = range
        self.value = value
        self.hundredths = hundredths
    }
}
