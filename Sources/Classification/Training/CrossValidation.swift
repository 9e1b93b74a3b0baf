import Synchronization

/// Measures the model on writers it was not trained on: they are left out in turn, in groups.
public struct CrossValidation: Sendable {
    /// In how many groups the writers are left out; as many as there are writers leaves out one at a time.
    public var groups: Int
    /// Trains on the writers of so many groups only, to show what more writers bring; `nil` for all that are not left out.
    public var trainedGroups: Int?
    /// How many of the groups are judged, from the first on; `nil` for all.
    public var judgedGroups: Int?

    public init(groups: Int, trainedGroups: Int? = nil, judgedGroups: Int? = nil) {
        self.groups = groups
        self.trainedGroups = trainedGroups
        self.judgedGroups = judgedGroups
    }

    /// What models said of writers they never read.
    public struct Outcome: Sendable {
        /// For every line of every chat the hundredths of every label; nothing for chats of groups that are not judged.
        public var scores: [[[Int]]]
        public var gate = GateCount()
    }

    /// What the gate, and the linear model that says how far it opens, cost and spare.
    public struct GateCount: Sendable {
        public var labelled = 0
        /// Labelled lines that it kept from the models.
        public var lost = 0
        /// Lines of chats without any label.
        public var innocent = 0
        /// Those that the networks had to read.
        public var read = 0
    }

    /// Judges every chat by a model that never read its writer.
    /// - Parameter progress: told how many groups are done, after each.
    public func run(_ chats: [LabelledChat], progress: @Sendable (Int) -> Void) -> Outcome {
        let data = ModelTrainer.prepare(chats, lexicon: .shipped)
        let outcome = Mutex((done: 0, Outcome(scores: Array(repeating: [], count: chats.count))))
        _ = ModelTrainer.inParallel(min(groups, judgedGroups ?? groups)) { group in
            let trained = data.chats.indices.filter { index in
                let distance = (data.writers[index] - group + groups * 1_000) % groups
                return distance != 0 && distance <= trainedGroups ?? groups
            }
            let classifier = Classifier(CueTables(.shipped, rules: []), model: ModelTrainer().train(data, trained), rules: RuleBook([]))
            for chat in chats.indices where data.writers[chat] % groups == group {
                let (kept, scores) = classifier.scores(data.chats[chat], data.texts[chat], chats[chat].lines.map(\.role))
                outcome.withLock { outcome in
                    count(chats[chat], kept, in: &outcome.1.gate)
                    outcome.1.scores[chat] = scores
                }
            }
            progress(outcome.withLock { $0.done += 1; return $0.done })
        }
        return outcome.withLock(\.1)
    }

    private func count(_ chat: LabelledChat, _ kept: [Bool], in count: inout GateCount) {
        let isInnocent = chat.lines.allSatisfy { $0.labels.isEmpty && !$0.isUnsure }
        for (line, isKept) in zip(chat.lines, kept) {
            if isInnocent {
                count.innocent += 1
                if isKept { count.read += 1 }
            }
            if !line.labels.isEmpty, !line.isUnsure {
                count.labelled += 1
                if !isKept { count.lost += 1 }
            }
        }
    }
}
