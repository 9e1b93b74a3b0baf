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
        #expect(matches("[a]\n差评\n给差评\n评价\n", "给差评价") == ["a:给差评", "a:差评", "a:评价"])
    }

    @Test func `A gap stays in one sentence and is not too long`() {
        let lexicon = "[condition]\n不…就\n"
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
                parsing: "[x]\n" + entries.map { String(String.UnicodeScalarView($0)) }.sorted().joined(separator: "\n"))
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
}
