/// Letters that stand one by one, as in `z f b` or `h.p.f.x`.
enum SpacedLetters {
    /// How many signs may stand between two of them.
    private static let widestGap = 2
    /// More letters are no short form.
    private static let most = 8

    /// Where the letters of a run stand that begins at `start`; none where fewer than two do.
    static func run(from start: Int, in text: Span<Unicode.Scalar>) -> [Int] {
        var places = [start]
        while places.count <= most, let next = next(after: places[places.count - 1], in: text) { places.append(next) }
        return places.count > 1 && places.count <= most ? places : []
    }

    /// Where the letter stands that follows the one at `start`, with signs between and no other letter beside either.
    static func next(after start: Int, in text: Span<Unicode.Scalar>) -> Int? {
        if start > 0, text[start - 1].isLatinLetter || text[start - 1].isDigit { return nil }
        var at = start + 1
        while at < text.count, at - start <= widestGap, text[at].isSeparator { at += 1 }
        guard at > start + 1, at < text.count, text[at].isLatinLetter else { return nil }
        return at + 1 < text.count && (text[at + 1].isLatinLetter || text[at + 1].isDigit) ? nil : at
    }
}
