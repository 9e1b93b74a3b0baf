#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import FoundationEssentials

/// The private temporary folder that holds copies of the chosen files until the program ends.
///
/// Each input has a folder of its own, so that two of the same name stay two.
struct UploadFolder: Sendable {
    let path: String

    /// Makes a new folder that only its owner can read.
    init() throws(PageError) {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/var/tmp"
        var template = Array((base + "/juzheng-page-XXXXXX").utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { name in
            unsafe name.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
        }
        guard made else { throw .writing(base) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Takes over the folder of a run that was killed; `nil` where it is gone or is not this user's alone.
    init?(leftBehind path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
            status.st_mode & 0o077 == 0, path.contains("/juzheng-page-")
        else { return nil }
        self.path = path
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The argument of a scan that stands for an input.
    func argument(of input: Session.Input) -> String { "\(path)/\(input.id)/\(input.name)" }

    /// Makes the folders and empty files of an input.
    func prepare(_ input: Session.Input) throws(PageError) {
        var made: Set<String> = []
        try Self.makeFolder("\(path)/\(input.id)")
        for file in input.files {
            guard Self.isSafe(file.path), file.path == input.name || file.path.hasPrefix(input.name + "/") else {
                throw PageError(.badName, file.path)
            }
            var folder = "\(path)/\(input.id)"
            for part in file.path.split(separator: "/").dropLast() {
                folder += "/" + part
                if made.insert(folder).inserted { try Self.makeFolder(folder) }
            }
            let descriptor = unsafe open(
                "\(path)/\(input.id)/\(file.path)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw errno == EEXIST ? PageError(.badName, file.path) : .writing(file.path) }
            close(descriptor)
        }
    }

    /// Writes a piece of a file at its place.
    func write(_ bytes: [UInt8], of file: Session.Input.File, in input: Session.Input, at offset: Int) throws(PageError) {
        guard offset >= 0, offset + bytes.count <= file.bytes else { throw PageError(.badRequest, file.path) }
        let descriptor = unsafe open("\(path)/\(input.id)/\(file.path)", O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .writing(file.path) }
        defer { close(descriptor) }
        try DurableFile.writeAll(bytes.span, to: descriptor, at: offset, subject: file.path)
    }

    /// Whether all of a file is there.
    func isWhole(_ file: Session.Input.File, in input: Session.Input) -> Bool {
        var status = stat()
        return unsafe lstat("\(path)/\(input.id)/\(file.path)", &status) == 0 && Int(status.st_size) == file.bytes
    }

    func remove(_ file: Session.Input.File, in input: Session.Input) {
        _ = unsafe unlink("\(path)/\(input.id)/\(file.path)")
    }

    func remove(_ input: Session.Input) {
        try? FileManager.default.removeItem(atPath: "\(path)/\(input.id)")
    }

    private static func makeFolder(_ path: String) throws(PageError) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .writing(path) }
    }

    /// Whether a path stays below its folder and can be a file's name.
    private static func isSafe(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && part.utf8.count <= 255 && !part.utf8.contains(0)
        }
    }
}
