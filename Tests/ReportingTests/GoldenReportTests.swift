import Reporting
import Testing

@Suite struct GoldenReportTests {
    enum Sample: String, CaseIterable, CustomTestStringConvertible {
        case one, none, many, hostile, `case`, `public`
        var testDescription: String { rawValue }
        var result: ScanResult {
            switch self {
            case .one: Samples.one
            case .none: Samples.none
            case .many, .public: Samples.many
            case .hostile: Samples.hostile("# <b>**好评**</b> | [x](http://example.com) =1+1 \u{202E}\n`码`")
            case .case: Samples.one
            }
        }
        var context: ReportContext {
            get throws {
                switch self {
                case .case:
                    let file = try CaseFile(
                        json5: Array(
                            """
                            // 只有一个买家时可以不写 buyer
                            { platform: 'tmall', shop: '山货小铺', orders: ['2022122500001'], price: 39.9, ordered: '2022-12-20',
                              shipped: '2022-12-21 18:00', review_time: '2022-12-25 21:10', review: '东西很差', both_rated: true }
                            """.utf8))
                    return ReportContext(caseFile: file)
                case .public: return ReportContext(edition: .public)
                default: return ReportContext()
                }
            }
        }
    }

    @Test(arguments: Sample.allCases) func `reports stay as they were looked at`(_ sample: Sample) throws {
        var (evidence, context) = (Evidence(sample.result), try sample.context)
        if context.edition == .public {
            let edition = PublicEdition(evidence, context: context)
            (evidence, context) = (edition.evidence, edition.context)
        }
        let report = Report(evidence, context: context)
        try Golden.check(MarkdownDocument.bytes(report.document), "\(sample)/report.md")
        try Golden.check(HTMLDocument.bytes(report.document), "\(sample)/report.html")
        try Golden.check(FindingTable.bytes(evidence, includingOwn: false), "\(sample)/findings.csv")
        var json = JSONWriter()
        FindingLines.write(evidence, includingOwn: true, to: &json)
        try Golden.check(json.bytes, "\(sample)/findings.jsonl")
        guard context.edition == .platform else { return }
        try Golden.check(MarkdownDocument.bytes(report.sellerCheck), "\(sample)/seller-check.md")
        for (name, document) in report.complaints {
            try Golden.check(MarkdownDocument.bytes(document), "\(sample)/complaints/\(name).md")
        }
    }
}
