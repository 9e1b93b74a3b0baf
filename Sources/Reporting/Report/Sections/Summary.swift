import Classification
import Transcript

extension Report {
    /// What was read and found, in one screen.
    func summary() -> [Block] {
        let result = evidence.result
        let messages = result.files.reduce(0) { $0 + $1.messageCount }
        var blocks: [Block] = [.heading(2, "结论摘要")]
        let findings = evidence.listed(includingOwn: false).map { result.findings[$0] }
        if findings.isEmpty {
            blocks.append(
                .paragraph("读取了 \(result.files.count) 个文件、\(messages) 条消息，没有发现疑似敲诈勒索、好评返现或广告骚扰的内容。"))
        } else {
            blocks.append(.list(accounts.prefix(5).map(fact)))
            if accounts.count > 5 { blocks.append(.paragraph("另有 \(accounts.count - 5) 个事件，见下表和各节。")) }
            let counts = Label.allCases.map { label in
                (label, findings.filter { $0.judgement.labels.contains(label) })
            }.filter { !$0.1.isEmpty }
            if accounts.count != 1 {
                let rows = counts.map { label, found -> [Phrase] in
                    let levels = Level.allCases.reversed().map { level in
                        found.filter { $0.judgement.level == level }.count
                    }
                    return [.own(label.name), "\(found.count)"] + levels.map { "\($0)" }
                }
                blocks.append(.table(Table(["类别", "条数", "可提交", "需补证", "仅提示"], rows: rows)))
            }
            blocks.append(
                .paragraph(
                    "共读取 \(result.files.count) 个文件、\(messages) 条消息，标出 \(findings.count) 条、\(accounts.count) 个事件。每条引文都有证据编号（JZ-…），可用本程序或 sha256sum 核对。"
                ))
        }
        return blocks
    }

    /// One incident in a few words: who, when, where, what was threatened and asked for, how much, each with its ID.
    func fact(_ account: IncidentAccount) -> Phrase {
        let incident = account.incident
        var parts: [Phrase] = []
        for element in [Element.threat, .demand] {
            guard let quote = account.elements[element]?.first else { continue }
            parts.append("\(own: element.name)：“\(quote: excerpt(quote.message.text, 40))”（\(quote.id)）")
        }
        // A line may carry both.
        if parts.count == 2, account.elements[.threat]?.first?.finding == account.elements[.demand]?.first?.finding {
            parts = ["要挟并" + parts[1]]
        }
        if parts.isEmpty {
            parts = account.quotes.filter(\.judgement.isFinding).prefix(2).map { quote in
                "“\(quote: excerpt(quote.message.text, 40))”（\(quote.id)）"
            }
        }
        if let most = account.amounts.first { parts.append("最高金额 \(strong: most.name)") }
        if let refusal = account.elements[.refusal]?.first { parts.append("卖家已拒绝（\(refusal.id)）") }
        return
            "\(strong: "事件\(account.number)")（\(own: incident.level.name)）：\(quote: account.counterparty)，\(period(of: account))，\(own: account.place)，\(own: incident.labels.map(\.name).joined(separator: "、"))。"
            + parts.joined(by: "；") + "；共 \(account.quotes.count) 条。"
    }

    private func period(of account: IncidentAccount) -> Phrase {
        guard let first = account.quotes.first?.message.shownTime, let last = account.quotes.last?.message.shownTime
        else {
            return "时间不明"
        }
        return first == last ? "\(quote: first)" : "\(quote: first) 至 \(quote: last)"
    }

    /// Everybody who was complained of, the gravest first.
    func counterparties() -> [Block] {
        guard accounts.count > 1 else { return [] }
        let shown = 20
        var blocks: [Block] = [
            .heading(2, "对方一览（按轻重排列）"),
            .table(
                Table(
                    ["事件", "对方", "疑似行为", "程度", "最高金额", "条数", "事件编号"],
                    rows: accounts.prefix(shown).map { account in
                        [
                            "\(account.number)", .quote(account.counterparty),
                            .own(account.incident.labels.map(\.name).joined(separator: "、")),
                            .own(account.incident.level.name),
                            .own(account.amounts.first?.name ?? "—"), "\(account.quotes.count)", .id(account.id),
                        ]
                    })),
        ]
        if accounts.count > shown {
            blocks.append(.paragraph("其余 \(accounts.count - shown) 个事件按同样顺序列在后面各节；完整清单见 findings.csv。"))
        }
        return blocks
    }
}
