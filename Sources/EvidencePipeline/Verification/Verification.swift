import Hashing
import Ingestion
import Reporting

/// Checks an evidence folder against itself and, where they are at hand, against the sources.
public struct Verification: Equatable, Sendable {
    /// One thing that is not as it was written.
    public struct Difference: Hashable, Sendable {
        public enum Kind: String, Sendable {
            case changed = "改动"
            case missing = "缺失"
            case extra = "多出"
            /// An evidence ID that is not what its place gives, or that has no place.
            case unresolved = "编号不符"
            /// The record at a place does not say what the finding says.
            case record = "原文不符"
        }

        public var kind: Kind
        public var path: String
        /// A short Chinese sentence.
        public var message: String
    }

    public private(set) var differences: [Difference] = []
    private var told: Set<Difference> = []
    /// What could not be checked, and why.
    public var notes: [String] = []
    public var fileCount = 0
    /// Evidence IDs that were computed again.
    public var idCount = 0
    /// Findings whose record was read again from the source.
    public var recordCount = 0

    /// Checks a folder or an archive.
    /// - Parameters:
    ///   - path: the folder, or the archive made of one.
    ///   - sources: a folder in which inputs are looked for that the evidence folder does not hold.
    /// - Returns: `nil` where there is no such thing.
    public init?(_ path: String, sources: String? = nil) {
        guard let store = EvidenceStore(path) else { return nil }
        let manifest = checkFiles(of: store)
        if let archive = store.archive { check(archive, name: FilePath(path).displayName, manifest) }
        guard let manifest else { return }
        checkEvidence(of: store, manifest: manifest, sources: SourceFinder(store: store, folder: sources))
    }

    /// The same files always give the same archive, so that its own bytes can be checked too.
    private mutating func check(_ archive: EvidenceStore.Archive, name: String, _ manifest: Manifest?) {
        guard archive.isWhole else { return add(.changed, name, "压缩包已损坏，后面的内容读不出来。") }
        for name in archive.repeatedNames { add(.extra, name, "压缩包里有多个同名文件，解压后得到哪一个说不准。") }
        let files = archive.members.map { EvidenceFolder.File(path: $0.name, content: .made($0.bytes)) }
        switch EvidenceArchive.gives(archive.file, from: files) {
        case true?: break
        case false? where manifest?.archiveWriter == EvidenceArchive.writer:
            add(.changed, name, "压缩包的外壳（文件名、长度等）与生成时不同。")
        case false?: notes.append("压缩包由另一个版本的程序库生成，只核对了里面的文件，没有核对外壳。")
        case nil: notes.append("临时空间不够，只核对了压缩包里的文件，没有核对外壳。")
        }
    }

    mutating func add(_ kind: Difference.Kind, _ path: String, _ message: String) {
        let difference = Difference(kind: kind, path: path, message: message)
        if told.insert(difference).inserted { differences.append(difference) }
    }
}
