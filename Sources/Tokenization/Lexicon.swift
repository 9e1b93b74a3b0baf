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

    /// A way from a node of the trie by a scalar, with the cost of the word that ends there, or `noWord`.
    ///
    /// All that one step asks stands together, so that it costs one look into memory; the first step takes two scalars.
    struct Edge {
        var key: UInt64
        /// The node it leads to; 0 where no longer word goes on from there.
        var target: Int32
        var cost: Int32
    }

    /// The edges by node and scalar, in a table with open addressing whose size is a power of two.
    private var edges: [Edge]
    private var edgeCount = 0
    private var nodeCount: Int32 = 0
    private static let noWord = Int32.max
    /// A bit for the hash of the first two scalars of each word: small enough for the first cache, it answers for most
    /// positions of a text.
    private var beginnings = [UInt64](repeating: 0, count: 1 << Int(Words.beginningBits - 6))
    /// Whether a word of one scalar is among them.
    private var hasSingles = false

    public init() { self.init(roomForEdges: 1 << 7) }

    /// An empty lexicon that need not grow before it has so many edges.
    private init(roomForEdges: Int) {
        var size = 1 << 8
        while size * 3 < roomForEdges * 4 { size *= 2 }
        edges = [Edge](repeating: Edge(key: .max, target: 0, cost: Self.noWord), count: size)
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
        guard word.count > 1 else {
            if word.count == 1 {
                edges[edge(by: Words.key(0, word[0].value))].cost = cost
                hasSingles = true
            }
            return
        }
        let bit = Words.beginning(word[0], word[1])
        beginnings[bit >> 6] |= 1 << UInt64(bit & 63)
        var last = edge(by: Words.pairKey(word[0].value, word[1].value))
        for position in 2..<max(2, word.count) {
            if edges[last].target == 0 {
                nodeCount += 1
                edges[last].target = nodeCount
            }
            last = edge(by: Words.key(edges[last].target, word[position].value))
        }
        edges[last].cost = cost
    }

    /// Adds one word.
    public mutating func insert(_ word: some Sequence<Unicode.Scalar>, cost: Int32) {
        insert(Array(word).span, cost: cost)
    }

    /// Where the edge of that key stands, or would.
    private func slot(of key: UInt64) -> Int {
        var slot = Words.slot(of: key, edges.count - 1)
        while edges[slot].key != key, edges[slot].key != .max { slot = (slot + 1) & (edges.count - 1) }
        return slot
    }

    /// The place of the edge of that key, which is made where there is none.
    private mutating func edge(by key: UInt64) -> Int {
        var place = slot(of: key)
        if edges[place].key == key { return place }
        if (edgeCount + 1) * 4 > edges.count * 3 {
            let old = edges.filter { $0.key != .max }
            edges = [Edge](repeating: Edge(key: .max, target: 0, cost: Self.noWord), count: edges.count * 4)
            for edge in old { edges[slot(of: edge.key)] = edge }
            place = slot(of: key)
        }
        edgeCount += 1
        edges[place].key = key
        return place
    }

    /// The tables, held in place for as long as a text is walked.
    @safe struct Words {
        fileprivate let edges: UnsafeBufferPointer<Edge>
        fileprivate let beginnings: UnsafeBufferPointer<UInt64>
        fileprivate let hasSingles: Bool

        /// Whether a word may begin at one of the positions; `false` is sure.
        @inline(__always)
        func mayBegin(in scalars: UnsafeBufferPointer<Unicode.Scalar>, _ positions: Range<Int>) -> Bool {
            if hasSingles { return true }
            var first = unsafe scalars[positions.lowerBound]
            let end = min(positions.upperBound + 1, scalars.count)
            var position = positions.lowerBound + 1
            while position < end {
                let second = unsafe scalars[position]
                let bit = Self.beginning(first, second)
                if unsafe beginnings[bit >> 6] >> UInt64(bit & 63) & 1 != 0 { return true }
                first = second
                position += 1
            }
            return false
        }

        /// Calls `found` with the end and the cost of each word that begins at `start`, shorter words first.
        @inline(__always)
        func forEach(
            in scalars: UnsafeBufferPointer<Unicode.Scalar>, at start: Int, _ found: (_ end: Int, _ cost: Int32) -> Void
        ) {
            if hasSingles, let edge = unsafe edge(by: Self.key(0, scalars[start].value)), edge.cost != Lexicon.noWord {
                found(start + 1, edge.cost)
            }
            guard start + 1 < scalars.count else { return }
            let (first, second) = unsafe (scalars[start], scalars[start + 1])
            let bit = Self.beginning(first, second)
            guard unsafe beginnings[bit >> 6] >> UInt64(bit & 63) & 1 != 0 else { return }
            var position = start + 1
            var key = Self.pairKey(first.value, second.value)
            while let edge = edge(by: key) {
                position += 1
                if edge.cost != Lexicon.noWord { found(position, edge.cost) }
                guard edge.target != 0, position < scalars.count else { return }
                key = unsafe Self.key(edge.target, scalars[position].value)
            }
        }

        @inline(__always)
        private func edge(by key: UInt64) -> Edge? {
            let mask = unsafe edges.count - 1
            var slot = Self.slot(of: key, mask)
            while true {
                let edge = unsafe edges[slot]
                if edge.key == key { return edge }
                if edge.key == .max { return nil }
                slot = (slot + 1) & mask
            }
        }

        /// The key of the first step of words of two scalars and more.
        @inline(__always)
        fileprivate static func pairKey(_ first: UInt32, _ second: UInt32) -> UInt64 {
            1 << 63 | UInt64(first) << 32 | UInt64(second)
        }

        @inline(__always)
        fileprivate static func key(_ node: Int32, _ scalar: UInt32) -> UInt64 { UInt64(node) << 32 | UInt64(scalar) }

        @inline(__always)
        fileprivate static func slot(of key: UInt64, _ mask: Int) -> Int {
            Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        }

        fileprivate static let beginningBits: UInt64 = 17

        @inline(__always)
        fileprivate static func beginning(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Int {
            let key = UInt64(first.value) << 21 | UInt64(second.value)
            return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> (64 - beginningBits))
        }
    }

    /// Calls `body` with the tables.
    @inline(__always)
    func withWords(_ body: (Words) -> Void) {
        unsafe edges.withUnsafeBufferPointer { edges in
            unsafe beginnings.withUnsafeBufferPointer { beginnings in
                body(unsafe Words(edges: edges, beginnings: beginnings, hasSingles: hasSingles))
            }
        }
    }

    /// Calls `found` with the end and the cost of each word that begins at `start`, shorter words first.
    @inline(__always)
    func forEachWord(in scalars: [Unicode.Scalar], at start: Int, _ found: (_ end: Int, _ cost: Int32) -> Void) {
        withWords { words in
            unsafe scalars.withUnsafeBufferPointer { scalars in unsafe words.forEach(in: scalars, at: start, found) }
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
