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
        guard let manifest = checkFiles(of: store) else { return }
        checkEvidence(of: store, manifest: manifest, sources: SourceFinder(store: store, folder: sources))
    }

    mutating func add(_ kind: Difference.Kind, _ path: String, _ message: String) {
        let difference = Difference(kind: kind, path: path, message: message)
        if told.insert(difference).inserted { differences.append(difference) }
    }
}
