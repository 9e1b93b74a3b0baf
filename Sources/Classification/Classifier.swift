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
        /// What a glance at the text told, where it was taken before.
        public var glance: Glance?

        public init(
            role: Message.Role, sender: String? = nil, kind: Message.Kind = .text, text: String, glance: Glance? = nil
        ) {
            self.role = role
            self.sender = sender
            self.kind = kind
            self.text = text
            self.glance = glance
        }

        /// Whether the same speaker said another message of the chat.
        @inline(__always)
        func isSameSpeaker(as other: Input) -> Bool { role == other.role && (sender ?? "") == (other.sender ?? "") }
    }

    /// Messages on either side of a piece of a chat that are read with it, and so can bear on its judgements.
    public static let reach = 128

    private let reader: MessageReader
    private let model: ChatModel
    private let rules: RuleJudge

    /// The classifier with the model, lexicon and rules that the program carries.
    public static let shipped = shipped(adding: [])

    /// The same with rules added, and with words of the user: what stands in one of those is no disguise.
    public static func shipped(adding rules: [Rule], words: Lexicon = .standard) -> Classifier {
        guard let model = ModelFile.decode(StoredBytes(EmbeddedResource(ShippedModel.name))) else {
            preconditionFailure("model.bin is no model; run `juzheng train`")
        }
        let book = RuleBook.shipped.adding(rules)
        return Classifier(rules.isEmpty ? .shipped : CueTables(.shipped, rules: book.rules), model: model, rules: book, words: words)
    }

    /// - Parameter cues: made of these rules.
    init(_ cues: CueTables, model: ChatModel, rules: RuleBook, words: Lexicon = .standard) {
        self.model = model
        self.rules = RuleJudge(rules, cues)
        reader = MessageReader(cues, words: words)
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
        var pieces = ChatPieces<Input>(reach: Self.reach)
        var judgements: [Judgement] = []
        for message in chat {
            if let piece = pieces.push(message) { judgements += judge(piece: piece.elements)[piece.judged] }
        }
        if let piece = pieces.finish() { judgements += judge(piece: piece.elements)[piece.judged] }
        return judgements
    }

    /// What the bytes of a message's text tell without its chat. A message of which they tell nothing bears on no judgement
    /// but those beside one of which they do.
    public struct Glance: OptionSet, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The gate lets it through to the models.
        public static let awake = Glance(rawValue: 1)
        /// A rule without label may hold for it.
        public static let telling = Glance(rawValue: 2)
    }

    /// Looks at the bytes of a message's text.
    /// - Parameter utf8: valid UTF-8.
    /// - Complexity: O(length of the text).
    public func glance(_ utf8: Span<UInt8>) -> Glance {
        var glance: Glance = []
        if model.gate.isAwake(utf8) { glance.insert(.awake) }
        if rules.glance.mayHold(utf8) { glance.insert(.telling) }
        return glance
    }

    /// Messages on either side of one that tells something which may be read for it.
    static let sight = Gate.reach + RuleJudge.lookBack + MessageReader.joined

    /// The positions of a piece that judging it needs: those within sight of one that tells something.
    ///
    /// `judge(piece:)` says of these messages alone what it says of them among all, for what is left out between two of
    /// them is too long to look across; of all others it says nothing.
    public static func near(_ count: Int, glance: (Int) -> Glance) -> [Int] {
        Neighbourhood.positions(below: count, within: sight) { !glance($0).isEmpty }
    }

    /// The judgements of some messages in a row, read by themselves.
    public func judge(piece chat: [Input]) -> [Judgement] {
        var read = ReadChat(chat, reader: reader, words: rules.words)
        let awake = chat.map { $0.glance?.contains(.awake) ?? model.gate.isAwake($0.text) }
        let opinions = model.opinions(awake) { read.message($0) }.map { $0 ?? ChatModel.nothing }
        var judgements = chat.indices.map { labelled(chat[$0], opinions[$0]) }
        rules.apply(to: &judgements, &read)
        for index in judgements.indices where !judgements[index].labels.isEmpty { weigh(&judgements[index], chat[index]) }
        // What is said far from every flagged line is no part of what happened there, and need not be read.
        for index in Self.beside(judgements) { judgements[index].elements = elements(at: index, &read, opinions[index], judgements) }
        Levels.assign(to: &judgements, chat)
        return judgements
    }

    /// Which messages of a chat the networks read.
    package func kept(_ chat: [Input]) -> [Bool] {
        var read = ReadChat(chat, reader: reader, words: rules.words)
        return model.heard(chat.map { model.gate.isAwake($0.text) }) { read.message($0) }.map { $0 != nil }
    }

    /// The same of a chat that was read before, and its scores, for measurements.
    func scores(_ chat: [ReadMessage], _ texts: [String], _ roles: [Message.Role]) -> (kept: [Bool], scores: [[Int]]) {
        let opinions = model.opinions(texts.map { model.gate.isAwake($0) }) { chat[$0] }
        let scores = zip(opinions, roles).map { labelled(Input(role: $1, text: ""), $0 ?? ChatModel.nothing).scores }
        return (opinions.map { $0 != nil }, scores)
    }

    static func speaker(_ input: Input) -> String { "\(input.role.rawValue)\u{0}\(input.sender ?? "")" }

    /// The labels by the last layer's opinion, as far as the speaker's role allows them.
    @inline(__always)
    private func labelled(_ input: Input, _ opinion: ChatModel.Opinion) -> Judgement {
        var scores = [0, 0, 0]
        var labels: [Label] = []
        for (number, label) in Label.allCases.enumerated() {
            let allowed = switch input.role {
            case .system: false
            case .seller: label == .cashback && input.kind.isSaid
            case .buyer, .unknown: input.kind.isSaid
            }
            // A label a role rules out has no score, so that the two never disagree.
            guard allowed else { continue }
            scores[number] = Int(opinion[number])
            if scores[number] >= Self.threshold { labels.append(label) }
        }
        var direction: Direction?
        if labels.contains(.cashback) {
            direction = switch input.role {
            case .seller: .sellerOffers
            case .buyer: .buyerDemands
            case .unknown, .system: nil
            }
        }
        return Judgement(labels: labels, scores: scores, direction: direction)
    }

    /// Characters of a line, times its cues, up to which the cues are weighed.
    private static let mostWeighed = 100_000

    /// Says what a labelled line's own words make of it, and how much of that each of its cues does.
    private func weigh(_ judgement: inout Judgement, _ input: Input) {
        guard let label = judgement.labels.first, let head = Label.allCases.firstIndex(of: label) else { return }
        var features = MessageFeatures()
        var room: [UInt32] = []
        func logOdds(_ text: String) -> Double {
            var input = input
            input.text = text
            return Double(model.messages.logOdds(of: reader.read(input), &features, &room)[head])
        }
        let whole = logOdds(input.text)
        judgement.alone = Int((Logistic.value(whole) * 100).rounded())
        let scalars = input.text.unicodeScalars
        // The line is read anew for each.
        guard scalars.count * judgement.cues.count <= Self.mostWeighed else { return }
        var weights: [Range<Int>: Int] = [:]
        for index in judgement.cues.indices {
            let range = judgement.cues[index].range
            if weights[range] == nil {
                var rest = String.UnicodeScalarView(scalars.prefix(range.lowerBound))
                rest.append(contentsOf: scalars.dropFirst(range.upperBound))
                weights[range] = Int(((whole - logOdds(String(rest))) * 100).rounded())
            }
            judgement.cues[index].weight = weights[range]
        }
    }

    /// The score, in hundredths, from which a line is flagged.
    static let threshold = 50

    /// Where the words of a class stand in a message.
    private func ranges(_ name: String, in message: ReadMessage) -> [Range<Int>] {
        guard let number = rules.words.classNumbers[name] else { return [] }
        return message.matches.filter { $0.cueClass == number }.map(\.range)
    }

    /// The positions within `RuleJudge.lookBack` of a line with a label.
    private static func beside(_ judgements: [Judgement]) -> [Int] {
        Neighbourhood.positions(below: judgements.count, within: RuleJudge.lookBack) { !judgements[$0].labels.isEmpty }
    }

    /// The part a message plays in an incident.
    private func elements(
        at index: Int, _ read: inout ReadChat, _ opinion: ChatModel.Opinion, _ judgements: [Judgement]
    ) -> [Element] {
        let judgement = judgements[index]
        if judgement.labels.contains(.extortion) {
            var elements: [Element] = []
            let kinds = Set(judgement.cues.map(\.kind))
            if opinion[ChatModel.Head.threat.rawValue] >= 40 || kinds.contains("threat") { elements.append(.threat) }
            if opinion[ChatModel.Head.demand.rawValue] >= 40 || kinds.contains("amount") { elements.append(.demand) }
            let message = read.message(index)
            if elements.count == 2 || !ranges("condition", in: message).isEmpty || !ranges("deadline", in: message).isEmpty {
                elements.append(.link)
            }
            return elements
        }
        // Who haggles does not refuse.
        guard judgement.category == nil else { return [] }
        if isWithdrawal(at: index, &read, judgements) { return [.withdrawal] }
        return isRefusal(at: index, &read) ? [.refusal] : []
    }

    /// Words that refuse at the end of a line; before something else they may set a condition.
    private static let refusals = ["不行", "不给", "不转", "不赔", "不打", "不可以", "不能", "不会", "不同意", "做不到", "没可能", "给不起"]

    /// Whether the seller says no.
    private func isRefusal(at index: Int, _ read: inout ReadChat) -> Bool {
        guard read.inputs[index].role == .seller else { return false }
        let message = read.message(index)
        if !ranges("refuse", in: message).isEmpty { return true }
        var folded = String.UnicodeScalarView()
        folded.append(contentsOf: message.text.scalars)
        let words = String(folded).reversed().drop { !$0.isLetter || "的了哦啊呢哈呀嘛亲".contains($0) }
        return Self.refusals.contains { words.starts(with: $0.reversed()) }
    }

    /// Whether a buyer who threatened takes it back; a mere apology is politeness.
    private func isWithdrawal(at index: Int, _ read: inout ReadChat, _ judgements: [Judgement]) -> Bool {
        let chat = read.inputs
        guard chat[index].role == .buyer, judgements[index].category == nil,
            (max(0, index - RuleJudge.lookBack)..<index).contains(where: {
                judgements[$0].labels.contains(.extortion) && chat[$0].isSameSpeaker(as: chat[index])
            })
        else { return false }
        let taken = ranges("withdraw", in: read.message(index))
        let polite = ranges("courtesy", in: read.message(index))
        return taken.contains { range in range.count >= 4 && !polite.contains { $0.overlaps(range) } }
    }
}
