/// What was matched in a message, and where.
public struct Cue: Hashable, Sendable {
    /// The kind of cue, as `threat`, `demand`, `amount`, `contact`.
    public var kind: String
    /// The rule that names it, as `ext/review-threat`.
    public var rule: String
    /// The matched part of the message, in Unicode scalars of its text.
    public var range: Range<Int>
    /// The words as they stand in the message.
    public var text: String
    /// What they were read as where the spelling was disguised.
    public var reading: String?
    /// What the cue adds to the message's own log odds of the finding's first label, in hundredths: those of the message less
    /// those of the message without the cue's words. `nil` where the finding has no label.
    public var weight: Int?

    public init(kind: String, rule: String, range: Range<Int>, text: String, reading: String? = nil, weight: Int? = nil) {
        self.kind = kind
        self.rule = rule
        self.range = range
        self.text = text
        self.reading = reading
        self.weight = weight
    }
}

/// What the classifier says of one message, read in its chat.
public struct Judgement: Equatable, Sendable {
    /// Sorted as `Label` is.
    public var labels: [Label]
    /// Hundredths, 0...100, in the order of `Label.allCases`; each label is decided on this value.
    public var scores: [Int]
    /// The score, in hundredths, that the message's own words without its chat give the first label; `nil` without one.
    public var alone: Int?
    /// The leaf of the taxonomy, as `ext.review`; `nil` where nothing was found. With two labels the extortion one.
    public var category: String?
    public var categories: [String]
    public var direction: Direction?
    public var level: Level?
    public var cues: [Cue]
    /// Lawful look-alikes that were considered, as `na.freight_negotiation`.
    public var lookalikes: [String]
    /// The part the message plays in an incident, as `threat`, `demand`, `refusal`; empty where none.
    public var elements: [Element]

    public init(
        labels: [Label] = [], scores: [Int] = [0, 0, 0], alone: Int? = nil, category: String? = nil, categories: [String] = [],
        direction: Direction? = nil, level: Level? = nil, cues: [Cue] = [], lookalikes: [String] = [],
        elements: [Element] = []
    ) {
        self.labels = labels
        self.scores = scores
        self.alone = alone
        self.category = category
        self.categories = categories
        self.direction = direction
        self.level = level
        self.cues = cues
        self.lookalikes = lookalikes
        self.elements = elements
    }

    /// Whether the message is a finding: labelled, or in a branch without labels.
    public var isFinding: Bool { category != nil || !labels.isEmpty }
}

/// The parts that make an incident.
public enum Element: String, CaseIterable, Sendable {
    case threat, demand, link, refusal
    /// The buyer takes back what he said: it belongs to the whole truth of the case.
    case withdrawal
}
