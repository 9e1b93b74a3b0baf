import Classification
import Transcript

extension Report {
    /// One incident: what to paste, the facts, the words, the elements, the course, who it is, what is missing.
    func section(of account: IncidentAccount) -> [Block] {
        var blocks: [Block] = [
            .heading(2, "事件\(account.number)：\(quote: account.counterparty)（\(own: account.incident.level.name)）"),
            .paragraph(accounts.count == 1 ? "事件编号 \(account.id)。" : "事件编号 \(account.id)。\(fact(account))"),
        ]
        let text = ComplaintText(account: account, known: account.known)
        if isLong {
            blocks.append(.paragraph("投诉文本、表单内容和补证清单见 complaints/\(own: account.id.description).md。"))
        } else {
            blocks += [
                .heading(3, "投诉文本（≤100 字）"), .copyText(text.short),
                .heading(3, "投诉文本（≤500 字）"), .copyText(text.long),
                .heading(3, "基本情况"), factTable(account),
            ]
        }
        blocks += [.heading(3, "关键原文"), quoteTable(account.keyQuotes)]
        if account.quotes.count > account.keyQuotes.count {
            blocks.append(.paragraph("共 \(account.quotes.count) 条，其余见附录。"))
        }
        blocks += isLong ? [elementLine(account)] : [.heading(3, "要素对照"), elementTable(account)]
        blocks += amounts(of: account)
        if !isLong || account.channels.count > 1 { blocks += [.heading(3, "时间线"), .timeline(timeline(of: account))] }
        blocks += identity(of: account)
        if !isLong {
            blocks += [
                .heading(3, "还缺什么，怎样取得"),
                .checklist(MissingProof(account: account, known: account.known, transcripts: transcripts(of: account)).items),
            ]
        }
        return blocks
    }

    private func factTable(_ account: IncidentAccount) -> Block {
        let known = account.known
        func row(_ name: Phrase, _ value: String?, _ hint: Phrase) -> [Phrase] { [name, value.map { .quote($0) } ?? hint] }
        let cells = [
            row("平台", context.caseFile?.platform.map(platformName), "【待填】"), row("店铺", context.caseFile?.shop, "【待填】"),
            row("订单号", known.flatMap { $0.orders.isEmpty ? nil : $0.orders.joined(separator: "、") }, "【待填】"),
            ["买家 ID", .quote(account.counterparty)],
            row(
                "评价",
                known.flatMap { known in known.review_time.map { [$0, known.review].compactMap { $0 }.joined(separator: "，") } },
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

    /// The incident's lines that show it, each with what was matched.
    func quoteTable(_ quotes: [IncidentAccount.Quote]) -> Block {
        .table(
            Table(
                ["引文", "时间", "说话人", "原文", "出处", "命中与理由", "证据编号"],
                rows: quotes.map { quote in
                    [
                        "\(quote.number)", .quote(quote.message.shownTime),
                        "\(quote: quote.message.shownSender)（\(own: quote.message.role.name)）", shown(quote.message.text),
                        "\(quote: quote.file.name) 第 \(quote.message.location.line) 行", reason(quote.judgement), .id(quote.id),
                    ]
                }, widths: [6, 12, 13, 28, 11, 17, 13]))
    }

    /// A quotation of at most 300 characters; a longer one is cut, which the words outside of it say.
    private func shown(_ text: String) -> Phrase {
        text.count <= 300 ? .quote(text) : "\(quote: String(text.prefix(300)))【以下略，全文见附录】"
    }

    /// What was matched in a line and what it is taken for.
    func reason(_ judgement: Judgement) -> Phrase {
        let what = judgement.category.map { [CategoryNames.name(of: $0)] }
            ?? judgement.labels.map(\.name) + judgement.elements.filter { $0 != .link }.map(\.name)
        var reason = Phrase.own(what.joined(separator: "，"))
        var seen: Set<String> = []
        let cues = judgement.cues.filter { seen.insert($0.text + $0.kind).inserted }.prefix(6)
            .map { "“\(quote: $0.text)”（\(quote: $0.kindName)）" as Phrase }
        if !cues.isEmpty {
            reason = reason + "：" + cues.joined(by: "、")
        } else if let score = FindingLines.score(of: judgement) {
            reason = reason + "（按上下文判断，评分 0.\(own: score < 10 ? "0" : "")\(min(score, 99))）"
        }
        if !judgement.lookalikes.isEmpty {
            reason = reason + "。已考虑的正当情形：\(own: judgement.lookalikes.map(CategoryNames.name).joined(separator: "、"))"
        }
        return reason
    }

    private func elementTable(_ account: IncidentAccount) -> Block {
        let isExtortion = account.incident.labels.contains(.extortion)
        let elements = isExtortion ? Element.allCases : Element.allCases.filter { account.elements[$0]?.isEmpty == false }
        guard !elements.isEmpty else {
            return .paragraph("\(own: account.categoryNames.joined(separator: "、"))：不需要要挟与索要两项要素。")
        }
        return .table(
            Table(
                ["要素", "原文", "证据编号"],
                rows: elements.map { element in
                    let quotes = account.elements[element] ?? []
                    guard !quotes.isEmpty else {
                        return ["\(own: element.name)", absence(of: element, in: account), "—"]
                    }
                    return [
                        "\(own: element.name)",
                        quotes.prefix(3).map { "“\(quote: excerpt($0.message.text))”（引文 \($0.number)）" as Phrase }
                            .joined(by: "；"),
                        quotes.prefix(3).map { Phrase.id($0.id) }.joined(by: " "),
                    ]
                }))
    }

    /// What is said where no line carries an element.
    private func absence(of element: Element, in account: IncidentAccount) -> Phrase {
        guard element == .link, let threats = account.elements[.threat], let demands = account.elements[.demand],
            let threat = threats.first, let demand = demands.first
        else { return element == .refusal ? "未见" : "未见，需要补证" }
        let chats = Set((threats + demands).map { [$0.file.name, $0.message.conversation] })
        return chats.count == 1
            ? "同一对方在同一聊天里先后说出（引文 \(min(threat.number, demand.number))、\(max(threat.number, demand.number))）"
            : "同一对方在不同聊天里说出，关联需要补证"
    }

    /// The elements in one line, for reports of many incidents.
    private func elementLine(_ account: IncidentAccount) -> Block {
        guard account.incident.labels.contains(.extortion) else {
            return .paragraph("类别：\(own: account.categoryNames.joined(separator: "、"))。")
        }
        let parts = Element.allCases.map { element -> Phrase in
            let numbers = (account.elements[element] ?? []).prefix(6).map { "\($0.number)" }.joined(separator: "、")
            return numbers.isEmpty ? "\(own: element.name)：\(absence(of: element, in: account))" : "\(own: element.name)：引文 \(own: numbers)"
        }
        return .paragraph(parts.joined(by: "；") + "。")
    }

    /// The sums against the price of the order and what the law would give at most.
    private func amounts(of account: IncidentAccount) -> [Block] {
        let amounts = account.amounts
        guard let most = amounts.first else { return [] }
        let listed = amounts.prefix(6).map { amount -> Phrase in
            let number = account.quote(ofFinding: amount.finding)?.number
            return "\(own: amount.name)" + (number.map { "（引文 \($0)）" } ?? "")
        }.joined(by: "、")
        var text: Phrase = "提到的金额：\(listed)"
        if amounts.count > 1, Set(amounts.map(\.unit)).count == 1 {
            let sum = Incident.Amount(hundredths: amounts.reduce(0) { $0 + $1.hundredths }, unit: most.unit, finding: 0)
            text = text + "；不同金额合计 \(own: sum.name)"
        }
        if let price = account.known?.price, price.hundredths > 0, most.unit == "CNY" {
            let times = most.hundredths * 10 / price.hundredths
            let three = max(3 * price.hundredths, 50_000), ten = max(10 * price.hundredths, 100_000)
            text = text + "。订单实付 \(own: ComplaintText.yuan(price.hundredths)) 元，最高一笔约为其 \(own: "\(times / 10).\(times % 10)") 倍；"
                + "对照：退一赔三的增加赔偿为 \(own: ComplaintText.yuan(three)) 元（不足 500 元按 500 元），退一赔十为 \(own: ComplaintText.yuan(ten)) 元（不足 1000 元按 1000 元），是否适用以事实为准"
        } else if !isLong {
            text = text + "。没有订单金额，无法与法定赔偿上限对照（可用 --case 写明 price）"
        }
        return [.paragraph(text + "。")]
    }

    /// What ties the names and accounts to one person.
    private func identity(of account: IncidentAccount) -> [Block] {
        var seen: Set<String> = []
        let identifiers = account.incident.identifiers.filter { seen.insert($0.kind + $0.value).inserted }
        guard !identifiers.isEmpty || account.channels.count > 1 else { return [] }
        var items: [Phrase] = identifiers.prefix(12).map { identifier in
            let quote = account.quote(ofFinding: identifier.finding)
            return "\(quote: identifier.kindName) \(quote: identifier.value)"
                + (quote.map { "：引文 \($0.number)（\($0.id)）" } ?? "")
        }
        if account.channels.count > 1, identifiers.isEmpty {
            items.append("涉及 \(own: account.channels.joined(separator: "、"))，但聊天里没有把各渠道账号联系起来的内容：同一人\(strong: "未证明")，需要补证。")
        }
        return [.heading(3, "身份关联"), .list(items)]
    }

    /// A part of a long text, cut outside of the quotation's words.
    func excerpt(_ text: String, _ length: Int = 60) -> String {
        text.count <= length ? text : text.prefix(length) + "……"
    }
}
