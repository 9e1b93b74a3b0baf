/// The ways to cut one line, and the cheapest of them; used by one call at a time.
@safe final class Lattice: @unchecked Sendable {  // It leaves the tokenizer's pool for as long as it is used.
    /// A position of the line.
    struct Node {
        /// The cheapest cost of a path to here, and where its last word begins.
        var cost = Int32.max
        var origin: Int32 = 0
        /// Where the word that ICU and the rules begin here ends, or 0; in the end, where that of the cheapest path does.
        var end: Int32 = 0
        /// Where a longer word of the rules that begins here ends, or 0.
        var joined: Int32 = 0
    }

    private let breaker = WordBreaker()
    private let rules = WordRules()
    private var nodes: UnsafeMutableBufferPointer<Node>

    init() { unsafe nodes = .allocate(capacity: 256) }

    deinit { unsafe nodes.deallocate() }

    func words(of scalars: Span<Unicode.Scalar>, lexicon: Lexicon, joiningNames: Bool) -> [Range<Int>] {
        let count = scalars.count + 1
        if unsafe nodes.count < count {
            unsafe nodes.deallocate()
            unsafe nodes = .allocate(capacity: count + count / 4)
        }
        let line = unsafe UnsafeMutableBufferPointer(rebasing: nodes[..<count])
        unsafe line.initialize(repeating: Node())
        var nodes = unsafe line.mutableSpan
        breaker.cut(scalars, &nodes)
        rules.apply(scalars, &nodes, joiningNames: joiningNames)
        return unsafe scalars.withUnsafeBufferPointer { scalars in
            lexicon.withWords { unsafe Self.findPath(scalars, line, $0) }
            return unsafe Self.words(scalars, line)
        }
    }

    /// The words of the path found; one with spaces is given as its parts.
    private static func words(
        _ scalars: UnsafeBufferPointer<Unicode.Scalar>, _ nodes: UnsafeMutableBufferPointer<Node>
    ) -> [Range<Int>] {
        let spaces = unsafe scalars.reduce(0) { $0 + ($1 == " " ? 1 : 0) }
        // Room for all: each space parts one word.
        var most = spaces
        var at = 0
        while at < scalars.count {
            most += 1
            at = unsafe Int(nodes[at].end)
        }
        return unsafe [Range<Int>](unsafeUninitializedCapacity: most) { words, count in
            var start = 0
            while start < scalars.count {
                let end = unsafe Int(nodes[start].end)
                if spaces > 0 {
                    for position in start..<end where unsafe scalars[position] == " " {
                        if start < position {
                            unsafe words.initializeElement(at: count, to: start..<position)
                            count += 1
                        }
                        start = position + 1
                    }
                }
                if start < end {
                    unsafe words.initializeElement(at: count, to: start..<end)
                    count += 1
                }
                start = end
            }
        }
    }

    /// Makes each word of the cheapest path end where its node says.
    ///
    /// Where no word of the lexicon begins in a word of ICU's and none reaches into it, nothing is cheaper than that word;
    /// so paths are compared only between places that all of them go through.
    private static func findPath(
        _ scalars: UnsafeBufferPointer<Unicode.Scalar>, _ nodes: UnsafeMutableBufferPointer<Node>, _ words: Lexicon.Words
    ) {
        var position = 0
        while position < scalars.count {
            let (end, joined) = unsafe (Int(nodes[position].end), nodes[position].joined)
            if joined == 0, unsafe !words.mayBegin(in: scalars, unsafe Range(uncheckedBounds: (position, end))) {
                position = end
            } else {
                position = unsafe findPath(scalars, nodes, words, from: position)
            }
        }
    }

    /// Does so from `first`, which every path goes through, up to the next such place, and returns that.
    private static func findPath(
        _ scalars: UnsafeBufferPointer<Unicode.Scalar>, _ nodes: UnsafeMutableBufferPointer<Node>, _ words: Lexicon.Words,
        from first: Int
    ) -> Int {
        /// How far the edges go that were followed.
        var reach = first
        // Of equal paths the one with the longer last word stays.
        @inline(__always)
        func relax(_ end: Int, _ cost: Int32, from start: Int) {
            reach = max(reach, end)
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
        let classes = CharacterClasses.shared
        unsafe nodes[first].cost = 0
        var (wordStart, wordEnd) = (first, first)
        var position = first
        repeat {
            let node = unsafe nodes[position]
            if node.end != 0 { (wordStart, wordEnd) = (position, Int(node.end)) }
            if node.cost != .max {
                let single = unsafe classes[scalars[position]] & CharacterClasses.bound == 0 ? node.cost : node.cost + WordTokenizer.Costs.bound
                if node.end != 0 {
                    let cost = wordEnd == position + 1 ? single : node.cost
                    relax(wordEnd, cost + WordTokenizer.Costs.word, from: position)
                    if node.joined != 0 { relax(Int(node.joined), node.cost + WordTokenizer.Costs.word, from: position) }
                }
                // Han may be cut anywhere, at a price; a number, a Latin word or an emoji only where a lexicon word ends.
                if node.end == 0 || wordEnd != position + 1, unsafe scalars[position].isHan {
                    relax(position + 1, single + WordTokenizer.Costs.fragment, from: position)
                    // What follows a word that took the beginning of a number is a number: 退一赔三 三千.
                    if node.end == 0, unsafe WordRules.isNumber(scalars.span, position, wordStart..<wordEnd) {
                        relax(wordEnd, node.cost + WordTokenizer.Costs.fragment, from: position)
                    }
                } else if node.end == 0 {
                    relax(wordEnd, node.cost + WordTokenizer.Costs.fragment, from: position)
                }
                if canEnd(position) {
                    unsafe words.forEach(in: scalars, at: position) { end, cost in
                        if canEnd(end) { relax(end, node.cost + cost, from: position) }
                    }
                }
            }
            position += 1
        } while unsafe position < scalars.count && (position < reach || nodes[position].end == 0)
        var end = position
        while end > first {
            let start = unsafe Int(nodes[end].origin)
            unsafe nodes[start].end = Int32(truncatingIfNeeded: end)
            end = start
        }
        return position
    }
}
