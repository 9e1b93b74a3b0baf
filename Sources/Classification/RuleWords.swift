import Tokenization

/// Finds the words that the rules bring along themselves, folded as the texts are.
struct RuleWords: Sendable {
    private let matcher: CueMatcher
    /// For each list of words its rule and its name.
    private let lists: [(rule: Int, name: String)]
    /// The position of each class in the lexicon.
    let classNumbers: [String: Int]

    /// - Parameter matcher: finds the words of `lists`.
    init(_ rules: [Rule], _ matcher: CueMatcher, classes: [String]) {
        classNumbers = Dictionary(classes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        lists = Self.names(of: rules)
        self.matcher = matcher
    }

    private static func names(of rules: [Rule]) -> [(rule: Int, name: String)] {
        rules.enumerated().flatMap { number, rule in (rule.words ?? [:]).keys.sorted().map { (number, $0) } }
    }

    /// The lists of words that the rules bring along, in the order of `names`.
    static func lists(of rules: [Rule]) -> CueLexicon {
        var lists = CueLexicon()
        let folder = Folder()
        for (rule, name) in names(of: rules) {
            var list = CueLexicon.Class(name: name)
            for word in rules[rule].words?[name] ?? [] { list.append(folded(word, folder)) }
            lists.classes.append(list)
        }
        return lists
    }

    /// A word folded on both sides of its gap.
    static func folded(_ word: String, _ folder: Folder) -> [Unicode.Scalar] {
        guard let gap = word.unicodeScalars.firstIndex(of: "…") else { return folder.fold(word).scalars }
        let after = word.unicodeScalars.index(after: gap)
        return folder.fold(String(word[..<gap])).scalars + ["…"] + folder.fold(String(word[after...])).scalars
    }

    /// What the rules see of a message.
    func view(of message: ReadMessage) -> RuleView {
        RuleView(message, classNumbers: classNumbers, own: find(in: message.text.scalars))
    }

    /// For each rule whose words stand in the text, its lists and where they stand.
    private func find(in text: [Unicode.Scalar]) -> [Int: [String: [Range<Int>]]] {
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
    private let matches: [CueMatcher.Match]
    private let classNumbers: [String: Int]
    /// Position of a rule → its own lists.
    let own: [Int: [String: [Range<Int>]]]

    init(_ message: ReadMessage, classNumbers: [String: Int], own: [Int: [String: [Range<Int>]]]) {
        matches = message.matches
        self.classNumbers = classNumbers
        self.own = own
    }

    /// Where the words of a class stand.
    func ranges(of name: String) -> [Range<Int>] {
        guard let number = classNumbers[name] else { return [] }
        return matches.filter { $0.cueClass == number }.map(\.range)
    }

    /// How often words of each class stand, by its position in the lexicon.
    var counts: [Int: Int] { Dictionary(matches.map { ($0.cueClass, 1) }, uniquingKeysWith: +) }

    /// Where the words of a list stand; a rule's own list hides a class of that name.
    func ranges(_ name: String, _ rule: Rule, at position: Int) -> [Range<Int>] {
        if rule.words?[name] != nil { return own[position]?[name] ?? [] }
        return ranges(of: name)
    }

    func has(_ name: String, _ rule: Rule, at position: Int) -> Bool {
        !ranges(name, rule, at: position).isEmpty
    }
}
