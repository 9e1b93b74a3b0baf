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
                    let levels = Level.allCases.reversed().map { level in found.filter { $0.judgement.level == level }.count }
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

    /// One incident in one sentence: who, when, where, what, how much, with the IDs that prove it.
    func fact(_ account: IncidentAccount) -> Phrase {
        let incident = account.incident
        var sentence: Phrase = "\(strong: "事件\(account.number)")（\(own: incident.level.name)）：\(quote: account.counterparty)"
        if let first = account.quotes.first, let last = account.quotes.last {
            sentence = sentence + (first.number == last.number || first.message.shownTime == last.message.shownTime
                ? "于 \(quote: first.message.shownTime) "
                : "于 \(quote: first.message.shownTime) 至 \(quote: last.message.shownTime) ")
        }
        sentence = sentence + "在\(own: account.channels.joined(separator: "、"))上，\(own: incident.labels.map(\.name).joined(separator: "、"))"
        let threats = account.words(ofCue: "threat", in: .threat)
        if !threats.isEmpty {
            sentence = sentence + "，以" + threats.prefix(3).map { "“\(quote: $0)”" as Phrase }.joined(by: "、") + "相要挟"
        }
        if let most = account.amounts.first {
            sentence = sentence + (incident.labels.contains(.extortion) ? "，索要 " : "，提到 ") + .strong(most.name)
        }
        if let refusal = account.elements[.refusal]?.first { sentence = sentence + "；卖家已拒绝（\(refusal.id)）" }
        let ids = account.quotes.filter { $0.judgement.isFinding }.prefix(4).map { "\($0.id)" as Phrase }
        return sentence + "。证据：" + ids.joined(by: "、")
            + (account.quotes.count > 4 ? "等 \(account.quotes.count) 条。" : "。")
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
                            .own(account.incident.labels.map(\.name).joined(separator: "、")), .own(account.incident.level.name),
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
