/// Layers of linear models: the first reads each message with the words around it, each later one also what the layer
/// before it thought of the messages around.
struct ChatModel: Sendable {
    /// What the layers give an opinion on.
    enum Head: Int, CaseIterable, Sendable {
        // The labels, in the order of `Label.allCases`.
        case extortion, cashback, ad
        // The acts that make them up.
        case threat, demand, reviewAsk, reviewOffer, exchange, pitch, contact
    }

    var layers: [LinearModel]

    /// For each message of a chat the hundredths of every head.
    func opinions(_ chat: [ReadMessage]) -> [[Int]] {
        let features = ChatFeatures(chat: chat)
        let first = chat.indices.map(features.first)
        var opinions: [[Int]] = []
        for (number, layer) in layers.enumerated() {
            opinions = chat.indices.map { index in
                let vector = number == 0
                    ? first[index] : features.later(index, opinions: opinions, first: first[index])
                return layer.scores(vector).map { Logistic.hundredths(LinearModel.logOdds($0)) }
            }
        }
        return opinions
    }
}
