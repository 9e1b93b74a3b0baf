import Classification
import Transcript

/// What a reviewer will ask for and the chat alone cannot show, each with the way to get it.
struct MissingProof {
    let account: IncidentAccount
    let known: CaseFile.Case?
    /// The chats around its quotes.
    let transcripts: [Transcript]

    var items: [(kind: Report.Missing.Kind, words: Phrase)] {
        var items: [(kind: Report.Missing.Kind, words: Phrase)] = []
        func ask(_ kind: Report.Missing.Kind, _ words: Phrase) { items.append((kind, words)) }
        let formats = Set(account.quotes.compactMap { $0.file.format })
        func uses(_ prefixes: [String]) -> Bool {
            formats.contains { format in prefixes.contains { format.hasPrefix($0) } }
        }
        let range = account.dateRange ?? "整段聊天"
        let partner = account.incident.counterparty ?? account.incident.counterpartyID ?? "对方"

        let isAd = account.incident.labels == [.ad]
        if known?.proof_number == nil {
            // Only what was said on the platform has a number there.
            let elsewhere: Phrase = account.isOnPlatform ? "" : "这段聊天不在平台里，没有举证号；如果与对方另有旺旺／千牛聊天，请为那一段生成。"
            ask(
                .proofNumber,
                elsewhere + "举证号：在千牛／旺旺的消息管理器打开与“\(quote: partner)”的对话，点“举报”→“生成投诉举证号”；日期选 \(own: range)。每个举证号只对应一个对方和所选日期。旺旺记录能回看的天数有限（约 75 天，未核实），请尽早生成。"
            )
        }
        ask(.screenshots, "完整聊天截图：\(own: range)，\(own: isAd ? "" : "从起因到拒绝，")能看到双方账号和时间，不裁剪、不编辑，前后两张有重叠。")
        if uses(["qq", "qce"]) { ask(.qqProfile, "QQ：对方的资料页（QQ 号、昵称）和带有您登录信息的整屏截图。") }
        if uses(["sms", "imessage", "imazing", "google-voice"]) {
            ask(.messageList, "短信：手机短信截图，加上运营商网站或营业厅的短信清单（\(own: range)）。")
        }
        if uses(["wechat"]) { ask(.wechatProfile, "微信：对方的资料页（微信号）和聊天截图；转账和红包要点开后再截。") }
        if !isAd, account.channels.count > 1 || !account.incident.identifiers.isEmpty {
            ask(.samePerson, "同一人的证明：能看出“\(quote: partner)”在各渠道是同一人的截图（聊天里自报的账号、电话、收款码）。")
        }
        if !isAd, known?.orders.isEmpty != false { ask(.order, "订单号和订单页截图（买家 ID、实付金额、时间）。") }
        if !isAd, known?.price == nil { ask(.price, "该订单的实付金额，用来与索要金额对照。") }
        if account.categories.contains(where: { $0.hasPrefix("ext.review") || $0.hasPrefix("cashback") }) {
            if known?.review_time == nil { ask(.review, "评价页截图和评价时间（30 天期限从评价时起算）\(own: account.hasThreat ? "；还没有评价的，按可疑交易（恶意敲诈）提交。" : "。")") }
            if known?.both_rated == nil { ask(.bothRated, "双方是否已互评。") }
        }
        if !isAd { ask(.shipping, "发货证明：打包照片、称重照片、快递底单。") }
        let media = mediaLines
        if !media.isEmpty {
            ask(
                .media,
                "聊天里有程序看不到的图片或语音，请另附：\(media.prefix(6).joined(by: "、"))\(own: media.count > 6 ? "等 \(media.count) 处。" : "。")"
            )
        }
        return items
    }

    private var mediaLines: [Phrase] {
        transcripts.flatMap { part in
            part.lines.filter { line in
                ["[图片", "[语音", "[视频", "[照片"].contains { line.text.hasPrefix($0) }
            }.map { "\(quote: part.file) 第 \($0.line) 行 \(quote: $0.text)" as Phrase }
        }
    }
}
