import Resources

/// The words that messages are read by, as they are looked for.
///
/// Those of the lexicon and the rules that the program carries are stored in `cues.bin` and read in place, for making them took
/// a third of a start. A test compares it with tables made anew and says how to remake it; until that is done after a change
/// of a word they are made at start.
package struct CueTables: Sendable {
    /// The names of the lexicon's classes.
    let classes: [String]
    /// Finds the lexicon's words, by the position of their class.
    let ofLexicon: CueMatcher
    /// Finds the words that the rules bring along, by the position of their list.
    let ofRules: CueMatcher
    /// Finds the words of which a rule without label needs one.
    let telling: CueMatcher

    static let name = "cues.bin"

    /// Those of the program.
    package static let shipped = CueTables(StoredBytes(EmbeddedResource(name))) ?? CueTables(.shipped, rules: RuleBook.shipped.rules)

    /// Makes them of a lexicon and the rules that are used with it.
    package init(_ lexicon: CueLexicon, rules: [Rule]) {
        classes = lexicon.classes.map(\.name)
        ofLexicon = CueMatcher(lexicon)
        (ofRules, telling) = Self.matchers(rules, lexicon)
    }

    private static func matchers(_ rules: [Rule], _ lexicon: CueLexicon) -> (CueMatcher, CueMatcher) {
        (CueMatcher(RuleWords.lists(of: rules)), CueMatcher(RuleGlance.lists(of: rules, lexicon: lexicon)))
    }

    /// Points at the tables where they are stored, or nothing where the bytes are none, or were made of other words.
    init?(_ bytes: StoredBytes) {
        var lists = StoredLists(bytes)
        guard let source: StoredNumbers<UInt64> = lists.next(), Array(source) == Self.source,
            let names: StoredNumbers<UInt8> = lists.next(),
            let ofLexicon = CueMatcher(&lists), let ofRules = CueMatcher(&lists), let telling = CueMatcher(&lists)
        else { return nil }
        classes = names.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        (self.ofLexicon, self.ofRules, self.telling) = (ofLexicon, ofRules, telling)
    }

    /// What the file holds.
    var bytes: [UInt8] {
        var lists = StoredListWriter()
        lists.append(StoredNumbers(Self.source))
        lists.append(StoredNumbers(Array(classes.joined(separator: "\n").utf8)))
        for matcher in [ofLexicon, ofRules, telling] { matcher.write(to: &lists) }
        return lists.bytes
    }

    /// What tells the texts that the tables are made of from others.
    private static var source: [UInt64] {
        (["cues.txt"] + RuleBook.resourceNames).map { unsafe ModelFile.fingerprint(of: EmbeddedResource($0).unsafeBytes) }
    }
}
