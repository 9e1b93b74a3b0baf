import Tokenization
import Transcript

/// Takes sums of money and accounts from the flagged lines of a counterparty.
struct IncidentEntities: Sendable {
    private let folder = Folder()
    private let disguises = DisguiseReader()
    private let reader = EntityReader()

    /// What one flagged line names.
    /// - Parameter position: the finding's position, which everything taken from it refers to.
    func read(_ finding: Finding, at position: Int) -> (amounts: [Incident.Amount], identifiers: [Incident.Identifier]) {
        let folded = folder.fold(finding.message.text)
        let text = folded.applying(disguises.readings(in: folded))
        let entities = reader.entities(in: text)
        // Sums in advertising are promises to anybody, not demands on this seller.
        let isAboutMoney = finding.judgement.labels != [.ad]
        var amounts: [Incident.Amount] = []
        var identifiers: [Incident.Identifier] = []
        for entity in entities {
            if isAboutMoney, let sum = sum(entity, in: text, finding.judgement, isOnly: entities.count == 1) {
                amounts.append(Incident.Amount(hundredths: sum, finding: position))
            }
            if let kind = kind(of: entity, in: text), !entity.value.isEmpty {
                identifiers.append(Incident.Identifier(kind: kind, value: entity.value, finding: position))
            }
        }
        return (amounts, identifiers)
    }

    /// The sum a line asks for; a bare number is one where the line says nothing else and makes the demand.
    private func sum(_ entity: Entity, in text: FoldedText, _ judgement: Judgement, isOnly: Bool) -> Int? {
        guard let hundredths = entity.hundredths, hundredths > 0 else { return nil }
        switch entity.kind {
        case .amount:
            return isPrice(entity, in: text) ? nil : hundredths
        case .number:
            let isBare = isOnly && text.scalars.count - entity.range.count <= 3 && hundredths >= 1_000
            return isBare && judgement.elements.contains(.demand) ? hundredths : nil
        default:
            return nil
        }
    }

    /// Whether the sum is what the order cost or what a parcel costs.
    private func isPrice(_ entity: Entity, in text: FoldedText) -> Bool {
        let before = String(String.UnicodeScalarView(text.scalars[max(0, entity.range.lowerBound - 4)..<entity.range.lowerBound]))
        return ["花了", "花", "原价", "售价", "标价", "价格", "实付", "运费", "邮费", "货款", "买的时候", "付了"]
            .contains { before.hasSuffix($0) }
    }

    private func kind(of entity: Entity, in text: FoldedText) -> String? {
        switch entity.kind {
        case .phone: return isNamedAlipay(entity, in: text) ? "alipay" : "phone"
        case .qq: return "qq"
        case .wechat: return "wechat"
        case .email: return isNamedAlipay(entity, in: text) ? "alipay" : nil
        case .bankCard: return "bank-card"
        case .orderNumber: return "order"
        case .trackingNumber: return "parcel"
        case .link: return "link"
        default: return nil
        }
    }

    private func isNamedAlipay(_ entity: Entity, in text: FoldedText) -> Bool {
        let before = String(String.UnicodeScalarView(text.scalars[max(0, entity.range.lowerBound - 8)..<entity.range.lowerBound]))
        return ["支付宝", "zfb", "alipay"].contains { before.contains($0) }
    }
}
