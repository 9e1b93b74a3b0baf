/// What is thought of the messages of a chat: a gate that lets most of everyday talk pass, a linear model that reads each
/// message by itself, and networks that read what it says of all of them as a sequence.
struct ChatModel: Sendable {
    /// What the models give an opinion on.
    enum Head: Int, CaseIterable, Sendable {
        // The labels, in the order of `Label.allCases`.
        case extortion, cashback, ad
        // The acts that make them up.
        case threat, demand, reviewAsk, reviewOffer, exchange, pitch, contact
    }

    var gate: Gate
    var messages: LinearModel
    var vocabulary: InputVocabulary
    /// Their mean is the opinion: what one of them learnt by chance the others did not.
    var sequences: [SequenceModel]

    /// What is added to the networks' log odds of extortion and of cashback: on writers they have not read they are surer of
    /// innocence than they should be.
    private static let lean: [Head: Double] = [.extortion: 0.5, .cashback: 0.25]

    /// For each message of a chat the hundredths of every head.
    /// - Parameter chat: the messages in order; `nil` for those the gate does not let through, which score 0.
    func opinions(_ chat: [ReadMessage?]) -> [[Int]] {
        let nothing = [Int](repeating: 0, count: Head.allCases.count)
        var opinions = [[Int]](repeating: nothing, count: chat.count)
        let places = chat.indices.filter { chat[$0] != nil }
        let read = chat.compactMap { $0 }
        guard !read.isEmpty else { return opinions }
        let odds = read.map { Self.odds(of: messages, on: MessageFeatures.vector(of: $0)) }
        var sums = [[Double]](repeating: [Double](repeating: 0, count: nothing.count), count: read.count)
        let inputs = read.indices.map { index in
            vocabulary.input(
                read[index], opinion: odds[index], follows: index > 0 && read[index - 1].isSameSpeaker(as: read[index]))
        }
        for model in sequences {
            for (index, lanes) in model.odds(inputs).enumerated() {
                for head in Head.allCases {
                    sums[index][head.rawValue] += Logistic.value(Double(lanes[head.rawValue]) + (Self.lean[head] ?? 0))
                }
            }
        }
        for (index, place) in places.enumerated() {
            opinions[place] = sums[index].map { Int(($0 / Double(max(1, sequences.count)) * 100).rounded()) }
        }
        return opinions
    }

    /// The linear model's log odds of every head.
    static func odds(of model: LinearModel, on vector: FeatureVector) -> [Float] {
        model.scores(vector).map { Float(LinearModel.logOdds($0)) }
    }
}
