extension String {
    /// Whether two texts are the same byte for byte.
    ///
    /// Quicker than `==`, which has to think long about two Chinese texts that differ: they might be ways to write the same.
    public func hasSameBytes(as other: String) -> Bool {
        let (own, other) = (utf8Span.span, other.utf8Span.span)
        guard own.count == other.count else { return false }
        for at in own.indices where own[at] != other[at] { return false }
        return true
    }
}

extension String? {
    /// The same where either may be missing.
    public func hasSameBytes(as other: String?) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let own?, let other?): own.hasSameBytes(as: other)
        default: false
        }
    }
}
