import Testing

@testable import Classification

@Suite struct CueMatcherTests {
    private func matches(_ lexicon: String, _ text: String) -> [String] {
        let lexicon = CueLexicon(parsing: lexicon)
        let scalars = Array(text.unicodeScalars)
        return CueMatcher(lexicon).matches(in: scalars).map { match in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[match.range])
            return "\(lexicon.classes[match.cueClass].name):\(view)"
        }
    }

    @Test func `Words inside words and across each other are all found`() {
        #expect(matches("== a ==\n差评\n给差评\n评价\n", "给差评价") == ["a:给差评", "a:差评", "a:评价"])
    }

    @Test func `A gap stays in one sentence and is not too long`() {
        let lexicon = "== condition ==\n不…就\n"
        #expect(matches(lexicon, "不给钱就差评") == ["condition:不给钱就"])
        #expect(matches(lexicon, "不。就这样").isEmpty)
        #expect(matches(lexicon, "不一二三四五六七就").isEmpty)
    }

    /// The automaton against a search for each word at each place.
    @Test func `It finds what a plain search finds`() {
        var random = SplitMix(seed: 7)
        let letters: [Unicode.Scalar] = ["差", "评", "好", "返"]
        func word(_ length: Int) -> [Unicode.Scalar] { (0..<length).map { _ in letters[Int(random.next() % 4)] } }
        for _ in 0..<200 {
            let entries = Set((0..<6).map { _ in word(1 + Int(random.next() % 3)) })
            let text = word(20)
            let lexicon = CueLexicon(
                parsing: "== x ==\n" + entries.map { String(String.UnicodeScalarView($0)) }.sorted().joined(separator: "\n"))
            let found = Set(CueMatcher(lexicon).matches(in: text).map(\.range))
            var expected: Set<Range<Int>> = []
            for entry in entries {
                for start in 0...(text.count - entry.count) where Array(text[start..<start + entry.count]) == entry {
                    expected.insert(start..<start + entry.count)
                }
            }
            #expect(found == expected)
        }
    }

    /// What the matcher is to find, by looking for each word at each place.
    private func plainSearch(_ lexicon: CueLexicon, _ text: [Unicode.Scalar]) -> [CueMatcher.Match] {
        struct Half {
            var number: Int
            var cueClass: Int
            var word: [Unicode.Scalar]
            /// The entry it is half of, and which.
            var entry: Int?
            var isFirst = false
        }
        var halves: [Half] = []
        for (cueClass, list) in lexicon.classes.enumerated() {
            for entry in list.entries {
                let parts = entry.unicodeScalars.split(separator: "…", maxSplits: 1).map(Array.init)
                for (part, word) in parts.enumerated() {
                    halves.append(
                        Half(
                            number: halves.count, cueClass: cueClass, word: word,
                            entry: parts.count == 2 ? halves.count - part : nil, isFirst: part == 0))
                }
            }
        }
        func isWhole(_ range: Range<Int>) -> Bool {
            [range.lowerBound, range.upperBound].allSatisfy { at in
                guard at > 0, at < text.count else { return true }
                return !(text[at - 1].properties.isAlphabetic && text[at - 1].isASCII && text[at].properties.isAlphabetic && text[at].isASCII)
            }
        }
        var found: [CueMatcher.Match] = []
        var open: [Int: Range<Int>] = [:]
        for end in 1..<max(1, text.count + 1) {
            if text[end - 1] == "。" { open = [:] }
            for half in halves.sorted(by: { ($0.word.count, $1.number) > ($1.word.count, $0.number) })
            where half.word.count <= end && Array(text[end - half.word.count..<end]) == half.word {
                var range = end - half.word.count..<end
                if let entry = half.entry {
                    if half.isFirst {
                        open[entry] = range
                        continue
                    }
                    guard let first = open[entry], (0...CueMatcher.longestGap).contains(range.lowerBound - first.upperBound) else { continue }
                    range = first.lowerBound..<range.upperBound
                }
                if isWhole(range) { found.append(CueMatcher.Match(cueClass: half.cueClass, range: range)) }
            }
        }
        return found
    }

    @Test func `Matches come by their ends, longer ones first, with gaps and classes`() {
        var random = SplitMix(seed: 11)
        let letters = Array("差评好返。ab😀".unicodeScalars)
        func word(_ length: Int) -> String {
            String(String.UnicodeScalarView((0..<length).map { _ in letters[Int(random.next() % UInt64(letters.count))] }))
        }
        var count = 0
        for _ in 0..<300 {
            var lexicon = CueLexicon(parsing: "")
            for number in 0..<3 {
                let entries = (0..<5).map { _ in
                    let entry = word(1 + Int(random.next() % 4))
                    return random.next() % 3 == 0 ? entry + "…" + word(1 + Int(random.next() % 2)) : entry
                }
                lexicon.classes.append(CueLexicon.Class(name: "c\(number)", entries: entries))
            }
            let text = Array(word(40).unicodeScalars)
            let matcher = CueMatcher(lexicon)
            let expected = plainSearch(lexicon, text)
            #expect(matcher.matches(in: text) == expected)
            let hasMatch = matcher.hasMatch(in: text.span)
            #expect(hasMatch == !expected.isEmpty)
            count += expected.count
        }
        #expect(count > 1_000)
    }
}
