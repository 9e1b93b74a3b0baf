import Hashing
import Ingestion
import Reporting
import Transcript

/// The evidence of a scan as files: the folder, and the archive of what may be uploaded.
public struct EvidenceFolder: Sendable {
    /// One file before it is written.
    struct File: Sendable {
        enum Content: Sendable {
            case made(FileBytes)
            /// A copy of an input, opened when it is needed: there may be very many.
            case copy(Source, ofWorkbook: Bool)
        }

        var path: String
        var content: Content

        func bytes() throws(OutputError) -> FileBytes {
            switch content {
            case .made(let bytes): return bytes
            case .copy(let source, let ofWorkbook):
                if ofWorkbook, let workbook = source.workbook { return workbook }
                do { return try source.bytes() } catch { throw OutputError(.inputChanged, source.name) }
            }
        }
    }

    private let evidence: Evidence
    private let context: ReportContext
    private let reading: Manifest.Reading
    /// ISO 8601; the only thing in the folder that depends on the clock.
    private let generated: String
    /// For each input the path of its copy in the folder.
    private let copies: [String?]
    /// Every file but the manifest and the list of sums, in the order of the paths' bytes.
    private let files: [File]

    /// Makes all documents.
    /// - Parameters:
    ///   - sources: the bytes of each input, in the order of the result's files.
    ///   - copiesAllSources: whether inputs without a finding are copied too.
    public init(
        _ original: Evidence, sources: [Source], options: ReadingOptions,
        context: ReportContext = ReportContext(), copiesAllSources: Bool = false, generated: String
    ) throws(OutputError) {
        switch context.edition {
        case .platform:
            evidence = original
            self.context = context
        case .public:
            let edition = PublicEdition(original, context: context)
            evidence = edition.evidence
            self.context = edition.context
        }
        reading = Manifest.Reading(
            offsetFromUTC: options.offsetFromUTC, year: options.year, month: options.month, day: options.day,
            encoding: options.encoding?.rawValue, format: options.format)
        self.generated = generated

        var files = EvidenceDocuments.all(evidence, context: self.context).map {
            File(path: $0.path, content: .made(FileBytes($0.bytes)))
        }
        var names = CopyNames()
        let holding = Set(evidence.filesHoldingEvidence)
        var copies: [String?] = []
        for (index, source) in sources.enumerated() {
            guard context.edition == .platform, copiesAllSources || holding.contains(index) else {
                copies.append(nil)
                continue
            }
            let bytes = try File(path: "", content: .copy(source, ofWorkbook: false)).bytes()
            guard bytes.sha256 == evidence.result.files[index].sha256 else { throw OutputError(.inputChanged, source.name) }
            let (path, isNew) = names.path(of: source)
            if isNew { files.append(File(path: path, content: .copy(source, ofWorkbook: true))) }
            copies.append(path)
        }
        self.copies = copies
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Makes the folder and, beside it, the archive.
    /// - Parameters:
    ///   - target: an absolute path.
    ///   - archive: where the archive of all that may be uploaded goes, with a manifest and sums of its own.
    ///   - replacing: whether what this program made before may be replaced.
    public func write(to target: String, archive: String? = nil, replacing: Bool) throws(OutputError) {
        var folder = try StagedFolder(target: target, replacing: replacing)
        for file in try files + sealing(files) { try folder.write(file.path, try file.bytes()) }
        guard let archive else { return try folder.publish() }
        let staged = try stagedArchive(for: archive, replacing: replacing)
        // Both are whole and on the disk before either has its name.
        try folder.publish()
        try staged.publish()
    }

    /// Makes the archive of all that may be uploaded alone.
    public func writeArchive(to archive: String, replacing: Bool) throws(OutputError) {
        try stagedArchive(for: archive, replacing: replacing).publish()
    }

    private func stagedArchive(for archive: String, replacing: Bool) throws(OutputError) -> EvidenceArchive {
        let uploadable = files.filter { !$0.path.hasPrefix("private/") }
        // The manifest comes first: by it such an archive is known, and not taken for an input.
        return try EvidenceArchive(try sealing(uploadable) + uploadable, for: archive, replacing: replacing)
    }

    /// The bytes of one of its documents, as `report.html`; `nil` where there is none of that path.
    public func document(_ path: String) -> [UInt8]? {
        guard let bytes = try? files.first(where: { $0.path == path })?.bytes() else { return nil }
        return bytes.bytes(in: 0..<bytes.count)
    }

    /// The manifest and the list of sums over these files.
    private func sealing(_ files: [File]) throws(OutputError) -> [File] {
        var outputs: [Manifest.Output] = []
        for file in files {
            let bytes = try file.bytes()
            outputs.append(Manifest.Output(path: file.path, bytes: bytes.count, sha256: bytes.sha256))
        }
        let manifest = Manifest.bytes(
            of: evidence, context: context, reading: reading, copies: copies, outputs: outputs, generated: generated)
        let sums = ChecksumList(
            outputs.map { .init(path: $0.path, sha256: $0.sha256) }
                + [.init(path: Manifest.name, sha256: SHA256.digest(of: manifest.span).hexadecimal)])
        return [
            File(path: Manifest.name, content: .made(FileBytes(manifest))),
            File(path: ChecksumList.name, content: .made(FileBytes(sums.bytes))),
        ]
    }
}
