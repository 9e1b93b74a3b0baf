import Resources
import Tokenization

/// Finds all words of a lexicon in a folded text, in one pass.
///
/// Words are kept by their last three characters, those of two by these, so that most places of a text cost two looks into
/// small tables, no word is looked at before it may end there, and no links between words have to be made at start.
/// Entries with a gap are two words of which the second must follow the first closely within one sentence.
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

    /// A word, or half of an entry with a gap; small, for many are looked at.
    private struct Word: BitwiseCopyable {
        /// Where its characters begin in `letters`.
        var start: UInt32
        /// 0 for a whole word, else twice the number of the gap, and one more for the second half.
        var part: UInt32
        var count: UInt16
        var cueClass: UInt16
        /// Its first character, which tells most of those that end alike apart; the top bit says that the next word may end
        /// alike.
        private var firstLetter: UInt32

        init(start: Int, part: UInt32, count: Int, cueClass: Int, first: Unicode.Scalar) {
            self.start = UInt32(start)
            self.part = part
            self.count = UInt16(count)
            self.cueClass = UInt16(cueClass)
            firstLetter = first.value
        }

        var isFollowed: Bool {
            get { firstLetter >> 31 != 0 }
            set { firstLetter = firstLetter & 0x7FFF_FFFF | (newValue ? 1 << 31 : 0) }
        }

        func begins(with scalar: Unicode.Scalar) -> Bool { firstLetter & 0x7FFF_FFFF == scalar.value }
    }

    /// The characters of all words.
    private let letters: StoredNumbers<Unicode.Scalar>
    /// Words that may end alike together, longer ones before shorter ones.
    private let words: StoredNumbers<Word>
    /// For the last three characters of the longer words the first of those that end so.
    private let longEnds: PairTable
    /// For the words of two characters the first of each; words of one end with none and it.
    private let shortEnds: PairTable
    /// Characters that are a word of one character or end a sentence: a bit for each of the first plane, a sure one for
    /// all others.
    private let marks: StoredNumbers<UInt64>

    /// - Precondition: no word has more than 65,535 characters, and the lexicon no more classes.
    public init(_ lexicon: CueLexicon) {
        var letters: [Unicode.Scalar] = []
        var gaps: UInt32 = 0
        var unsorted: [Word] = []
        // Words with a gap are two.
        unsorted.reserveCapacity(lexicon.classes.reduce(0) { $0 + $1.ends.count } * 5 / 4)
        letters.reserveCapacity(lexicon.classes.reduce(0) { $0 + $1.letters.count })
        for (index, cueClass) in lexicon.classes.enumerated() {
            let base = letters.count
            letters += cueClass.letters
            var start = base
            for end in cueClass.ends {
                let last = base + end
                // A gap before or after all words is none.
                while start < last, letters[start] == "…" { start += 1 }
                var gap = start
                while gap < last, letters[gap] != "…" { gap += 1 }
                let isWhole = gap + 1 >= last
                if !isWhole { gaps += 1 }
                func add(_ half: Range<Int>, part: UInt32) {
                    unsorted.append(
                        Word(start: half.lowerBound, part: part, count: half.count, cueClass: index, first: letters[half.lowerBound]))
                }
                if start < gap { add(start..<gap, part: isWhole ? 0 : gaps * 2) }
                if !isWhole { add(gap + 1..<last, part: gaps * 2 + 1) }
                start = last
            }
        }
        var words: [Word] = []
        longEnds = PairTable(Self.add(unsorted.filter { $0.count > 2 }, to: &words, letters))
        shortEnds = PairTable(Self.add(unsorted.filter { $0.count <= 2 }, to: &words, letters))
        var marks = [UInt64](repeating: 0, count: Self.markCount)
        for scalar in "\n。!?;！？；".unicodeScalars + words.filter({ $0.count == 1 }).map({ letters[Int($0.start)] }) {
            let place = Self.place(of: scalar)
            marks[place >> 6] |= 1 << UInt64(place & 63)
        }
        (self.letters, self.words, self.marks) = (StoredNumbers(letters), StoredNumbers(words), StoredNumbers(marks))
    }

    private static let markCount = 0x10000 / 64 + 1

    /// Points at a matcher where it is stored, or nothing where none is.
    init?(_ lists: inout StoredLists) {
        guard let letters: StoredNumbers<Unicode.Scalar> = lists.next(), let words: StoredNumbers<Word> = lists.next(),
            let longEnds = PairTable(&lists), let shortEnds = PairTable(&lists), let marks: StoredNumbers<UInt64> = lists.next(),
            marks.count == Self.markCount
        else { return nil }
        (self.letters, self.words, self.longEnds, self.shortEnds, self.marks) = (letters, words, longEnds, shortEnds, marks)
    }

    func write(to lists: inout StoredListWriter) {
        lists.append(letters)
        lists.append(words)
        longEnds.write(to: &lists)
        shortEnds.write(to: &lists)
        lists.append(marks)
    }

    /// The bit of `marks` for a character.
    @inline(__always)
    private static func place(of scalar: Unicode.Scalar) -> Int { Int(min(scalar.value, 0x10000)) }

    /// Adds words, those with the same end together, in each group the longer before the shorter and otherwise in their
    /// order.
    /// - Returns: for each end the position of its first word.
    private static func add(_ unsorted: [Word], to words: inout [Word], _ letters: [Unicode.Scalar]) -> [(key: UInt64, value: UInt32)] {
        func end(_ word: Word) -> UInt64 {
            let last = Int(word.start) + Int(word.count) - 1
            switch word.count {
            case 1: return PairTable.key(PairTable.none, letters[last].value)
            case 2: return PairTable.key(letters[last - 1].value, letters[last].value)
            default: return PairTable.key(PairTable.joined(letters[last - 2].value, letters[last - 1].value), letters[last].value)
            }
        }
        // The groups in the order of their first words, by a table like the one they go into.
        var capacity = 16
        while capacity < unsorted.count * 2 { capacity *= 2 }
        var slots = [Int32](repeating: -1, count: capacity)
        var groups: [(key: UInt64, value: UInt32)] = []
        var group: [Int32] = []
        group.reserveCapacity(unsorted.count)
        for word in unsorted {
            let key = end(word)
            var slot = Int(truncatingIfNeeded: PairTable.hash(key) >> 16) & (capacity - 1)
            while slots[slot] >= 0, groups[Int(slots[slot])].key != key { slot = (slot + 1) & (capacity - 1) }
            if slots[slot] < 0 {
                slots[slot] = Int32(groups.count)
                groups.append((key, 0))
            }
            group.append(slots[slot])
            groups[Int(slots[slot])].value += 1
        }
        var start = UInt32(words.count)
        for number in groups.indices {
            let count = groups[number].value
            groups[number].value = start
            start += count
        }
        guard let some = unsorted.first else { return [] }
        words += repeatElement(some, count: unsorted.count)
        var filled = groups.map { Int($0.value) }
        for (word, group) in zip(unsorted, group) {
            // Into its place among the words of the group, behind those that are as long.
            var at = filled[Int(group)]
            filled[Int(group)] += 1
            while at > Int(groups[Int(group)].value), words[at - 1].count < word.count {
                words[at] = words[at - 1]
                at -= 1
            }
            words[at] = word
        }
        for (number, group) in groups.enumerated() {
            for at in Int(group.value)..<filled[number] - 1 { words[at].isFollowed = true }
        }
        return groups
    }

    /// All matches, ordered by their ends, of those with the same end the longest first.
    /// - Complexity: O(length of the text × number of words that end with the same characters).
    public func matches(in text: [Unicode.Scalar]) -> [Match] { matches(in: text.span, most: .max) }

    /// Whether any word stands in a text.
    public func hasMatch(in text: Span<Unicode.Scalar>) -> Bool { !matches(in: text, most: 1).isEmpty }

    /// What a search has come to.
    private struct Search {
        var found: [Match] = []
        /// Where first halves ended, by the number of their gap.
        var open: [(gap: UInt32, range: Range<Int>)] = []

        mutating func take(_ word: Word, _ range: Range<Int>, in text: Span<Unicode.Scalar>) {
            var whole = range
            if word.part > 0 {
                let gap = word.part / 2
                let first = open.firstIndex { $0.gap == gap }
                if word.part & 1 == 0 {
                    if let first { open[first].range = range } else { open.append((gap, range)) }
                    return
                }
                guard let first, open[first].range.upperBound <= range.lowerBound,
                    range.lowerBound - open[first].range.upperBound <= CueMatcher.longestGap
                else { return }
                whole = open[first].range.lowerBound..<range.upperBound
            }
            guard CueMatcher.isWhole(whole, in: text) else { return }
            if found.isEmpty { found.reserveCapacity(8) }
            found.append(Match(cueClass: Int(word.cueClass), range: whole))
        }
    }

    /// A place where words may end or a sentence does, and the groups of words that end so, or `noGroup`.
    private struct Place {
        var position: Int
        var long = noGroup
        var short = noGroup
        var single = noGroup

        static let noGroup = UInt32.max
    }

    private func matches(in text: Span<Unicode.Scalar>, most: Int) -> [Match] {
        // All places are looked up before any word is: what is found at one decides nothing about the next, so that the
        // processor waits for the tables' memory at many places at once.
        unsafe withUnsafeTemporaryAllocation(of: Place.self, capacity: text.count) { places in
            var count = 0
            var position = PairTable.nextPlace(in: text, from: 0, longEnds, shortEnds, marks: marks)
            while position < text.count {
                unsafe places.initializeElement(at: count, to: place(at: position, in: text))
                count += 1
                position = PairTable.nextPlace(in: text, from: position + 1, longEnds, shortEnds, marks: marks)
            }
            var search = Search()
            for number in 0..<count where search.found.count < most {
                let place = unsafe places[number]
                if !search.open.isEmpty, Self.endsSentence(text[place.position]) { search.open.removeAll() }
                let end = place.position + 1
                if place.long != Place.noGroup { take(place.long, end, in: text, &search) }
                if place.short != Place.noGroup { take(place.short, end, in: text, &search) }
                if place.single != Place.noGroup { take(place.single, end, in: text, &search) }
            }
            return search.found
        }
    }

    @inline(__always)
    private func place(at position: Int, in text: Span<Unicode.Scalar>) -> Place {
        var place = Place(position: position)
        let scalar = text[position].value
        let before = position > 0 ? text[position - 1].value : PairTable.none
        if position > 1, let group = longEnds[PairTable.joined(text[position - 2].value, before), scalar] { place.long = group }
        if let group = shortEnds[before, scalar] { place.short = group }
        if position > 0, let group = shortEnds[PairTable.none, scalar] { place.single = group }
        return place
    }

    /// Takes each word of a group that ends at `end`.
    private func take(_ group: UInt32, _ end: Int, in text: Span<Unicode.Scalar>, _ search: inout Search) {
        var number = Int(group)
        while true {
            let word = words[number]
            let start = end - Int(word.count)
            if start >= 0, word.begins(with: text[start]), stands(word, in: text, at: start) { search.take(word, start..<end, in: text) }
            guard word.isFollowed else { return }
            number += 1
        }
    }

    /// Whether a word stands at `start`, of which the first and the last character do.
    @inline(__always)
    private func stands(_ word: Word, in text: Span<Unicode.Scalar>, at start: Int) -> Bool {
        var at = Int(word.count) - 2
        while at > 0 {
            if letters[Int(word.start) + at] != text[start + at] { return false }
            at -= 1
        }
        return true
    }

    /// Whether a match cuts no number or Latin word: 12345 inside an account is no hotline.
    private static func isWhole(_ range: Range<Int>, in text: Span<Unicode.Scalar>) -> Bool {
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
}

extension Unicode.Scalar {
    fileprivate var isASCIIAlphanumeric: Bool {
        switch self {
        case "0"..."9", "a"..."z", "A"..."Z": true
        default: false
        }
    }
}
