import Resources

/// Which terms may begin at a character, under whatever disguise.
final class DisguiseIndex: Sendable {
    /// Signs that are read as a character, or sound as one.
    static let allSigns: [Unicode.Scalar: String] = {
        var signs: [Unicode.Scalar: String] = [:]
        for (meaning, all) in [
            ("心", "❤♥♡💗💖💕🧡💛💚💙💜🖤🤍🤎💓💘💝💞💟❥"), ("信", "✉📧📩📨💌📮🖂📬📪"), ("星", "⭐🌟"), ("加", "➕+✚✛╋十"),
            ("钱", "💰💴💵💸🤑"), ("微", "vw∨√"), ("群", "👗"), ("红", "🔴"), ("包", "👜👝🎒📦🍞💼"), ("宝", "💎"), ("评", "🍎🍏"),
            ("好", "👍👌"), ("差", "👎❌"), ("退", "🔙"), ("图", "🖼"), ("信", "x"), ("电", "⚡"), ("报", "📰"), ("飞", "✈"),
        ] {
            for sign in all.unicodeScalars { signs[sign, default: ""] += meaning }
        }
        return signs
    }()

    static let signs = ScalarTable(allSigns)

    /// The index of this project's terms, made once.
    static let standard = DisguiseIndex(.standard)

    let terms: [TermLexicon.Term]
    let forms: [TermLexicon.Form]
    let sounds = SoundTable.shared
    /// The characters each look-alike may be written for.
    let shapes: ScalarTable<[Unicode.Scalar]>
    /// The characters taken apart, by their first part.
    let splits: ScalarTable<[(character: Unicode.Scalar, parts: [Unicode.Scalar])]>
    /// The forms that are not derived; a word's cost is the number of its form.
    let formTrie: Lexicon
    let cleanWords: Lexicon
    let starts: DisguiseStarts

    /// Terms by the near sound of their first character, and by its initial.
    private let bySound: [[Int]]
    private let byLetter: [[Int]]
    /// Terms by another first character: a part, a shape, a sign, a letter of the word itself.
    private let bySign: ScalarTable<[Int]>
    /// Whether a term begins with two near sounds: bit `first * soundCount + second`.
    private let pairs: [UInt64]
    private let soundCount: Int

    init(_ lexicon: TermLexicon) {
        let sounds = SoundTable.shared
        terms = lexicon.terms
        forms = lexicon.forms
        shapes = ScalarTable(lexicon.shapes)
        cleanWords = lexicon.cleanWords
        var splits: [Unicode.Scalar: [(character: Unicode.Scalar, parts: [Unicode.Scalar])]] = [:]
        for split in lexicon.splits { splits[split.parts[0], default: []].append(split) }
        self.splits = ScalarTable(splits)
        starts = DisguiseStarts(lexicon, StoredTables.shipped)

        var trie = Lexicon()
        for (number, form) in lexicon.forms.enumerated() {
            trie.insert(form.scalars, cost: Int32(number))
        }
        formTrie = trie

        soundCount = sounds.syllables.count
        var bySound = [[Int]](repeating: [], count: soundCount)
        var byLetter = [[Int]](repeating: [], count: 26)
        var bySign: [Unicode.Scalar: [Int]] = [:]
        var byFirst: [Unicode.Scalar: [Int]] = [:]
        var pairs = [UInt64](repeating: 0, count: (soundCount * soundCount + 63) / 64)
        for (number, term) in lexicon.terms.enumerated() {
            let first = term.word[0]
            for reading in sounds.readings(of: first) {
                let near = sounds.nearSounds[Int(reading)]
                if bySound[Int(near)].last != number { bySound[Int(near)].append(number) }
                let letter = Int(sounds.syllables[Int(reading)][0]) - 0x61
                if byLetter[letter].last != number { byLetter[letter].append(number) }
                guard term.word.count > 1 else { continue }
                for second in sounds.readings(of: term.word[1]) {
                    let bit = Int(near) * soundCount + Int(sounds.nearSounds[Int(second)])
                    pairs[bit / 64] |= 1 << UInt64(bit % 64)
                }
            }
            if first.isLatinLetter { byLetter[Int(first.value) - 0x61].append(number) }
            byFirst[first, default: []].append(number)
        }
        // What else a term's first character may be written as.
        var others: [Unicode.Scalar: Set<Unicode.Scalar>] = [:]
        for split in lexicon.splits where byFirst[split.character] != nil { others[split.character, default: []].insert(split.parts[0]) }
        for (shape, meant) in lexicon.shapes { for first in meant where byFirst[first] != nil { others[first, default: []].insert(shape) } }
        let firsts = byFirst.keys.reduce(into: [:]) { $0[$1] = $1 }
        for (sign, meanings) in Self.allSigns {
            for first in Self.meant(meanings, among: firsts, sounds) { others[first, default: []].insert(sign) }
        }
        for first in byFirst.keys {
            for reading in sounds.readings(of: first) {
                if let letter = sounds.bopomofo[Int(reading)].first { others[first, default: []].insert(letter) }
            }
        }
        for (first, all) in others {
            for other in all where !(other.isHan && sounds.similarity(other, first) != .none) {
                bySign[other, default: []] += byFirst[first] ?? []
            }
        }
        self.bySound = bySound
        self.byLetter = byLetter
        self.bySign = ScalarTable(bySign.mapValues { $0.sorted() })
        self.pairs = pairs
    }

    /// What is held for the characters that a sign stands for: those it means, and for a heart what sounds like one.
    static func meant<Value>(_ meanings: String, among values: [Unicode.Scalar: Value], _ sounds: SoundTable) -> [Value] {
        var meant: [Value] = []
        for meaning in meanings.unicodeScalars {
            if let value = values[meaning] { meant.append(value) }
            guard meaning == "心" else { continue }
            for (scalar, value) in values where scalar != meaning && sounds.similarity(meaning, scalar) == .same { meant.append(value) }
        }
        return meant
    }

    /// Calls `found` with the number of each term that may begin at `start`.
    func forEachTerm(in scalars: [Unicode.Scalar], at start: Int, _ found: (Int) -> Void) {
        let scalar = scalars[start]
        if scalar.isLatinLetter {
            if start > 0, scalars[start - 1].isLatinLetter { return }
            byLetter[Int(scalar.value) - 0x61].forEach(found)
        } else if scalar.isHan {
            var next = start + 1
            while next < scalars.count, next - start <= DisguiseMatcher.longestGap,
                scalars[next].isSeparator || scalars[next] == scalar, Self.signs[scalars[next]] == nil
            { next += 1 }
            let following = next < scalars.count ? scalars[next] : nil
            let seconds = following.map { sounds.readings(of: $0) }
            let isOpen = following.map { !$0.isHan || splits[$0] != nil || shapes[$0] != nil } ?? false
            for reading in sounds.readings(of: scalar) {
                let near = Int(sounds.nearSounds[Int(reading)])
                guard !bySound[near].isEmpty else { continue }
                let fits = isOpen || seconds?.contains { second in
                    let bit = near * soundCount + Int(sounds.nearSounds[Int(second)])
                    return pairs[bit / 64] & 1 << UInt64(bit % 64) != 0
                } == true
                for number in bySound[near] where fits || terms[number].word.count == 1 { found(number) }
            }
        }
        bySign[scalar]?.forEach(found)
    }
}
