import Reporting
import Testing

@Suite struct GoldenReportTests {
    enum Sample: String, CaseIterable, CustomTestStringConvertible {
        case one, none
        var testDescription: String { rawValue }
        var result: ScanResult {
            switch self {
            case .one: Samples.one
            case .none: Samples.none
            }
        }
        var context: ReportContext { ReportContext() }
    }

    @Test(arguments: Sample.allCases) func `reports stay as they were looked at`(_ sample: Sample) throws {
        let evidence = Evidence(sample.result)
        let report = Report(evidence, context: sample.context)
        try Golden.check(MarkdownDocument.bytes(report.document), "\(sample)/report.md")
        try Golden.check(HTMLDocument.bytes(report.document), "\(sample)/report.html")
        try Golden.check(MarkdownDocument.bytes(report.sellerCheck), "\(sample)/seller-check.md")
        try Golden.check(FindingTable.bytes(evidence, includingOwn: false), "\(sample)/findings.csv")
        var json = JSONWriter()
        FindingLines.write(evidence, includingOwn: true, to: &json)
        try Golden.check(json.bytes, "\(sample)/findings.jsonl")
        for (name, document) in report.complaints {
            try Golden.check(MarkdownDocument.bytes(document), "\(sample)/complaints/\(name).md")
        }
    }
}
