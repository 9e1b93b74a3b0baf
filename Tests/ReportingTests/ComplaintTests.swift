import Classification
import Testing
import Transcript

@testable import Reporting

@Suite struct ComplaintTests {
    @Test func `every rule names its source and the day it was read`() {
        let rules = ComplaintRules.shipped
        #expect(
            Set(rules.routes.map(\.platform)).isSuperset(of: [
                "taobao", "tmall", "pinduoduo", "douyin", "wechat-shop", "police", "other",
            ]))
        for route in rules.routes {
            #expect(!route.source.isEmpty && Day(route.read) != nil, "\(route.platform)")
            #expect(!route.evidence.isEmpty && !route.choose.isEmpty)
        }
        #expect(rules.risks.last?.category == "", "the last risk takes what is left")
        #expect(rules.risk(of: "seller.counter_offer").map { rules.risks[$0].name } == "讨价还价")
        #expect(rules.risk(of: nil) == rules.risks.count - 1)
    }

    @Test func `an unconfirmed limit is printed as such`() throws {
        let report = Report(Evidence(Samples.one))
        let text = String(decoding: MarkdownDocument.bytes(report.complaints[0].document), as: UTF8.self)
        #expect(text.contains("未核实"))
        #expect(text.contains("## 投诉文本（不超过 100 字"))
    }

    @Test(arguments: ["douyin", "抖店"]) func `a picked platform leaves out the others`(_ platform: String) throws {
        let file = try CaseFile(json5: Array("{platform: '\(platform)'}".utf8))
        let report = Report(Evidence(Samples.one), context: ReportContext(caseFile: file))
        let text = String(decoding: MarkdownDocument.bytes(report.complaints[0].document), as: UTF8.self)
        #expect(text.contains("### 抖店") && text.contains("### 公安机关"))
        #expect(!text.contains("### 淘宝") && !text.contains("### 其他平台"))
    }

    @Test func `a platform nobody knows gets the general form`() throws {
        let file = try CaseFile(json5: Array("{platform: '小红书'}".utf8))
        let report = Report(Evidence(Samples.one), context: ReportContext(caseFile: file))
        let text = String(decoding: MarkdownDocument.bytes(report.complaints[0].document), as: UTF8.self)
        #expect(text.contains("### 其他平台") && text.contains("| 平台 | 小红书 |"))
        #expect(!text.contains("### 淘宝"))
    }

    @Test func `the seller's own words stand in the private files only`() {
        let evidence = Evidence(Samples.many)
        let report = Report(evidence)
        let documents = [report.document] + report.complaints.map(\.document)
        for document in documents {
            let text = String(decoding: MarkdownDocument.bytes(document), as: UTF8.self)
            // The chat around a quotation is shown whole; the finding is not.
            #expect(!text.contains("讨价还价"))
            #expect(!text.contains("▶ 87"))
        }
        #expect(String(decoding: MarkdownDocument.bytes(report.sellerCheck), as: UTF8.self).contains("一百行吗"))
        var json = JSONWriter()
        FindingLines.write(evidence, includingOwn: false, to: &json)
        #expect(!json.string.contains("seller.counter_offer"))
        #expect(!String(decoding: FindingTable.bytes(evidence, includingOwn: false), as: UTF8.self).contains("一百行吗"))
    }

    private func complaint(_ result: ScanResult) -> String {
        String(decoding: MarkdownDocument.bytes(Report(Evidence(result)).complaints[0].document), as: UTF8.self)
    }

    /// The seller refuses, is threatened and pays.
    private var paid: ScanResult {
        var result = Samples.one
        var line = result.findings[1]
        line.message = result.messages[0][5]
        line.judgement = Judgement(
            labels: [.cashback], scores: [0, 98, 0], category: "cashback.seller_pays_change", categories: ["cashback.seller_pays_change"],
            level: .notice)
        result.findings.append(line)
        result.incidents[0].ownDealings = [3]
        result.incidents[0].level = .needsProof
        return result
    }

    @Test func `what the seller offered or paid is not called unseen, and a refusal before it is not the outcome`() {
        let row = "卖家自己先许诺返现，之后因金额争执"
        #expect(complaint(Samples.one).contains("| \(row) | 未见 |"))
        let text = complaint(paid)
        #expect(text.contains("| \(row) | **有关**：卖家的话里有返现或付款，见 qq\\.txt 第 24 行（2022-12-25 19:42:00）"))
        #expect(text.contains("卖家于19:34明确拒绝，此后于19:42又谈到付款或返现。"))
        #expect(!text.contains("明确拒绝。") && !text.contains("卖家已拒绝") && text.contains("卖家自查"))
        #expect(!text.contains("您有问题可以申请"), "the seller's words stay with him")
        let report = String(decoding: MarkdownDocument.bytes(Report(Evidence(paid)).document), as: UTF8.self)
        #expect(report.contains("此后卖家又谈到付款或返现（2022-12-25 19:42:00）") && !report.contains("可提交"))
    }

    @Test func `only a threat is to be filed as one`() {
        #expect(complaint(Samples.one).contains("可疑交易（恶意敲诈）"))
        var result = Samples.one
        result.findings[2].judgement.labels = [.cashback]
        result.findings[2].judgement.category = "cashback.buyer_coercion"
        result.findings[2].judgement.elements = []
        result.incidents[0].labels = [.cashback]
        result.incidents[0].elements = [.refusal: [1]]
        let text = complaint(result)
        for word in ["恶意敲诈", "胁迫", "威胁恐吓"] { #expect(!text.contains(word), "\(word)") }
        #expect(text.contains("类型：没有标出要挟的原话"))
    }

    @Test func `nobody is called the buyer whose part is not known`() {
        var result = Samples.one
        result.chatsWithoutSeller = 1
        for index in result.findings.indices { result.findings[index].message.role = .unknown }
        for index in result.messages[0].indices { result.messages[0][index].role = .unknown }
        let text = complaint(result)
        #expect(!text.contains("买家南山老陈") && text.contains("说话人（身份未核实）南山老陈") && text.contains("--me"))
        let check = String(decoding: MarkdownDocument.bytes(Report(Evidence(result)).sellerCheck), as: UTF8.self)
        #expect(!check.contains("没有标出可能不利的内容") && check.contains("没有检查") && check.contains("--me"))
    }

    @Test func `findings without a label are named by their kinds`() {
        var result = Samples.one
        result.incidents = []
        result.findings = [result.findings[2]]
        result.findings[0].incident = nil
        result.findings[0].judgement.labels = []
        result.findings[0].judgement.category = "abuse.insult"
        let text = String(decoding: MarkdownDocument.bytes(Report(Evidence(result)).document), as: UTF8.self)
        #expect(text.contains("标出 1 条（\(CategoryNames.name(of: "abuse.insult")) 1 条）") && !text.contains("0 个事件"))
        #expect(!text.contains("对方一览"))
    }

    @Test func `a line end in a quotation is marked, and a bare clock has its day in the table`() {
        #expect(complaint(Samples.one).contains("2000解决，↵拒绝开发票"))
        var result = Samples.one
        result.findings[2].message.timeText = "19:40"
        let table = String(decoding: FindingTable.bytes(Evidence(result), includingOwn: false), as: UTF8.self)
        #expect(table.contains("\"2022-12-25 19:40\""))
        #expect(ChannelNames.record(ofFormat: "generic-table") == "聊天记录" && ChannelNames.record(ofFormat: "qq-txt") == "QQ聊天记录")
    }

    @Test func `nothing is called a crime`() {
        for result in [Samples.one, Samples.many] {
            let report = Report(Evidence(result))
            for document in [report.document, report.sellerCheck] + report.complaints.map(\.document) {
                let text = String(decoding: MarkdownDocument.bytes(document), as: UTF8.self)
                for verdict in ["犯罪", "构成敲诈", "骗子", "流氓", "已认定"] { #expect(!text.contains(verdict), "\(verdict)") }
            }
        }
    }
}
