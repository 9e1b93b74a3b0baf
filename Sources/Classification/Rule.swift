/// What one kind of behaviour is called, how it shows, and what looks like it and is not.
///
/// The model decides whether a line is flagged; the rules say what it is flagged as, and show the words. Each rule is
/// one data file, `Rules/<branch>/<rule>.json5`, with its own examples.
public struct Rule: Decodable, Sendable {
    /// A lawful look-alike.
    public struct Lookalike: Decodable, Sendable {
        /// The leaf of the taxonomy, as `na.freight_negotiation`.
        public var id: String
        public var name: String
        /// Classes of cues that speak for it when they stand in the chat.
        public var cues: [String]?
    }

    /// A line of an example chat.
    public struct ExampleLine: Decodable, Sendable {
        public var role: String
        public var text: String
        /// Whether the rule is expected to be named for this line.
        public var flagged: Bool?
    }

    /// The rule's name for programs, as `ext/review-threat`.
    public var id: String
    /// The leaf of the taxonomy.
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
    /// What the platforms or the law say, with source and date where they are known.
    public var policy: [String]
    /// For each kind of cue (`threat`, `demand`, `reward`, …) the classes of words that show it.
    public var cues: [String: [String]]
    /// Classes that tell this rule from its neighbours. Empty: the rule of its label where no other fits.
    public var telling: [String]
    /// For a rule without label: from each group at least one class must stand in the line.
    public var requires: [[String]]?
    /// For a rule without label: no class of these may stand in the line.
    public var excludes: [String]?
    public var lookalikes: [Lookalike]
    /// Chats in which the rule must be named.
    public var matching: [[ExampleLine]]
    /// Chats in which it must not.
    public var clean: [[ExampleLine]]
}
