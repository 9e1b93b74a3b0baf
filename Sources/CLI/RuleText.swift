import Classification

/// The rules in words for people.
enum RuleText {
    /// One line a rule, grouped by the branches of the taxonomy.
    static func list(_ book: RuleBook) -> String {
        var lines: [String] = []
        var branch: Substring = ""
        let width = book.rules.map(\.id.count).max() ?? 0
        for rule in book.rules {
            if rule.branch != branch {
                branch = rule.branch
                if !lines.isEmpty { lines.append("") }
                lines.append("\(branchNames[String(branch)] ?? String(branch))")
            }
            lines.append("  \(rule.id)\(String(repeating: " ", count: width - rule.id.count))  \(rule.name)")
        }
        lines += ["", "查看一条的说明：juzheng rules ext/review-threat"]
        return lines.joined(separator: "\n")
    }

    /// What a rule flags, why, what only looks like it, the policy behind it, and examples.
    static func explanation(_ rule: Rule) -> String {
        var lines = ["\(rule.name)（\(rule.id)，类别 \(rule.category)）", ""]
        func section(_ title: String, _ items: [String]) {
            guard !items.isEmpty else { return }
            lines.append(title)
            lines += items.map { "  \($0)" }
        }
        section("标出什么", [rule.flags])
        section("为什么", [rule.why])
        section("英文说明（网页用英文时显示）", rule.english.map { [$0.name, $0.why] } ?? [])
        section("怎样判断", [decision(rule)])
        section("看起来像、但不算", rule.lookalikes.map { $0.name + ($0.id.map { "（\($0)）" } ?? "") })
        section("依据", rule.policy)
        section("会标出的例子（► 为标出的行）", rule.matching.flatMap { $0.map(line) + [""] }.dropLast())
        section("不会标出的例子", rule.clean.flatMap { $0.map(line) + [""] }.dropLast())
        return lines.joined(separator: "\n")
    }

    private static func decision(_ rule: Rule) -> String {
        if rule.label != nil { return "由模型通读整段聊天决定是否标出，本规则只说明标为哪一类、哪些词是线索。" }
        let after = rule.after == nil ? "" : "，且对方此前已有要挟"
        return "只看\(rule.speaker == "seller" ? "卖家" : "对方")的话：出现本规则的词\(after)、又没有排除的词时标出，不经过模型。"
    }

    private static func line(_ line: Rule.ExampleLine) -> String {
        let speaker = switch line.role {
        case "seller": "卖家"
        case "buyer": "买家"
        case "system": "系统"
        default: "不明"
        }
        return "\(line.flagged == true ? "► " : "  ")\(speaker)：\(line.text)"
    }

    private static let branchNames = [
        "ext": "敲诈勒索", "cashback": "好评返现", "ad": "广告骚扰", "abuse": "辱骂、恐吓、泄露信息", "trade": "异常交易",
        "peer": "同行竞争", "fraud": "第三方诈骗", "seller": "卖家自身风险（只给卖家看）",
    ]
}
