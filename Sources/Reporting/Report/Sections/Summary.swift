import Classification
import Transcript

extension Report {
    /// What was read and found, in one screen: who, when, threatened with what, asked for how much, in which words.
    func summary() -> [Block] {
        let result = evidence.result
        let messages = result.files.reduce(0) { $0 + $1.messageCount }
        let read: Phrase = "读取了 \(result.files.count) 个文件、\(messages) 条消息"
        let findings = evidence.listed(includingOwn: false).map { result.findings[$0] }
        guard !findings.isEmpty else {
            return [
                .heading(2, "结论摘要"), .paragraph(read + "，没有发现疑似敲诈勒索、好评返现或广告骚扰的内容。"),
            ]
        }
        let labelled = Label.allCases.compactMap { label -> Phrase? in
            let count = findings.filter { $0.judgement.labels.contains(label) }.count
            return count == 0 ? nil : "\(own: label.name) \(count) 条"
        }
        // Some kinds have no label and make no incident.
        let others = findings.filter(\.judgement.labels.isEmpty)
        var seen: Set<String> = []
        let kinds = others.compactMap { $0.judgement.category.map(CategoryNames.name) }.filter { seen.insert($0).inserted }
            .map { name in
                "\(own: name) \(others.count { $0.judgement.category.map(CategoryNames.name) == name }) 条" as Phrase
            }
        let counts = (labelled + kinds).joined(by: "、")
        guard !accounts.isEmpty else {
            return [
                .heading(2, "结论摘要"),
                .paragraph(read + "，标出 \(findings.count) 条（\(counts)），没有归入事件，列在“未归入事件的条目”。没有发现疑似敲诈勒索、好评返现或广告骚扰的内容。"),
            ]
        }
        let found: Phrase =
            read + "，标出 \(findings.count) 条（\(counts)），涉及 \(accounts.count) 个事件。每条引文都有证据编号（JZ-…），可以重新核对。"
        if accounts.count == 1 { return [.heading(2, "结论摘要")] + summary(of: accounts[0]) + [.paragraph(found)] }
        return [.heading(2, "结论摘要"), .paragraph(found)] + counterparties()
    }

    /// One incident, its facts a line each.
    func summary(of account: IncidentAccount) -> [Block] {
        var rows: [[Phrase]] = [["时间、渠道", "\(account.period)，\(own: account.place)"]]
        let (threat, demand) = (account.clearest(.threat), account.clearest(.demand))
        if let threat, threat.finding == demand?.finding {
            rows.append(["要挟并索要", cited(threat)])
        } else {
            if let threat { rows.append(["要挟", cited(threat)]) }
            if let demand { rows.append(["索要", cited(demand)]) }
        }
        if threat == nil, demand == nil {
            rows += account.quotes.filter(\.judgement.isFinding).prefix(3).map { ["原话", cited($0)] }
        }
        if let most = account.amounts.first, let quote = account.quote(ofFinding: most.finding), quote.finding != demand?.finding {
            rows.append(["最高金额", "\(strong: most.name)，" + cited(quote)])
        }
        if let refusal = account.elements[.refusal]?.first {
            rows.append(["卖家拒绝", cited(refusal) + after(refusalOf: account)])
        } else if account.incident.labels.contains(.extortion) {
            rows.append(["卖家拒绝", account.isOfUnknownRole ? "不知道谁是卖家，无法判断" : "没有标出明确的拒绝"])
        }
        if let withdrawal = account.elements[.withdrawal]?.first { rows.append(["对方收回", cited(withdrawal)]) }
        rows.append(["程度", "\(own: account.incident.level.name)：\(own: standing(of: account))"])
        return [
            .paragraph("\(strong: account.isOfUnknownRole ? account.part : "对方") \(quote: account.counterparty) \(strong: account.deed)。"),
            .table(Table(["事实", "内容和证据编号"], rows: rows)),
        ]
    }

    /// A quotation with its number and moment, as the summary shows it.
    private func cited(_ quote: IncidentAccount.Quote) -> Phrase {
        "“\(quote: excerpt(quote.message.text, 80))”（\(quote.id)，\(quote: quote.message.shownTime)）"
    }

    /// What is said beside a refusal that was not the last word.
    private func after(refusalOf account: IncidentAccount) -> Phrase {
        account.dealingAfterRefusal.map { "，此后卖家又谈到付款或返现（\(quote: $0.message.shownTime)）" } ?? ""
    }

    /// Why an incident stands on its level.
    private func standing(of account: IncidentAccount) -> String {
        if account.hasOwnOffers, account.incident.level != .submit { return "先看卖家自查，再决定是否提交" }
        guard account.incident.labels.contains(.extortion) else {
            return switch account.incident.level {
            case .submit: "原话清楚"
            case .needsProof: "只凭这些话还不够清楚，需要补充证据"
            case .notice: "供留意，单独投诉一般不受理"
            }
        }
        let missing = [Element.threat, .demand].filter { account.elements[$0]?.isEmpty != false }.map(\.name)
        if !missing.isEmpty { return "没有标出\(missing.joined(separator: "、"))的原话，需要补充证据" }
        return account.incident.level == .submit ? "要挟、索要和两者的联系都有原话" : "说话人身份或原话还不够清楚，需要补充证据"
    }

    /// One incident in a few words: who, when, where, what was threatened and asked for, how much, each with its ID.
    func fact(_ account: IncidentAccount) -> Phrase {
        var parts: [Phrase] = []
        for element in [Element.threat, .demand] {
            guard let quote = account.clearest(element) else { continue }
            parts.append("\(own: element.name)：“\(quote: excerpt(quote.message.text, 40))”（\(quote.id)）")
        }
        // A line may carry both.
        if parts.count == 2, account.clearest(.threat)?.finding == account.clearest(.demand)?.finding {
            parts = ["要挟并" + parts[1]]
        }
        if parts.isEmpty {
            parts = account.quotes.filter(\.judgement.isFinding).prefix(2).map { quote in
                "“\(quote: excerpt(quote.message.text, 40))”（\(quote.id)）"
            }
        }
        if let refusal = account.elements[.refusal]?.first { parts.append("卖家已拒绝（\(refusal.id)）" + after(refusalOf: account)) }
        if let withdrawal = account.elements[.withdrawal]?.first { parts.append("对方后来收回（\(withdrawal.id)）") }
        return "\(account.period)，\(own: account.place)，\(strong: account.deed)。" + parts.joined(by: "；") + "。"
    }

    /// Everybody who was complained of, the gravest first.
    private func counterparties() -> [Block] {
        let shown = 20
        var blocks: [Block] = [
            .heading(3, "对方一览（按轻重排列）"),
            .table(
                Table(
                    ["事件", "对方", "时间", "疑似行为", "最清楚的原话（证据编号）", "程度"],
                    rows: accounts.prefix(shown).map { account in
                        var quotes = [account.clearest(.threat), account.clearest(.demand)].compactMap(\.self)
                        if quotes.isEmpty { quotes += account.quotes.filter(\.judgement.isFinding).prefix(1) }
                        if quotes.count == 2, quotes[0].finding == quotes[1].finding { quotes.removeLast() }
                        return [
                            "\(account.number)", .quote(account.counterparty), account.period, .own(account.deed),
                            quotes.map { "“\(quote: excerpt($0.message.text, 40))”（\($0.id)）" as Phrase }.joined(by: "；"),
                            .own(account.incident.level.name),
                        ]
                    }, widths: [6, 16, 16, 22, 32, 8])),
        ]
        if accounts.count > shown {
            blocks.append(.paragraph("其余 \(accounts.count - shown) 个事件按同样顺序列在后面；每一条都在 findings.csv 里。"))
        }
        return blocks
    }
}
