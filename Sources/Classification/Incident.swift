import Transcript

/// The place of a record among all the files that were read.
public struct RecordPlace: Hashable, Sendable {
    /// Position of the file in the input order.
    public var file: Int
    public var location: SourceLocation

    public init(file: Int, location: SourceLocation) {
        self.file = file
        self.location = location
    }
}

/// A message that was found, with its chat's file.
public struct Finding: Equatable, Sendable {
    /// Position of the file in the input order.
    public var file: Int
    public var message: Message
    public var judgement: Judgement
    /// Position of its incident in the run's incidents; `nil` for a finding that stands alone.
    public var incident: Int?
    /// Where the same message stands in other exports of the same chat.
    public var alsoIn: [RecordPlace]

    public init(
        file: Int, message: Message, judgement: Judgement, incident: Int? = nil, alsoIn: [RecordPlace] = []
    ) {
        self.file = file
        self.message = message
        self.judgement = judgement
        self.incident = incident
        self.alsoIn = alsoIn
    }
}

/// Threat, demand and the link between them by one counterparty; or one counterparty's cashback or advertising.
public struct Incident: Equatable, Sendable {
    /// A sum of money that was asked for, offered or paid.
    public struct Amount: Equatable, Sendable {
        /// In hundredths of `unit`.
        public var hundredths: Int
        public var unit: String
        /// Position of the finding that names it.
        public var finding: Int

        public init(hundredths: Int, unit: String = "CNY", finding: Int) {
            self.hundredths = hundredths
            self.unit = unit
            self.finding = finding
        }
    }

    /// An account, a number, a link that identifies the counterparty.
    public struct Identifier: Hashable, Sendable {
        /// `phone`, `qq`, `wechat`, `alipay`, `bank-card`, `order`, `parcel`, `link`.
        public var kind: String
        /// Normalised: digits and letters without separators and disguise.
        public var value: String
        /// Position of the finding that names it.
        public var finding: Int

        public init(kind: String, value: String, finding: Int) {
            self.kind = kind
            self.value = value
            self.finding = finding
        }
    }

    public var labels: [Label]
    /// Positions in the run's findings, ascending.
    public var findings: [Int]
    /// The name under which the counterparty speaks.
    public var counterparty: String?
    public var counterpartyID: String?
    /// For each element the positions of the findings that carry it.
    public var elements: [Element: [Int]]
    public var amounts: [Amount]
    public var identifiers: [Identifier]
    /// Positions of the findings, ascending, in which the seller himself speaks of cashback, pays or haggles in the incident's
    /// chats. They are no part of it, but weaken it and tell how it went on.
    public var ownDealings: [Int]
    public var level: Level

    public init(
        labels: [Label], findings: [Int], counterparty: String?, counterpartyID: String?,
        elements: [Element: [Int]] = [:], amounts: [Amount] = [], identifiers: [Identifier] = [], ownDealings: [Int] = [],
        level: Level
    ) {
        self.labels = labels
        self.findings = findings
        self.counterparty = counterparty
        self.counterpartyID = counterpartyID
        self.elements = elements
        self.amounts = amounts
        self.identifiers = identifiers
        self.ownDealings = ownDealings
        self.level = level
    }
}
