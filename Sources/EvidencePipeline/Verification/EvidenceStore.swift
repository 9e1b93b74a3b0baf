import FoundationEssentials
import Ingestion

/// An evidence folder or archive as it lies on disk: paths and bytes.
struct EvidenceStore {
    /// Every file, `/` between the parts of its path, in the order of the paths' bytes.
    let paths: [String]
    /// The archive it is, with its members as they follow each other; `nil` for a folder.
    private(set) var archive: Archive?
    private let known: Set<String>
    private let read: (String) -> FileBytes?

    struct Archive {
        var file: FileBytes
        var members: [(name: String, bytes: FileBytes)]
        /// Whether it could be read to its end.
        var isWhole: Bool

        /// Names that several members have: who unpacks it gets one of them, and nobody can say which.
        var repeatedNames: [String] {
            var seen: Set<String> = []
            return members.map(\.name).filter { !seen.insert($0).inserted }
        }
    }

    /// Opens a folder, or the archive this program makes of one; `nil` where there is neither.
    init?(_ root: String) {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder) else { return nil }
        if isFolder {
            guard let found = try? FileManager.default.subpathsOfDirectory(atPath: root) else { return nil }
            self.init(
                paths: found.filter { Self.type(of: root + "/" + $0) != .typeDirectory },
                read: { path in
                    // A link would lead out of what is checked.
                    guard Self.type(of: root + "/" + path) == .typeRegular else { return nil }
                    return try? FileBytes(mapping: FilePath(root + "/" + path))
                })
            return
        }
        guard let file = try? FileBytes(mapping: FilePath(root)) else { return nil }
        // What this program makes is not compressed: no archive of it holds more than its own size.
        var limits = ArchiveReading.Limits()
        (limits.memberBytes, limits.totalBytes, limits.members) = (file.count, file.count, .max)
        guard let (members, isWhole) = ArchiveReading(limits: limits).plainMembers(of: file) else { return nil }
        let byName = Dictionary(members.map { ($0.name, $0.bytes) }) { first, _ in first }
        self.init(paths: Array(byName.keys), read: { byName[$0] })
        archive = Archive(file: file, members: members, isWhole: isWhole)
    }

    private init(paths: [String], read: @escaping (String) -> FileBytes?) {
        self.paths = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        known = Set(paths)
        self.read = read
    }

    /// A file's bytes; `nil` where it is missing, unreadable, no regular file, or not below the folder at all.
    func file(_ path: String) -> FileBytes? { known.contains(path) ? read(path) : nil }

    func bytes(_ path: String) -> [UInt8]? {
        file(path).map { $0.bytes(in: 0..<$0.count) }
    }

    private static func type(of path: String) -> FileAttributeType? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    }
}
