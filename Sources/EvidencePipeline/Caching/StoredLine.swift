import Classification

/// A found line as the cache holds it: no words, no names.
struct StoredLine: Codable {
    private struct StoredCue: Codable {
        var k: String
        var r: String
        var s: Int
        var e: Int
        var w: Int?
    }

    var position: Int
    private var labels: [String]
    private var scores: [Int]
    private var alone: Int?
    private var categories: [String]
    private var category: String?
    private var direction: String?
    private var level: Int?
    private var cues: [StoredCue]
    private var lookalikes: [String]
    private var elements: [String]

    init(_ line: FoundLine) {
        let judgement = line.judgement
        position = line.position
        labels = judgement.labels.map(\.rawValue)
        scores = judgement.scores
        alone = judgement.alone
        categories = judgement.categories
        category = judgement.category
        direction = judgement.direction?.rawValue
        level = judgement.level?.rawValue
        cues = judgement.cues.map { StoredCue(k: $0.kind, r: $0.rule, s: $0.range.lowerBound, e: $0.range.upperBound, w: $0.weight) }
        lookalikes = judgement.lookalikes
        elements = judgement.elements.map(\.rawValue)
    }

    /// The judgement, its cues still without their words.
    var judgement: Judgement {
        Judgement(
            labels: labels.compactMap(Label.init(rawValue:)), scores: scores, alone: alone, category: category, categories: categories,
            direction: direction.flatMap(Direction.init(rawValue:)), level: level.flatMap(Level.init(rawValue:)),
            cues: cues.map { Cue(kind: $0.k, rule: $0.r, range: $0.s..<max($0.s, $0.e), text: "", weight: $0.w) }, lookalikes: lookalikes,
            elements: elements.compactMap(Element.init(rawValue:)))
    }
}
