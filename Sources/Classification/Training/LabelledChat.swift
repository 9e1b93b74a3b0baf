import Transcript

/// A conversation with what a reader said of each message, as the corpora hold them.
public struct LabelledChat: Sendable {
    public struct Line: Sendable {
        public var role: Message.Role
        public var sender: String?
        public var text: String
        public var labels: [Label]
        /// Two careful readers would disagree: counts neither way.
        public var isUnsure: Bool
        public var direction: Direction?
        /// The part it plays, as `threat`; see the corpora's README.
        public var act: String?

        public init(
            role: Message.Role, sender: String? = nil, text: String, labels: [Label], isUnsure: Bool = false, direction: Direction? = nil,
            act: String? = nil
        ) {
            self.role = role
            self.sender = sender
            self.text = text
            self.labels = labels
            self.isUnsure = isUnsure
            self.direction = direction
            self.act = act
        }
    }

    public var name: String
    public var channel: String?
    public var writer: String?
    /// `plain` or `artful`.
    public var tier: String?
    public var lines: [Line]

    public init(name: String, channel: String? = nil, writer: String? = nil, tier: String? = nil, lines: [Line]) {
        self.name = name
        self.channel = channel
        self.writer = writer
        self.tier = tier
        self.lines = lines
    }
}
