import Tokenization

/// Tells most lines at a glance that no rule without label holds for them.
///
/// Such a rule needs words of each of its groups, so one group says enough; where earlier lines may fill groups, the
/// line itself fills one of them. Rules that follow a label are not asked about. The words are looked for in the folded text. Where something in it may be read as
/// another word, nothing is said; where nothing is, the text is what folding makes of it.
struct RuleGlance: Sendable {
    private let folder = Folder()
    private let disguises = DisguiseReader.standard
    private let words: CueMatcher

    /// - Parameter words: finds the words of `lists`.
    init(_ words: CueMatcher) { self.words = words }

    /// The words of which such a rule needs one.
    static func lists(of rules: [Rule], lexicon: CueLexicon) -> CueLexicon {
        let folder = Folder()
        var lists = CueLexicon()
        var classes: Set<String> = []
        for rule in rules where rule.label == nil && rule.after == nil {
            let groups = rule.requires ?? []
            for name in (rule.within ?? 0) > 0 ? Array(groups.joined()) : groups.first ?? [] {
                guard let words = rule.words?[name] else {
                    classes.insert(name)
                    continue
                }
                var list = CueLexicon.Class(name: name)
                for word in words { list.append(RuleWords.folded(word, folder)) }
                lists.classes.append(list)
            }
        }
        lists.classes += lexicon.classes.filter { classes.contains($0.name) }
        return lists
    }

    /// Whether such a rule may hold for a line of this text; `false` is sure.
    func mayHold(_ text: String) -> Bool {
        var text = text
        text.makeContiguousUTF8()
        return mayHold(text.utf8.span)
    }

    /// The same of the bytes of a text.
    /// - Complexity: O(length of the text).
    func mayHold(_ utf8: Span<UInt8>) -> Bool {
        folder.withFolded(utf8) { text in
            guard let text else { return true }
            return words.hasMatch(in: text) || disguises.mayRead(in: text)
        }
    }
}
