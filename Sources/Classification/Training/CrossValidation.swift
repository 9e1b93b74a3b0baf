/// Measures the model on writers it was not trained on: they are left out in turn, in groups.
public struct CrossValidation: Sendable {
    /// In how many groups the writers are left out; as many as there are writers leaves out one at a time.
    public var groups: Int
    /// Trains on the writers of so many groups only, to show what more writers bring; `nil` for all that are not left out.
    public var trainedGroups: Int?

    public init(groups: Int, trainedGroups: Int? = nil) {
        self.groups = groups
        self.trainedGroups = trainedGroups
    }

    /// For every line of every chat the scores by a model that never read its writer.
    /// - Parameter progress: told after each group.
    public func scores(_ chats: [LabelledChat], progress: (Int) -> Void) -> [[[Int]]] {
        let reader = MessageReader(lexicon: .shipped)
        let data = ModelTrainer.prepare(chats, reader: reader)
        var scores: [[[Int]]] = Array(repeating: [], count: chats.count)
        for group in 0..<groups {
            let trained = data.chats.indices.filter { index in
                let distance = (data.writers[index] - group + groups * 1_000) % groups
                return distance != 0 && distance <= trainedGroups ?? groups
            }
            let classifier = Classifier(lexicon: .shipped, model: ModelTrainer().train(data, trained), rules: RuleBook([]))
            for chat in chats.indices where data.writers[chat] % groups == group {
                scores[chat] = classifier.scores(data.chats[chat], chats[chat].lines.map(\.role))
            }
            progress(group)
        }
        return scores
    }
}
