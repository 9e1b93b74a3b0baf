import Resources

/// Numbers by two characters that stand side by side, made to say "none" fast: that is what most pairs of a text hear.
///
/// A filter of one bit a hash, small enough for the first cache, answers for nearly all pairs; an open-addressed table
/// answers for the rest. It is looked into for every character, from other modules too, hence inlinable.
@frozen public struct PairTable: Sendable {
    @usableFromInline let filter: StoredNumbers<UInt64>
    @usableFromInline let filterShift: UInt64
    /// Keys with their numbers below them.
    @usableFromInline let slots: StoredNumbers<UInt64>

    /// Stands for no character, as before the first of a text.
    public static let none: UInt32 = 0x11_0000

    @inlinable @inline(__always)
    public static func key(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 21 | UInt64(second) }

    @usableFromInline static let valueBits: UInt64 = 22

    /// - Parameter pairs: each key once, with a number below 4,194,304.
    public init(_ pairs: [(key: UInt64, value: UInt32)]) {
        var size: UInt64 = 10
        while 1 << size < pairs.count * 16 { size += 1 }
        let filterShift = 64 - size
        var filter = [UInt64](repeating: 0, count: 1 << Int(size - 6))
        var capacity = 16
        while capacity < pairs.count * 2 { capacity *= 2 }
        var slots = [UInt64](repeating: .max, count: capacity)
        for (key, value) in pairs {
            precondition(value < 1 << Self.valueBits)
            let hash = Self.hash(key)
            let bit = hash >> filterShift
            filter[Int(bit >> 6)] |= 1 << (bit & 63)
            var slot = Int(truncatingIfNeeded: hash >> 16) & (capacity - 1)
            while slots[slot] != .max { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = key << Self.valueBits | UInt64(value)
        }
        self.filterShift = filterShift
        self.filter = StoredNumbers(filter)
        self.slots = StoredNumbers(slots)
    }

    /// Points at a table where it is stored, or nothing where none is.
    public init?(_ lists: inout StoredLists) {
        guard let filter: StoredNumbers<UInt64> = lists.next(), let slots: StoredNumbers<UInt64> = lists.next(),
            filter.count.nonzeroBitCount == 1, slots.count.nonzeroBitCount == 1
        else { return nil }
        (self.filter, self.slots) = (filter, slots)
        filterShift = UInt64(64 - 6 - filter.count.trailingZeroBitCount)
    }

    public func write(to lists: inout StoredListWriter) {
        lists.append(filter)
        lists.append(slots)
    }

    @inlinable @inline(__always)
    public static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

    /// Two characters as one that nearly only they give: for a table of three characters, whose words are then compared.
    @inlinable @inline(__always)
    public static func joined(_ first: UInt32, _ second: UInt32) -> UInt32 { (first &* 0x9E5 &+ second) & 0xF_FFFF }

    /// The first place from `start` on where a character and the one before it may be a pair of `pairs`, or it and the two
    /// before it one of `triples`, or whose character has its bit in `marks`: a bit for each of the first plane, then one
    /// for all others.
    public static func nextPlace(
        in text: Span<Unicode.Scalar>, from start: Int, _ triples: PairTable, _ pairs: PairTable, marks: StoredNumbers<UInt64>
    ) -> Int {
        precondition(start >= 0 && marks.count > 0x10000 / 64)
        return unsafe text.withUnsafeBufferPointer { text in
            unsafe triples.filter.withUnsafeBufferPointer { tripleFilter in
                unsafe pairs.filter.withUnsafeBufferPointer { pairFilter in
                    unsafe marks.withUnsafeBufferPointer { marks in
                        var at = start
                        guard at < text.count else { return text.count }
                        var first = at > 1 ? unsafe text[at - 2].value : none
                        var second = at > 0 ? unsafe text[at - 1].value : none
                        while at < text.count {
                            let value = unsafe text[at].value
                            let triple = hash(key(joined(first, second), value)) >> triples.filterShift
                            let pair = hash(key(second, value)) >> pairs.filterShift
                            let place = min(value, 0x10000)
                            let isTriple = unsafe tripleFilter[Int(truncatingIfNeeded: triple >> 6)] >> (triple & 63)
                            let isPair = unsafe pairFilter[Int(truncatingIfNeeded: pair >> 6)] >> (pair & 63)
                            let isMarked = unsafe marks[Int(place >> 6)] >> UInt64(place & 63)
                            if (isTriple | isPair | isMarked) & 1 != 0 { return at }
                            first = second
                            second = value
                            at += 1
                        }
                        return at
                    }
                }
            }
        }
    }

    /// The number of a pair, or `nil` where it has none.
    @inlinable @inline(__always)
    public subscript(first: UInt32, second: UInt32) -> UInt32? {
        let key = Self.key(first, second)
        let hash = Self.hash(key)
        let bit = hash >> filterShift
        guard filter[Int(truncatingIfNeeded: bit >> 6)] & 1 << (bit & 63) != 0 else { return nil }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash >> 16) & mask
        while slots[slot] >> Self.valueBits != key {
            if slots[slot] == .max { return nil }
            slot = (slot + 1) & mask
        }
        return UInt32(truncatingIfNeeded: slots[slot] & (1 << Self.valueBits - 1))
    }
}
