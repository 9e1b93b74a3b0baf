/// A text made comparable, each position knowing which part of the original it came from.
///
/// What is matched is the folded text; what is quoted is always the original.
public struct FoldedText: Equatable, Sendable {
    /// The folded scalars.
    public var scalars: [Unicode.Scalar]
    /// For each folded scalar the range of scalars of the original that it stands for; ranges never go backwards.
    public var origins: [Range<Int32>]

    public init(scalars: [Unicode.Scalar], origins: [Range<Int32>]) {
        precondition(scalars.count == origins.count)
        self.scalars = scalars
        self.origins = origins
    }

    /// The folded text as a string.
    public var string: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// The scalars of the original that a range of folded positions stands for.
    public func originalRange(of range: Range<Int>) -> Range<Int> {
        guard let first = origins[range].first, let last = origins[range].last else {
            let at = range.lowerBound < origins.count ? Int(origins[range.lowerBound].lowerBound) : 0
            return at..<at
        }
        return Int(first.lowerBound)..<Int(max(first.upperBound, last.upperBound))
    }
}
