import Resources

/// Words with their costs, found along a text from any position: a trie over scalars.
///
/// A line of its data is a word and, after a tab, a cost where it is not the usual one; `#` begins a comment.
public struct Lexicon: Sendable {
    /// What a word costs the path that takes it; a word ICU cuts costs `WordTokenizer.Costs.word`.
    public enum Cost {
        /// A word of this field of so many characters, which stays whole wherever it stands: each character more outweighs
        /// a word that another cut would give its neighbours (返利网 吧, not 返利 网吧; 我 不包邮, not 我不 包邮).
        public static func field(_ length: Int) -> Int32 { 10 - 90 * Int32(length - 2) }
        /// Any other word of the lexicon.
        public static let common: Int32 = 85
    }

    /// The edges of the trie by node and scalar, in a table with open addressing whose size is a power of two.
    private var edges: [UInt64]
    private var targets: [Int32]
    private var edgeCount = 0
    /// For each node the cost of the word that ends there, or `noWord`.
    private var costs: [Int32] = [noWord]
    private static let noWord = Int32.max
    /// The child of the root for each scalar of the first plane, or 0; made when there are many words.
    private var roots: [Int32]

    public init() { self.init(roomForEdges: 1 << 7) }

    /// An empty lexicon that need not grow before it has so many edges.
    private init(roomForEdges: Int) {
        roots = roomForEdges > 1 << 12 ? [Int32](repeating: 0, count: 0x10000) : []
        var size = 1 << 8
        while size < roomForEdges * 2 { size *= 2 }
        edges = [UInt64](repeating: .max, count: size)
        targets = [Int32](repeating: 0, count: size)
        costs.reserveCapacity(size / 2)
    }

    /// The words of this project.
    public static let standard: Lexicon = {
        var lexicon = Lexicon(roomForEdges: 1 << 13)
        EmbeddedResource("words.txt").forEachLine { line in
            line.forEachWord { lexicon.insert($0, cost: Cost.common) }
        }
        EmbeddedResource("field-words.txt").forEachLine { line in
            line.forEachWord { lexicon.insert($0, cost: Cost.field($0.count)) }
        }
        return lexicon
    }()

    /// A line of a dictionary that says no word, and why.
    public struct BadLine: Error, Equatable, Sendable {
        public var line: Int
        public var reason: Reason
        public enum Reason: Sendable { case notUTF8, badCost, tooLong, onlySpaces }

        public init(line: Int, reason: Reason) {
            self.line = line
            self.reason = reason
        }
    }

    /// Adds the words of a user's dictionary: a word a line, after a tab a cost from 0 (always taken) to 1000.
    /// - Returns: the lines that were not understood; all others are in use.
    public mutating func insert(dictionary bytes: [UInt8]) -> [BadLine] {
        var bad: [BadLine] = []
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        for (index, raw) in rest.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = raw.last == 0x0D ? raw.dropLast() : raw
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            guard let text = String(validating: line, as: UTF8.self) else {
                bad.append(BadLine(line: index + 1, reason: .notUTF8))
                continue
            }
            let parts = text.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            let word = parts[0].trimmed
            var cost = Cost.field(word.unicodeScalars.count)
            if parts.count > 1 {
                guard let given = Int32(parts[1].trimmed), (0...1000).contains(given) else {
                    bad.append(BadLine(line: index + 1, reason: .badCost))
                    continue
                }
                cost = given
            }
            guard !word.isEmpty else {
                bad.append(BadLine(line: index + 1, reason: .onlySpaces))
                continue
            }
            guard word.unicodeScalars.count <= 100 else {
                bad.append(BadLine(line: index + 1, reason: .tooLong))
                continue
            }
            insert(word.unicodeScalars, cost: cost)
        }
        return bad
    }

    /// Adds one word.
    public mutating func insert(_ word: Span<Unicode.Scalar>, cost: Int32) {
        var at: Int32 = 0
        for position in word.indices {
            let scalar = word[position].value
            at = child(of: at, by: scalar) ?? addChild(of: at, by: scalar)
        }
        if at != 0 { costs[Int(at)] = cost }
    }

    /// Adds one word.
    public mutating func insert(_ word: some Sequence<Unicode.Scalar>, cost: Int32) {
        var at: Int32 = 0
        for scalar in word { at = child(of: at, by: scalar.value) ?? addChild(of: at, by: scalar.value) }
        if at != 0 { costs[Int(at)] = cost }
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        let mask = edges.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while edges[slot] != key, edges[slot] != .max { slot = (slot + 1) & mask }
        return slot
    }

    @inline(__always)
    private func child(of node: Int32, by scalar: UInt32) -> Int32? {
        if node == 0, scalar < roots.count {
            let root = roots[Int(scalar)]
            return root == 0 ? nil : root
        }
        let key = UInt64(node) << 32 | UInt64(scalar)
        let slot = slot(of: key)
        return edges[slot] == key ? targets[slot] : nil
    }

    private mutating func addChild(of node: Int32, by scalar: UInt32) -> Int32 {
        let child = Int32(costs.count)
        costs.append(Self.noWord)
        if node == 0, scalar < roots.count {
            roots[Int(scalar)] = child
            return child
        }
        if edgeCount * 2 >= edges.count { grow() }
        let key = UInt64(node) << 32 | UInt64(scalar)
        let slot = slot(of: key)
        edges[slot] = key
        targets[slot] = child
        edgeCount += 1
        return child
    }

    private mutating func grow() {
        let old = zip(edges, targets).filter { $0.0 != .max }
        edges = [UInt64](repeating: .max, count: edges.count * 4)
        targets = [Int32](repeating: 0, count: edges.count)
        for (key, target) in old {
            let slot = slot(of: key)
            edges[slot] = key
            targets[slot] = target
        }
    }

    /// Calls `found` with the end and the cost of each word that begins at `start`, shorter words first.
    @inline(__always)
    func forEachWord(in scalars: [Unicode.Scalar], at start: Int, _ found: (_ end: Int, _ cost: Int32) -> Void) {
        var at: Int32 = 0
        var position = start
        while position < scalars.count, let next = child(of: at, by: scalars[position].value) {
            at = next
            position += 1
            if costs[Int(at)] != Self.noWord { found(position, costs[Int(at)]) }
        }
    }

    /// Whether the lexicon holds exactly this word.
    public func contains(_ word: some Sequence<Unicode.Scalar>) -> Bool {
        let scalars = Array(word)
        var found = false
        forEachWord(in: scalars, at: 0) { end, _ in found = found || end == scalars.count }
        return found
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var view = unicodeScalars
        while let first = view.first, first == " " || first == "\t" { view.removeFirst() }
        while let last = view.last, last == " " || last == "\t" { view.removeLast() }
        return Substring(view)
    }
}
