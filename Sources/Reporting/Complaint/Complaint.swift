import Classification
import Transcript

extension Report {
    /// The complaint of one incident, to be copied into the platform's form.
    func complaint(of account: IncidentAccount) -> Document {
        let rules = ComplaintRules.shipped
        let text = ComplaintText(account: account, known: account.known)
        var blocks: [Block] = []
        if account.incident.level == .notice {
            blocks.append(.callout("这一事件的程度是“仅提示”：单独投诉一般不受理，可以先留存记录。"))
        }
        if account.isOfUnknownRole {
            blocks.append(.callout("\(strong: "先别提交")：程序不知道谁是卖家，“\(quote: account.counterparty)”可能是您自己的账号。请用 --me 写明自己的账号（网页：第二步）后重新扫描。"))
        }
        if account.hasOwnOffers {
            blocks.append(.callout("\(strong: "提交前先看")卖家自查（private 文件夹，不上传）：卖家的话里有返现或付款，\(ownPlaces(account))。由自己的返现承诺引起的争执一般不受理。"))
        }
        blocks += [
            .paragraph("事件编号 \(account.id)。以下文字由聊天记录自动填写，只说事实；【】处请补上，提交前请与原聊天逐字核对。"),
            .heading(2, "投诉文本（不超过 100 字，现 \(ComplaintText.length(text.short)) 字）"),
            .copyText(text.short),
            .heading(2, "投诉文本（不超过 500 字，现 \(ComplaintText.length(text.long)) 字）"),
            .copyText(text.long),
            .heading(2, "表单要填的内容"),
            formTable(of: account),
            .heading(2, "还缺什么，怎样取得"),
            .checklist(
                MissingProof(account: account, known: account.known, transcripts: transcripts(of: account)).items.map(\.words)),
            .heading(2, "往哪里提交"),
        ]
        if context.caseFile?.platform == nil { blocks.append(.paragraph("还没有写明平台，下面列出全部；写明后只列所选的（网页：第四步“案件”；命令：--case 文件里的 platform）。")) }
        for route in routes(for: account, rules) { blocks += section(of: route, for: account) }
        blocks += [.heading(2, "哪些情形不被受理"), refusals(of: account, rules)]
        return Document(title: "投诉材料：事件\(account.number)，\(quote: account.counterparty)", blocks: blocks)
    }

    /// The picked platform and the police; all of them where none was picked.
    private func routes(for account: IncidentAccount, _ rules: ComplaintRules) -> [ComplaintRules.Route] {
        let categories = account.categories
        return rules.routes.filter { route in
            guard route.platform != "police" else { return route.takes(categories) }
            guard let platform = context.caseFile?.platform else { return true }
            return rules.route(of: platform)?.platform == route.platform
        }
    }

    private func formTable(of account: IncidentAccount) -> Block {
        let known = account.known
        func field(_ name: Phrase, _ value: String?, _ missing: Phrase) -> [Phrase] {
            [name, value.map { .quote($0) } ?? "【待填】\(missing)"]
        }
        let price = known?.price.map { ComplaintText.yuan($0.hundredths) + " 元" }
        return .table(
            Table(
                ["项目", "内容"],
                rows: [
                    field("平台", context.caseFile?.platform.map(platformName), "网页第四步“案件”，或 --case 文件里的 platform"),
                    field("店铺", context.caseFile?.shop, ""),
                    field(
                        "订单号", known.flatMap { $0.orders.isEmpty ? nil : $0.orders.joined(separator: "、") }, "在订单页查看"),
                    field(.own(account.part), account.incident.counterparty ?? account.incident.counterpartyID, "买家 ID"),
                    field(account.isOfUnknownRole ? "其账号" : "买家账号", account.incident.counterpartyID, "聊天文件没有写明"),
                    field("实付金额", price, ""),
                    field("已付给对方", known?.paid.map { ComplaintText.yuan($0.hundredths) + " 元" }, "没有付就写“无”"),
                    field("评价时间", known?.review_time, "还没有评价就写“无”"),
                    field("评价内容", known?.review, ""),
                    field("是否已互评", known?.both_rated.map { $0 ? "是" : "否" }, ""),
                    field("举证号", known?.proof_number, "见下一节"),
                    field("受理期限", known?.deadline.map { "\($0) 前（评价之日起 30 天；以平台规则为准）" }, "从评价之日起 30 天"),
                ]))
    }

    func platformName(_ id: String) -> String {
        ComplaintRules.shipped.routes.first { $0.platform == id && id != "other" }?.name ?? id
    }

    private func section(of route: ComplaintRules.Route, for account: IncidentAccount) -> [Block] {
        let takes = route.takes(account.categories)
        let limit: Phrase = if let limit = route.text_limit { "\(limit) 字以内" } else { "未核实" }
        var deadline: Phrase = "未核实"
        if let days = route.review_days {
            deadline = "评价之日起 \(days) 天内"
            if let last = account.known?.deadline { deadline = deadline + "，即 \(strong: last) 前" }
            if route.needs_both_rated == true { deadline = deadline + "；双方须已互评" }
        }
        var items: [Phrase] = [
            "入口：\(own: route.form)",
            "类型：\(own: choice(of: route, for: account))",
            "要的证据：\(own: route.evidence.joined(separator: "；"))",
            route.platform == "police" ? "文字和图片不限，准备得越完整越好" : "文字：\(limit)；图片：\(own: route.image_limit ?? "未核实")；期限：\(deadline)",
            "依据：\(own: route.source)，\(own: route.read) 查阅\(own: route.verified ? "" : "（未核实，以平台现行页面为准）")",
        ]
        if !takes { items.insert("这类行为未见于该渠道的受理范围，可先咨询客服。", at: 0) }
        return [.heading(3, .own(route.name)), .list(items)]
    }

    /// Where the seller's own words hold cashback.
    private func ownPlaces(_ account: IncidentAccount) -> Phrase {
        let offers = account.ownDealings.filter { !$0.judgement.labels.isEmpty }
        let places = offers.prefix(3).map { offer in
            "\(quote: offer.file.name) 第 \(offer.message.location.line) 行（\(quote: offer.message.shownTime)）" as Phrase
        }
        return "见 " + places.joined(by: "、") + (offers.count > 3 ? "等 \(offers.count) 处" : "")
    }

    /// What to choose in a route's form; none of its kinds is for those who did not threaten.
    private func choice(of route: ComplaintRules.Route, for account: IncidentAccount) -> String {
        if account.incident.labels == [.ad] { return route.choose_ad ?? route.choose }
        guard account.hasThreat else { return "没有标出要挟的原话，不宜选要挟、恐吓一类；请先问客服该选哪一类" }
        return route.choose
    }

    private func refusals(of account: IncidentAccount, _ rules: ComplaintRules) -> Block {
        let signs = Set(account.quotes.flatMap(\.judgement.lookalikes))
        return .table(
            Table(
                ["不被受理的情形", "本案"],
                rows: rules.refused.map { refusal in
                    let touched = refusal.sign.map { sign in signs.contains { $0 == sign || $0.hasPrefix(sign + ".") } }
                    if refusal.sign == "na.seller_promise", account.hasOwnOffers {
                        return [.own(refusal.text), "\(strong: "有关")：卖家的话里有返现或付款，\(ownPlaces(account))"]
                    }
                    return [
                        .own(refusal.text),
                        touched == true ? "\(strong: "有关")，请看相应引文后再决定" : touched == false ? "未见" : "请自查",
                    ]
                }))
    }
}
