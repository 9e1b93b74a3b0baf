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

    private let reader: MessageReader
    private let model: ChatModel
    private let rules: RuleJudge

    /// The classifier with the model, lexicon and rules that the program carries.
    public static let shipped = shipped(adding: [])

    /// The same with rules added, and with words of the user: what stands in one of those is no disguise.
    public static func shipped(adding rules: [Rule], words: Lexicon = .standard) -> Classifier {
        let lexicon = CueLexicon.shipped
        guard let model = EmbeddedResource("model.bin").withBytes({ ModelFile.decode($0) }) else {
            preconditionFailure("model.bin is no model; run `juzheng train`")
        }
        return Classifier(lexicon: lexicon, model: model, rules: RuleBook.shipped.adding(rules), words: words)
    }

    init(lexicon: CueLexicon, model: ChatModel, rules: RuleBook, words: Lexicon = .standard) {
        self.model = model
        self.rules = RuleJudge(rules, lexicon: lexicon)
        reader = MessageReader(lexicon: lexicon, words: words)
    }

    /// What the rules say of a chat whose labels are known.
    func explain(_ chat: [Input], labels: [[Label]]) -> [Judgement] {
        var judgements = labels.map { Judgement(labels: $0) }
        var read = ReadChat(chat, reader: reader, words: rules.words)
        rules.apply(to: &judgements, &read)
        return judgements
    }

    /// The judgement of every message of a chat.
    public func judge(_ chat: [Input]) -> [Judgement] {
        var read = ReadChat(chat, reader: reader, words: rules.words)
        let opinions = model.opinions(chat.indices.map { read.message($0) })
        var judgements = chat.indices.map { labelled(chat[$0], opinions[$0]) }
        rules.apply(to: &judgements, &read)
        for index in chat.indices {
            judgements[index].elements = elements(chat[index], read.message(index), opinions[index], judgements[index])
            if isWithdrawal(at: index, &read, judgements) { judgements[index].elements = [.withdrawal] }
        }
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

    /// Where the words of a class stand in a message.
    private func ranges(_ name: String, in message: ReadMessage) -> [Range<Int>] {
        guard let number = rules.words.classNumbers[name] else { return [] }
        return message.matches.filter { $0.cueClass == number }.map(\.range)
    }

    /// The part a message plays in an incident.
    private func elements(
        _ input: Input, _ read: ReadMessage, _ opinion: [Int], _ judgement: Judgement
    ) -> [Element] {
        if judgement.labels.contains(.extortion) {
            var elements: [Element] = []
            let kinds = Set(judgement.cues.map(\.kind))
            if opinion[ChatModel.Head.threat.rawValue] >= 40 || kinds.contains("threat") { elements.append(.threat) }
            if opinion[ChatModel.Head.demand.rawValue] >= 40 || kinds.contains("amount") { elements.append(.demand) }
            if elements.count == 2 || !ranges("condition", in: read).isEmpty || !ranges("deadline", in: read).isEmpty {
                elements.append(.link)
            }
            return elements
        }
        // Who haggles does not refuse.
        guard judgement.category == nil else { return [] }
        if input.role == .seller, !ranges("refuse", in: read).isEmpty { return [.refusal] }
        return []
    }

    /// Whether a buyer who threatened takes it back; a mere apology is politeness.
    private func isWithdrawal(at index: Int, _ read: inout ReadChat, _ judgements: [Judgement]) -> Bool {
        let chat = read.inputs
        guard chat[index].role == .buyer, judgements[index].category == nil,
            (max(0, index - RuleJudge.lookBack)..<index).contains(where: {
                judgements[$0].labels.contains(.extortion) && Self.speaker(chat[$0]) == Self.speaker(chat[index])
            })
        else { return false }
        let taken = ranges("withdraw", in: read.message(index))
        let polite = ranges("courtesy", in: read.message(index))
        return taken.contains { range in range.count >= 4 && !polite.contains { $0.overlaps(range) } }
    }
}
