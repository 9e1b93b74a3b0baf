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

    /// An opinion below this, in hundredths, is none.
    private static let gate = 4

    /// For each message of a chat the hundredths of every head.
    func opinions(_ chat: [ReadMessage]) -> [[Int]] {
        let features = ChatFeatures(chat: chat)
        guard let firstLayer = layers.first else { return [] }
        var first: [FeatureVector?] = Array(repeating: nil, count: chat.count)
        var opinions = chat.indices.map { index in
            let vector = features.first(index)
            first[index] = vector
            return Self.opinion(of: firstLayer, on: vector)
        }
        for layer in layers.dropFirst() {
            let quiet = Self.quiet(opinions)
            opinions = chat.indices.map { index in
                if quiet[index] { return opinions[index].map { _ in 0 } }
                let vector = features.later(index, opinions: opinions, first: first[index] ?? features.first(index))
                return Self.opinion(of: layer, on: vector)
            }
        }
        return opinions
    }

    static func opinion(of layer: LinearModel, on vector: FeatureVector) -> [Int] {
        layer.scores(vector).map { Logistic.hundredths(LinearModel.logOdds($0)) }
    }

    /// For each message whether the first layer thought nothing of it nor of any message within the window: then the
    /// later layers are not asked, and every score is 0. Most of everyday chat is quiet.
    static func quiet(_ opinions: [[Int]]) -> [Bool] {
        var loudest = -ChatFeatures.window - 1
        var quiet = [Bool](repeating: true, count: opinions.count)
        for index in opinions.indices {
            if opinions[index].contains(where: { $0 >= gate }) { loudest = index }
            quiet[index] = index - loudest > ChatFeatures.window
        }
        loudest = opinions.count + ChatFeatures.window
        for index in opinions.indices.reversed() {
            if opinions[index].contains(where: { $0 >= gate }) { loudest = index }
            if loudest - index <= ChatFeatures.window { quiet[index] = false }
        }
        return quiet
    }
}
