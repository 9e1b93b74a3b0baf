/// Finds words of this field under their disguises.
///
/// Every spelling of a term is a candidate with a cost. A candidate is dropped where its characters make sense as they
/// stand: inside a word of the language (扣子, 评价) or of the list of clean words (卫星锅, V领). A weak one (卫星, 威信, both
/// characters replaced) counts only beside a cue: another term, an amount, an account. Of what is left the best set
/// that does not overlap is read.
public struct DisguiseReader: Sendable {
    private let index: DisguiseIndex
    private let tokenizer: WordTokenizer

    public init(terms: TermLexicon = .standard, tokenizer: WordTokenizer = WordTokenizer()) {
        index = DisguiseIndex(terms)
        self.tokenizer = tokenizer
    }

    /// The readings of `text`, in order and without overlaps; none where every word is spelled plainly.
    public func readings(in text: FoldedText) -> [Reading] {
        let scalars = text.scalars
        var candidates = candidates(in: scalars)
        guard !candidates.isEmpty else { return [] }
        if candidates.contains(where: { !$0.isPlain }) || candidates.contains(where: { isAfterPlus($0, scalars) }) {
            let context = DisguiseContext(scalars, words: tokenizer.words(scalars, joiningNames: false), cleanWords: index.cleanWords)
            candidates = candidates.compactMap { candidate in
                guard !candidate.isPlain else { return candidate }
                switch context.judgement(of: candidate) {
                case .free: return candidate
                case .taken: return nil
                case .doubtful:
                    var doubtful = candidate
                    doubtful.isWeak = true
                    return doubtful
                }
            }
            // What is plain or strong is a cue for what is weak.
            let cues = candidates.filter { !$0.isWeak }
            candidates.removeAll { $0.isWeak && !context.supports($0, cues) }
            let chosen = best(of: candidates, count: scalars.count)
            var readings: [Reading] = []
            for candidate in chosen {
                if let plus = plus(before: candidate, scalars, context), readings.last.map({ $0.range.upperBound <= plus.range.lowerBound }) ?? true {
                    readings.append(plus)
                }
                if candidate.isPlain { continue }
                readings.append(
                    Reading(range: candidate.range, word: word(of: candidate), kind: candidate.kind, cost: candidate.cost))
            }
            return readings
        }
        return []
    }

    private func word(of candidate: DisguiseCandidate) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: index.terms[candidate.term].word)
        return String(view)
    }

    private func candidates(in scalars: [Unicode.Scalar]) -> [DisguiseCandidate] {
        var candidates: [DisguiseCandidate] = []
        let matcher = DisguiseMatcher(scalars: scalars, index: index)
        for start in scalars.indices {
            index.forEachTerm(in: scalars, at: start) { number in
                let term = index.terms[number]
                guard let match = matcher.match(term, at: start) else { return }
                if let candidate = DisguiseCandidate(match, of: term, number: number, at: start, in: scalars) {
                    candidates.append(candidate)
                }
            }
            guard index.mayBeginForm(scalars[start]) else { continue }
            index.formTrie.forEachWord(in: scalars, at: start) { end, number in
                let form = index.forms[Int(number)]
                candidates.append(DisguiseCandidate(form: form, of: index.terms[form.term], range: start..<end))
            }
        }
        return candidates
    }

    /// The set of candidates without overlaps that gains most; of equal ones the first.
    private func best(of candidates: [DisguiseCandidate], count: Int) -> [DisguiseCandidate] {
        let ordered = candidates.enumerated().sorted {
            ($0.element.range.upperBound, $0.offset) < ($1.element.range.upperBound, $1.offset)
        }.map(\.element)
        // For each prefix of `ordered`: the gain of its best set, and whether the last candidate is in it.
        var gains = [0]
        var isTaken: [Bool] = []
        func prefix(before start: Int) -> Int {
            var low = 0
            var high = ordered.count
            while low < high {
                let middle = (low + high) / 2
                if ordered[middle].range.upperBound <= start { low = middle + 1 } else { high = middle }
            }
            return low
        }
        for (i, candidate) in ordered.enumerated() {
            let with = gains[min(i, prefix(before: candidate.range.lowerBound))] + candidate.gain
            isTaken.append(with > gains[i])
            gains.append(max(with, gains[i]))
        }
        var chosen: [DisguiseCandidate] = []
        var i = ordered.count
        while i > 0 {
            if isTaken[i - 1] {
                chosen.append(ordered[i - 1])
                i = min(i - 1, prefix(before: ordered[i - 1].range.lowerBound))
            } else {
                i -= 1
            }
        }
        return chosen.reversed()
    }

    /// Signs and characters read as 加 before a contact, besides 加 itself.
    private static let pluses = Set("➕+✚✛╋佳伽嘉珈茄咖架迦家".unicodeScalars)

    private func isAfterPlus(_ candidate: DisguiseCandidate, _ scalars: [Unicode.Scalar]) -> Bool {
        candidate.isContact && plusPosition(candidate, scalars) != nil
    }

    private func plusPosition(_ candidate: DisguiseCandidate, _ scalars: [Unicode.Scalar]) -> Int? {
        var at = candidate.range.lowerBound - 1
        if at > 0, scalars[at].isSeparator, !Self.pluses.contains(scalars[at]) { at -= 1 }
        guard at >= 0, Self.pluses.contains(scalars[at]) else { return nil }
        return at
    }

    /// The 加 before a contact where it is written in another way: ➕微, 佳薇信.
    private func plus(before candidate: DisguiseCandidate, _ scalars: [Unicode.Scalar], _ context: DisguiseContext) -> Reading? {
        guard candidate.isContact, let at = plusPosition(candidate, scalars), !context.isInWord(at) else { return nil }
        return Reading(range: at..<at + 1, word: "加", kind: scalars[at].isHan ? .homophone : .emoji, cost: scalars[at].isHan ? 2 : 1)
    }
}
