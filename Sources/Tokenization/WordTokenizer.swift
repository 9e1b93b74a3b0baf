import Synchronization

/// Cuts text into words: ICU's cuts and the lexicon's words form a lattice, and its cheapest path wins.
///
/// A word that ICU finds costs `Costs.word`; breaking one up costs more than leaving it, unless a word of the lexicon
/// gains by it. So the lexicon joins what ICU leaves in single characters, and moves a cut of ICU's only for a word that
/// costs little, as those of the field do.
public final class WordTokenizer: Sendable {
    /// What an edge of the lattice costs.
    enum Costs {
        /// A word as ICU cut it.
        static let word: Int32 = 100
        /// One character of a word that ICU did not cut there.
        static let fragment: Int32 = 160
    }

    let lexicon: Lexicon
    private let breakers = Mutex<[Workspace]>([])

    public init(lexicon: Lexicon = .standard) {
        self.lexicon = lexicon
    }

    /// The words of `text` in Unicode scalars, in order. Only U+0020 belongs to none.
    public func words(_ text: String) -> [Range<Int>] {
        words(Array(text.unicodeScalars))
    }

    /// The words of `scalars`, in order. Only U+0020 belongs to none.
    public func words(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
        words(scalars, joiningNames: true)
    }

    /// The words of `scalars`; characters that may be a person's name stay single unless `joiningNames`.
    func words(_ scalars: [Unicode.Scalar], joiningNames: Bool) -> [Range<Int>] {
        guard !scalars.isEmpty else { return [] }
        let workspace = breakers.withLock { $0.popLast() } ?? Workspace()
        defer { breakers.withLock { $0.append(workspace) } }
        return workspace.words(of: scalars, lexicon: lexicon, joiningNames: joiningNames)
    }

    /// The line with one U+0020 between its words; an empty line stays empty.
    public func tokenizeLine(_ line: String) -> String {
        let scalars = Array(line.unicodeScalars)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.utf8.count * 2)
        for word in words(scalars) {
            if !bytes.isEmpty { bytes.append(0x20) }
            for scalar in scalars[word] { bytes.append(scalar) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The buffers of one line's lattice, used by one call at a time.
private final class Workspace: @unchecked Sendable {  // It leaves the pool for as long as it is used.
    private let breaker = WordBreaker()
    private let rules = WordRules()
    /// The cheapest cost of a path to each position, and where its last word begins.
    private var costs: [Int32] = []
    private var origins: [Int32] = []
    /// Where ICU's word that begins here ends, or 0.
    private var ends: [Int32] = []
    /// Where a longer word of the rules that begins here ends, or 0.
    private var joined: [Int32] = []

    func words(of scalars: [Unicode.Scalar], lexicon: Lexicon, joiningNames: Bool) -> [Range<Int>] {
        let count = scalars.count
        costs.removeAll(keepingCapacity: true)
        costs.append(contentsOf: repeatElement(Int32.max, count: count + 1))
        origins.removeAll(keepingCapacity: true)
        origins.append(contentsOf: repeatElement(0, count: count + 1))
        ends.removeAll(keepingCapacity: true)
        ends.append(contentsOf: repeatElement(0, count: count + 1))
        joined.removeAll(keepingCapacity: true)
        joined.append(contentsOf: repeatElement(0, count: count + 1))
        var start = 0
        breaker.forEachEnd(in: scalars) { end in
            ends[start] = Int32(end)
            start = end
        }
        rules.apply(scalars, &ends, &joined, joiningNames: joiningNames)

        costs[0] = 0
        var wordEnd = 0
        for position in 0..<count {
            if ends[position] != 0 { wordEnd = Int(ends[position]) }
            let cost = costs[position]
            guard cost != .max else { continue }
            if ends[position] != 0 {
                relax(wordEnd, cost + WordTokenizer.Costs.word, from: position)
                if joined[position] != 0 { relax(Int(joined[position]), cost + WordTokenizer.Costs.word, from: position) }
            }
            // Han may be cut anywhere, at a price; a number, a Latin word or an emoji only where a lexicon word ends.
            if ends[position] == 0 || wordEnd != position + 1, scalars[position].isHan {
                relax(position + 1, cost + WordTokenizer.Costs.fragment, from: position)
            } else if ends[position] == 0 {
                relax(wordEnd, cost + WordTokenizer.Costs.fragment, from: position)
            }
            lexicon.forEachWord(in: scalars, at: position) { end, wordCost in
                if canEnd(end, scalars) && canEnd(position, scalars) { relax(end, cost + wordCost, from: position) }
            }
        }

        var words: [Range<Int>] = []
        var end = count
        while end > 0 {
            let start = Int(origins[end])
            // A word with spaces is printed as its parts, last part first here.
            var partEnd = end
            for position in stride(from: end - 1, through: start, by: -1) where scalars[position] == " " {
                if position + 1 < partEnd { words.append(position + 1..<partEnd) }
                partEnd = position
            }
            if start < partEnd { words.append(start..<partEnd) }
            end = start
        }
        return words.reversed()
    }

    @inline(__always)
    private func relax(_ end: Int, _ cost: Int32, from start: Int) {
        // Of equal paths the one with the longer last word stays.
        if cost < costs[end] {
            costs[end] = cost
            origins[end] = Int32(start)
        }
    }

    /// Whether a lexicon word may begin or end here: not between two letters or digits, nor inside a character.
    @inline(__always)
    private func canEnd(_ position: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        guard position > 0, position < scalars.count else { return true }
        if scalars[position].isHan || scalars[position - 1].isHan { return true }
        return ends[position] != 0
    }
}

extension [UInt8] {
    /// Appends the UTF-8 of a scalar.
    @inline(__always)
    fileprivate mutating func append(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        if value < 0x80 { return append(UInt8(value)) }
        if value < 0x800 {
            append(UInt8(0xC0 | value >> 6))
        } else {
            if value < 0x10000 {
                append(UInt8(0xE0 | value >> 12))
            } else {
                append(UInt8(0xF0 | value >> 18))
                append(UInt8(0x80 | value >> 12 & 0x3F))
            }
            append(UInt8(0x80 | value >> 6 & 0x3F))
        }
        append(UInt8(0x80 | value & 0x3F))
    }
}

extension Unicode.Scalar {
    /// Whether this is a Han character of the common blocks.
    @inline(__always)
    var isHan: Bool {
        (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || value == 0x3007
            || (0x20000...0x323AF).contains(value)
    }
}
