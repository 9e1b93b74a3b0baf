#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import FoundationEssentials
import Ingestion
import Reporting

/// A folder that is written out of sight and appears under its name whole, or not at all.
///
/// The work goes on in `.NAME.juzheng-work` beside the target. The folder is locked while its run lives; what a killed
/// run left is cleared away by the next.
struct StagedFolder: ~Copyable {
    let target: String
    private let work: String
    private let lock: Int32
    private var folders: Set<String> = []

    /// - Parameters:
    ///   - target: an absolute path.
    ///   - replacing: whether a folder this program made before may be replaced.
    init(target: String, replacing: Bool) throws(OutputError) {
        let work = Self.hidden(target, "juzheng-work")
        try Self.clear(work)
        // A run that was killed between its two renames left the older folder out of sight.
        if unsafe access(target, F_OK) != 0 { _ = unsafe rename(Self.old(target), target) }
        try Self.check(target, replacing: replacing)
        try Self.clear(Self.old(target))
        // The archive beside it, as far as a killed run came with it.
        _ = unsafe unlink(Self.hidden(target + ".zip", "juzheng-work"))
        UnfinishedOutput.add(work)
        let isMade = UnfinishedOutput.step { unsafe mkdir(work, 0o777) == 0 }
        guard isMade else {
            let error = OutputError.system(target)
            UnfinishedOutput.remove(work)
            throw error
        }
        let lock = unsafe open(work, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else {
            UnfinishedOutput.remove(work)
            throw .system(target)
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            UnfinishedOutput.remove(work)
            throw OutputError(.busy, target)
        }
        self.target = target
        self.work = work
        self.lock = lock
    }

    deinit {
        // Gone already if it was published.
        try? FileManager.default.removeItem(atPath: work)
        close(lock)
        UnfinishedOutput.remove(work)
    }

    /// Writes one file and brings it to the disk.
    /// - Parameter path: below the folder, `/` between its parts, none of them `..`.
    mutating func write(_ path: String, _ bytes: FileBytes) throws(OutputError) {
        let full = work + "/" + path
        try makeFolders(above: path)
        let descriptor = UnfinishedOutput.step {
            unsafe open(full, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        }
        guard descriptor >= 0 else { throw .system(target + "/" + path) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let stretch = written..<min(bytes.count, written + 1 << 22)
            let count = bytes.withSpan(in: stretch) { span in
                unsafe span.withUnsafeBufferPointer { buffer in
                    unsafe buffer.baseAddress.map { unsafe systemWrite(descriptor, $0, buffer.count) } ?? 0
                }
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(target + "/" + path) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw .system(target + "/" + path) }
    }

    /// Gives the folder its name; an older one of the program is gone afterwards.
    mutating func publish() throws(OutputError) {
        for folder in folders.sorted() + [""] { try sync(work + "/" + folder) }
        let (parent, _) = Self.split(target)
        let old = Self.old(target)
        let replaces = unsafe access(target, F_OK) == 0
        let error = UnfinishedOutput.step { () -> OutputError? in
            if replaces, unsafe rename(target, old) != 0 { return .system(target) }
            guard unsafe rename(work, target) == 0 else {
                let error = OutputError.system(target)
                if replaces { _ = unsafe rename(old, target) }
                return error
            }
            return nil
        }
        if let error { throw error }
        try sync(parent)
        if replaces { try? FileManager.default.removeItem(atPath: old) }
    }

    private mutating func makeFolders(above path: String) throws(OutputError) {
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += folder.isEmpty ? String(part) : "/" + part
            guard folders.insert(folder).inserted else { continue }
            let isMade = UnfinishedOutput.step { unsafe mkdir(work + "/" + folder, 0o777) == 0 || errno == EEXIST }
            guard isMade else {
                throw .system(target + "/" + folder)
            }
        }
    }

    private func sync(_ folder: String) throws(OutputError) {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(target) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw .system(target) }
    }

    /// Refuses to stand in the way of what is there.
    private static func check(_ target: String, replacing: Bool) throws(OutputError) {
        var status = stat()
        guard unsafe lstat(target, &status) == 0 else { return }
        guard replacing else { throw OutputError(.exists, target) }
        guard status.st_mode & S_IFMT == S_IFDIR,
            let names = try? FileManager.default.contentsOfDirectory(atPath: target)
        else { throw OutputError(.notOurs, target) }
        let manifest = FileManager.default.contents(atPath: target + "/" + Manifest.name)
        guard names.isEmpty || manifest.map({ Manifest.isOwn(Array($0.prefix(256))) }) == true else {
            throw OutputError(.notOurs, target)
        }
    }

    /// Removes what a killed run left, unless that run still lives.
    private static func clear(_ path: String) throws(OutputError) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw OutputError(.busy, path) }
        do { try FileManager.default.removeItem(atPath: path) } catch { throw OutputError(.noPermission, path) }
    }

    private static func old(_ target: String) -> String { hidden(target, "juzheng-old") }

    /// A hidden name beside the target.
    static func hidden(_ target: String, _ ending: String) -> String {
        let (parent, name) = split(target)
        return (parent == "/" ? "" : parent) + "/." + name + "." + ending
    }

    private static func split(_ path: String) -> (parent: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let parent = String(path[..<slash])
        return (parent.isEmpty ? "/" : parent, String(path[path.index(after: slash)...]))
    }
}

/// The system's `write`, whose name the folder's own method hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}
