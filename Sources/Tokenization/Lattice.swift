/// The ways to cut one line, and the cheapest of them; used by one call at a time.
final class Lattice: @unchecked Sendable {  // It leaves the tokenizer's pool for as long as it is used.
    /// A position of the line.
    struct Node {
        /// The cheapest cost of a path to here, and where its last word begins.
        var cost = Int32.max
        var origin: Int32 = 0
        /// Where the word that ICU and the rules begin here ends, or 0.
        var end: Int32 = 0
        /// Where a longer word of the rules that begins here ends, or 0.
        var joined: Int32 = 0
    }

    private let breaker = WordBreaker()
    private let rules = WordRules()
    private var nodes: [Node] = []

    func words(of scalars: [Unicode.Scalar], lexicon: Lexicon, joiningNames: Bool) -> [Range<Int>] {
        // Taken out of the object for the time of the call: access to a local array needs no check of exclusivity.
        var nodes = self.nodes
        self.nodes = []
        defer { self.nodes = nodes }
        let count = scalars.count
        nodes.removeAll(keepingCapacity: true)
        nodes.append(contentsOf: repeatElement(Node(), count: count + 1))
        breaker.cut(scalars, &nodes)
        rules.apply(scalars, &nodes, joiningNames: joiningNames)
        Self.findPath(scalars, &nodes, lexicon)

        var words: [Range<Int>] = []
        words.reserveCapacity(count / 2 + 1)
        var end = count
        while end > 0 {
            let start = Int(nodes[end].origin)
            // A word with spaces is printed as its parts, last part first here.
            var partEnd = end
            for position in stride(from: end - 1, through: start, by: -1) where scalars[position] == " " {
                if position + 1 < partEnd { words.append(position + 1..<partEnd) }
                partEnd = position
            }
            if start < partEnd { words.append(start..<partEnd) }
            end = start
        }
        words.reverse()
        return words
    }

    private static func findPath(_ scalars: [Unicode.Scalar], _ nodes: inout [Node], _ lexicon: Lexicon) {
        unsafe nodes.withUnsafeMutableBufferPointer { nodes in
            unsafe scalars.withUnsafeBufferPointer { scalars in
                lexicon.withWords { words in unsafe findPath(scalars, nodes, words) }
            }
        }
    }

    private static func findPath(
        _ scalars: UnsafeBufferPointer<Unicode.Scalar>, _ nodes: UnsafeMutableBufferPointer<Node>, _ words: Lexicon.Words
    ) {
        // Of equal paths the one with the longer last word stays.
        @inline(__always)
        func relax(_ end: Int, _ cost: Int32, from start: Int) {
            if unsafe cost < nodes[end].cost {
                unsafe nodes[end].cost = cost
                unsafe nodes[end].origin = Int32(truncatingIfNeeded: start)
            }
        }
        /// Whether a lexicon word may begin or end here: not between two letters or digits, nor inside a character.
        @inline(__always)
        func canEnd(_ position: Int) -> Bool {
            guard position > 0, position < scalars.count else { return true }
            return unsafe nodes[position].end != 0 || scalars[position].isHan || scalars[position - 1].isHan
        }
        unsafe nodes[0].cost = 0
        var wordEnd = 0
        for position in 0..<scalars.count {
            let node = unsafe nodes[position]
            if node.end != 0 { wordEnd = Int(node.end) }
            guard node.cost != .max else { continue }
            if node.end != 0 {
                relax(wordEnd, node.cost + WordTokenizer.Costs.word, from: position)
                if node.joined != 0 { relax(Int(node.joined), node.cost + WordTokenizer.Costs.word, from: position) }
            }
            // Han may be cut anywhere, at a price; a number, a Latin word or an emoji only where a lexicon word ends.
            if node.end == 0 || wordEnd != position + 1, unsafe scalars[position].isHan {
                relax(position + 1, node.cost + WordTokenizer.Costs.fragment, from: position)
            } else if node.end == 0 {
                relax(wordEnd, node.cost + WordTokenizer.Costs.fragment, from: position)
            }
            guard canEnd(position) else { continue }
            unsafe words.forEach(in: scalars, at: position) { end, cost in
                if canEnd(end) { relax(end, node.cost + cost, from: position) }
            }
        }
    }
}
