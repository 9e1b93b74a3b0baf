/// Finds words of this field under their disguises.
///
/// Every spelling of a term is a candidate with a cost. A candidate is dropped where its characters make sense as they
/// stand: inside a word of the language (扣子, 评价) or of the list of clean words (卫星锅, V领). A weak one (卫星, 威信, both
/// characters replaced) counts only beside a cue: another term, an amount, an account. Of what is left the best set
/// that does not overlap is read.
public struct DisguiseReader: Sendable {
    private let index: DisguiseIndex
    private let tokenizer: WordTokenizer

    /// The reader with the words of the language that the program carries.
    public static let standard = DisguiseReader()

    public init(tokenizer: WordTokenizer = WordTokenizer()) {
        index = .standard
        self.tokenizer = tokenizer
    }

    /// Whether `text` may have readings; `false` is sure, and found out without its words.
    /// - Complexity: O(length of the text); a few table look-ups for each character of most texts.
    public func mayRead(in text: Span<Unicode.Scalar>) -> Bool {
        guard index.starts.mayRead(in: text) else { return false }
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.count)
        for at in text.indices { scalars.append(text[at]) }
        return mayRead(candidates(in: scalars, glancing: true), scalars) != nil
    }

    /// The readings of `text`, in order and without overlaps; none where every word is spelled plainly.
    public func readings(in text: FoldedText) -> [Reading] {
        let scalars = text.scalars
        guard index.starts.mayRead(in: scalars.span) else { return [] }
        let candidates = candidates(in: scalars, glancing: true)
        guard let context = mayRead(candidates, scalars) else { return [] }
        return readings(candidates, scalars, context)
    }

    /// The same without the short cuts, for tests: they change nothing but the time it takes.
    func readingsTheLongWay(in text: FoldedText) -> [Reading] {
        readings(
            candidates(in: text.scalars, glancing: false), text.scalars, DisguiseContext(text.scalars, cleanWords: index.cleanWords))
    }

    /// The context of candidates of which some may be read, as far as it is known without the words of the text: they only
    /// speak against candidates, so that where none is left without them, none is with them.
    private func mayRead(_ candidates: [DisguiseCandidate], _ scalars: [Unicode.Scalar]) -> DisguiseContext? {
        let isAfterPlus = candidates.contains { self.isAfterPlus($0, scalars) }
        guard isAfterPlus || candidates.contains(where: { !$0.isPlain }) else { return nil }
        let context = DisguiseContext(scalars, cleanWords: index.cleanWords)
        return isAfterPlus || convincing(candidates, in: context).contains { !$0.isPlain } ? context : nil
    }

    private func readings(
        _ candidates: [DisguiseCandidate], _ scalars: [Unicode.Scalar], _ context: consuming DisguiseContext
    ) -> [Reading] {
        context.add(words: tokenizer.words(scalars.span, joiningNames: false))
        var readings: [Reading] = []
        for candidate in best(of: convincing(candidates, in: context), count: scalars.count) {
            if let plus = plus(before: candidate, scalars, context), readings.last.map({ $0.range.upperBound <= plus.range.lowerBound }) ?? true {
                readings.append(plus)
            }
            if candidate.isPlain { continue }
            readings.append(
                Reading(range: candidate.range, word: word(of: candidate), kind: candidate.kind, cost: candidate.cost))
        }
        return readings
    }

    /// The candidates that what stands around them allows.
    private func convincing(_ candidates: [DisguiseCandidate], in context: DisguiseContext) -> [DisguiseCandidate] {
        var allowed = candidates.compactMap { candidate -> DisguiseCandidate? in
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
        let cues = allowed.filter { !$0.isWeak }
        allowed.removeAll { $0.isWeak && !context.supports($0, cues) }
        return allowed
    }

    private func word(of candidate: DisguiseCandidate) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: index.terms[candidate.term].word)
        return String(view)
    }

    private func candidates(in scalars: [Unicode.Scalar], glancing: Bool) -> [DisguiseCandidate] {
        var candidates: [DisguiseCandidate] = []
        let matcher = DisguiseMatcher(scalars: scalars, index: index)
        for start in scalars.indices {
            if !glancing || index.starts.mayBeginTerm(at: start, in: scalars.span) {
                index.forEachTerm(in: scalars, at: start) { number in
                    let term = index.terms[number]
                    guard let match = matcher.match(term, at: start) else { return }
                    if let candidate = DisguiseCandidate(match, of: term, number: number, at: start, in: scalars) {
                        candidates.append(candidate)
                    }
                }
            }
            guard index.starts.mayBeginForm(scalars[start]) else { continue }
            index.formTrie.forEachWord(in: scalars, at: start) { end, number in
                let form = index.forms[Int(number)]
                candidates.append(DisguiseCandidate(form: form, of: index.terms[form.term], range: start..<end))
            }
            guard scalars[start].isLatinLetter else { continue }
            let places = SpacedLetters.run(from: start, in: scalars.span)
            guard let last = places.last else { continue }
            index.formTrie.forEachWord(in: places.map { scalars[$0] }, at: 0) { end, number in
                guard end == places.count else { return }
                let form = index.forms[Int(number)]
                candidates.append(
                    DisguiseCandidate(form: form, of: index.terms[form.term], range: start..<last + 1, isSpaced: true))
            }
        }
        return candidates
    }

    // MARK: Words that go on in the next message

    /// How much of what was said before a word may have begun in, and how much of a message is looked at for its end.
    public static let reachBack = 24

    /// The word that begins at the end of what the same speaker said right before and goes on at the beginning of `text`:
    /// 好评返 and then 现. It stands on the part of it that `text` has.
    /// - Parameter before: what was said before, folded; a line end stands between its messages.
    public func reading(of text: FoldedText, after before: [Unicode.Scalar]) -> Reading? {
        guard !before.isEmpty, !text.scalars.isEmpty else { return nil }
        let tail = before.suffix(Self.reachBack)
        let scalars = Array(tail) + ["\n"] + text.scalars.prefix(Self.reachBack)
        let border = tail.count
        func goesOn(_ range: Range<Int>) -> Bool { range.lowerBound < border && range.upperBound > border + 1 }
        let candidates = candidates(in: scalars, glancing: true)
        guard candidates.contains(where: { goesOn($0.range) }), let context = mayRead(candidates, scalars) else {
            return nil
        }
        guard let whole = readings(candidates, scalars, context).first(where: { goesOn($0.range) }) else { return nil }
        let end = whole.range.upperBound
        // 给好评 and then 返现多少: a word on each side is no word cut in two.
        if candidates.contains(where: { $0.isPlain && $0.range == border + 1..<end }) { return nil }
        return Reading(range: 0..<end - border - 1, word: whole.word, kind: whole.kind, cost: whole.cost)
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
    private static let pluses = ScalarSet("➕+✚✛╋佳伽嘉珈茄咖架迦家")

    private func isAfterPlus(_ candidate: DisguiseCandidate, _ scalars: [Unicode.Scalar]) -> Bool {
        candidate.isContact && Self.plusPosition(before: candidate.range.lowerBound, in: scalars.span) != nil
    }

    /// Where such a sign stands right before `start`, or before a separator there.
    static func plusPosition(before start: Int, in scalars: Span<Unicode.Scalar>) -> Int? {
        var at = start - 1
        if at > 0, scalars[at].isSeparator, !pluses.contains(scalars[at]) { at -= 1 }
        guard at >= 0, pluses.contains(scalars[at]) else { return nil }
        return at
    }

    /// The 加 before a contact where it is written in another way: ➕微, 佳薇信.
    private func plus(before candidate: DisguiseCandidate, _ scalars: [Unicode.Scalar], _ context: DisguiseContext) -> Reading? {
        guard candidate.isContact, let at = Self.plusPosition(before: candidate.range.lowerBound, in: scalars.span), !context.isInWord(at)
        else { return nil }
        return Reading(range: at..<at + 1, word: "加", kind: scalars[at].isHan ? .homophone : .emoji, cost: scalars[at].isHan ? 2 : 1)
    }
}
