import Classification
import Transcript

extension Report {
    /// One incident: what to paste, the facts, the words, the elements, the course, who it is, what is missing.
    func section(of account: IncidentAccount) -> [Block] {
        var blocks: [Block] = [
            .heading(2, "事件\(account.number)：\(quote: account.counterparty)（\(own: account.incident.level.name)）"),
            .paragraph(accounts.count == 1 ? "事件编号 \(account.id)。" : fact(account) + "事件编号 \(account.id)。"),
        ]
        let text = ComplaintText(account: account, known: account.known)
        if isLong {
            // The public edition has no complaints: they are for filing.
            if context.edition == .platform {
                blocks.append(.paragraph("投诉文本、表单内容和补证清单见 complaints/\(own: account.id.description).md。"))
            }
        } else {
            blocks += [
                .heading(3, "投诉文本（≤100 字）"), .copyText(text.short),
                .heading(3, "投诉文本（≤500 字）"), .copyText(text.long),
                .heading(3, "基本情况"), factTable(account),
            ]
        }
        blocks += [.heading(3, "关键原文"), quoteTable(account.keyQuotes)]
        if account.quotes.count > account.keyQuotes.count {
            blocks.append(.paragraph("共 \(account.quotes.count) 条引文，其余见附录和 findings.csv。"))
        }
        blocks += isLong ? [elementLine(account)] : [.heading(3, "要素对照"), elementTable(account)]
        blocks += amounts(of: account)
        if !isLong || account.channels.count > 1 { blocks += [.heading(3, "时间线"), .timeline(timeline(of: account))] }
        blocks += identity(of: account)
        if !isLong {
            blocks += [
                .heading(3, "还缺什么，怎样取得"),
                .checklist(
                    MissingProof(account: account, known: account.known, transcripts: transcripts(of: account)).items.map(\.words)),
            ]
        }
        return blocks
    }

    private func factTable(_ account: IncidentAccount) -> Block {
        let known = account.known
        func row(_ name: Phrase, _ value: String?, _ hint: Phrase) -> [Phrase] {
            [name, value.map { .quote($0) } ?? hint]
        }
        let cells = [
            row("平台", context.caseFile?.platform.map(platformName), "【待填】"), row("店铺", context.caseFile?.shop, "【待填】"),
            row("订单号", known.flatMap { $0.orders.isEmpty ? nil : $0.orders.joined(separator: "、") }, "【待填】"),
            [account.isOfUnknownRole ? .own(account.part) : "买家 ID", .quote(account.counterparty)],
            row(
                "评价",
                known.flatMap { known in
                    known.review_time.map { [$0, known.review].compactMap { $0 }.joined(separator: "，") }
                },
                "【待填时间和内容；还没有评价则写“无”】"),
            row("举证号", known?.proof_number, "【待填：生成方法见下面“还缺什么”】"),
            row("截止日", known?.deadline, "评价之日起 30 天（以平台规则为准）"),
            ["渠道", .own(account.channels.joined(separator: "、"))],
        ]
        // Two facts a row: the main part is to fit two pages.
        return .table(
            Table(
                ["项目", "内容", "项目", "内容"],
                rows: stride(from: 0, to: cells.count, by: 2).map { cells[$0] + cells[$0 + 1] }))
    }
}
