/// What one kind of behaviour is called, how it shows, and what looks like it and is not.
///
/// In the branches with a label the model decides whether a line is flagged, and the rules say what it is flagged as and
/// show the words. In the others a rule decides alone. Each rule is one data file, `Rules/<branch>/<rule>.json5`, with
/// its own examples.
///
/// Wherever a rule names a list of words, the name is a list of its own (`words`) or else a class of the cue lexicon.
public struct Rule: Decodable, Equatable, Sendable {
    /// A lawful look-alike.
    public struct Lookalike: Decodable, Equatable, Sendable {
        /// The leaf of the taxonomy, as `na.freight_negotiation`; other look-alikes have none.
        public var id: String?
        public var name: String
        /// Lists of words that speak for it when they stand in the flagged lines.
        public var cues: [String]?
    }

    /// A line of an example chat.
    public struct ExampleLine: Decodable, Equatable, Sendable {
        public var role: String
        public var text: String
        /// Whether the rule is expected to be named for this line.
        public var flagged: Bool?
        /// What the line is labelled, where that is not the rule's own label or where another line sets the scene.
        public var labels: [String]?
    }

    /// The rule's name and reason for those who do not read Chinese.
    public struct English: Decodable, Equatable, Sendable {
        public var name: String
        public var why: String
    }

    /// The state of a chat before a line, on which the direction of an exchange depends.
    public enum Situation: String, Decodable, Sendable {
        /// The buyer has threatened.
        case coerced
        /// The seller has offered something for a review, or the line speaks of a card in the parcel.
        case offered
        /// Neither.
        case open
        /// Nobody knows who speaks.
        case unknown
    }

    /// The rule's name for programs, and its place: `ext/review-threat` is `Rules/ext/review-threat.json5`.
    public var id: String
    /// The category of the taxonomy, as `ext.review`.
    public var category: String
    /// The label of the lines; `nil` for the branches without labels, whose rules decide alone.
    public var label: String?
    /// Who speaks: `buyer` (anyone but the seller) or `seller`.
    public var speaker: String
    public var name: String
    /// What it flags, in one or two Chinese sentences.
    public var flags: String
    /// Why it matters.
    public var why: String
    /// The same in English; without it the page shows the Chinese.
    public var english: English?
    /// What the platforms or the law say, with source and date where they are known.
    public var policy: [String]
    /// Lists of words of the rule's own; `…` in a word stands for a gap, as in the lexicon.
    public var words: [String: [String]]?
    /// For each kind of cue (`threat`, `demand`, `reward`, …) the lists whose words show it.
    public var cues: [String: [String]]
    /// For a rule with label: how much each list tells this rule from its neighbours.
    public var telling: [String: Int]?
    /// For a rule with label: whether it is the one where no other fits.
    public var isDefault: Bool?
    /// For a rule with label: the situations in which it applies; all where none is named.
    public var when: [Situation]?
    /// For a rule without label: from each group at least one list must stand in the line.
    public var requires: [[String]]?
    /// For a rule without label: how many earlier lines of the same speaker may fill a group; the line itself fills one.
    public var within: Int?
    /// For a rule without label: the label a line of another speaker shortly before must carry.
    public var after: String?
    /// For a rule without label: no word of these may stand in the line.
    public var excludes: [String]?
    /// For a rule without label: how far its findings are ready to be submitted; `notice` where it does not say.
    public var level: String?
    public var lookalikes: [Lookalike]
    /// Chats in which the rule must be named.
    public var matching: [[ExampleLine]]
    /// Chats in which it must not.
    public var clean: [[ExampleLine]]

    /// The branch of the taxonomy, as `ext`.
    public var branch: Substring { category.prefix { $0 != "." } }
    var isOfSeller: Bool { speaker == "seller" }
}
