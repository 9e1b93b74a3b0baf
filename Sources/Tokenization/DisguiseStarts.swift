import Resources

/// Tells nearly all texts at a glance that nothing in them is disguised.
///
/// A spelling of a term begins with two characters of which the first may stand for the term's first and the second for
/// its second (or both are parts of one). Characters that may stand for the same ones are a class, and a bit for each
/// pair of classes says whether any term's spelling begins so. What it clears has no reading; what it does not clear
/// mostly has none either, which `DisguiseReader` finds out.
struct DisguiseStarts: Sendable {
    /// For each character of the first plane its class, and what else may begin with it.
    let plane: StoredNumbers<UInt16>
    private let far: [Unicode.Scalar: UInt16]

    private static let classMask: UInt16 = 0x0FFF
    /// A term may begin with it.
    private static let first: UInt16 = 0x8000
    /// A listed form may begin with it.
    private static let form: UInt16 = 0x4000
    /// It is the first character of a contact.
    private static let contact: UInt16 = 0x2000
    /// It is a term.
    private static let single: UInt16 = 0x1000

    /// For each pair of classes whether a spelling may begin so; `stride` words for each first class.
    let pairs: StoredNumbers<UInt64>
    /// The same for two characters side by side, without those that are a whole term as it stands.
    let adjacent: StoredNumbers<UInt64>
    private let stride: Int

    /// The first two characters of the listed forms.
    private let forms: PairTable
    /// Forms of one character: whether one needs an account or a word of adding beside it.
    private let singles: ScalarTable<Bool>

    /// Characters that may stand between the first two of a spelling: repeats of the first, then separators.
    private static let widest = 14

    /// Takes the tables as they are stored, which must be those of the lexicon.
    init(_ lexicon: TermLexicon, _ tables: StoredTables) {
        (plane, pairs, adjacent) = (tables.starts, tables.pairs, tables.adjacent)
        // As many bits in a row as there are rows, in whole words.
        var stride = 0
        while stride * 64 * stride < pairs.count { stride += 1 }
        self.stride = stride
        var far: [Unicode.Scalar: UInt16] = [:]
        for at in Swift.stride(from: 0, to: tables.farStarts.count - 1, by: 2) {
            if let scalar = Unicode.Scalar(tables.farStarts[at]) { far[scalar] = UInt16(truncatingIfNeeded: tables.farStarts[at + 1]) }
        }
        self.far = far
        (forms, singles) = Self.forms(of: lexicon)
    }

    /// Makes the tables anew.
    init(_ lexicon: TermLexicon, _ sounds: SoundTable) {
        var plane = [UInt16](repeating: 0, count: 0x10000)
        var far: [Unicode.Scalar: UInt16] = [:]
        // The characters that terms begin with or go on with, by number.
        var numbers: [Unicode.Scalar: Int] = [:]
        for term in lexicon.terms { for scalar in term.word.prefix(2) { numbers[scalar] = numbers[scalar] ?? numbers.count } }

        // What may stand for each of them besides what sounds alike, and what is written for it in two pieces.
        var roles: [Unicode.Scalar: Set<Int>] = [:]
        var joins: Set<[Unicode.Scalar]> = []
        var bySound = [[Int]](repeating: [], count: sounds.syllables.count)
        for (shape, meant) in lexicon.shapes {
            for number in meant.compactMap({ numbers[$0] }) { roles[shape, default: []].insert(number) }
        }
        for split in lexicon.splits {
            guard let number = numbers[split.character] else { continue }
            roles[split.parts[0], default: []].insert(number)
            if split.parts.count > 1 { joins.insert(Array(split.parts.prefix(2))) }
        }
        for (sign, meanings) in DisguiseIndex.allSigns {
            for number in DisguiseIndex.meant(meanings, among: numbers, sounds) { roles[sign, default: []].insert(number) }
        }
        for (wanted, number) in numbers {
            roles[wanted, default: []].insert(number)
            for reading in sounds.readings(of: wanted) {
                let letters = sounds.syllables[Int(reading)].map { Unicode.Scalar($0) }
                roles[letters[0], default: []].insert(number)
                if letters.count > 1 { joins.insert(Array(letters.prefix(2))) }
                let bopomofo = sounds.bopomofo[Int(reading)]
                if let letter = bopomofo.first {
                    roles[letter, default: []].insert(number)
                    if bopomofo.count > 1 {
                        joins.insert(Array(bopomofo.prefix(2)))
                    } else {
                        for tone in Bopomofo.tones { joins.insert([letter, tone]) }
                    }
                }
                let near = Int(sounds.nearSounds[Int(reading)])
                if bySound[near].last != number { bySound[near].append(number) }
            }
        }
        for scalar in joins.joined() { roles[scalar, default: []].formUnion([]) }

        // Class 0 stands for nothing. Characters with a role of their own are classes; others are told apart by sound.
        var classCount: UInt16 = 1
        var members = [[UInt16]](repeating: [], count: numbers.count)
        var classes: [Unicode.Scalar: UInt16] = [:]
        /// The near sounds of a character that any term has, each in 16 bits, the larger above the smaller.
        func heard(_ scalar: Unicode.Scalar) -> UInt64 {
            var near: UInt64 = 0
            for reading in sounds.readings(of: scalar) {
                let sound = sounds.nearSounds[Int(reading)]
                if bySound[Int(sound)].isEmpty { continue }
                near = Self.inserting(UInt64(sound), into: near)
            }
            return near
        }
        func wanted(heard near: UInt64) -> Set<Int> {
            var numbers: Set<Int> = []
            var rest = near
            while rest != 0 {
                numbers.formUnion(bySound[Int(rest & 0xFFFF)])
                rest >>= 16
            }
            return numbers
        }
        for (scalar, own) in roles.sorted(by: { $0.key < $1.key }) {
            for number in own.union(wanted(heard: heard(scalar))) { members[number].append(classCount) }
            classes[scalar] = classCount
            plane[Int(min(scalar.value, 0xFFFF))] = scalar.value < 0x10000 ? classCount : 0
            classCount += 1
        }
        var single = [UInt16](repeating: 0, count: sounds.syllables.count)
        var several: [UInt64: UInt16] = [:]
        for value in SoundTable.range where plane[Int(value)] == 0 {
            guard let scalar = Unicode.Scalar(value), !scalar.isSeparator else { continue }
            let near = heard(scalar)
            if near == 0 { continue }
            var own = near <= 0xFFFF ? single[Int(near)] : several[near] ?? 0
            if own == 0 {
                own = classCount
                classCount += 1
                if near <= 0xFFFF { single[Int(near)] = own } else { several[near] = own }
                for number in wanted(heard: near) { members[number].append(own) }
            }
            plane[Int(value)] = own
        }
        precondition(classCount <= Self.classMask)

        let stride = (Int(classCount) + 63) / 64
        var pairs = [UInt64](repeating: 0, count: Int(classCount) * stride)
        var adjacent = pairs
        var begins = [Bool](repeating: false, count: Int(classCount))
        func allow(_ first: UInt16, _ second: UInt16, isPlain: Bool) {
            let at = Int(first) * stride + Int(second) >> 6
            pairs[at] |= 1 << UInt64(second & 63)
            if !isPlain { adjacent[at] |= 1 << UInt64(second & 63) }
            begins[Int(first)] = true
        }
        for term in lexicon.terms where term.word.count > 1 {
            guard let first = numbers[term.word[0]], let second = numbers[term.word[1]] else { continue }
            for one in members[first] {
                for other in members[second] {
                    let isPlain = term.word.count == 2 && one == classes[term.word[0]] && other == classes[term.word[1]]
                    allow(one, other, isPlain: isPlain)
                }
            }
        }
        for join in joins { if let one = classes[join[0]], let other = classes[join[1]] { allow(one, other, isPlain: false) } }

        func set(_ bits: UInt16, _ scalar: Unicode.Scalar) {
            if scalar.value < 0x10000 { plane[Int(scalar.value)] |= bits } else { far[scalar, default: 0] |= bits }
        }
        for (scalar, own) in classes where scalar.value >= 0x10000 { far[scalar] = own }
        for value in plane.indices where plane[value] != 0 && begins[Int(plane[value])] { plane[value] |= Self.first }
        for (scalar, entry) in far where begins[Int(entry)] { far[scalar] = entry | Self.first }
        for form in lexicon.forms { set(Self.form, form.scalars[0]) }
        for term in lexicon.terms {
            if term.isContact { set(Self.contact, term.word[0]) }
            if term.word.count == 1 { set(Self.single, term.word[0]) }
        }
        self.plane = StoredNumbers(plane)
        self.pairs = StoredNumbers(pairs)
        self.adjacent = StoredNumbers(adjacent)
        self.far = far
        self.stride = stride
        (forms, singles) = Self.forms(of: lexicon)
    }

    /// The characters beyond the first plane, each with its class and bits.
    var farPairs: [UInt32] { far.sorted { $0.key < $1.key }.flatMap { [$0.key.value, UInt32($0.value)] } }

    /// The first two characters of the listed forms, and those of one.
    private static func forms(of lexicon: TermLexicon) -> (PairTable, ScalarTable<Bool>) {
        var formPairs: Set<UInt64> = []
        var singles: [Unicode.Scalar: Bool] = [:]
        for form in lexicon.forms {
            if form.scalars.count > 1 {
                formPairs.insert(PairTable.key(form.scalars[0].value, form.scalars[1].value))
            } else {
                let needsContact = form.isWeak && lexicon.terms[form.term].isContact
                singles[form.scalars[0]] = (singles[form.scalars[0]] ?? true) && needsContact
            }
        }
        return (PairTable(formPairs.map { (key: $0, value: 0) }), ScalarTable(singles))
    }

    /// Four numbers of 16 bits, none twice, with another in its place among them.
    private static func inserting(_ number: UInt64, into four: UInt64) -> UInt64 {
        var below: UInt64 = 0
        var shift: UInt64 = 0
        var rest = four
        while rest != 0, rest & 0xFFFF < number {
            below |= (rest & 0xFFFF) << shift
            shift += 16
            rest >>= 16
        }
        if rest & 0xFFFF == number { return four }
        return below | number << shift | rest << (shift + 16)
    }

    @inline(__always)
    private subscript(scalar: Unicode.Scalar) -> UInt16 {
        scalar.value < 0x10000 ? plane[Int(scalar.value)] : far[scalar] ?? 0
    }

    /// Whether the spelling of a term, plain ones included, may begin at `start`; `false` is sure.
    @inline(__always)
    func mayBeginTerm(at start: Int, in text: Span<Unicode.Scalar>) -> Bool {
        let scalar = text[start]
        let entry = self[scalar]
        if entry & Self.first == 0 { return entry & Self.single != 0 }
        if start > 0, scalar.isLatinLetter, text[start - 1].isLatinLetter { return false }
        return entry & Self.single != 0 || mayBegin(entry & Self.classMask, scalar, at: start, in: text, adjacent: pairs)
    }

    /// Whether a listed form may begin with this character.
    @inline(__always)
    func mayBeginForm(_ scalar: Unicode.Scalar) -> Bool { self[scalar] & Self.form != 0 }

    /// Whether something in a folded text may be read as another word; `false` is sure.
    /// - Complexity: O(length of the text).
    func mayRead(in text: Span<Unicode.Scalar>) -> Bool {
        var at = nextStart(in: text, from: 0)
        while at < text.count {
            if mayRead(at: at, in: text) { return true }
            at = nextStart(in: text, from: at + 1)
        }
        return false
    }

    /// The first place from `start` on where a spelling may begin, or a form or a contact does.
    private func nextStart(in text: Span<Unicode.Scalar>, from start: Int) -> Int {
        unsafe text.withUnsafeBufferPointer { text in
            unsafe plane.withUnsafeBufferPointer { plane in
                unsafe adjacent.withUnsafeBufferPointer { adjacent in
                    var at = start
                    while at < text.count {
                        let value = unsafe text[at].value
                        guard value < 0x10000 else { return at }
                        let entry = unsafe plane[Int(value)]
                        if entry >= Self.single {
                            // What mostly begins a spelling and nothing else, with what mostly follows: one more Han
                            // character, and none of the two that are separators.
                            guard entry & ~Self.classMask == Self.first, at + 1 < text.count else { return at }
                            let next = unsafe text[at + 1].value
                            guard (0x4E00..<0xA000).contains(next), next != value, next != 0x4E36, next != 0x706C else { return at }
                            let second = unsafe plane[Int(next)] & Self.classMask
                            let word = Int(entry & Self.classMask) * stride + Int(second) >> 6
                            if unsafe adjacent[word] >> UInt64(second & 63) & 1 != 0 { return at }
                        }
                        at += 1
                    }
                    return at
                }
            }
        }
    }

    /// The same of what begins at `start`.
    private func mayRead(at start: Int, in text: Span<Unicode.Scalar>) -> Bool {
        let scalar = text[start]
        let entry = self[scalar]
        if entry & Self.first != 0, start == 0 || !scalar.isLatinLetter || !text[start - 1].isLatinLetter,
            mayBegin(entry & Self.classMask, scalar, at: start, in: text, adjacent: adjacent)
        {
            return true
        }
        if entry & Self.form != 0 {
            if start + 1 < text.count, forms[scalar.value, text[start + 1].value] != nil { return true }
            if scalar.isLatinLetter, let second = SpacedLetters.next(after: start, in: text),
                forms[scalar.value, text[second].value] != nil
            {
                return true
            }
            if let needsContact = singles[scalar] {
                if !needsContact { return true }
                let form = start..<start + 1
                if DisguiseContext.hasAccount(form, in: text) || DisguiseContext.isAdded(form, in: text) { return true }
            }
        }
        return entry & Self.contact != 0 && DisguiseReader.plusPosition(before: start, in: text) != nil
    }

    /// Whether a term's spelling may begin at `start`, where a character of class `first` stands.
    @inline(__always)
    private func mayBegin(
        _ first: UInt16, _ scalar: Unicode.Scalar, at start: Int, in text: Span<Unicode.Scalar>, adjacent: StoredNumbers<UInt64>
    ) -> Bool {
        let row = Int(first) * stride
        var at = start + 1
        guard at < text.count else { return false }
        var second = self[text[at]] & Self.classMask
        if adjacent[row + Int(second) >> 6] & 1 << UInt64(second & 63) != 0 { return true }
        while at - start < Self.widest, text[at] == scalar || text[at].isSeparator {
            at += 1
            guard at < text.count else { return false }
            second = self[text[at]] & Self.classMask
            if pairs[row + Int(second) >> 6] & 1 << UInt64(second & 63) != 0 { return true }
        }
        return false
    }
}
