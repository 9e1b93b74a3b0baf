/// Finds all words of a lexicon in a folded text, in one pass.
///
/// An Aho–Corasick automaton over Unicode scalars: each state is a prefix of an entry, `fail` leads to its longest
/// proper suffix that is also a prefix, so no character is read twice. Entries with a gap are two words of which the
/// second must follow the first closely within one sentence.
public struct CueMatcher: Sendable {
    /// An occurrence of a class's word.
    public struct Match: Equatable, Sendable {
        /// Position of the class in the lexicon.
        public var cueClass: Int
        /// Folded positions.
        public var range: Range<Int>
    }

    /// Characters that may stand in a gap.
    public static let longestGap = 6

    /// What ends in a state.
    private struct Output {
        var cueClass: Int
        var length: Int
        var part: Part
    }

    private enum Part: Equatable {
        case whole
        /// Half of the entry with a gap of this number.
        case first(Int)
        case second(Int)
    }

    private var symbols: [UInt32: UInt32] = [:]
    private var symbolCount: UInt32 = 0
    private var transitions: [UInt64: Int32] = [:]
    private var fail: [Int32] = [0]
    private var outputs: [[Output]] = [[]]

    public init(_ lexicon: CueLexicon) {
        var gaps = 0
        for (index, cueClass) in lexicon.classes.enumerated() {
            for entry in cueClass.entries {
                let parts = entry.unicodeScalars.split(separator: "…", maxSplits: 1).map(Array.init)
                guard let head = parts.first else { continue }
                if parts.count == 2 {
                    add(head, Output(cueClass: index, length: head.count, part: .first(gaps)))
                    add(parts[1], Output(cueClass: index, length: parts[1].count, part: .second(gaps)))
                    gaps += 1
                } else {
                    add(head, Output(cueClass: index, length: head.count, part: .whole))
                }
            }
        }
        link()
    }

    /// All matches, ordered by their ends.
    /// - Complexity: O(length of the text + number of matches).
    public func matches(in text: [Unicode.Scalar]) -> [Match] {
        var found: [Match] = []
        /// Where first halves ended: gap entry → range.
        var open: [Int: Range<Int>] = [:]
        var state: Int32 = 0
        for (position, scalar) in text.enumerated() {
            if Self.endsSentence(scalar) { open.removeAll() }
            guard let symbol = symbols[scalar.value] else {
                state = 0
                continue
            }
            state = next(state, symbol)
            for output in outputs[Int(state)] {
                let range = position + 1 - output.length..<position + 1
                switch output.part {
                case .whole:
                    if Self.isWhole(range, in: text) { found.append(Match(cueClass: output.cueClass, range: range)) }
                case .first(let gap): open[gap] = range
                case .second(let gap):
                    if let first = open[gap], first.upperBound <= range.lowerBound,
                        range.lowerBound - first.upperBound <= Self.longestGap
                    {
                        let whole = first.lowerBound..<range.upperBound
                        if Self.isWhole(whole, in: text) { found.append(Match(cueClass: output.cueClass, range: whole)) }
                    }
                }
            }
        }
        return found
    }

    /// Whether a match cuts no number or Latin word: 12345 inside an account is no hotline.
    private static func isWhole(_ range: Range<Int>, in text: [Unicode.Scalar]) -> Bool {
        func isJoined(_ position: Int) -> Bool {
            position > 0 && position < text.count && text[position - 1].isASCIIAlphanumeric
                && text[position].isASCIIAlphanumeric
        }
        return !isJoined(range.lowerBound) && !isJoined(range.upperBound)
    }

    private static func endsSentence(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "。", "!", "?", ";", "！", "？", "；": true
        default: false
        }
    }

    private func next(_ from: Int32, _ symbol: UInt32) -> Int32 {
        var state = from
        while true {
            if let target = transitions[Self.key(state, symbol)] { return target }
            if state == 0 { return 0 }
            state = fail[Int(state)]
        }
    }

    private static func key(_ state: Int32, _ symbol: UInt32) -> UInt64 { UInt64(UInt32(state)) << 32 | UInt64(symbol) }

    private mutating func add(_ word: [Unicode.Scalar], _ output: Output) {
        guard !word.isEmpty else { return }
        var state: Int32 = 0
        for scalar in word {
            let symbol = symbols[scalar.value] ?? {
                symbolCount += 1
                symbols[scalar.value] = symbolCount
                return symbolCount
            }()
            let key = Self.key(state, symbol)
            if let target = transitions[key] {
                state = target
            } else {
                let target = Int32(fail.count)
                fail.append(0)
                outputs.append([])
                transitions[key] = target
                state = target
            }
        }
        outputs[Int(state)].append(output)
    }

    /// Sets the failure links, shortest prefixes first, and lets each state inherit what ends in its suffix.
    private mutating func link() {
        var children: [[(symbol: UInt32, state: Int32)]] = Array(repeating: [], count: fail.count)
        for (key, target) in transitions {
            children[Int(key >> 32)].append((UInt32(truncatingIfNeeded: key), target))
        }
        var queue = children[0].map(\.state)
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            for (symbol, child) in children[Int(state)] {
                fail[Int(child)] = next(fail[Int(state)], symbol)
                outputs[Int(child)] += outputs[Int(fail[Int(child)])]
                queue.append(child)
            }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIIAlphanumeric: Bool {
        switch self {
        case "0"..."9", "a"..."z", "A"..."Z": true
        default: false
        }
    }
}
