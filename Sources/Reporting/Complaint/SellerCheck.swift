import Classification
import Transcript

extension Report {
    /// What in the seller's own lines may hurt his case; for him alone.
    public var sellerCheck: Document {
        let result = evidence.result
        let own = evidence.listed(includingOwn: true).filter { !Evidence.isAgainstOthers(result.findings[$0]) }
        var blocks: [Block] = [
            .callout("\(strong: "不随投诉上传")。这一页只给卖家自己看。平台和律师会读到您说过的话，先知道哪里不利，再决定怎样提交。不要删改聊天记录：提交伪造或删改的凭证会被处罚。")
        ]
        if result.chatsWithoutSeller > 0 {
            blocks.append(.paragraph("有 \(result.chatsWithoutSeller) 个聊天没有认出谁是卖家，\(strong: "其中您自己的话没有检查")。请用 --me 写明自己的账号（网页：第二步）后重新扫描。"))
        }
        guard !own.isEmpty else {
            if result.chatsWithoutSeller > 0, !result.messages.joined().contains(where: { $0.role == .seller }) {
                return Document(title: "卖家自查（不随投诉上传）", blocks: blocks)
            }
            blocks.append(.paragraph("\(own: result.chatsWithoutSeller > 0 ? "在其他聊天里，" : "")在您自己的话里没有标出可能不利的内容。程序看不到图片和语音，也不知道包裹里的卡片，请自行回想。"))
            return Document(title: "卖家自查（不随投诉上传）", blocks: blocks)
        }
        blocks.append(.paragraph("共 \(own.count) 处。"))
        let rules = ComplaintRules.shipped
        for (index, risk) in rules.risks.enumerated() {
            let found = own.filter { position in
                let judgement = result.findings[position].judgement
                return rules.risk(of: judgement.category ?? judgement.labels.first?.branch) == index
            }
            guard !found.isEmpty else { continue }
            blocks += [
                .heading(2, "\(own: risk.name)（\(found.count) 处）"),
                .list(["为什么不利：\(own: risk.why)", "接下来：\(own: risk.next)", "依据：\(own: risk.source)"]),
                .table(
                    Table(
                        ["时间", "原文", "出处", "相关事件", "证据编号"],
                        rows: found.map { position in
                            let finding = result.findings[position]
                            return [
                                .quote(finding.message.shownTime), .quote(finding.message.text),
                                "\(quote: result.files[finding.file].name) 第 \(finding.message.location.line) 行",
                                incident(beside: position).map { .id($0.id) } ?? "—", .id(evidence.findingIDs[position]),
                            ]
                        })),
            ]
        }
        return Document(title: "卖家自查（不随投诉上传）", blocks: blocks)
    }

    /// The incident of the chat in which the seller said it.
    private func incident(beside finding: Int) -> IncidentAccount? {
        let original = evidence.original.findings[finding]
        let chat = ChatIndex.Chat(file: original.file, conversation: original.message.conversation)
        return accounts.first { account in account.quotes.contains { $0.chat == chat } }
    }
}
