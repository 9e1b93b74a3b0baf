import Resources
import Tokenization
import Transcript

/// Judges the messages of a chat, read as a whole.
public struct Classifier: Sendable {
    /// What the classifier needs to know of a message.
    public struct Input: Sendable {
        public var role: Message.Role
        /// Who speaks, where the chat has more than two; messages of one sender belong together.
        public var sender: String?
        public var kind: Message.Kind
        public var text: String

        public init(role: Message.Role, sender: String? = nil, kind: Message.Kind = .text, text: String) {
            self.role = role
            self.sender = sender
            self.kind = kind
            self.text = text
        }
    }

    /// Messages on either side that can bear on a judgement: each layer looks as far as its window.
    public var reach: Int { model.layers.count * ChatFeatures.window }

    private let lexicon: CueLexicon
    private let reader: MessageReader
    private let model: ChatModel
    private let rules: RuleBook

    /// The classifier with the model, lexicon and rules that the program carries.
    public static let shipped: Classifier = {
        let lexicon = CueLexicon.shipped
        guard let model = EmbeddedResource("model.bin").withBytes({ ModelFile.decode($0) }) else {
            preconditionFailure("model.bin is no model; run `juzheng train`")
        }
        return Classifier(lexicon: lexicon, model: model, rules: .shipped)
    }()

    init(lexicon: CueLexicon, model: ChatModel, rules: RuleBook) {
        self.lexicon = lexicon
        self.model = model
        self.rules = rules
        reader = MessageReader(lexicon: lexicon)
    }

    /// The judgement of every message of a chat.
    public func judge(_ chat: [Input]) -> [Judgement] {
        let read = chat.map(reader.read)
        let opinions = model.opinions(read)
        var judgements = chat.indices.map { labelled(chat[$0], opinions[$0]) }
        // How often each class of cues stands in the flagged lines of one speaker.
        var around: [String: [String: Int]] = [:]
        for (index, judgement) in judgements.enumerated() where !judgement.labels.isEmpty {
            around[Self.speaker(chat[index]), default: [:]].merge(counts(read[index]), uniquingKeysWith: +)
        }
        for index in chat.indices where !judgements[index].labels.isEmpty {
            explain(&judgements[index], chat[index], read[index], around[Self.speaker(chat[index])] ?? [:])
        }
        for index in chat.indices { judgements[index].elements = elements(chat[index], read[index], opinions[index], judgements[index]) }
        Levels.assign(to: &judgements, chat)
        return judgements
    }

    /// The scores of lines that were read before, for measurements.
    func scores(_ chat: [ReadMessage], _ roles: [Message.Role]) -> [[Int]] {
        zip(model.opinions(chat), roles).map { labelled(Input(role: $1, text: ""), $0).scores }
    }

    static func speaker(_ input: Input) -> String { "\(input.role.rawValue)\u{0}\(input.sender ?? "")" }

    /// The labels by the last layer's opinion, as far as the speaker's role allows them.
    private func labelled(_ input: Input, _ opinion: [Int]) -> Judgement {
        var judgement = Judgement(scores: Array(opinion.prefix(Label.allCases.count)))
        for (number, label) in Label.allCases.enumerated() {
            let allowed = switch input.role {
            case .system: false
            case .seller: label == .cashback && input.kind.isSaid
            case .buyer, .unknown: input.kind.isSaid
            }
            // A label a role rules out has no score, so that the two never disagree.
            if !allowed { judgement.scores[number] = 0 }
            if judgement.scores[number] >= Self.threshold { judgement.labels.append(label) }
        }
        if judgement.labels.contains(.cashback) {
            judgement.direction = switch input.role {
            case .seller: .sellerOffers
            case .buyer: .buyerDemands
            case .unknown, .system: nil
            }
        }
        return judgement
    }

    /// The score, in hundredths, from which a line is flagged.
    static let threshold = 50

    private func counts(_ message: ReadMessage) -> [String: Int] {
        var counts: [String: Int] = [:]
        for match in message.matches { counts[lexicon.classes[match.cueClass].name, default: 0] += 1 }
        return counts
    }

    /// Fills in categories, cues and look-alikes from the rules.
    private func explain(_ judgement: inout Judgement, _ input: Input, _ read: ReadMessage, _ around: [String: Int]) {
        let own = counts(read)
        let chosen = judgement.labels.compactMap {
            rules.rule(for: $0, seller: input.role == .seller, own: own, around: around)
        }
        judgement.categories = chosen.map(\.category)
        judgement.category = judgement.categories.first
        let scalars = Array(input.text.unicodeScalars)
        var cues: Set<Cue> = []
        for rule in chosen {
            for (kind, classes) in rule.cues {
                for match in read.matches where classes.contains(lexicon.classes[match.cueClass].name) {
                    let range = read.text.originalRange(of: match.range).clamped(to: 0..<scalars.count)
                    guard !range.isEmpty else { continue }
                    var text = String.UnicodeScalarView()
                    text.append(contentsOf: scalars[range])
                    cues.insert(Cue(kind: kind, rule: rule.id, range: range, text: String(text)))
                }
            }
            for lookalike in rule.lookalikes {
                if let signs = lookalike.cues, signs.contains(where: { (own[$0] ?? 0) + (around[$0] ?? 0) > 0 }),
                    !judgement.lookalikes.contains(lookalike.id)
                {
                    judgement.lookalikes.append(lookalike.id)
                }
            }
        }
        judgement.cues = Self.outermost(cues)
    }

    /// In order, without those that lie inside another of the same kind.
    private static func outermost(_ cues: Set<Cue>) -> [Cue] {
        let sorted = cues.sorted {
            ($0.range.lowerBound, -$0.range.upperBound, $0.kind, $0.rule)
                < ($1.range.lowerBound, -$1.range.upperBound, $1.kind, $1.rule)
        }
        var kept: [Cue] = []
        for cue in sorted {
            let isInside = kept.contains {
                $0.kind == cue.kind && $0.range.lowerBound <= cue.range.lowerBound
                    && $0.range.upperBound >= cue.range.upperBound
            }
            if !isInside { kept.append(cue) }
        }
        return kept
    }

    /// The part a message plays in an incident.
    private func elements(
        _ input: Input, _ read: ReadMessage, _ opinion: [Int], _ judgement: Judgement
    ) -> [Element] {
        if judgement.labels.contains(.extortion) {
            var elements: [Element] = []
            if opinion[ChatModel.Head.threat.rawValue] >= 40 { elements.append(.threat) }
            if opinion[ChatModel.Head.demand.rawValue] >= 40 { elements.append(.demand) }
            let names = counts(read)
            if elements.count == 2 || names["condition"] != nil || names["deadline"] != nil { elements.append(.link) }
            return elements
        }
        if input.role == .seller, judgement.labels.isEmpty, counts(read)["refuse"] != nil { return [.refusal] }
        return []
    }
}
