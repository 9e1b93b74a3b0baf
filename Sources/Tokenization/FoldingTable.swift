import CICU
import Resources

/// What each character folds to: a flat table for the characters of the first plane, ICU for the rare ones above.
///
/// Made once per process, on first use, in about a millisecond.
final class FoldingTable: Sendable {
    /// What a character becomes.
    enum Entry {
        case one(UInt32)
        /// Several characters, as `21` for ㉑.
        case several(ArraySlice<UInt32>)
        /// Nothing; where `isMark`, it belongs to the character before it.
        case nothing(isMark: Bool)
    }

    static let shared = FoldingTable()

    /// For each character of the first plane: the character it folds to, or `special` and where it stands.
    let plane: [UInt32]
    /// What folds to several characters: their count, then they themselves.
    private let expansions: [UInt32]
    /// One character for another: traditional for simplified, shapes that look alike.
    private let replacements: [UInt32: UInt32]

    static let special: UInt32 = 1 << 31
    static let mark: UInt32 = special | 1 << 30
    static let invisible: UInt32 = special | 1 << 29

    private init() {
        var replacements: [UInt32: UInt32] = [:]
        replacements.reserveCapacity(4096)
        EmbeddedResource("simplified.txt").forEachLine { line in
            guard let from = line.first?.value, let to = line.last?.value else { return }
            // ICU exchanges 苎 and 苧; one way is enough, and two would never end.
            if replacements[to] != from { replacements[from] = to }
        }
        EmbeddedResource("lookalikes.txt").forEachLine { line in
            guard let meant = line.first?.value else { return }
            for shape in line.dropFirst(2) { replacements[shape.value] = meant }
        }
        // A blank that is drawn as one although it is no space.
        replacements[0x2800] = 0x20
        for (from, first) in replacements {
            var to = first
            while let next = replacements[to] { to = next }
            replacements[from] = to
        }

        var plane = (0..<UInt32(0x10000)).map { $0 }
        var expansions: [UInt32] = []
        for (from, to) in replacements where from < 0x10000 { plane[Int(from)] = to }
        // Ideographs, syllables and private characters are their own folds.
        for range in [0x00...0x33FF, 0xA000...0xABFF, 0xF900...0xFFFF] as [ClosedRange<UInt32>] {
            let first = Int(range.lowerBound)
            unsafe plane.withUnsafeMutableBufferPointer { plane in
                guard let base = plane.baseAddress else { return }
                unsafe jz_fold_range(range.lowerBound, range.upperBound, base + first)
            }
            for scalar in range {
                let at = Int(scalar)
                if let replaced = replacements[scalar] {
                    plane[at] = replaced
                } else if plane[at] == Self.special, let folded = Self.fold(scalar, replacements) {
                    plane[at] = Self.special | UInt32(expansions.count)
                    expansions.append(UInt32(folded.count))
                    expansions += folded
                } else if plane[at] != scalar, plane[at] < Self.special, let replaced = replacements[plane[at]] {
                    plane[at] = replaced
                }
            }
        }
        self.plane = plane
        self.expansions = expansions
        self.replacements = replacements
    }

    /// The fold of a character for which `plane` holds no single one.
    func entry(of scalar: UInt32) -> Entry {
        guard scalar < 0x10000 else {
            if let replaced = replacements[scalar] { return .one(replaced) }
            guard let folded = Self.fold(scalar, replacements) else { return .one(scalar) }
            if folded.count == 1 { return .one(folded[0]) }
            return folded.isEmpty ? .nothing(isMark: jz_is_mark(scalar)) : .several(folded[...])
        }
        let value = plane[Int(scalar)]
        guard value >= Self.special else { return .one(value) }
        if value >= Self.mark { return .nothing(isMark: true) }
        if value >= Self.invisible { return .nothing(isMark: false) }
        let at = Int(value & 0xFFFFFF)
        return .several(expansions[at + 1 ... at + Int(expansions[at])])
    }

    private static func fold(_ scalar: UInt32, _ replacements: [UInt32: UInt32]) -> [UInt32]? {
        if let replaced = replacements[scalar] { return [replaced] }
        var count: Int32 = 0
        let folded = unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 32) { buffer -> [UInt32] in
            guard let base = buffer.baseAddress else { return [] }
            count = unsafe jz_fold_scalar(scalar, base, 32)
            return unsafe buffer.prefix(Int(max(0, count))).map { replacements[$0] ?? $0 }
        }
        return count < 0 ? nil : folded
    }
}
