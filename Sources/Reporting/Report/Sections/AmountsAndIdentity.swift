import Classification
import Transcript

extension Report {
    /// The sums against the price of the order and what the law would give at most.
    func amounts(of account: IncidentAccount) -> [Block] {
        let amounts = account.amounts
        let paid: Phrase = account.known?.paid.map {
            $0.hundredths == 0 ? "卖家称没有付款。" : "卖家称已付给对方 \(own: ComplaintText.yuan($0.hundredths)) 元。"
        } ?? ""
        guard let most = amounts.first else { return paid == "" ? [] : [.paragraph(paid)] }
        let listed = amounts.prefix(6).map { amount -> Phrase in
            let number = account.quote(ofFinding: amount.finding)?.number
            return "\(own: amount.name)" + (number.map { "（引文 \($0)）" } ?? "")
        }.joined(by: "、")
        var text: Phrase = "提到的金额：\(listed)"
        if amounts.count > 6 { text = text + "等，共 \(amounts.count) 个不同的数额" }
        // Of many figures nobody knows which were meant to be added.
        if (2...4).contains(amounts.count), Set(amounts.map(\.unit)).count == 1 {
            let sum = Incident.Amount(hundredths: amounts.reduce(0) { $0 + $1.hundredths }, unit: most.unit, finding: 0)
            text = text + "。最高一笔 \(own: most.name)；如果各笔分别索要，合计 \(own: sum.name)；如果是同一笔的涨跌，以最后一次为准"
        }
        if let price = account.known?.price, price.hundredths > 0, most.unit == "CNY" {
            let times = most.hundredths * 10 / price.hundredths
            let three = max(3 * price.hundredths, 50_000), ten = max(10 * price.hundredths, 100_000)
            text =
                text
                + "。订单实付 \(own: ComplaintText.yuan(price.hundredths)) 元，最高一笔约为其 \(own: "\(times / 10).\(times % 10)") 倍；"
                + "对照：退一赔三的增加赔偿为 \(own: ComplaintText.yuan(three)) 元（不足 500 元按 500 元），退一赔十为 \(own: ComplaintText.yuan(ten)) 元（不足 1000 元按 1000 元），是否适用以事实为准"
        } else if !isLong {
            text = text + "。没有订单金额，无法与法定赔偿上限对照（可在网页第四步“案件”里填，或写进 --case 文件的 price）"
        }
        return [.paragraph(text + "。" + paid)]
    }

    /// What ties the names and accounts to one person.
    func identity(of account: IncidentAccount) -> [Block] {
        var seen: Set<String> = []
        // Two accounts may look like one where they are masked, so the unmasked ones are compared.
        let identifiers = zip(account.original.identifiers, account.incident.identifiers).filter { original, _ in
            seen.insert(original.kind + original.value).inserted
        }
        let spoken = Dictionary(
            account.quotes.compactMap { quote in quote.speakerID.map { ($0, quote) } }, uniquingKeysWith: { first, _ in first })
        guard !identifiers.isEmpty || account.channels.count > 1 else { return [] }
        var items: [Phrase] = identifiers.prefix(12).map { original, identifier in
            let quote = account.quote(ofFinding: identifier.finding)
            let named: Phrase =
                "\(quote: identifier.kindName) \(quote: identifier.value)"
                + (quote.map { "：引文 \($0.number)（\($0.id)）" } ?? "")
            // An account that was named in one channel and speaks in another is the same person's.
            guard let other = spoken[original.value], let quote, other.chat.file != quote.chat.file else { return named }
            return named
                + "，在\(own: ChannelNames.name(ofFormat: quote.file.format))里由“\(quote: quote.message.shownSender)”说出，与\(own: ChannelNames.name(ofFormat: other.file.format))聊天里“\(quote: other.message.shownSender)”的账号一致（引文 \(other.number)，\(other.id)）"
        }
        if account.channels.count > 1, identifiers.isEmpty {
            items.append(
                "涉及 \(own: account.channels.joined(separator: "、"))，但聊天里没有把各渠道账号联系起来的内容：同一人\(strong: "未证明")，需要补证。")
        }
        return [.heading(3, "身份关联"), .list(items)]
    }
}
