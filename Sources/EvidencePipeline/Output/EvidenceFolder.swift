import FoundationEssentials
import Hashing
import Ingestion
import Reporting
import Transcript

/// Writes the evidence folder of a scan.
public struct EvidenceFolder {
    public var evidence: Evidence
    /// The bytes of each input, in the order of the result's files.
    public var sources: InputReading.Sources
    public var options: ReadingOptions
    public var context: ReportContext
    /// ISO 8601; the only thing in the folder that depends on the clock.
    public var generated: String
    /// Whether inputs without a finding are copied too.
    public var copiesAllSources = false

    public init(
        _ evidence: Evidence, sources: InputReading.Sources, options: ReadingOptions,
        context: ReportContext = ReportContext(), generated: String
    ) {
        switch context.edition {
        case .platform:
            self.evidence = evidence
            self.context = context
        case .public:
            let edition = PublicEdition(evidence, context: context)
            self.evidence = edition.evidence
            self.context = edition.context
        }
        self.sources = sources
        self.options = options
        self.generated = generated
    }

    /// Makes the folder.
    /// - Parameters:
    ///   - target: an absolute path.
    ///   - replacing: whether a folder this program made before may be replaced.
    public func write(to target: String, replacing: Bool) throws(OutputError) {
        var folder = try StagedFolder(target: target, replacing: replacing)
        var outputs: [Manifest.Output] = []

        for (path, bytes) in documents() {
            try folder.write(path, bytes.span)
            outputs.append(.init(path: path, bytes: bytes.count, sha256: SHA256.digest(of: bytes.span).hexadecimal))
        }
        let copies = copyPaths()
        for (source, copy) in zip(sources.indices, copies) {
            guard let copy else { continue }
            let bytes = sources[source].bytes
            let sha256 = bytes.withSpan { SHA256.digest(of: $0) }.hexadecimal
            guard sha256 == evidence.result.files[source].sha256 else {
                throw OutputError(.inputChanged, sources[source].name)
            }
            let written = bytes.withSpan { span in
                Result { () throws(OutputError) in try folder.write(copy, span) }
            }
            try written.get()
            outputs.append(.init(path: copy, bytes: bytes.count, sha256: sha256))
        }
        outputs.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }

        let manifest = Manifest.bytes(
            of: evidence, context: context, reading: reading, copies: copies, outputs: outputs, generated: generated)
        try folder.write(Manifest.name, manifest.span)
        let sums = ChecksumList(
            outputs.map { .init(path: $0.path, sha256: $0.sha256) }
                + [.init(path: Manifest.name, sha256: SHA256.digest(of: manifest.span).hexadecimal)])
        try folder.write(ChecksumList.name, sums.bytes.span)
        try folder.publish()
    }

    /// Every file but the copies, the manifest and the sums.
    private func documents() -> [(path: String, bytes: [UInt8])] {
        var against = JSONWriter()
        FindingLines.write(evidence, includingOwn: false, to: &against)
        let report = Report(evidence, context: context)
        let document = report.document
        var documents = [
            ("report.md", MarkdownDocument.bytes(document)),
            ("report.html", HTMLDocument.bytes(document)),
            ("findings.jsonl", against.bytes),
            ("findings.csv", FindingTable.bytes(evidence, includingOwn: false)),
        ]
        // What is shown to others holds nothing that is the seller's alone.
        guard context.edition == .platform else { return documents }
        for (name, document) in report.complaints {
            documents.append(("complaints/\(name).md", MarkdownDocument.bytes(document)))
        }
        var everything = JSONWriter()
        FindingLines.write(evidence, includingOwn: true, to: &everything)
        documents.append(("private/findings.jsonl", everything.bytes))
        documents.append(("private/seller-check.md", MarkdownDocument.bytes(report.sellerCheck)))
        return documents
    }

    private var reading: Manifest.Reading {
        Manifest.Reading(
            offsetFromUTC: options.offsetFromUTC, year: options.year, month: options.month, day: options.day,
            encoding: options.encoding?.rawValue, format: options.format)
    }

    /// For each input the path of its copy; no name of an input leads out of the folder or to two files at once.
    private func copyPaths() -> [String?] {
        let holding = Set(evidence.filesHoldingEvidence)
        var used: Set<String> = []
        return evidence.result.files.enumerated().map { index, file in
            guard context.edition == .platform, copiesAllSources || holding.contains(index) else { return nil }
            let parts = file.name.split(separator: "/", omittingEmptySubsequences: true).map { part in
                Self.safe(String(part))
            }
            let path = "sources/" + (parts.isEmpty ? "_" : parts.joined(separator: "/"))
            var unique = path
            var count = 1
            while !used.insert(unique).inserted {
                count += 1
                unique = "\(path)~\(count)"
            }
            return unique
        }
    }

    /// One part of a path that any file system takes and that leads nowhere else.
    private static func safe(_ part: String) -> String {
        let part = part == "." || part == ".." ? "%2E" + part.dropFirst() : part.replacing("\0", with: "%00")
        guard part.utf8.count > 240 else { return part }
        // A name of 255 bytes in GB18030 is longer in UTF-8.
        var short = part
        while short.utf8.count > 200 { short.removeLast() }
        return short + "~" + SHA256.digest(of: part).hexadecimal.prefix(8)
    }
}
