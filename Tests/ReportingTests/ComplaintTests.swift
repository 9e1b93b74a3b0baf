import Testing

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
