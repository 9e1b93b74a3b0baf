/// Mends what ICU's dictionary does against the grain of the language, before the lattice is made.
///
/// ICU glues particles, adverbs and measure words to their neighbours (新的, 也是, 一位), and leaves numbers, dates,
/// foreign names and words with a suffix in pieces (二 〇 〇 一 年, 克 林 顿, 现代 化). What these rules cut apart and
/// is a word after all stands in `words.txt`.
struct WordRules {
    private let classes = CharacterClasses.shared

    /// Rewrites the words that begin at the nodes, and adds longer ones that may begin there instead.
    func apply(_ scalars: Span<Unicode.Scalar>, _ nodes: inout MutableSpan<Lattice.Node>, joiningNames: Bool) {
        let count = scalars.count
        var start = 0
        while start < count {
            let end = Int(nodes[start].end)
            let first = classes[scalars[start]]
            if first & (CharacterClasses.numeral | CharacterClasses.asciiDigit) != 0,
                let next = number(scalars, start, &nodes)
            {
                start = next
                continue
            }
            switch end - start {
            case 1:
                if first & CharacterClasses.doubled != 0 {
                    let next = doubled(scalars, start, &nodes)
                    start = next
                    continue
                }
                if joiningNames, first & (CharacterClasses.foreign | CharacterClasses.surname) != 0 { name(scalars, start, &nodes) }
            case 2:
                if splits(first, classes[scalars[start + 1]]) {
                    nodes[start].end = Int32(start + 1)
                    nodes[start + 1].end = Int32(end)
                } else if end < count, Int(nodes[end].end) == end + 1, classes[scalars[end]] & CharacterClasses.suffix != 0,
                    scalars[start].isHan, scalars[start + 1].isHan
                {
                    nodes[start].joined = Int32(end + 1)
                }
            default: break
            }
            start = Int(nodes[start].end)
        }
    }

    /// Whether two characters that ICU gives as one word are two.
    @inline(__always)
    private func splits(_ first: UInt16, _ second: UInt16) -> Bool {
        second & CharacterClasses.tail != 0 && first & CharacterClasses.asciiDigit == 0
            || first & CharacterClasses.adverb != 0 && second & CharacterClasses.afterAdverb != 0
            || first & CharacterClasses.digitNumeral != 0 && second & CharacterClasses.measure != 0
    }

    /// Signs written twice are one: ——, ……, !!.
    private func doubled(_ scalars: Span<Unicode.Scalar>, _ start: Int, _ nodes: inout MutableSpan<Lattice.Node>) -> Int {
        var end = start + 1
        while end < scalars.count, scalars[end] == scalars[start], Int(nodes[end].end) == end + 1 {
            nodes[end].end = 0
            end += 1
        }
        nodes[start].end = Int32(end)
        return end
    }

    /// Characters of the longest number and of the longest name.
    private static let longest = 64

    /// Joins a number, and a year, month or day with its sign; cuts off the measure word ICU glued to it.
    private func number(_ scalars: Span<Unicode.Scalar>, _ start: Int, _ nodes: inout MutableSpan<Lattice.Node>) -> Int? {
        let mask = classes[scalars[start]] & CharacterClasses.asciiDigit != 0 ? CharacterClasses.asciiDigit : CharacterClasses.numeral
        var run = start
        var powers = 0
        while run < scalars.count, run - start < Self.longest {
            let both = classes[scalars[run]]
            // 2万, 3千5: digits go on with powers of ten.
            let isPower = both & CharacterClasses.numeral != 0 && both & (CharacterClasses.digitNumeral | CharacterClasses.asciiDigit) == 0
            guard both & mask != 0 || run > start && isPower || mask == CharacterClasses.asciiDigit && scalars[run] == "." && run > start && run + 1 < scalars.count && classes[scalars[run + 1]] & mask != 0
            else { break }
            if isPower { powers += 1 }
            run += 1
        }
        let length = run - start
        guard mask == CharacterClasses.asciiDigit || classes[scalars[start]] & CharacterClasses.digitNumeral != 0 || scalars[start] == "十"
        else { return nil }
        // Idioms and names go on past the numerals: 一心一意, 三国.
        var wordStart = start
        while Int(nodes[wordStart].end) < run { wordStart = Int(nodes[wordStart].end) }
        let tail = Int(nodes[wordStart].end) - run
        let next = run < scalars.count ? classes[scalars[run]] : 0
        if tail > 0 {
            guard tail == 1, next & (CharacterClasses.measure | CharacterClasses.calendar) != 0, length > 1 || mask == CharacterClasses.asciiDigit
            else { return nil }
        } else if length == 1, next & CharacterClasses.calendar == 0, mask == CharacterClasses.numeral {
            return nil
        }
        var end = run
        if next & CharacterClasses.calendar != 0, powers == 0 || mask == CharacterClasses.numeral, tail == 1 || Int(nodes[run].end) == run + 1 {
            let isDate: Bool
            switch scalars[run] {
            case "年": isDate = length == 4 && powers == 0 || length == 2 && powers == 0 && mask == CharacterClasses.asciiDigit
            default:
                // No month and no day is counted in hundreds: 一百二 日结.
                isDate = length <= 3 && !hasHundreds(scalars, start..<run) && (mask == CharacterClasses.asciiDigit ? length <= 2 : true) && scalars[start] != "几" && scalars[start] != "两"
            }
            if isDate { end = run + 1 }
        } else if run < scalars.count, scalars[run] == "%" || scalars[run] == "％", Int(nodes[run].end) == run + 1 {
            end = run + 1
        }
        if tail == 1, end == run { nodes[run].end = Int32(run + 1) }
        for position in start + 1..<max(end, start + 1) { nodes[position].end = 0 }
        nodes[start].end = Int32(end)
        return end
    }

    /// Whether a power of ten past ten is among the characters.
    private func hasHundreds(_ scalars: Span<Unicode.Scalar>, _ range: Range<Int>) -> Bool {
        for at in range where scalars[at] != "十" {
            let both = classes[scalars[at]]
            if both & CharacterClasses.numeral != 0, both & (CharacterClasses.digitNumeral | CharacterClasses.asciiDigit) == 0 { return true }
        }
        return false
    }

    /// Whether a word is a number in Chinese characters that may begin anew at a position inside it.
    static func isNumber(_ scalars: Span<Unicode.Scalar>, _ position: Int, _ word: Range<Int>) -> Bool {
        let classes = CharacterClasses.shared
        return classes[scalars[position]] & CharacterClasses.digitNumeral != 0
            && classes[scalars[word.lowerBound]] & CharacterClasses.numeral != 0
            && classes[scalars[word.upperBound - 1]] & CharacterClasses.numeral != 0
    }

    /// Joins single characters that make a name: 克 林 顿, and 泽 民 after the surname 江.
    private func name(_ scalars: Span<Unicode.Scalar>, _ start: Int, _ nodes: inout MutableSpan<Lattice.Node>) {
        var end = start
        while end < scalars.count, end - start < Self.longest, Int(nodes[end].end) == end + 1,
            classes[scalars[end]] & CharacterClasses.foreign != 0
        { end += 1 }
        if end - start >= 3 {
            nodes[start].joined = Int32(end)
            return
        }
        guard classes[scalars[start]] & CharacterClasses.surname != 0, start + 2 < scalars.count, Int(nodes[start + 1].end) == start + 2,
            Int(nodes[start + 2].end) == start + 3, classes[scalars[start + 1]] & CharacterClasses.given != 0,
            classes[scalars[start + 2]] & CharacterClasses.given != 0
        else { return }
        nodes[start + 1].joined = Int32(start + 3)
    }
}
