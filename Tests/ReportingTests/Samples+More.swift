import Classification
import Reporting
import Transcript

extension Samples {
    /// Several counterparties over QQ, Wangwang and short messages; one hand behind two names; advertising; a seller who bargains.
    static var many: ScanResult {
        var result = one
        var shop = Chat("旺旺/导出.txt", format: "wangwang-txt")
        let seller = "山货小铺:小李"
        for (index, name) in ["tb_小丸子", "老k同学", "momo酱", "一路顺风"].enumerated() {
            let day = "2023-03-0\(index + 1)"
            for line in 0..<6 { shop.say("请问第\(line)件什么时候发", by: name, .buyer, at: "\(day) 09:0\(line)", in: name) }
            shop.say("我已经写好差评了", by: name, .buyer, at: "\(day) 10:00", in: name)
            shop.say("亲有什么问题可以帮您处理", by: seller, .seller, at: "\(day) 10:01", in: name)
            shop.say("没问题，给\(index + 1)00就不发，加扣扣 8866\(index / 2)1234", by: name, .buyer, at: "\(day) 10:02", in: name)
            shop.say(index == 1 ? "一百行吗" : "不可以，我们不接受以评价换钱", by: seller, .seller, at: "\(day) 10:05", in: name)
            shop.say("[图片]", by: name, .buyer, at: "\(day) 10:06", in: name)
            for line in 0..<6 { shop.say("第\(line)件收到了", by: name, .buyer, at: "\(day) 11:0\(line)", in: name) }
        }
        var sms = Chat("短信.xml", format: "sms-backup-xml")
        sms.say("差评我都拍好照了，今晚十点前转 100", by: nil, id: "13800138000", .buyer, at: "2023-03-03 20:15:00", in: "13800138000")
        sms.say("【兼职】在家刷单日结三百，加V：dd_8899", by: nil, id: "10690001", .buyer, at: "2023-03-04 08:00:00", in: "10690001")
        result.files += [shop.file, sms.file]
        result.messages += [shop.messages, sms.messages]
        result.diagnostics += [
            [], [Diagnostic(file: "短信.xml", line: 40, severity: .warning, code: "truncated", message: "文件末尾不完整。")],
        ]
        result.skipped = [.init(name: "旧照片.jpg", code: "binary", reason: "不是聊天记录。", isFailure: true)]

        for (index, name) in ["tb_小丸子", "老k同学", "momo酱", "一路顺风"].enumerated() {
            let incident = result.incidents.count
            let base = result.findings.count
            result.findings += [
                found("我已经写好差评了", by: name, in: shop, [("threat", "差评")], [.threat], incident),
                found(
                    "给\(index + 1)00就不发", by: name, in: shop,
                    [("demand", "给"), ("amount", "\(index + 1)00"), ("contact", "8866\(index / 2)1234")],
                    [.demand, .link], incident),
            ]
            if index == 1 {
                var bargain = finding(
                    "一百行吗", in: shop, file: 1, labels: [], category: "seller.counter_offer", level: .notice,
                    incident: incident)
                bargain.judgement.categories = ["seller.counter_offer"]
                result.findings.append(bargain)
            } else {
                let refusals = shop.messages.filter { $0.text.hasPrefix("不可以") && $0.conversation == name }
                var refusal = carrier("不可以", in: shop, file: 1, .refusal, incident: incident)
                refusal.message = refusals[0]
                result.findings.append(refusal)
            }
            result.incidents.append(
                Incident(
                    labels: [.extortion], findings: [base, base + 1] + (index == 1 ? [base + 2] : []),
                    counterparty: name,
                    counterpartyID: nil,
                    elements: [
                        .threat: [base], .demand: [base + 1], .link: [base + 1], .refusal: index == 1 ? [] : [base + 2],
                    ],
                    amounts: [.init(hundredths: (index + 1) * 10_000, finding: base + 1)],
                    identifiers: [.init(kind: "qq", value: "8866\(index / 2)1234", finding: base + 1)],
                    level: index == 1 ? .needsProof : .submit))
        }
        let base = result.findings.count
        var message = finding(
            "差评我都拍好照了", in: sms, file: 2, labels: [.extortion], category: "ext.review", level: .needsProof,
            cues: [("threat", "差评"), ("amount", "100")], elements: [.threat, .demand, .link], incident: 3)
        message.judgement.lookalikes = ["na.opinion"]
        result.findings.append(message)
        result.incidents[3].findings.append(base)
        result.incidents[3].elements[.threat]?.append(base)
        result.findings.append(
            finding(
                "在家刷单", in: sms, file: 2, labels: [.ad], category: "ad.parttime", level: .submit,
                cues: [("job", "刷单"), ("contact", "dd_8899")], incident: 5))
        result.incidents.append(
            Incident(
                labels: [.ad], findings: [base + 1], counterparty: nil, counterpartyID: "10690001",
                identifiers: [.init(kind: "wechat", value: "dd_8899", finding: base + 1)], level: .submit))
        return result
    }

    private static func found(
        _ words: String, by name: String, in chat: Chat, _ cues: [(String, String)], _ elements: [Element],
        _ incident: Int
    ) -> Finding {
        var part = chat
        part.messages = chat.messages.filter { $0.conversation == name }
        return finding(
            words, in: part, file: 1, labels: [.extortion], category: "ext.review",
            cues: cues.map { (kind: $0.0, words: $0.1) },
            elements: elements, incident: incident)
    }

    /// The one dialogue, in which every foreign string is `text`: words, speaker, chat, file.
    static func hostile(_ text: String) -> ScanResult {
        var result = one
        result.files[0].name = text
        for index in result.messages[0].indices {
            result.messages[0][index].conversation = text
            if result.messages[0][index].role == .buyer {
                result.messages[0][index].sender = text
                result.messages[0][index].senderID = text
                result.messages[0][index].timeText = text
            }
            if result.messages[0][index].text == "等着" { result.messages[0][index].text = text }
        }
        for index in result.findings.indices {
            let place = result.findings[index].message.index
            result.findings[index].message = result.messages[0][place]
            if result.findings[index].judgement.isFinding {
                result.findings[index].message.text = text
                result.messages[0][place].text = text
                for cue in result.findings[index].judgement.cues.indices {
                    let count = text.unicodeScalars.count
                    result.findings[index].judgement.cues[cue].range = min(1, count)..<count
                    result.findings[index].judgement.cues[cue].text = text
                    result.findings[index].judgement.cues[cue].kind = text
                }
            }
        }
        var equal: [UInt64: Int] = [:]
        for message in result.messages[0] {
            let before = equal[ContentID.equality(of: message), default: 0]
            if before > 0 { result.ordinals[RecordPlace(file: 0, location: message.location)] = before }
            equal[ContentID.equality(of: message)] = before + 1
        }
        result.incidents[0].counterparty = text
        result.incidents[0].counterpartyID = text
        result.incidents[0].identifiers[0].value = text
        result.incidents[0].identifiers[0].kind = text
        result.diagnostics = [[Diagnostic(file: text, line: 3, severity: .warning, code: "x", message: text)]]
        result.skipped = [.init(name: text, code: "unreadable", reason: "读不了。", isFailure: true)]
        result.roleNotes = [text]
        return result
    }

    /// Strings that have broken reports.
    static let nasty = [
        "普通的一句话，没有什么特别。", "# 标题", "#### 标题 ####", "- 列表", "* 列表", "+ 列表", "1. 列表", "1) 列表", "> 引用", "```\ncode\n```",
        "~~~",
        "    缩进的代码", "\t制表", "a\n\nb", "a\n---\nb", "a\n===\nb", "---", "***", "___", "| a | b |\n|---|---|", "a|b|c",
        "\\|", "\\\\|", "\\",
        "*强*", "**强**", "_强_", "__强__", "***x***", "~~删~~", "`码`", "``码`` `", "[链](http://example.com)",
        "![图](http://example.com/a.png)",
        "[引]: http://example.com", "[引][引]", "[^1]", "[^1]: 注", "<http://example.com>", "http://example.com/?a=1&b=2",
        "https://example.com",
        "www.example.com", "ftp://example.com", "someone@example.com", "mailto:someone@example.com",
        "xmpp:a@example.com/b", "<a href=\"http://example.com\">x</a>",
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- 注释", "-->", "<![CDATA[", "]]>", "<?php",
        "</style><script>", "</td></tr></table>",
        "</pre></details>", "&lt;b&gt;", "&#60;b&#62;", "&amp;", "&nbsp;", "\" onmouseover=\"alert(1)", "' onfocus='x",
        "javascript:alert(1)",
        "=1+1", "+86 13800138000", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://example.com\",\"x\")", " =1+1", "\t=1+1",
        "\"=1\"", "=cmd|' /C calc'!A0", "＝１＋１",
        "\u{1B}[31m红\u{1B}[0m", "\u{7}铃", "\u{0}零", "\r回车\r\n", "\u{202E}反过来\u{202C}", "\u{2066}隔离", "零\u{200B}宽",
        "\u{FEFF}标记", "\u{2028}分行\u{2029}",
        "👨‍👩‍👧‍👦 ❤️ 🇨🇳", "e\u{301}", "\u{301}开头的组合符", "𠮷野家", ":smile:", "$x^2$", "$$", "==高亮==", "H~2~O", "^上标^", "- [ ] 任务",
        "- [x] 任务",
        "{{7*7}}", "${7*7}", "%s%n", "../../etc/passwd", "C:\\Windows\\x", "JZ-0000-0000-0000", "`JZ-0000-0000-0000`",
        ">JZ-0000-0000-0000<", "  ", "\n", " a ", "a  \nb", "a\\\nb", "",
        String(repeating: "长", count: 2_000), String(repeating: "*_`[", count: 50), String(repeating: "> ", count: 40),
    ]
}
