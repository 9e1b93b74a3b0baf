/// A document before it has a form: what is said, in which order. Each output format prints it and decides nothing.
public struct Document: Equatable, Sendable {
    public var title: Phrase
    public var blocks: [Block]

    public init(title: Phrase, blocks: [Block]) {
        self.title = title
        self.blocks = blocks
    }
}

public enum Block: Equatable, Sendable {
    /// A heading below the title; level 2 is the highest.
    case heading(Int, Phrase)
    case paragraph(Phrase)
    /// Something the reader must not miss.
    case callout(Phrase)
    case list([Phrase])
    case checklist([Phrase])
    case table(Table)
    /// A text to be copied into a form, as it is.
    case copyText(String)
    /// Commands of the program's own making.
    case commands([String])
    /// Part of a chat as it was read.
    case transcript(Transcript)
    case timeline(Timeline)
    /// What follows begins on a new page where there are pages.
    case pageBreak
}

public struct Table: Equatable, Sendable {
    public var header: [Phrase]
    public var rows: [[Phrase]]
    /// Shares of the width in hundredths, where the columns should not find their own.
    public var widths: [Int]

    public init(_ header: [Phrase], rows: [[Phrase]], widths: [Int] = []) {
        self.header = header
        self.rows = rows
        self.widths = widths
    }
}

/// Lines of one chat around what was found.
public struct Transcript: Equatable, Sendable {
    public struct Line: Equatable, Sendable {
        public var id: EvidenceID
        public var line: Int
        /// As the file writes it.
        public var time: String
        public var speaker: String
        public var role: String
        public var isOwn: Bool
        public var text: String
        /// Matched parts, in Unicode scalars, ascending and apart.
        public var marks: [Range<Int>]
        public var isFinding: Bool
        /// Lines of the chat that were left out between the previous line and this one.
        public var omittedBefore: Int
    }

    public var file: String
    public var conversation: String
    public var lines: [Line]
}

/// What happened when, over several channels.
public struct Timeline: Equatable, Sendable {
    public struct Event: Equatable, Sendable {
        /// Seconds since 1970, for the distance between events; `nil` stands in the order given.
        public var seconds: Int64?
        public var time: String
        /// `threat`, `demand`, `refusal`, `review`, `payment`, `other`: decides the colour.
        public var kind: String
        public var what: Phrase
        public var channel: String
        public var id: EvidenceID?
    }

    public var channels: [String]
    public var events: [Event]
}

extension Timeline {
    /// The same for formats that cannot draw.
    var table: Table {
        Table(
            ["时间", "渠道", "事件", "证据编号"],
            rows: events.map { event in
                [.quote(event.time), .quote(event.channel), event.what, event.id.map { .id($0) } ?? "—"]
            })
    }
}
