@testable import Classification
import Testing
import Transcript

/// What the shipped model must get right whatever else changes.
@Suite struct ShippedClassifierTests {
    private func judge(_ lines: (Message.Role, String)...) -> [Judgement] {
        Classifier.shipped.judge(lines.map { Classifier.Input(role: $0.0, text: $0.1) })
    }

    @Test func `The dialogue of the mission's source`() {
        let judged = judge(
            (.buyer, "亲好评返现吗？地址这个××××，发票和商品分开发。"), (.seller, "地址无误，已经发货，没有好评返现的"),
            (.buyer, "不返现，泄露我信息，2000解决，拒绝开发票600元。"))
        #expect(judged[0].labels == [.cashback])
        #expect(judged[0].direction == .buyerDemands)
        #expect(judged[1].labels.isEmpty)
        #expect(judged[2].labels == [.extortion, .cashback])
    }

    @Test(arguments: ["你如果今天不发货，我就给你差评", "你不承担运费我不会给你改评价"])
    func `A threat without an undue demand is nothing`(_ line: String) {
        #expect(judge((.buyer, line))[0].labels.isEmpty)
    }

    @Test func `Threat and demand in different messages`() {
        let judged = judge(
            (.buyer, "衣服收到了"), (.buyer, "先转我300红包"), (.seller, "亲 为什么呢"), (.buyer, "不转就给你三个差评"))
        #expect(judged[1].labels.contains(.extortion))
        #expect(judged[3].labels.contains(.extortion))
        #expect(judged[0].labels.isEmpty)
    }

    @Test func `A line that tells nothing itself goes with the nearest that does`() {
        let judged = judge(
            (.buyer, "发票开不出来是吧，给我八百，不然税务局见"), (.seller, "发票可以正常开"), (.buyer, "那你等着收一排差评吧 今晚12点前不转就发"),
            (.buyer, "支付宝就是我下单的手机号"))
        #expect(judged[0].category == "ext.report.invoice_tax")
        #expect(judged[3].labels == [.extortion])
        #expect(judged[3].category == judged[2].category && judged[3].category != judged[0].category)
    }

    @Test(arguments: [
        ("不行", true), ("不给的哦", true), ("這個不給", true), ("亲，这个不可以哈～", true), ("我们不会转的。", true), ("不行吗？", false), ("好的 转您了", false), ("不给我图我没法处理", false),
    ])
    func `The seller's plain no is a refusal`(_ line: String, _ isRefusal: Bool) {
        let judged = judge((.buyer, "不转我500就给你三个差评"), (.seller, line))
        #expect(judged[1].elements.contains(.refusal) == isRefusal)
    }

    @Test func `The seller is never flagged for extortion or advertising, the system for nothing`() {
        let line = "不转我500就给你差评，兼职刷单加微信"
        #expect(!judge((.seller, line))[0].labels.contains(.extortion))
        #expect(!judge((.seller, line))[0].labels.contains(.ad))
        #expect(judge((.system, line))[0].labels.isEmpty)
    }

    @Test func `Cues quote the message itself`() {
        for text in ["不转我500就给你差評", "ｂｕ转我５００就给差评"] {
            let judged = judge((.buyer, text))
            let scalars = Array(text.unicodeScalars)
            #expect(!judged[0].cues.isEmpty)
            for cue in judged[0].cues {
                var quoted = String.UnicodeScalarView()
                quoted.append(contentsOf: scalars[cue.range])
                #expect(String(quoted) == cue.text)
            }
        }
    }

    @Test(arguments: ["99999999亿", "9999999999万亿", "一亿亿亿", "99999999999999999999"])
    func `A sum that nobody has stops nothing`(sum: String) {
        for text in ["不给我\(sum)张毛爷爷就给你差评", "不给\(sum)元就差评", "转我\(sum)"] { #expect(judge((.buyer, text)).count == 1) }
    }

    /// A square of their number would take minutes.
    @Test func `A line of many thousand cues is judged`() {
        let text = String(repeating: "不给500就差评，", count: 20_000)
        let judged = Classifier.shipped.explain([Classifier.Input(role: .buyer, text: text)], labels: [[.extortion]])
        #expect(judged[0].cues.count > 20_000)
    }

    @Test func `What belongs together may be said in either order`() {
        for lines in [["给你个恶评", "我是同行"], ["我是同行", "给你个恶评"]] {
            #expect(judge((.buyer, lines[0]), (.buyer, lines[1]))[1].categories == ["peer.review"])
        }
    }

    @Test(arguments: ["", "老板你好，", "在吗，", "衣服收到了，挺好的，"], ["", "！", "。", " 😂", "，QQ12345678"])
    func `No greeting and no mark hides a threat`(before: String, after: String) {
        for text in ["给我转500块，不然我给你差评", "不给500就差评", "打钱给我，不然就投诉"] {
            #expect(judge((.buyer, before + text + after))[0].labels.contains(.extortion), "\(before + text + after)")
        }
    }

    @Test func `A cue read through a disguise says what it was read as`() throws {
        let text = "刷单 日结 加薇❤ abc12345"
        let judged = judge((.buyer, text))[0]
        let cue = try #require(judged.cues.first { $0.text.contains("薇") })
        #expect(cue.reading == "加微信")
        #expect(judged.cues.allSatisfy { $0.text.contains("薇") || $0.reading == nil })
        #expect(judged.withWords(of: text) == judged)
    }

    @Test func `A finding says what its own words and each cue weigh`() throws {
        let demand = "给我转300"
        let chat = judge((.buyer, "不给就差评，等着"), (.buyer, demand))
        let alone = judge((.buyer, "不转我500就给你差评"))[0]
        #expect(chat[1].labels == [.extortion])
        #expect(try #require(chat[1].alone) < #require(alone.alone), "a demand is one by what was said before it")
        #expect(alone.cues.contains { ($0.weight ?? 0) > 100 })
        #expect(judge((.buyer, "你好，发什么快递"))[0].alone == nil)
    }

    @Test func `A chat judged message by message is judged as at once`() {
        let lines = (0..<1_500).map { number in
            Classifier.Input(
                role: number % 3 == 0 ? .seller : .buyer,
                text: number % 97 == 5 ? "不给我\(number)块就差评" : number % 41 == 7 ? "有好评返现吗" : "第\(number)件什么时候发货")
        }
        var session = ConversationClassifier(.shipped)
        var streamed: [Judgement] = []
        for line in lines { streamed += session.push(line) }
        streamed += session.finish()
        let whole = Classifier.shipped.judge(lines)
        #expect(streamed.map(\.labels) == whole.map(\.labels))
        #expect(streamed.map(\.scores) == whole.map(\.scores))
    }
}
