/// One way a term may be spelled at one place, and what it took.
struct DisguiseMatch {
    var end: Int
    var cost = 0
    var exact = 0
    var homophones = 0
    var nearSounds = 0
    var shapes = 0
    var splits = 0
    var syllables = 0
    var letters = 0
    var initials = 0
    var signs = 0
    var gaps = 0
    var repeats = 0
    /// Whether a gap is one that sentences have too: a comma, a full stop, a line end.
    var hasSentenceGap = false
    /// Whether all gaps of sentences are line ends.
    var isBrokenByLineOnly = true
    var endsWithLetters = false

    var isPlain: Bool { cost == 0 }

    /// The chief means, the most telling first.
    var kind: Reading.Kind {
        if splits > 0 { return .split }
        if signs > 0 { return .emoji }
        if syllables + initials > 0 {
            if exact + homophones + nearSounds + shapes > 0 { return .mixed }
            return syllables > 0 ? .pinyin : .initials
        }
        if nearSounds > 0 { return .nearSound }
        if homophones > 0 { return .homophone }
        if shapes > 0 { return .lookalike }
        return repeats > 0 ? .repeated : .separators
    }
}

/// Spells a term's characters along a text in every way they are disguised, and keeps the cheapest.
struct DisguiseMatcher {
    let scalars: [Unicode.Scalar]
    let index: DisguiseIndex

    /// How many foreign characters may stand between two of a word.
    static let longestGap = 5
    /// How often a character may be repeated; a bound, so that a line of one character takes no time.
    private static let mostRepeats = 8

    /// The cheapest spelling of `term` that begins at `start`.
    func match(_ term: TermLexicon.Term, at start: Int) -> DisguiseMatch? {
        step(term, 0, DisguiseMatch(end: start))
    }

    private func step(_ term: TermLexicon.Term, _ i: Int, _ match: DisguiseMatch) -> DisguiseMatch? {
        guard i < term.word.count else {
            if match.endsWithLetters, match.end < scalars.count, scalars[match.end].isLatinLetter,
                !(term.isContact && DisguiseContext.isAccount(scalars.span, at: match.end))
            {
                return nil
            }
            // 支支付付宝宝 ends with the last 宝.
            var whole = match
            while match.repeats > 0, whole.end < scalars.count, whole.end - match.end < Self.mostRepeats, scalars[whole.end] == scalars[match.end - 1] { whole.end += 1 }
            return whole
        }
        var best: DisguiseMatch?
        func keep(_ candidate: DisguiseMatch?) {
            guard let candidate else { return }
            if best.map({ candidate.cost < $0.cost }) ?? true { best = candidate }
        }
        keep(spell(term, i, at: match.end, match))
        guard i > 0, best?.cost != match.cost else { return best }
        var at = match.end
        var widened = match
        if at > 0, scalars[at - 1].isHan {
            while at < scalars.count, at - match.end < Self.mostRepeats, scalars[at] == scalars[match.end - 1] { at += 1 }
            if at > match.end {
                widened.repeats += 1
                widened.cost += 1
                keep(spell(term, i, at: at, widened))
            }
        }
        let gapStart = at
        widened.cost += 1
        widened.gaps += 1
        while at < scalars.count, at - gapStart < Self.longestGap, scalars[at].isSeparator {
            if scalars[at].endsClause {
                widened.hasSentenceGap = true
                if scalars[at] != "\n", scalars[at] != "\r" { widened.isBrokenByLineOnly = false }
            }
            at += 1
            var gapped = widened
            // A gap ends what the letters before it were.
            gapped.endsWithLetters = false
            keep(spell(term, i, at: at, gapped))
        }
        return best
    }

    /// Spells character `i` of the term at `at`, and the rest after it.
    private func spell(_ term: TermLexicon.Term, _ i: Int, at: Int, _ match: DisguiseMatch) -> DisguiseMatch? {
        guard at < scalars.count else { return nil }
        let scalar = scalars[at]
        let wanted = term.word[i]
        if scalar == wanted {
            var next = match
            next.end = at + 1
            next.exact += 1
            next.endsWithLetters = scalar.isLatinLetter
            return step(term, i + 1, next)
        }
        let isSingle = term.word.count == 1
        var best: DisguiseMatch?
        func go(to end: Int, cost: Int, letters: Bool = false, _ note: (inout DisguiseMatch) -> Void) {
            var next = match
            next.end = end
            next.cost += cost
            next.endsWithLetters = letters
            note(&next)
            if let found = step(term, i + 1, next), best.map({ found.cost < $0.cost }) ?? true { best = found }
        }
        if scalar.isHan, !isSingle {
            switch index.sounds.similarity(scalar, wanted) {
            case .same: go(to: at + 1, cost: 2) { $0.homophones += 1 }
            case .near: go(to: at + 1, cost: 4) { $0.nearSounds += 1 }
            case .none: break
            }
            if best == nil, index.shapes[scalar]?.contains(wanted) == true { go(to: at + 1, cost: 2) { $0.shapes += 1 } }
        }
        if let splits = index.splits[scalar] {
            for split in splits where split.character == wanted {
                if let end = endOfParts(split.parts, at: at) { go(to: end, cost: 1) { $0.splits += 1 } }
            }
        }
        if !isSingle, let meanings = DisguiseIndex.signs[scalar] {
            let isLetter = scalar.isLatinLetter
            for meaning in meanings.unicodeScalars where !isLetter || mayBeginLetters(at, match) {
                if meaning == wanted {
                    go(to: at + 1, cost: 1, letters: isLetter) { $0.signs += 1 }
                } else if meaning == "心", index.sounds.similarity(meaning, wanted) == .same {
                    go(to: at + 1, cost: 2, letters: isLetter) { $0.signs += 1 }
                }
            }
        }
        if Bopomofo.isLetter(scalar), !isSingle {
            for reading in index.sounds.readings(of: wanted) {
                let letters = index.sounds.bopomofo[Int(reading)]
                guard let first = letters.first, first == scalar else { continue }
                if scalars[at...].starts(with: letters) {
                    go(to: endOfTone(at + letters.count), cost: 1) {
                        $0.syllables += 1
                        $0.letters += index.sounds.syllables[Int(reading)].count
                    }
                }
                if letters.count > 1 { go(to: at + 1, cost: 2) { $0.initials += 1 } }
            }
        }
        if scalar.isLatinLetter, !isSingle, mayBeginLetters(at, match) {
            for reading in index.sounds.readings(of: wanted) {
                let syllable = index.sounds.syllables[Int(reading)]
                if spells(syllable, at: at) {
                    go(to: at + syllable.count, cost: 1, letters: true) {
                        $0.syllables += 1
                        $0.letters += syllable.count
                    }
                }
                if syllable.count > 1, scalar.value == UInt32(syllable[0]) {
                    go(to: at + 1, cost: 2, letters: true) { $0.initials += 1 }
                }
            }
        }
        return best
    }

    private func endOfTone(_ at: Int) -> Int {
        at < scalars.count && Bopomofo.tones.contains(scalars[at]) ? at + 1 : at
    }

    /// Whether a spelling with letters may begin here: after other letters only where they are spelled too.
    private func mayBeginLetters(_ at: Int, _ match: DisguiseMatch) -> Bool {
        match.endsWithLetters && at == match.end || at == 0 || !scalars[at - 1].isLatinLetter
    }

    private func spells(_ syllable: [UInt8], at start: Int) -> Bool {
        guard start + syllable.count <= scalars.count else { return false }
        for i in 0..<syllable.count where scalars[start + i].value != UInt32(syllable[i]) { return false }
        return true
    }

    /// The end of a character's parts, which may stand one separator apart.
    private func endOfParts(_ parts: [Unicode.Scalar], at start: Int) -> Int? {
        var at = start
        for (i, part) in parts.enumerated() {
            if i > 0, at + 1 < scalars.count, scalars[at].isSeparator { at += 1 }
            guard at < scalars.count, scalars[at] == part else { return nil }
            at += 1
        }
        return at
    }
}

extension Unicode.Scalar {
    /// Whether this is a Latin letter of the folded text.
    @inline(__always)
    var isLatinLetter: Bool { (0x61...0x7A).contains(value) }

    @inline(__always)
    var isDigit: Bool { (0x30...0x39).contains(value) }

    /// Whether a character may be put between those of a word: no letter, digit or ideograph but a bare stroke.
    @inline(__always)
    var isSeparator: Bool {
        // Most characters are told without the table, which costs a call to reach.
        if value < 0x80 { return !isLatinLetter && !isDigit && !(0x41...0x5A).contains(value) }
        if (0x4E00...0x9FFF).contains(value) { return value == 0x4E36 || value == 0x706C }
        return value < 0x10000 ? SignClasses.shared[self] & SignClasses.separator != 0 : looksSeparating
    }

    /// The same by the properties of the character, which take longer to find out.
    var looksSeparating: Bool {
        // 丶 and 灬, strokes that nobody writes but as an ornament: 好丶评, 差灬评.
        if value == 0x4E36 || value == 0x706C { return true }
        if value < 0x80 { return !isLatinLetter && !isDigit && !(0x41...0x5A).contains(value) }
        if isHan || (0x3040...0x30FF).contains(value) || (0xAC00...0xD7A3).contains(value) { return false }
        return !properties.isAlphabetic
    }

    /// Whether a separator is one of ordinary sentences.
    var endsClause: Bool {
        switch self {
        case ",", "。", "!", "?", ";", ":", "\n", "\r": true
        default: false
        }
    }
}
