import Classification
import Transcript

extension Report {
    /// One incident: its quotes, its elements, its amounts.
    func section(of account: IncidentAccount) -> [Block] {
        let incident = account.incident
        var blocks: [Block] = [
            .heading(2, "事件\(account.number)：\(quote: account.counterparty)（\(own: incident.level.name)）"),
            .paragraph("事件编号 \(account.id)。" + fact(account)),
            .heading(3, "关键原文"),
            quoteTable(account.keyQuotes),
        ]
        if account.quotes.count > account.keyQuotes.count {
            blocks.append(.paragraph("共 \(account.quotes.count) 条，其余见附录。"))
        }
        if incident.labels.contains(.extortion) || incident.elements.isEmpty == false {
            blocks += [.heading(3, "要素对照"), elementTable(account)]
        }
        return blocks
    }

    func quoteTable(_ quotes: [IncidentAccount.Quote]) -> Block {
        .table(
            Table(
                ["引文", "时间", "说话人", "原文", "出处", "命中与理由", "证据编号"],
                rows: quotes.map { quote in
                    [
                        "\(quote.number)", .quote(quote.message.shownTime),
                        "\(quote: quote.message.shownSender)（\(own: quote.message.role.name)）", .quote(quote.message.text),
                        "\(quote: quote.file.name) 第 \(quote.message.location.line) 行", reason(quote.judgement), .id(quote.id),
                    ]
                }))
    }

    /// What was matched in a line and what it is taken for.
    func reason(_ judgement: Judgement) -> Phrase {
        var reason = judgement.category.map { Phrase.own(CategoryNames.name(of: $0)) } ?? Phrase.own(
            judgement.elements.map(\.name).joined(separator: "、"))
        let cues = judgement.cues.prefix(6).map { "“\(quote: $0.text)”（\(quote: $0.kindName)）" as Phrase }
        if !cues.isEmpty { reason = reason + "：" + Array(cues).joined(by: "、") }
        if !judgement.lookalikes.isEmpty {
            reason = reason + "。已考虑的正当情形：\(own: judgement.lookalikes.map(CategoryNames.name).joined(separator: "、"))"
        }
        return reason
    }

    private func elementTable(_ account: IncidentAccount) -> Block {
        .table(
            Table(
                ["要素", "引文", "证据编号"],
                rows: Element.allCases.map { element in
                    let quotes = account.elements[element] ?? []
                    return [
                        .own(element.name),
                        quotes.isEmpty
                            ? (element == .refusal ? "未见" : "未见，需要补证") : quotes.prefix(3).map { "“\(quote: excerpt($0.message.text))”（引文 \($0.number)）" as Phrase }.joined(by: "；"),
                        quotes.prefix(3).map { Phrase.id($0.id) }.joined(by: " "),
                    ]
                }))
    }

    /// A part of a long text, cut outside of the quotation's words.
    func excerpt(_ text: String, _ length: Int = 60) -> String {
        text.count <= length ? text : text.prefix(length) + "……"
    }

    /// What belongs to no incident.
    func singleFindings() -> [Block] {
        guard !single.isEmpty else { return [] }
        let result = evidence.result
        return [
            .heading(2, "未归入事件的条目"),
            .table(
                Table(
                    ["时间", "说话人", "原文", "出处", "命中与理由", "证据编号"],
                    rows: single.prefix(50).map { position in
                        let finding = result.findings[position]
                        return [
                            .quote(finding.message.shownTime),
                            "\(quote: finding.message.shownSender)（\(own: finding.message.role.name)）",
                            .quote(finding.message.text),
                            "\(quote: result.files[finding.file].name) 第 \(finding.message.location.line) 行",
                            reason(finding.judgement), .id(evidence.findingIDs[position]),
                        ]
                    })),
        ] + (single.count > 50 ? [.paragraph("另有 \(single.count - 50) 条，见 findings.csv。")] : [])
    }
}
