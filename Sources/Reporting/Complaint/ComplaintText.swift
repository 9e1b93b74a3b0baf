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
        let order = "订单\(known?.orders.first.map { clip($0, 30) } ?? "【订单号】")"
        let who = "买家\(clip(account.incident.counterparty ?? account.incident.counterpartyID ?? "【买家ID】", 16))"
        let when = account.days.map { "于\($0)" } ?? ""
        let proof = known?.proof_number.map { "（举证号\(clip($0, 30))）" } ?? "（见举证号及截图）"
        let refusal = account.elements[.refusal]?.isEmpty == false ? "，卖家已拒绝" : ""
        let variants = [
            "\(order)\(who)\(when)在\(account.place)\(deed(isQuoted: false))\(proof)\(refusal)，请核实\(request)。",
            "\(order)\(who)\(when)\(deed(isQuoted: false))\(proof)\(refusal)，请核实处理。",
            "\(order)\(who)\(deed(isQuoted: false))\(refusal)，请核实处理。",
            "\(who)\(deed(isQuoted: false))，请核实处理。",
        ]
        return variants.first { Self.length($0) <= 100 } ?? clip(variants[3], 100)
    }

    /// The facts with the words themselves, at most 500 characters.
    var long: String {
        let name = account.incident.counterparty ?? "【买家ID】"
        let id = account.incident.counterpartyID.map { "（账号\($0)）" } ?? ""
        var text =
            "订单\(known.flatMap { $0.orders.isEmpty ? nil : clip($0.orders.joined(separator: "、"), 60) } ?? "【订单号】")，"
        text += "买家\(clip(name, 30))\(clip(id, 30))。"
        if let day = account.days {
            text += "\(day)，对方在\(account.place)\(deed(isQuoted: true))。"
        } else {
            text += "对方在\(account.place)\(deed(isQuoted: true))。"
        }
        var tail = ""
        if let refusal = account.elements[.refusal]?.first {
            tail += "卖家已明确拒绝（\(clock(refusal.message))）。"
        }
        if let most = account.amounts.first, let price = known?.price, price.hundredths > 0 {
            tail += "该订单实付\(Self.yuan(price.hundredths))元，索要金额\(compact(most))。"
        }
        if let time = known?.review_time { tail += "评价时间：\(clip(time, 30))。" }
        tail += "举证号：\(known?.proof_number.map { clip($0, 30) } ?? "【待生成】")；完整聊天截图见附件。以上为疑似，请平台核实\(request)。"
        var quotes = ""
        for quote in account.keyQuotes where quote.judgement.isFinding {
            let next = "\(quotes.isEmpty ? "" : "；")\(clock(quote.message))称“\(oneLine(quote.message.text))”"
            if Self.length(text + quotes + next + tail) < 500 { quotes += next }
        }
        let whole = text + quotes + (quotes.isEmpty ? "" : "。") + tail
        return Self.length(whole) <= 500 ? whole : clip(whole, 500)
    }

    /// What the other one seems to have done.
    /// - Parameter isQuoted: whether the words themselves follow.
    private func deed(isQuoted: Bool) -> String {
        let incident = account.incident
        if incident.labels.contains(.extortion) {
            let sum = account.amounts.first.map { "索要\(compact($0))" } ?? "索要财物"
            let means = (account.means ?? (isQuoted ? nil : account.threatInWords)).map { "以\(oneLine($0))" } ?? ""
            return "疑似\(means)要挟\(sum)"
        }
        if incident.labels.contains(.cashback) {
            return "疑似以评价换取返现" + (account.amounts.first.map { "（\(compact($0))）" } ?? "")
        }
        if incident.labels.contains(.ad) { return "疑似发送与订单无关的广告" }
        return "疑似有“\(account.categoryNames.joined(separator: "、"))”行为"
    }

    private var request: String {
        let isAboutReview = known?.review_time != nil || account.categories.contains { $0.hasPrefix("ext.review") }
        return isAboutReview ? "并处理该评价" : "处理"
    }

    private func compact(_ amount: Incident.Amount) -> String { amount.name.replacing(" ", with: "") }

    private func clock(_ message: Message) -> String {
        guard let time = message.time else { return "" }
        let clock = time.wallClock
        return "\(clock.hour):\(clock.minute < 10 ? "0" : "")\(clock.minute)"
    }

    static func yuan(_ hundredths: Int) -> String { Incident.Amount(hundredths: hundredths, finding: 0).number }

    /// A form's field is one paragraph.
    private func oneLine(_ text: String) -> String {
        VisibleText.reveal(text).replacing("\n", with: " ")
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
