#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Finds the files that the arguments name: files as they are, folders recursively and in a fixed order.
public struct InputWalk: Sendable {
    /// A file to be read, or something that will not be.
    public enum Entry: Equatable, Sendable {
        case file(path: FilePath, name: String)
        case standardInput(name: String)
        /// `isFailure`: the user should have expected it to be read.
        case skipped(name: String, code: String, reason: String, isFailure: Bool)
    }

    /// A folder that is never read, as the output that is about to be written; an absolute path.
    public var excludedPaths: [FilePath]
    /// Says of a manifest's bytes whether this program wrote it.
    public var isOwnManifest: @Sendable ([UInt8]) -> Bool

    public init(excludedPaths: [FilePath] = [], isOwnManifest: @escaping @Sendable ([UInt8]) -> Bool = { _ in false }) {
        self.excludedPaths = excludedPaths
        self.isOwnManifest = isOwnManifest
    }

    /// The entries of all arguments in their order; within a folder in the order of the names' bytes.
    public func entries(of arguments: [String]) -> [Entry] {
        var used: [String: Int] = [:]
        var entries: [Entry] = []
        for argument in arguments {
            if argument == "-" {
                entries.append(.standardInput(name: "stdin"))
                continue
            }
            let path = FilePath(argument)
            var name = FilePath(path.absolute.lastComponent).displayName
            used[name, default: 0] += 1
            if let count = used[name], count > 1 { name += "~\(count)" }
            var ancestors: [FileIdentity] = []
            visit(path, name, isArgument: true, &ancestors, &entries)
        }
        return entries
    }

    private struct FileIdentity: Equatable {
        var device: UInt
        var inode: UInt
    }

    private func visit(
        _ path: FilePath, _ name: String, isArgument: Bool, _ ancestors: inout [FileIdentity], _ entries: inout [Entry]
    ) {
        func skip(_ code: String, _ reason: String, isFailure: Bool = true) {
            entries.append(.skipped(name: name, code: code, reason: reason, isFailure: isFailure))
        }
        if excludedPaths.contains(path.absolute) {
            return skip("output", "这是本次的输出位置，不作为输入。", isFailure: false)
        }
        var status = stat()
        guard unsafe path.withCString({ unsafe stat($0, &status) }) == 0 else {
            switch errno {
            case ENOENT: return skip("missing", "找不到这个文件或文件夹，请检查路径。")
            case ELOOP: return skip("link-loop", "快捷链接绕成了圈，没有可读的内容。")
            default: return skip("unreadable", "没有权限读取，请检查文件权限。")
            }
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            entries.append(.file(path: path, name: name))
        case S_IFDIR:
            let identity = FileIdentity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
            if ancestors.contains(identity) { return skip("link-loop", "快捷链接指回了上级文件夹，已跳过。") }
            guard let children = Self.children(of: path) else {
                return skip("unreadable", "打不开这个文件夹，请检查权限。")
            }
            let manifestName = Array("manifest.json".utf8)
            if children.contains(manifestName),
                let manifest = try? FileBytes(mapping: path.appending(manifestName)), manifest.count < 1 << 26,
                isOwnManifest(manifest.bytes(in: 0..<manifest.count))
            {
                return skip("own-output", "这是本程序以前生成的证据文件夹，不作为输入。", isFailure: false)
            }
            let before = entries.count
            ancestors.append(identity)
            for child in children {
                visit(
                    path.appending(child), name + "/" + FilePath(child).displayName, isArgument: false, &ancestors,
                    &entries)
            }
            ancestors.removeLast()
            if isArgument, entries.count == before { skip("empty-folder", "这个文件夹里没有可读的文件，请检查路径。") }
        default:
            skip("not-a-file", "这不是普通文件，已跳过。", isFailure: isArgument)
        }
    }

    /// The names in a folder, but those of hidden files and of what systems leave behind, ordered by their bytes.
    private static func children(of path: FilePath) -> [[UInt8]]? {
        guard let folder = unsafe path.withCString({ unsafe opendir($0) }) else { return nil }
        defer { unsafe closedir(folder) }
        var found: [[UInt8]] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            if ![[0x2E], [0x2E, 0x2E]].contains(name), !FilePath.isClutter(FilePath(name).displayName) { found.append(name) }
        }
        return found.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
