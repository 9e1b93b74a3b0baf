/// What a classifier said of labelled chats, counted.
public struct Evaluation: Sendable {
    /// Right and wrong decisions about one label.
    public struct Count: Sendable, Equatable {
        public var hits = 0
        public var misses = 0
        public var falseAlarms = 0

        public init() {}

        public var precision: Double { ratio(hits, hits + falseAlarms) }
        public var recall: Double { ratio(hits, hits + misses) }
        public var f1: Double { ratio(2 * hits, 2 * hits + misses + falseAlarms) }

        private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 1 : Double(part) / Double(whole) }

        mutating func add(truth: Bool, said: Bool) {
            switch (truth, said) {
            case (true, true): hits += 1
            case (true, false): misses += 1
            case (false, true): falseAlarms += 1
            case (false, false): break
            }
        }
    }

    /// A wrong decision.
    public struct Mistake: Sendable {
        public var chat: Int
        public var line: Int
        public var label: Label
        /// Hundredths.
        public var score: Int
    }

    /// The share of true lines among those with scores in one tenth.
    public struct CalibrationStep: Sendable, Equatable {
        public var lines = 0
        public var trueLines = 0
    }

    public var lineCount = 0
    public var chatCount = 0
    public var labels: [Label: Count] = [:]
    public var tiers: [String: [Label: Count]] = [:]
    public var writers: [String: [Label: Count]] = [:]
    /// For each act how many lines carry it and how many of them got all their labels.
    public var acts: [String: (lines: Int, found: Int)] = [:]
    /// Chats with at least one line of a label, found where at least one of them is flagged.
    public var chats: [Label: Count] = [:]
    public var calibration: [Label: [CalibrationStep]] = [:]
    /// The surest first.
    public var mistakes: [Mistake] = []

    /// - Parameter scores: for each line of each chat the hundredths of every label.
    public init(_ labelled: [LabelledChat], scores: [[[Int]]]) {
        chatCount = labelled.count
        for (chatNumber, chat) in labelled.enumerated() {
            var present: Set<Label> = []
            var flagged: Set<Label> = []
            for (lineNumber, line) in chat.lines.enumerated() where !line.isUnsure {
                lineCount += 1
                var found = true
                for (number, label) in Label.allCases.enumerated() {
                    let score = scores[chatNumber][lineNumber][number]
                    let truth = line.labels.contains(label)
                    let said = score >= Classifier.threshold
                    if truth { present.insert(label) }
                    if said { flagged.insert(label) }
                    labels[label, default: Count()].add(truth: truth, said: said)
                    if let tier = chat.tier { tiers[tier, default: [:]][label, default: Count()].add(truth: truth, said: said) }
                    if let writer = chat.writer {
                        writers[writer, default: [:]][label, default: Count()].add(truth: truth, said: said)
                    }
                    calibration[label, default: Array(repeating: CalibrationStep(), count: 10)][min(9, score / 10)].lines += 1
                    if truth { calibration[label]?[min(9, score / 10)].trueLines += 1 }
                    if truth != said {
                        found = found && !truth
                        mistakes.append(Mistake(chat: chatNumber, line: lineNumber, label: label, score: score))
                    }
                }
                if let act = line.act, !line.labels.isEmpty {
                    let known = acts[act] ?? (0, 0)
                    acts[act] = (known.lines + 1, known.found + (found ? 1 : 0))
                }
            }
            for label in Label.allCases {
                chats[label, default: Count()].add(truth: present.contains(label), said: flagged.contains(label))
            }
        }
        mistakes.sort {
            (-abs($0.score - Classifier.threshold), $0.chat, $0.line, $0.label)
                < (-abs($1.score - Classifier.threshold), $1.chat, $1.line, $1.label)
        }
    }
}
