/// A stretch of the folded text that reads as a word it does not spell: 薇❤ reads as 微信.
public struct Reading: Equatable, Sendable {
    /// The folded positions it stands on.
    public var range: Range<Int>
    /// The word as it is usually written, folded: 微信, qq.
    public var word: String
    public var kind: Kind
    /// How far the spelling is from the word; 1 is a single separator.
    public var cost: Int

    public init(range: Range<Int>, word: String, kind: Kind, cost: Int) {
        self.range = range
        self.word = word
        self.kind = kind
        self.cost = cost
    }

    /// The chief means of the disguise.
    public enum Kind: String, CaseIterable, Sendable {
        /// Characters that sound the same: 好萍.
        case homophone
        /// Characters that sound alike: 卫星 for 微信.
        case nearSound
        /// Written sound: weixin.
        case pinyin
        /// Characters and Latin letters: fan现, c评.
        case mixed
        /// The first letters, or a short name made of them: hpfx, vx.
        case initials
        /// Characters taken apart: 女子评.
        case split
        /// Characters that look alike: 徽信.
        case lookalike
        /// Emoji and other signs with a meaning: ➕, 薇❤.
        case emoji
        /// Other characters between those of the word: 好.评.
        case separators
        /// Characters written more than once: 返返现现.
        case repeated
        /// Another name in use for it: 扣扣, 绿泡泡.
        case slang
    }
}

extension FoldedText {
    /// The text with each reading's word in the place of its spelling; the word comes from all of that spelling.
    /// - Precondition: the readings are in order and do not overlap, as `DisguiseReader` gives them.
    public func applying(_ readings: [Reading]) -> FoldedText {
        guard !readings.isEmpty else { return self }
        var result = FoldedText(scalars: [], origins: [])
        result.scalars.reserveCapacity(scalars.count)
        result.origins.reserveCapacity(scalars.count)
        var at = 0
        for reading in readings {
            result.scalars += scalars[at..<reading.range.lowerBound]
            result.origins += origins[at..<reading.range.lowerBound]
            let original = originalRange(of: reading.range)
            for scalar in reading.word.unicodeScalars {
                result.scalars.append(scalar)
                result.origins.append(Int32(original.lowerBound)..<Int32(original.upperBound))
            }
            at = reading.range.upperBound
        }
        result.scalars += scalars[at...]
        result.origins += origins[at...]
        return result
    }
}
