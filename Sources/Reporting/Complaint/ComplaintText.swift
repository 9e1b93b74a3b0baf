import Classification
import Transcript

/// The complaint in so few words that it fits a form's field.
///
/// Forms count UTF-16 units, as web pages do; so does this. What the seller did not tell stands as 【…】.
struct ComplaintText {
    let account: IncidentAccount
    let known: CaseFile.Case?

    static func length(_ text: String) -> Int { text.utf16.count }

    /// One sentence of facts, at most 100 characters.
    var short: String {
        let isAd = account.incident.labels == [.ad]
        let name = clip(account.incident.counterparty ?? account.incident.counterpartyID ?? "【\(isAd ? "账号" : "买家ID")】", 16)
        let who = isAd ? "账号\(name)" : "订单\(known?.orders.first.map { clip($0, 30) } ?? "【订单号】")\(account.part)\(name)"
        let when = account.days.map { "于\($0)" } ?? ""
        let proof = known?.proof_number.map { "（举证号\(clip($0, 30))）" } ?? "（见\(account.isOnPlatform ? "举证号及" : "")截图）"
        let isRefused = account.elements[.refusal]?.isEmpty == false
        let refusal = !isRefused ? "" : account.dealingAfterRefusal == nil ? "，卖家已拒绝" : "，卖家拒绝后又谈到付款或返现"
        let variants = [
            "\(who)\(when)在\(account.place)\(deed)\(proof)\(refusal)，请核实\(request)。",
            "\(who)\(when)\(deed)\(proof)\(refusal)，请核实处理。",
            "\(who)\(deed)\(refusal)，请核实处理。",
            "\(account.part)\(name)\(deed)，请核实处理。",
        ]
        return variants.first { Self.length($0) <= 100 } ?? clip(variants[3], 100)
    }

    /// The facts with the words themselves, at most 500 characters.
    var long: String {
        let orders = known.flatMap { $0.orders.isEmpty ? nil : clip($0.orders.joined(separator: "、"), 60) }
        let id = account.incident.counterpartyID.map { "（账号\(clip($0, 24))）" } ?? ""
        let named = account.incident.counterparty.map { clip($0, 30) + ($0 == account.incident.counterpartyID ? "" : id) }
        let isAd = account.incident.labels == [.ad]
        var head = isAd ? "账号" : "订单\(orders ?? "【订单号】")，\(account.part)"
        head += "\(named ?? account.incident.counterpartyID.map { clip($0, 30) } ?? "【\(isAd ? "账号" : "买家ID")】")。"
        head += account.years.map { "\($0)，" } ?? ""
        head += "对方在\(account.place)\(deed)"

        var tail = ""
        if let refusal = account.elements[.refusal]?.first {
            tail += "卖家\(moment(refusal.message).map { "于\($0)" } ?? "")明确拒绝"
            if let dealing = account.dealingAfterRefusal {
                tail += "，此后\(moment(dealing.message).map { "于\($0)" } ?? "")又谈到付款或返现"
            }
            tail += "。"
        }
        if let price = known?.price, price.hundredths > 0 {
            tail += "该订单实付\(Self.yuan(price.hundredths))元。"
        }
        if let paid = known?.paid, paid.hundredths > 0 { tail += "已付给对方\(Self.yuan(paid.hundredths))元。" }
        if let time = known?.review_time { tail += "评价时间：\(clip(time, 30))。" }
        if known?.proof_number != nil || account.isOnPlatform {
            tail += "举证号：\(known?.proof_number.map { clip($0, 30) } ?? "【待生成】")；"
        }
        tail += "完整聊天截图见附件。请平台核实\(request)。"

        var quotes = ""
        for quote in account.keyQuotes where quote.judgement.isFinding && (isAd || quote.judgement.labels != [.ad]) {
            let when = moment(quote.message).map { $0 + "称" } ?? "对方称"
            let next = (quotes.isEmpty ? "" : "；") + when + cited(quote.message.text)
            if Self.length(head + quotes + next + tail) < 498 { quotes += next }
        }
        let whole = head + (quotes.isEmpty ? "" : "：" + quotes) + "。" + tail
        return Self.length(whole) <= 500 ? whole : clip(whole, 500)
    }

    /// What the other one seems to have done, without the spaces that a page has around numbers.
    private var deed: String { account.deed.replacing(" ", with: "") }

    /// Words in quotation marks; of long ones the beginning, and outside of the marks that more follows.
    private func cited(_ text: String) -> String {
        let words = oneLine(text)
        return words.count <= 120 ? "“\(words)”" : "“\(words.prefix(120))”（下略）"
    }

    /// The clock, with the day where there are several.
    private func moment(_ message: Message) -> String? {
        guard let time = message.time else { return nil }
        let clock = time.wallClock
        let minute = "\(clock.hour):\(clock.minute < 10 ? "0" : "")\(clock.minute)"
        return account.isOfOneDay ? minute : Day(time).shortChinese + minute
    }

    private var request: String {
        // A review that was only threatened cannot be dealt with.
        known?.review_time != nil || known?.review != nil ? "并处理该评价" : "处理"
    }

    static func yuan(_ hundredths: Int) -> String { Incident.Amount(hundredths: hundredths, finding: 0).number }

    /// A form's field is one paragraph; where a line ended is marked as the report marks it.
    private func oneLine(_ text: String) -> String {
        VisibleText.reveal(text).replacing("\n", with: "↵")
    }

    /// At most `length` characters as the form counts, whole characters only.
    private func clip(_ text: String, _ length: Int) -> String {
        let text = oneLine(text)
        guard Self.length(text) > length else { return text }
        var out = ""
        for character in text {
            if Self.length(out) + character.utf16.count > length - 1 { break }
            out.append(character)
        }
        return out + "…"
    }
}
