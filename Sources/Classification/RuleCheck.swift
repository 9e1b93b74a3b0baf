import Transcript

/// Says what is wrong with rules, and whether they do what their own examples promise.
public struct RuleCheck: Sendable {
    /// Something wrong with a rule, in a sentence for the one who wrote it.
    public struct Problem: Equatable, Sendable {
        public var rule: String
        public var message: String
    }

    /// For the first part of a category the label its lines carry.
    private static let branches: [String: Label?] = [
        "ext": .extortion, "cashback": .cashback, "ad": .ad, "abuse": nil, "trade": nil, "peer": nil, "fraud": nil,
        "seller": nil,
    ]

    private let classNames: Set<String>

    public init(lexicon: CueLexicon = .shipped) {
        classNames = Set(lexicon.classes.map(\.name))
    }

    /// What is wrong with the form of `rules`.
    public func problems(of rules: [Rule]) -> [Problem] {
        var problems: [Problem] = []
        var seen: Set<String> = []
        for rule in rules {
            var messages = faults(of: rule)
            if !seen.insert(rule.id).inserted { messages.append("id 重复，请换一个") }
            problems += messages.map { Problem(rule: rule.id, message: $0) }
        }
        return problems
    }

    private func faults(of rule: Rule) -> [String] {
        var messages: [String] = []
        if let label = Self.branches[String(rule.branch)] {
            if rule.label != label?.rawValue {
                messages.append("category \(rule.category) 的 label 应为 \(label?.rawValue ?? "空（不写）")")
            }
        } else {
            messages.append("没有 \(rule.category) 这一类，请用 \(Self.branches.keys.sorted().joined(separator: " ")) 之下的类")
        }
        if rule.speaker != "buyer", rule.speaker != "seller" { messages.append("speaker 只能是 buyer 或 seller") }
        if rule.branch == "seller", rule.speaker != "seller" { messages.append("seller 之下的规则只管卖家的话，speaker 应为 seller") }
        if rule.label == nil {
            let needsOwn = rule.requires?.contains { group in group.allSatisfy { rule.words?[$0] != nil } } ?? false
            if !needsOwn { messages.append("没有 label 的规则要在 requires 里至少有一组全是自己的 words") }
        } else if rule.telling == nil, rule.isDefault != true {
            messages.append("有 label 的规则要写 telling，或写 isDefault: true")
        }
        if let english = rule.english, english.name.isEmpty || english.why.isEmpty {
            messages.append("english 里的 name 和 why 都要写；没有英文就不写 english")
        }
        if let level = rule.level, !Level.allCases.contains(where: { $0.id == level }) {
            messages.append("level 只能是 \(Level.allCases.map(\.id).joined(separator: "、"))")
        }
        for name in rule.listNames where rule.words?[name] == nil && !classNames.contains(name) {
            messages.append("没有叫 \(name) 的词表，请写进 words 或改用词典里的类")
        }
        for (name, words) in (rule.words ?? [:]).sorted(by: { $0.key < $1.key }) where words.contains(where: \.isEmpty) {
            messages.append("words 的 \(name) 里有空词")
        }
        if rule.matching.isEmpty || rule.clean.isEmpty { messages.append("matching 和 clean 都至少要有一段例子") }
        for chat in rule.matching where !chat.contains(where: { $0.flagged == true }) {
            messages.append("matching 里有一段没有写 flagged: true 的行")
        }
        return messages
    }

    /// The examples of a rule that do not come out as they should, judged by `judge`.
    public func failures(of rule: Rule, _ judge: ([Classifier.Input], Rule, [Rule.ExampleLine]) -> [Judgement]) -> [Problem] {
        var problems: [Problem] = []
        func fail(_ line: Rule.ExampleLine, _ message: String) {
            problems.append(Problem(rule: rule.id, message: "例句“\(line.text)”\(message)"))
        }
        for chat in rule.matching {
            for (line, judgement) in zip(chat, judge(chat.map(\.input), rule, chat)) where line.flagged == true {
                let found = judgement.categories.contains(rule.category) || judgement.cues.contains { $0.rule == rule.id }
                if !found { fail(line, "应当标出，实际是\(judgement.category ?? "未标出")") }
            }
        }
        for chat in rule.clean {
            for (line, judgement) in zip(chat, judge(chat.map(\.input), rule, chat)) {
                if judgement.categories.contains(rule.category) { fail(line, "不应标为 \(rule.category)") }
            }
        }
        return problems
    }

    /// The same, judged by a classifier from first to last.
    public func failures(of rule: Rule, with classifier: Classifier) -> [Problem] {
        failures(of: rule) { chat, _, _ in classifier.judge(chat) }
    }

    /// The same, the labels of the lines being given, so that only the rules decide.
    func failures(of rule: Rule, labelsGiven classifier: Classifier) -> [Problem] {
        failures(of: rule) { chat, rule, lines in
            classifier.explain(chat, labels: lines.map { $0.labels(in: rule) })
        }
    }
}

extension Rule {
    /// The lists of words the rule refers to.
    var listNames: [String] {
        var names = cues.sorted { $0.key < $1.key }.flatMap(\.value) + (telling ?? [:]).keys.sorted()
        names += (requires ?? []).joined()
        names += excludes ?? []
        names += lookalikes.flatMap { $0.cues ?? [] }
        return names
    }
}

extension Rule.ExampleLine {
    public var input: Classifier.Input {
        Classifier.Input(role: Message.Role(rawValue: role) ?? .unknown, text: text)
    }

    func labels(in rule: Rule) -> [Label] {
        if let labels { return labels.compactMap(Label.init(rawValue:)).sorted() }
        return flagged == true ? [rule.label.flatMap(Label.init(rawValue:))].compactMap(\.self) : []
    }
}
