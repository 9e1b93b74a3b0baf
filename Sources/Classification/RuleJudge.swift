import Tokenization
import Transcript

/// Says by the rules what flagged lines are flagged as, and flags the lines of the branches without label.
struct RuleJudge: Sendable {
    /// Lines before that a rule may look back to; less than the classifier's reach, so that a chat judged piece by piece
    /// comes out the same.
    static let lookBack = 24

    private let rules: [Rule]
    let words: RuleWords
    let glance: RuleGlance
    /// The rules without label of which a line may hold nothing but words of the lexicon, the rest being said before.
    private let lookingBack: [Int]
    private let entities = EntityReader()

    init(_ book: RuleBook, _ words: CueTables) {
        rules = book.rules
        lookingBack = book.rules.indices.filter { position in
            let rule = book.rules[position]
            return rule.label == nil && (rule.within ?? 0) > 0 && (rule.requires ?? []).joined().contains { rule.words?[$0] == nil }
        }
        self.words = RuleWords(book.rules, words.ofRules, classes: words.classes)
        glance = RuleGlance(words.telling)
    }

    /// Fills in categories, cues, look-alikes and the levels of findings without label; the labels are given.
    /// - Parameter glancing: whether lines may be cleared at a glance, which changes nothing but the time it takes.
    func apply(to judgements: inout [Judgement], _ read: inout ReadChat, glancing: Bool = true) {
        let chat = read.inputs
        var around: [String: [Int: Int]] = [:]
        for index in chat.indices where !judgements[index].labels.isEmpty {
            around[Classifier.speaker(chat[index]), default: [:]].merge(read.view(index).counts, uniquingKeysWith: +)
        }
        var fits: [Fit] = []
        for index in chat.indices where !judgements[index].labels.isEmpty {
            let situation = situation(at: index, judgements, &read)
            for label in judgements[index].labels {
                fits.append(best(for: label, at: index, situation, &read, around[Classifier.speaker(chat[index])] ?? [:]))
            }
        }
        var next = 0
        var labelled: Int?
        for index in chat.indices {
            var chosen: [Int] = []
            let isLabelled = !judgements[index].labels.isEmpty
            for label in judgements[index].labels {
                let rule = rule(at: next, of: fits, chat)
                next += 1
                judgements[index].categories.append(rule.map { rules[$0].category } ?? label.branch)
                if let rule { chosen.append(rule) }
            }
            if isLabelled { labelled = index }
            let isAfterLabel = labelled.map { index - $0 <= Self.lookBack } ?? false
            if mayStandAlone(chat[index], isAfterLabel: isAfterLabel || !glancing) {
                for rule in alone(at: index, judgements, &read) {
                    guard !judgements[index].categories.contains(rules[rule].category) else { continue }
                    chosen.append(rule)
                    judgements[index].categories.append(rules[rule].category)
                }
            }
            guard !judgements[index].categories.isEmpty else { continue }
            judgements[index].category = judgements[index].categories.first
            show(
                chosen, in: &judgements[index], chat[index], read.message(index), read.view(index),
                isLabelled ? around[Classifier.speaker(chat[index])] ?? [:] : [:])
            if !isLabelled {
                let level = chosen.compactMap { rule in Level.allCases.first { $0.id == rules[rule].level } }.max() ?? .notice
                judgements[index].level = chat[index].role == .unknown ? .notice : level
            }
        }
    }

    private func count(of name: String, in counts: [Int: Int]) -> Int { words.classNumbers[name].flatMap { counts[$0] } ?? 0 }

    // MARK: Lines with a label

    /// What came before in the chat, as far as it decides who pushes whom.
    private func situation(at index: Int, _ judgements: [Judgement], _ read: inout ReadChat) -> Rule.Situation {
        let chat = read.inputs
        guard chat[index].role != .unknown else { return .unknown }
        let before = max(0, index - Self.lookBack)..<index
        let isCoerced = judgements[index].labels.contains(.extortion)
            || before.contains { chat[$0].role != .seller && judgements[$0].labels.contains(.extortion) }
        if isCoerced { return .coerced }
        if chat[index].role == .seller { return .open }
        if !read.view(index).ranges(of: "card").isEmpty { return .offered }
        for position in before where judgements[position].labels.contains(.cashback) {
            if chat[position].role == .seller || !read.view(position).ranges(of: "card").isEmpty { return .offered }
        }
        return .open
    }

    /// Which rule fits a labelled line, for one of its labels.
    private struct Fit {
        var index: Int
        var label: Label
        var situation: Rule.Situation
        var rule: Int?
        /// Whether words of the line itself speak for the rule, not those around it alone.
        var isTold = false
    }

    /// The rule that fits a labelled line best by its words and those around it.
    private func best(
        for label: Label, at index: Int, _ situation: Rule.Situation, _ read: inout ReadChat, _ around: [Int: Int]
    ) -> Fit {
        let view = read.view(index)
        let isSeller = read.inputs[index].role == .seller
        var fit = Fit(index: index, label: label, situation: situation)
        var most = (own: 0, around: -1)
        for (position, rule) in rules.enumerated() where rule.label == label.rawValue && rule.isOfSeller == isSeller {
            guard rule.when?.contains(situation) ?? true else { continue }
            // What the line itself says decides; the words around it decide between equals.
            var points = (own: 0, around: 0)
            for (name, weight) in rule.telling ?? [:] {
                points.own += weight * min(2, view.ranges(name, rule, at: position).count)
                points.around += weight * min(2, count(of: name, in: around))
            }
            if points == (0, 0), rule.isDefault != true { continue }
            if points > most { (most, fit.rule, fit.isTold) = (points, position, points.own > 0) }
        }
        return fit
    }

    /// The rule of a labelled line: one that tells nothing itself, as a bare sum, goes with the nearest line of its speaker
    /// that does.
    private func rule(at place: Int, of fits: [Fit], _ chat: [Classifier.Input]) -> Int? {
        let fit = fits[place]
        if fit.isTold { return fit.rule }
        func tells(_ other: Fit) -> Bool {
            guard other.isTold, other.label == fit.label, let rule = other.rule else { return false }
            return chat[other.index].isSameSpeaker(as: chat[fit.index]) && rules[rule].when?.contains(fit.situation) ?? true
        }
        // Lines in order, so that those out of reach end the search.
        let before = fits[..<place].reversed().prefix { fit.index - $0.index <= Self.lookBack }.first(where: tells)
        let after = fits[(place + 1)...].prefix { $0.index - fit.index <= Self.lookBack }.first(where: tells)
        let nearest = [before, after].compactMap(\.self).min { abs($0.index - fit.index) < abs($1.index - fit.index) }
        return nearest?.rule ?? fit.rule
    }

    // MARK: Lines without a label

    /// Whether a rule without label may hold for a line; `false` is sure.
    @inline(__always)
    private func mayStandAlone(_ input: Classifier.Input, isAfterLabel: Bool) -> Bool {
        input.role != .system && input.kind != .system && (isAfterLabel || input.glance?.contains(.telling) ?? glance.mayHold(input.text))
    }

    /// The rules without label that hold for a line.
    private func alone(at index: Int, _ judgements: [Judgement], _ read: inout ReadChat) -> [Int] {
        let chat = read.inputs
        let isSeller = chat[index].role == .seller
        let own = read.view(index)
        // Every such rule has a word of its own; it stands here, or in an earlier line.
        return Set(own.own.keys).union(lookingBack).sorted().filter { position in
            let rule = rules[position]
            guard rule.label == nil, rule.isOfSeller == isSeller, let groups = rule.requires, !groups.isEmpty else { return false }
            if (rule.excludes ?? []).contains(where: { own.has($0, rule, at: position) }) { return false }
            if let label = rule.after, !isAfter(label, index, chat, judgements) { return false }
            var open = groups.filter { !holds($0, rule, position, own) }
            guard open.count < groups.count else { return false }
            var left = rule.within ?? 0
            var at = index - 1
            while !open.isEmpty, left > 0, at >= max(0, index - Self.lookBack) {
                if chat[at].isSameSpeaker(as: chat[index]) {
                    let earlier = read.view(at)
                    open.removeAll { holds($0, rule, position, earlier) }
                    left -= 1
                }
                at -= 1
            }
            return open.isEmpty
        }
    }

    private func holds(_ group: [String], _ rule: Rule, _ position: Int, _ view: RuleView) -> Bool {
        group.contains { view.has($0, rule, at: position) }
    }

    private func isAfter(_ label: String, _ index: Int, _ chat: [Classifier.Input], _ judgements: [Judgement]) -> Bool {
        (max(0, index - Self.lookBack)..<index).contains { position in
            chat[position].role != chat[index].role && judgements[position].labels.contains { $0.rawValue == label }
        }
    }

    // MARK: What is shown

    private func show(
        _ chosen: [Int], in judgement: inout Judgement, _ input: Classifier.Input, _ read: ReadMessage, _ view: RuleView,
        _ around: [Int: Int]
    ) {
        let length = input.text.unicodeScalars.count
        var cues: [Cue] = []
        var shown: [String: Set<Range<Int>>] = [:]
        func add(_ kind: String, _ rule: Rule, _ folded: Range<Int>) {
            let range = read.text.originalRange(of: folded).clamped(to: 0..<length)
            // Of two rules that name the same words the one of the first category shows them.
            guard !range.isEmpty, shown[kind, default: []].insert(range).inserted else { return }
            cues.append(Cue(kind: kind, rule: rule.id, range: range, text: ""))
        }
        for position in chosen {
            let rule = rules[position]
            for (kind, names) in rule.cues {
                for name in names { for range in view.ranges(name, rule, at: position) { add(kind, rule, range) } }
            }
            for lookalike in rule.lookalikes {
                guard let id = lookalike.id, !judgement.lookalikes.contains(id) else { continue }
                let isSeen = (lookalike.cues ?? []).contains { view.has($0, rule, at: position) || count(of: $0, in: around) > 0 }
                if isSeen { judgement.lookalikes.append(id) }
            }
        }
        // Sums and accounts are found by their form, not by words.
        if let first = chosen.first, rules[first].label != nil {
            for entity in entities.entities(in: read.text) {
                guard let kind = Self.cueKind(of: entity.kind, judgement.labels) else { continue }
                add(kind, rules[first], entity.range)
            }
        }
        judgement.cues = Cue.outermost(cues)
        judgement = judgement.withWords(of: input.text)
    }

    private static func cueKind(of kind: Entity.Kind, _ labels: [Label]) -> String? {
        switch kind {
        case .amount: labels == [.ad] ? nil : "amount"
        case .phone, .qq, .wechat, .bankCard, .email: "contact"
        case .link: "link"
        default: nil
        }
    }
}

extension Cue {
    /// In order, without those that lie inside another of the same kind.
    static func outermost(_ cues: [Cue]) -> [Cue] {
        let sorted = cues.sorted {
            ($0.range.lowerBound, -$0.range.upperBound, $0.kind, $0.rule)
                < ($1.range.lowerBound, -$1.range.upperBound, $1.kind, $1.rule)
        }
        // None that follows begins before one that was kept.
        var ends: [String: Int] = [:]
        return sorted.filter { cue in
            guard cue.range.upperBound > ends[cue.kind] ?? 0 else { return false }
            ends[cue.kind] = cue.range.upperBound
            return true
        }
    }
}

extension Label {
    /// The branch of the taxonomy whose categories carry the label.
    public var branch: String {
        switch self {
        case .extortion: "ext"
        case .cashback: "cashback"
        case .ad: "ad"
        }
    }
}
