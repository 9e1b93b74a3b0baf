import Classification
import Transcript

extension Report {
    /// The three elements and the refusal, each with the lines that carry it.
    func elementTable(_ account: IncidentAccount) -> Block {
        let isExtortion = account.incident.labels.contains(.extortion)
        let elements = Element.allCases.filter {
            isExtortion && $0 != .withdrawal || account.elements[$0]?.isEmpty == false
        }
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
                    // The link is in the lines above, seldom in words of its own.
                    if element == .link {
                        let numbers = quotes.prefix(6).map { "\($0.number)" }.joined(separator: "、")
                        return [
                            "\(own: element.name)", "要挟与付款连在一起说：引文 \(own: numbers)",
                            quotes.prefix(3).map { Phrase.id($0.id) }.joined(by: " "),
                        ]
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
        else { return element != .refusal ? "未见，需要补证" : account.isOfUnknownRole ? "不知道谁是卖家，无法判断" : "未见" }
        let chats = Set((threats + demands).map(\.chat))
        return chats.count == 1
            ? "同一对方在同一聊天里先后说出（引文 \(min(threat.number, demand.number))、\(max(threat.number, demand.number))）"
            : "同一对方在不同聊天里说出，关联需要补证"
    }

    /// The elements in one line, for reports of many incidents.
    func elementLine(_ account: IncidentAccount) -> Block {
        guard account.incident.labels.contains(.extortion) else {
            return .paragraph("类别：\(own: account.categoryNames.joined(separator: "、"))。")
        }
        let elements = Element.allCases.filter { $0 != .withdrawal || account.elements[$0]?.isEmpty == false }
        let parts = elements.map { element -> Phrase in
            let numbers = (account.elements[element] ?? []).prefix(6).map { "\($0.number)" }.joined(separator: "、")
            return numbers.isEmpty
                ? "\(own: element.name)：\(absence(of: element, in: account))"
                : "\(own: element.name)：引文 \(own: numbers)"
        }
        return .paragraph(parts.joined(by: "；") + "。")
    }
}
