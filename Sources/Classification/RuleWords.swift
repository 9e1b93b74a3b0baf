import Tokenization

/// Finds the words that the rules bring along themselves, folded as the texts are.
struct RuleWords: Sendable {
    private let matcher: CueMatcher
    /// For each list of words its rule and its name.
    private let lists: [(rule: Int, name: String)]

    init(_ rules: [Rule]) {
        var lists: [(rule: Int, name: String)] = []
        var lexicon = CueLexicon()
        let folder = Folder()
        for (number, rule) in rules.enumerated() {
            for (name, words) in (rule.words ?? [:]).sorted(by: { $0.key < $1.key }) {
                lists.append((number, name))
                lexicon.classes.append(CueLexicon.Class(name: "\(rule.id)#\(name)", entries: words.map { Self.folded($0, folder) }))
            }
        }
        self.lists = lists
        matcher = CueMatcher(lexicon)
    }

    private static func folded(_ word: String, _ folder: Folder) -> String {
        word.split(separator: "…", maxSplits: 1).map { folder.fold(String($0)).string }.joined(separator: "…")
    }

    /// For each rule whose words stand in the text, its lists and where they stand.
    func find(in text: [Unicode.Scalar]) -> [Int: [String: [Range<Int>]]] {
        var found: [Int: [String: [Range<Int>]]] = [:]
        for match in matcher.matches(in: text) {
            let (rule, name) = lists[match.cueClass]
            found[rule, default: [:]][name, default: []].append(match.range)
        }
        return found
    }
}

/// What the rules see of one message: words of the lexicon by class, and words of their own.
struct RuleView: Sendable {
    /// Class → where its words stand.
    var classes: [String: [Range<Int>]]
    /// Position of a rule → its own lists.
    var own: [Int: [String: [Range<Int>]]]

    /// Where the words of a list stand; a rule's own list hides a class of that name.
    func ranges(_ name: String, _ rule: Rule, at position: Int) -> [Range<Int>] {
        if rule.words?[name] != nil { return own[position]?[name] ?? [] }
        return classes[name] ?? []
    }

    func has(_ name: String, _ rule: Rule, at position: Int) -> Bool {
        !ranges(name, rule, at: position).isEmpty
    }
}
