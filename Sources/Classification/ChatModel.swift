/// What is thought of the messages of a chat: a gate that lets most of everyday talk pass, a linear model that reads each
/// message by itself, and networks that read what it says of all of them as a sequence.
struct ChatModel: Sendable {
    /// What the models give an opinion on.
    enum Head: Int, CaseIterable, Sendable {
        // The labels, in the order of `Label.allCases`.
        case extortion, cashback, ad
        // The acts that make them up.
        case threat, demand, reviewAsk, reviewOffer, exchange, pitch, contact

        static let count = allCases.count
    }

    /// The hundredths of the first eight heads, more than are judged by: the others are there for the networks.
    typealias Opinion = SIMD8<Int32>

    var gate: Gate
    var messages: LinearModel
    var vocabulary: InputVocabulary
    /// Their mean is the opinion: what one of them learnt by chance the others did not.
    var sequences: [SequenceModel]

    /// What is added to the networks' log odds of the labels: on writers they have not read they are surer of innocence than
    /// they should be, and too quick to take a few words alone for an advertisement.
    private static let lean = {
        var lean = SIMD8<Double>()
        lean[Head.extortion.rawValue] = 0.5
        lean[Head.cashback.rawValue] = 0.4
        lean[Head.ad.rawValue] = -0.3
        return lean
    }()

    /// The log odds of the linear model's surest head below which a message that the gate lets through is let go again.
    private static let quiet: Float = -3

    /// The share below which the first network's opinion of every label is taken for that of all, but for what is near a
    /// message of which it makes more.
    private static let innocence = 0.05

    /// The linear model's log odds of the messages that the networks read: those within reach of one that the gate lets
    /// through and the linear model makes something of; nothing for all others.
    /// - Parameters:
    ///   - awake: for each message of the chat whether the gate lets it through.
    ///   - message: reads the message at a position.
    func heard(_ awake: [Bool], _ message: (Int) -> ReadMessage) -> [SequenceModel.Lanes?] {
        var features = MessageFeatures()
        var room: [UInt32] = []
        var heard = [SequenceModel.Lanes?](repeating: nil, count: awake.count)
        var isKept = [Bool](repeating: false, count: awake.count)
        for index in awake.indices where awake[index] {
            let own = messages.logOdds(of: message(index), &features, &room)
            heard[index] = own
            guard (0..<Head.count).contains(where: { own[$0] >= Self.quiet }) else { continue }
            for at in max(0, index - Gate.reach)..<min(awake.count, index + Gate.reach + 1) { isKept[at] = true }
        }
        for index in awake.indices {
            if !isKept[index] {
                heard[index] = nil
            } else if heard[index] == nil {
                heard[index] = messages.logOdds(of: message(index), &features, &room)
            }
        }
        return heard
    }

    /// What is thought of a message that the networks do not read.
    static let nothing = Opinion()

    /// For each message of a chat what is thought of it; `nil` for those that the networks do not read.
    /// - Parameters: those of `heard`.
    func opinions(_ awake: [Bool], _ message: (Int) -> ReadMessage) -> [Opinion?] {
        var opinions = [Opinion?](repeating: nil, count: awake.count)
        var places: [Int] = []
        var inputs: [SequenceModel.Input] = []
        var previous: ReadMessage?
        for (place, odds) in heard(awake, message).enumerated() {
            guard let odds else { continue }
            let message = message(place)
            inputs.append(vocabulary.input(message, opinion: odds, follows: previous?.isSameSpeaker(as: message) ?? false))
            places.append(place)
            previous = message
        }
        guard let first = sequences.first else { return opinions }
        var run = SequenceRun(layout: first.layout)
        func shares(_ model: SequenceModel, _ inputs: [SequenceModel.Input]) -> [SIMD8<Double>] {
            model.odds(inputs, &run).map { Logistic.values(SIMD8($0.lowHalf) + Self.lean) }
        }
        var means = shares(first, inputs)
        let doubtful = Neighbourhood.positions(below: means.count, within: Gate.reach) {
            max(means[$0][0], means[$0][1], means[$0][2]) >= Self.innocence
        }
        if !doubtful.isEmpty {
            let inputs = doubtful.map { inputs[$0] }
            for model in sequences.dropFirst() {
                for (index, share) in zip(doubtful, shares(model, inputs)) { means[index] += share }
            }
            for index in doubtful { means[index] /= Double(sequences.count) }
        }
        for (mean, place) in zip(means, places) {
            let hundredths = mean * 100
            var opinion = Opinion()
            for head in opinion.indices { opinion[head] = Int32(hundredths[head].rounded()) }
            opinions[place] = opinion
        }
        return opinions
    }
}
