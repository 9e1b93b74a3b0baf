/// What a line can be flagged as. the order of the cases is the order in every output.
public enum Label: String, CaseIterable, Sendable, Comparable {
    /// A threat used to get what is not owed.
    case extortion
    /// A good, changed or deleted review exchanged for money, a gift, a coupon or a free order.
    case cashback
    /// Promotion of something that has nothing to do with the order at hand.
    case ad

    public static func < (a: Label, b: Label) -> Bool {
        guard let x = allCases.firstIndex(of: a), let y = allCases.firstIndex(of: b) else { return false }
        return x < y
    }
}

/// Who pushes whom in an exchange of a review for money.
public enum Direction: String, Sendable {
    case buyerDemands = "buyer-demands"
    case sellerOffers = "seller-offers"
}

/// How far a finding is ready to be submitted.
public enum Level: Int, Sendable, Comparable, CaseIterable {
    /// 仅提示
    case notice
    /// 需补证: an element rests on a hint, another chat or an unknown role.
    case needsProof
    /// 可提交
    case submit

    /// The word in every output.
    public var id: String {
        switch self {
        case .notice: "notice"
        case .needsProof: "needs-proof"
        case .submit: "submit"
        }
    }

    public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
}
