import Tokenization
import Transcript

/// Takes sums of money and accounts from the flagged lines of a counterparty.
struct IncidentEntities: Sendable {
    private let folder = Folder()
    private let disguises = DisguiseReader.standard
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

    /// The sum a line asks for: money by its form, or a bare number where the words around it ask for one.
    private func sum(_ entity: Entity, in text: FoldedText, _ judgement: Judgement, isOnly: Bool) -> Int? {
        guard let hundredths = entity.hundredths, hundredths > 0, !isPrice(entity, in: text) else { return nil }
        switch entity.kind {
        case .amount: return hundredths
        case .number: return isAskedFor(entity, hundredths, in: text, judgement, isOnly: isOnly) ? hundredths : nil
        default: return nil
        }
    }

    /// Whether a bare number in a line that makes a demand is the sum: 2000解决, 那就300, 退我全款389, 800.
    private func isAskedFor(
        _ entity: Entity, _ hundredths: Int, in text: FoldedText, _ judgement: Judgement, isOnly: Bool
    ) -> Bool {
        guard judgement.elements.contains(.demand), (1_000...100_000_000).contains(hundredths),
            !Self.hotlines.contains(entity.value)
        else { return false }
        if isOnly, text.scalars.count - entity.range.count <= 3 { return true }
        let scalars = text.scalars
        let (start, end) = (entity.range.lowerBound, entity.range.upperBound)
        func string(_ range: Range<Int>) -> String {
            String(String.UnicodeScalarView(scalars[range.clamped(to: scalars.indices)]))
        }
        let (before, after) = (string(start - 3..<start), string(end..<end + 2))
        // What the other side offered and he scorns is not what he asks for.
        if after.hasPrefix("打发") { return false }
        let opens = start == 0 || Self.isBreak(scalars[start - 1]) || Self.openers.contains { before.hasSuffix($0) }
        let closes =
            end == scalars.count || Self.isBreak(scalars[end]) || Self.closers.contains { after.hasPrefix($0) }
        return opens && closes
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value < 0x80 && !scalar.properties.isAlphabetic
            || "，。！？；：、…～“”（）".unicodeScalars.contains(scalar)
    }

    /// Numbers to complain to.
    private static let hotlines: Set<String> = ["110", "12315", "12345", "12366", "12377", "12358", "12330", "96110"]
    private static let openers = [
        "就", "要", "给", "转", "打", "赔", "补", "退", "付", "收", "发", "拿", "再", "才", "至少", "最少", "起码", "全款", "一口价", "一共",
        "总共", "得", "我", "出", "加到", "涨到", "降到", "不然",
    ]
    private static let closers = [
        "解决", "搞定", "私了", "了事", "封口", "摆平", "删", "改", "撤", "行", "吧", "不", "少", "就", "给", "转", "打", "拿", "才", "来", "我",
        "你", "了", "一", "算", "都", "也", "起", "啊", "呗", "嘛", "呢", "吗",
    ]

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
