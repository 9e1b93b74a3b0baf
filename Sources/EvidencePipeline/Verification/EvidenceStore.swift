import FoundationEssentials
import Ingestion

/// An evidence folder as it lies on disk: paths and bytes.
struct EvidenceStore {
    /// Every file, `/` between the parts of its path, in the order of the paths' bytes.
    let paths: [String]
    private let root: String

    /// Lists a folder; `nil` where there is none.
    init?(folder root: String) {
        guard let found = try? FileManager.default.subpathsOfDirectory(atPath: root) else { return nil }
        self.root = root
        paths = found.filter { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: root + "/" + path)
            return attributes?[.type] as? FileAttributeType != .typeDirectory
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// A file's bytes; `nil` where it is missing, unreadable or no regular file.
    func file(_ path: String) -> FileBytes? {
        let full = root + "/" + path
        let attributes = try? FileManager.default.attributesOfItem(atPath: full)
        guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
        return try? FileBytes(mapping: FilePath(full))
    }

    func bytes(_ path: String) -> [UInt8]? {
        file(path).map { $0.bytes(in: 0..<$0.count) }
    }
}
