import Reporting

/// Every file of an evidence folder that the program writes itself.
enum EvidenceDocuments {
    static func all(_ evidence: Evidence, context: ReportContext) -> [(path: String, bytes: [UInt8])] {
        let report = Report(evidence, context: context)
        let document = report.document
        var files = [
            ("report.md", MarkdownDocument.bytes(document)),
            ("report.html", HTMLDocument.bytes(document)),
            ("findings.jsonl", lines(evidence, includingOwn: false)),
            ("findings.csv", FindingTable.bytes(evidence, includingOwn: false)),
        ]
        // What is shown to others holds nothing that is the seller's alone.
        guard context.edition == .platform else { return files }
        for (name, document) in report.complaints {
            files.append(("complaints/\(name).md", MarkdownDocument.bytes(document)))
        }
        files.append(("private/findings.jsonl", lines(evidence, includingOwn: true)))
        files.append(("private/seller-check.md", MarkdownDocument.bytes(report.sellerCheck)))
        return files
    }

    private static func lines(_ evidence: Evidence, includingOwn: Bool) -> [UInt8] {
        var json = JSONWriter()
        FindingLines.write(evidence, includingOwn: includingOwn, to: &json)
        return json.bytes
    }
}
