import Classification
import Testing
import Transcript

@testable import Reporting

/// A folder of a thousand chats.
@Suite struct ManyChatsTests {
    private static let result: ScanResult = {
        var result = ScanResult()
        for number in 0..<1_000 {
            var part = Samples.one
            part.files[0].name = "chats/\(number).txt"
            part.files[0].sha256 = String(repeating: "0", count: 60) + String(1_000 + number)
            result.files += part.files
            result.messages += part.messages
            result.diagnostics += part.diagnostics
            guard number % 3 == 0 else { continue }
            let base = result.findings.count
            result.findings += part.findings.map { finding in
                var finding = finding
                finding.file = number
                finding.incident = result.incidents.count
                return finding
            }
            var incident = part.incidents[0]
            incident.findings = incident.findings.map { $0 + base }
            incident.elements = incident.elements.mapValues { $0.map { $0 + base } }
            incident.amounts = incident.amounts.map {
                .init(hundredths: $0.hundredths + number * 100, finding: $0.finding + base)
            }
            incident.identifiers = incident.identifiers.map {
                .init(kind: $0.kind, value: $0.value, finding: $0.finding + base)
            }
            incident.level = number % 2 == 0 ? .submit : .needsProof
            incident.counterparty = "买家\(number)"
            incident.counterpartyID = nil
            result.incidents.append(incident)
        }
        return result
    }()

    @Test func `the report stays readable`() {
        let document = Report(Evidence(Self.result)).document
        let lines = String(decoding: MarkdownDocument.bytes(document), as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        let firstSection = lines.firstIndex { $0.hasPrefix("## 事件") } ?? lines.count
        #expect(firstSection < 60, "summary and counterparties fit two screens")
        #expect(lines.filter { $0.hasPrefix("## 事件") }.count == 334)
        let lengths = lines.split { $0.hasPrefix("## ") }.map(\.count)
        #expect(lengths.dropFirst(2).prefix(334).allSatisfy { $0 < 30 }, "an incident is told in half a page")
        #expect(lines[4].contains("买家996") && lines[4].contains("JZ-"), "the gravest stands first, with its evidence")
    }

    @Test func `one number behind many names is seen`() {
        let text = String(decoding: MarkdownDocument.bytes(Report(Evidence(Self.result)).document), as: UTF8.self)
        #expect(text.contains("跨事件的相同账号"))
    }
}
