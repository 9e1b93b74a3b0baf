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
        let first = lines.first { $0.hasPrefix("| 1 |") } ?? ""
        #expect(first.contains("买家996") && first.contains("JZ-"), "the gravest stands first, with its evidence")
        #expect(lines.count < 16_000)
    }

    @Test func `one number behind many names is seen`() {
        let text = String(decoding: MarkdownDocument.bytes(Report(Evidence(Self.result)).document), as: UTF8.self)
        #expect(text.contains("跨事件的相同账号"))
    }

    /// One chat in which ten thousand lines are flagged.
    @Test func `the report of an endless quarrel stays readable`() {
        var chat = Samples.Chat("qq.txt")
        for number in 0..<10_000 {
            chat.say(
                "不给我转\(number % 700 + 100)元就差评", by: "随风", id: "12345678", .buyer,
                at: "2023-01-\(10 + number / 1_000) 12:\(10 + number % 50):00")
        }
        var result = ScanResult(files: [chat.file], messages: [chat.messages], diagnostics: [[]])
        result.findings = chat.messages.map { message in
            Finding(
                file: 0, message: message,
                judgement: Judgement(
                    labels: [.extortion], scores: [98, 1, 1], category: "ext.review", categories: ["ext.review"],
                    level: .submit, cues: [], elements: [.threat, .demand, .link]),
                incident: 0)
        }
        let all = Array(result.findings.indices)
        result.incidents = [
            Incident(
                labels: [.extortion], findings: all, counterparty: "随风", counterpartyID: "12345678",
                elements: [.threat: all, .demand: all, .link: all],
                amounts: all.map { .init(hundredths: ($0 % 700 + 100) * 100, finding: $0) }, level: .submit)
        ]
        let report = Report(Evidence(result))
        for document in [report.document] + report.complaints.map(\.document) {
            #expect(MarkdownDocument.bytes(document).count < 100_000)
            #expect(HTMLDocument.bytes(document).count < 200_000)
        }
        let text = String(decoding: MarkdownDocument.bytes(report.document), as: UTF8.self)
        #expect(text.contains("799 元") && text.contains("findings.csv"))
    }
}
