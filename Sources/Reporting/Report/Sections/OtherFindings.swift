import Classification
import Transcript

extension Report {
    /// Advertising, and what belongs to no incident: by reference, a line each.
    func mentioned() -> [Block] {
        let advertising = accounts.filter { $0.incident.labels == [.ad] }
        var blocks: [Block] = []
        if !advertising.isEmpty {
            let shown = 50
            blocks += [
                .heading(2, "广告骚扰（疑似）"),
                .table(
                    Table(
                        ["事件", "发送者", "类型", "第一条原文", "出处", "条数", "证据编号"],
                        rows: advertising.prefix(shown).compactMap { account in
                            guard let first = account.quotes.first else { return nil }
                            return [
                                "\(account.number)", .quote(account.counterparty),
                                .own(account.categoryNames.joined(separator: "、")),
                                .quote(excerpt(first.message.text, 80)),
                                "\(quote: first.file.name) 第 \(first.message.location.line) 行",
                                "\(account.quotes.count)",
                                .id(first.id),
                            ]
                        })),
            ]
            if advertising.count > shown {
                blocks.append(.paragraph("另有 \(advertising.count - shown) 个发送者，全部列在 findings.csv。"))
            }
        }
        return blocks + singleFindings()
    }

    private func singleFindings() -> [Block] {
        guard !single.isEmpty else { return [] }
        let result = evidence.result
        let shown = 50
        var blocks: [Block] = [
            .heading(2, "未归入事件的条目"),
            .table(
                Table(
                    ["时间", "说话人", "原文", "出处", "命中与理由", "程度", "证据编号"],
                    rows: single.prefix(shown).map { position in
                        let finding = result.findings[position]
                        return [
                            .quote(finding.message.shownTime),
                            "\(quote: finding.message.shownSender)（\(own: finding.message.role.name)）",
                            .quote(excerpt(finding.message.text, 120)),
                            "\(quote: result.files[finding.file].name) 第 \(finding.message.location.line) 行",
                            reason(finding.judgement, in: finding.message.text), .own(finding.judgement.level?.name ?? "—"),
                            .id(evidence.findingIDs[position]),
                        ]
                    })),
        ]
        if single.count > shown { blocks.append(.paragraph("另有 \(single.count - shown) 条，全部列在 findings.csv。")) }
        return blocks
    }

    /// Accounts and numbers that stand in several incidents: possibly one hand behind several names.
    func sharedIdentities() -> [Block] {
        struct Key: Hashable {
            var kind: String
            /// Unmasked: two accounts may look like one where they are masked.
            var value: String
        }
        var order: [Key] = []
        var shown: [Key: String] = [:]
        var incidents: [Key: [Int]] = [:]
        for account in accounts {
            var keys = zip(account.original.identifiers, account.incident.identifiers).map {
                (Key(kind: $0.kindName, value: $0.value), $1.value)
            }
            if let id = account.original.counterpartyID, let shown = account.incident.counterpartyID {
                keys.append((Key(kind: "账号", value: id), shown))
            }
            for (key, value) in keys {
                if incidents[key] == nil { order.append(key) }
                shown[key] = value
                if incidents[key]?.last != account.number { incidents[key, default: []].append(account.number) }
            }
        }
        let shared = order.filter { (incidents[$0]?.count ?? 0) > 1 }
        guard !shared.isEmpty else { return [] }
        return [
            .heading(2, "跨事件的相同账号"),
            .paragraph("下列账号或号码出现在多个事件里，可能是同一人使用多个名字；只是线索，不等于已证明。"),
            .table(
                Table(
                    ["类型", "号码", "出现在事件"],
                    rows: shared.prefix(30).map { key in
                        [
                            .quote(key.kind), .quote(shown[key] ?? ""),
                            .own((incidents[key] ?? []).prefix(20).map(String.init).joined(separator: "、")),
                        ]
                    })),
        ]
    }
}
