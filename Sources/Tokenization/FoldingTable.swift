import CICU
import Resources

/// What each character folds to: a flat table for the characters of the first plane, ICU for the rare ones above.
///
/// What ICU says of the first plane is a file (`folds.txt`), which a test compares with the library; the table made of it
/// is stored (`StoredTables`).
final class FoldingTable: Sendable {
    /// What a character becomes.
    enum Entry {
        case one(UInt32)
        /// Several characters, as `21` for ㉑.
        case several([UInt32])
        /// Nothing; where `isMark`, it belongs to the character before it.
        case nothing(isMark: Bool)
    }

    static let shared = FoldingTable(StoredTables.shipped)

    /// For each character of the first plane: the character it folds to, or `special` and where it stands.
    let plane: StoredNumbers<UInt32>
    /// What folds to several characters: their count, then they themselves.
    let expansions: StoredNumbers<UInt32>
    /// One character for another, beyond the first plane: traditional for simplified, shapes that look alike.
    private let far: [UInt32: UInt32]

    static let special: UInt32 = 1 << 31
    static let mark: UInt32 = special | 1 << 30
    static let invisible: UInt32 = special | 1 << 29

    init(_ tables: StoredTables) {
        (plane, expansions) = (tables.plane, tables.expansions)
        var far: [UInt32: UInt32] = [:]
        for at in stride(from: 0, to: tables.far.count - 1, by: 2) { far[tables.far[at]] = tables.far[at + 1] }
        self.far = far
    }

    /// Makes the table anew from its texts.
    init() {
        var replacements = Replacements()
        EmbeddedResource("simplified.txt").forEachLine { line in
            let (from, to) = (line[0].value, line[line.count - 1].value)
            // ICU exchanges 苎 and 苧; one way is enough, and two would never end.
            if replacements[to] != from { replacements[from] = to }
        }
        EmbeddedResource("lookalikes.txt").forEachLine { line in
            for at in 2..<max(2, line.count) { replacements[line[at].value] = line[0].value }
        }
        // A blank that is drawn as one although it is no space.
        replacements[0x2800] = 0x20
        replacements.close()

        var plane = replacements.plane
        for value in plane.indices where plane[value] == 0 { plane[value] = UInt32(value) }
        var expansions: [UInt32] = []
        var numbers: [UInt32] = []
        EmbeddedResource("folds.txt").forEachLine { line in
            guard let fold = Fold(line, &numbers) else { return }
            for scalar in fold.characters where replacements[scalar] == nil {
                let at = Int(scalar)
                switch fold.result {
                case .mark: plane[at] = Self.mark
                case .invisible: plane[at] = Self.invisible
                case .one(let first):
                    let folded = first + (scalar - fold.characters.lowerBound)
                    plane[at] = replacements[folded] ?? folded
                case .several(let own):
                    plane[at] = Self.special | UInt32(expansions.count)
                    expansions.append(UInt32(own.count))
                    for number in own { expansions.append(replacements[numbers[number]] ?? numbers[number]) }
                }
            }
        }
        self.plane = StoredNumbers(plane)
        self.expansions = StoredNumbers(expansions)
        far = replacements.far
    }

    /// The characters beyond the first plane that are replaced, each with what stands for it.
    var farPairs: [UInt32] { far.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } }

    /// A line of `folds.txt`: characters in hexadecimal and what they fold to.
    ///
    /// `FF21-FF3A 61` folds each of a range to the one as far behind U+0061, `2026 2E 2E 2E` to several; `mark` is drawn
    /// onto the character before, `none` is invisible.
    private struct Fold {
        enum Result {
            case mark, invisible
            case one(UInt32)
            /// Which of the numbers of the line it folds to.
            case several(Range<Int>)
        }

        var characters: ClosedRange<UInt32>
        var result: Result

        /// - Parameter numbers: room for the numbers of the line.
        init?(_ line: Span<Unicode.Scalar>, _ numbers: inout [UInt32]) {
            numbers.removeAll(keepingCapacity: true)
            var open: UInt32?
            var isRange = false
            var word: Unicode.Scalar?
            for at in 0...line.count {
                let scalar = at < line.count ? line[at] : " "
                switch scalar {
                case "0"..."9": open = (open ?? 0) << 4 | (scalar.value - 0x30)
                case "A"..."F": open = (open ?? 0) << 4 | (scalar.value - 0x37)
                case "m", "n": word = word ?? scalar
                case " ", "-":
                    if let number = open { numbers.append(number) }
                    open = nil
                    isRange = isRange || scalar == "-"
                default: break
                }
            }
            guard let first = numbers.first else { return nil }
            let last = isRange && numbers.count > 1 ? numbers[1] : first
            guard first <= last, last < 0x10000 else { return nil }
            characters = first...last
            let folded = (isRange ? 2 : 1)..<numbers.count
            switch word {
            case "m": result = .mark
            case "n": result = .invisible
            default:
                guard let one = folded.first else { return nil }
                result = folded.count == 1 ? .one(numbers[one]) : .several(folded)
            }
        }
    }

    /// One character for another: a flat table for the first plane, 0 where there is none.
    private struct Replacements {
        private(set) var plane = [UInt32](repeating: 0, count: 0x10000)
        private(set) var far: [UInt32: UInt32] = [:]
        private var all: [UInt32] = []

        subscript(scalar: UInt32) -> UInt32? {
            get {
                guard scalar < 0x10000 else { return far[scalar] }
                let replaced = plane[Int(scalar)]
                return replaced == 0 ? nil : replaced
            }
            set {
                all.append(scalar)
                if scalar < 0x10000 { plane[Int(scalar)] = newValue ?? 0 } else { far[scalar] = newValue }
            }
        }

        /// Replaces what is itself replaced by what stands for it in the end.
        mutating func close() {
            for from in all {
                guard var to = self[from] else { continue }
                while let next = self[to] { to = next }
                if from < 0x10000 { plane[Int(from)] = to } else { far[from] = to }
            }
            all = []
        }
    }

    /// The fold of a character for which `plane` holds no single one.
    func entry(of scalar: UInt32) -> Entry {
        guard scalar < 0x10000 else {
            if let replaced = far[scalar] { return .one(replaced) }
            guard let folded = fold(scalar) else { return .one(scalar) }
            if folded.count == 1 { return .one(folded[0]) }
            return folded.isEmpty ? .nothing(isMark: jz_is_mark(scalar)) : .several(folded)
        }
        let value = plane[Int(scalar)]
        guard value >= Self.special else { return .one(value) }
        if value >= Self.mark { return .nothing(isMark: true) }
        if value >= Self.invisible { return .nothing(isMark: false) }
        let at = Int(value & 0xFFFFFF)
        return .several(Array(expansions[at + 1 ... at + Int(expansions[at])]))
    }

    /// What ICU folds a character beyond the first plane to.
    private func fold(_ scalar: UInt32) -> [UInt32]? {
        var count: Int32 = 0
        let folded = unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 32) { buffer -> [UInt32] in
            guard let base = buffer.baseAddress else { return [] }
            count = unsafe jz_fold_scalar(scalar, base, 32)
            return unsafe buffer.prefix(Int(max(0, count))).map { folded in
                guard folded < 0x10000 else { return far[folded] ?? folded }
                return plane[Int(folded)] < Self.special ? plane[Int(folded)] : folded
            }
        }
        return count < 0 ? nil : folded
    }
}
