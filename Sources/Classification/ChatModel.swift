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
    private static let lean = {
        var lean = SIMD16<Double>()
        lean[Head.extortion.rawValue] = 0.5
        lean[Head.cashback.rawValue] = 0.25
        return lean
    }()

    /// For each message of a chat the hundredths of every head.
    /// - Parameter chat: the messages in order; `nil` for those the gate does not let through, which score 0.
    func opinions(_ chat: [ReadMessage?]) -> [[Int]] {
        let nothing = [Int](repeating: 0, count: Head.allCases.count)
        var opinions = [[Int]](repeating: nothing, count: chat.count)
        var places: [Int] = []
        var inputs: [SequenceModel.Input] = []
        var previous: ReadMessage?
        for (place, message) in chat.enumerated() {
            guard let message else { continue }
            let odds = Self.odds(of: messages, on: MessageFeatures.vector(of: message))
            inputs.append(vocabulary.input(message, opinion: odds, follows: previous?.isSameSpeaker(as: message) ?? false))
            places.append(place)
            previous = message
        }
        let lean = Self.lean
        var sums = [SIMD16<Double>](repeating: SIMD16(), count: inputs.count)
        for model in sequences {
            for (index, odds) in model.odds(inputs).enumerated() { sums[index] += Logistic.values(SIMD16(odds) + lean) }
        }
        for (index, place) in places.enumerated() {
            for head in nothing.indices {
                opinions[place][head] = Int((sums[index][head] / Double(max(1, sequences.count)) * 100).rounded())
            }
        }
        return opinions
    }

    /// The linear model's log odds of every head.
    static func odds(of model: LinearModel, on vector: FeatureVector) -> [Float] {
        model.scores(vector).map { Float(LinearModel.logOdds($0)) }
    }
}
