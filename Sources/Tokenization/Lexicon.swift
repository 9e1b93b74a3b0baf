import Resources

/// Words with their costs, found along a text from any position: a trie over scalars.
///
/// A line of its data is a word and, after a tab, a cost where it is not the usual one; `#` begins a comment.
public struct Lexicon: Sendable {
    /// What a word costs the path that takes it; a word ICU cuts costs `WordTokenizer.Costs.word`.
    public enum Cost {
        /// A word of this field, which stays whole wherever it stands.
        public static let field: Int32 = 30
        /// Any other word of the lexicon.
        public static let common: Int32 = 85
    }

    private struct Node {
        var children: [(scalar: UInt32, node: Int32)] = []
        var cost: Int32 = -1
    }

    private var nodes = [Node()]
    /// The child of the root for each scalar of the first plane, or 0.
    private var roots = [Int32](repeating: 0, count: 0x10000)

    public init() {}

    /// The words of this project.
    public static let standard: Lexicon = {
        var lexicon = Lexicon()
        for (file, cost) in [("words.txt", Cost.common), ("field-words.txt", Cost.field)] {
            for line in EmbeddedResource(file).lines {
                for word in line.split(separator: " ") { lexicon.insert(word.unicodeScalars, cost: cost) }
            }
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
            var cost = Cost.field
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
    public mutating func insert(_ word: some Sequence<Unicode.Scalar>, cost: Int32) {
        var at = 0
        for scalar in word {
            if at == 0, scalar.value < 0x10000 {
                if roots[Int(scalar.value)] == 0 {
                    nodes.append(Node())
                    roots[Int(scalar.value)] = Int32(nodes.count - 1)
                }
                at = Int(roots[Int(scalar.value)])
                continue
            }
            let index = Self.index(of: scalar.value, in: nodes[at].children)
            if index < nodes[at].children.count, nodes[at].children[index].scalar == scalar.value {
                at = Int(nodes[at].children[index].node)
            } else {
                nodes.append(Node())
                nodes[at].children.insert((scalar.value, Int32(nodes.count - 1)), at: index)
                at = nodes.count - 1
            }
        }
        if at != 0 { nodes[at].cost = cost }
    }

    private static func index(of scalar: UInt32, in children: [(scalar: UInt32, node: Int32)]) -> Int {
        var low = 0
        var high = children.count
        while low < high {
            let middle = (low + high) / 2
            if children[middle].scalar < scalar { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Calls `found` with the end and the cost of each word that begins at `start`, shorter words first.
    @inline(__always)
    func forEachWord(in scalars: borrowing [Unicode.Scalar], at start: Int, _ found: (_ end: Int, _ cost: Int32) -> Void) {
        var at = 0
        var position = start
        while position < scalars.count {
            let scalar = scalars[position].value
            if at == 0, scalar < 0x10000 {
                at = Int(roots[Int(scalar)])
                guard at != 0 else { return }
            } else {
                let index = Self.index(of: scalar, in: nodes[at].children)
                guard index < nodes[at].children.count, nodes[at].children[index].scalar == scalar else { return }
                at = Int(nodes[at].children[index].node)
            }
            position += 1
            if nodes[at].cost >= 0 { found(position, nodes[at].cost) }
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
