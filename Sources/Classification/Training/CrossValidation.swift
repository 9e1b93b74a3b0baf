/// Measures the model on writers it was not trained on: they are left out in turn, in groups.
public struct CrossValidation: Sendable {
    /// What the model said of one line, beside what the reader said.
    public struct Outcome: Sendable {
        public var chat: Int
        public var line: Int
        /// Hundredths, in the order of `Label.allCases`.
        public var scores: [Int]
    }

    public var groups: Int
    public var lexicon: CueLexicon
    var trainer = ModelTrainer()
    public mutating func tune(_ k: [String: Double]) {
        if let v = k["passes"] { trainer.trainer.passes = Int(v) }
        if let v = k["rate"] { trainer.trainer.learningRate = v }
        if let v = k["reg"] { trainer.trainer.regularization = v }
        if let v = k["least"] { trainer.trainer.leastExamples = Int(v) }
        if let v = k["writers"] { trainer.trainer.leastWriters = Int(v) }
        if let v = k["weight"] { trainer.trainer.leastWeight = Float(v) }
        if let v = k["layers"] { trainer.layerCount = Int(v) }
        if let v = k["folds"] { trainer.folds = Int(v) }
    }

    public init(groups: Int, lexicon: CueLexicon = .shipped) {
        self.groups = groups
        self.lexicon = lexicon
    }

    /// For every line of every chat the opinion of a model that never read its writer.
    public func outcomes(_ chats: [LabelledChat], progress: @Sendable (String) -> Void) -> [Outcome] {
        let data = ModelTrainer.prepare(chats, reader: MessageReader(lexicon: lexicon))
        let writers = Set(data.writers).sorted()
        var outcomes: [Outcome] = []
        for group in 0..<min(groups, writers.count) {
            let held = Set(writers.filter { $0 % groups == group })
            let model = trainer.train(data, chats.indices.filter { !held.contains(data.writers[$0]) })
            for chat in chats.indices where held.contains(data.writers[chat]) {
                for (line, opinion) in model.opinions(data.chats[chat]).enumerated() {
                    outcomes.append(Outcome(chat: chat, line: line, scores: Array(opinion.prefix(3))))
                }
            }
            progress("group \(group + 1) of \(groups), features \(model.layers.map { $0.features.count })")
        }
        return outcomes
    }
}
