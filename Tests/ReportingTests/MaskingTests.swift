import Classification
import Testing
import Transcript

@testable import Reporting

@Suite struct MaskingTests {
    private func masked(_ text: String, names: Set<String> = [], keeping kept: [Range<Int>] = []) -> String {
        Masking.apply(Masking(names: names).masks(in: text, keeping: kept), to: text)
    }

    @Test(arguments: [
        ("电话13800138000找我", "电话138****8000找我"),
        ("138 0013 8000", "138******8000"),
        ("身份证11010119900307123X", "身份证110***********123X"),
        ("卡号6222021234567890123", "卡号622************0123"),
        ("订单号20221225000011", "订单号202*******0011"),
        ("加扣扣88661234", "加扣扣8******4"),
        ("写信 someone@example.com", "写信 s******************"),
        ("寄到杭州市西湖区文三路100号3幢201室谢谢", "寄到杭州市西湖区*************谢谢"),
        ("2024-05-06 13800138000", "2024-05-06 138****8000"),
        ("老王说的", "老*说的"),
    ])
    func `what names a person is masked, character by character`(_ text: String, _ expected: String) {
        #expect(masked(text, names: ["老王"]) == expected)
        #expect(masked(text, names: ["老王"]).unicodeScalars.count == text.unicodeScalars.count)
    }

    @Test(arguments: [
        "2000解决", "转12000元", "￥88888", "赔我10000块", "2024-05-06 12:30", "今晚8点前", "好评返现3元", "第15行", "2024年5月6日 12:30",
        "2024/5/6",
    ])
    func `sums and times stay`(_ text: String) {
        #expect(masked(text) == text)
    }

    @Test func `what proves the case stays even where it looks like a number`() {
        #expect(masked("转我50000，不然电话13800138000打爆", keeping: [2..<7]) == "转我50000，不然电话138****8000打爆")
    }

    @Test func `the public edition changes words and keeps IDs`() {
        let original = Evidence(Samples.many)
        let edition = PublicEdition(original, context: ReportContext(edition: .public))
        #expect(edition.evidence.findingIDs == original.findingIDs)
        #expect(edition.evidence.contentIDs == original.contentIDs)
        let shown = edition.evidence.result.messages.joined().map { ($0.sender ?? "") + $0.text }.joined()
        for name in ["南山老陈", "tb_小丸子", "老k同学", "momo酱", "886601234", "13800138000"] {
            #expect(!shown.contains(name), "\(name)")
        }
        for proof in ["2000解决", "给100就不发", "差评"] { #expect(shown.contains(proof), "\(proof)") }
        var json = JSONWriter()
        FindingLines.write(edition.evidence, includingOwn: false, to: &json)
        #expect(json.string.contains("\"masked\":[{\"kind\":\"number\",\"start\":"))
    }

    @Test func `names that stand beside the messages are masked too`() throws {
        var result = Samples.one
        result.speakers = ["南山老陈", "山货小铺"]
        result.roleNotes = ["聊天里没有 --me 写的账号（山货小铺），请检查写法"]
        result.messages[0][0].title = "陈总"
        result.files[0].attachments = [.init(name: "老陈的脸.jpg", type: "image/jpeg", offset: 0, length: 1, sha256: nil)]
        result.diagnostics[0] = [
            Diagnostic(file: "qq.txt", severity: .warning, code: "duplicate-section", message: "“我的好友”里的“李小红”与另一组的内容相同，只读取一次。"),
            Diagnostic(file: "qq.txt", severity: .warning, code: "header-like", message: "冒号前有 2 个词（如“王小明”）只出现一次，不当作说话人。"),
            Diagnostic(file: "qq.txt", severity: .warning, code: "truncated", message: "南山老陈的最后一条不完整。"),
            Diagnostic(file: "qq.txt", severity: .warning, code: "ambiguous-date", message: "按“月/日/年”读取。"),
        ]
        let original = Evidence(result)
        var context = ReportContext(edition: .public)
        context.dismissed = [
            .init(evidenceID: original.findingIDs[0], contentID: original.contentIDs[0], reason: "南山老陈是熟人", time: nil)
        ]
        let edition = PublicEdition(original, context: context)
        let shown = edition.evidence.result
        #expect(shown.roleNotes == ["聊天里没有 --me 写的账号（山***），请检查写法"])
        #expect(shown.messages[0][0].title == "陈*")
        #expect(shown.files[0].attachments[0].name == "老*******")
        #expect(edition.context.dismissed[0].reason == "南***是熟人")
        #expect(
            shown.diagnostics[0].map(\.message) == [
                "“我**********”与另一组的内容相同，只读取一次。", "冒号前有 2 个词（如“王**”）只出现一次，不当作说话人。", "南***的最后一条不完整。",
                "按“月/日/年”读取。",
            ])
    }

    /// Two buyers whose accounts look alike once they are masked, each with a chat and an order of his own.
    private func lookalikes() throws -> (Evidence, ReportContext) {
        let buyers = ["tb11112222", "tb99998888"]
        var chat = Samples.Chat("旺旺.txt", format: "wangwang-txt")
        for (number, buyer) in buyers.enumerated() {
            chat.say("第\(number)单给钱不然差评", by: buyer, id: buyer, .buyer, at: "2023-03-0\(number + 1) 10:00:00", in: buyer)
        }
        for number in buyers.indices { chat.messages[number].index = 0 }
        var result = ScanResult(files: [chat.file], messages: [chat.messages], diagnostics: [[]])
        for (number, buyer) in buyers.enumerated() {
            result.findings.append(
                Samples.finding(
                    "第\(number)单", in: chat, labels: [.extortion], category: "ext.review", cues: [("threat", "差评")],
                    elements: [.threat], incident: number))
            result.incidents.append(
                Incident(
                    labels: [.extortion], findings: [number], counterparty: buyer, counterpartyID: buyer,
                    elements: [.threat: [number]], identifiers: [.init(kind: "wechat", value: "wx\(buyer)", finding: number)],
                    level: .submit))
        }
        let cases = try CaseFile(
            json5: Array("{cases: [{buyer: 'tb99998888', price: 99}, {buyer: 'tb11112222', price: 11}]}".utf8))
        return (Evidence(result), ReportContext(caseFile: cases, edition: .public))
    }

    @Test func `accounts that look alike masked are still two`() throws {
        let (original, context) = try lookalikes()
        let edition = PublicEdition(original, context: context)
        let report = Report(edition.evidence, context: edition.context)
        #expect(report.sharedIdentities().isEmpty)
        #expect(report.accounts.map(\.known?.price?.hundredths) == [1_100, 9_900])
        #expect(report.accounts.map { report.transcripts(of: $0).flatMap(\.lines).map(\.text) } == [["第0单给钱不然差评"], ["第1单给钱不然差评"]])
        let printed = String(decoding: MarkdownDocument.bytes(report.document), as: UTF8.self)
        for buyer in ["tb11112222", "tb99998888"] { #expect(!printed.contains(buyer)) }
    }

    @Test func `an account named in one channel is another's only where it is the same unmasked`() throws {
        for (account, isSame) in [("wx11112222", true), ("wx99998888", false)] {
            var (result, phone) = (try lookalikes().0.result, Samples.Chat("短信.xml", format: "sms-backup-xml"))
            phone.say("加我", by: account, id: account, .buyer, at: "2023-03-05 10:00:00", in: account)
            result.files.append(phone.file)
            result.messages.append(phone.messages)
            result.diagnostics.append([])
            result.findings.append(
                Samples.finding("加我", in: phone, file: 1, labels: [.extortion], category: "ext.review", incident: 0))
            result.incidents[0].findings.append(2)
            result.incidents[0].identifiers = [.init(kind: "wechat", value: "wx11112222", finding: 0)]
            let edition = PublicEdition(Evidence(result), context: ReportContext(edition: .public))
            let report = Report(edition.evidence, context: edition.context)
            let told = Document(title: "", blocks: report.identity(of: report.accounts[0]))
            #expect(String(decoding: MarkdownDocument.bytes(told), as: UTF8.self).contains("一致") == isSame)
        }
    }
}
