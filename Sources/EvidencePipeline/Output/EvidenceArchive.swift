#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import CArchive
import Ingestion
import Reporting

/// One zip of files, stored and without times: the same files give the same bytes.
///
/// It is written beside the target under a hidden name and is gone again unless it is published.
struct EvidenceArchive: ~Copyable {
    private let target: String
    private let work: String

    /// Writes the archive out of sight and brings it to the disk.
    init(_ files: [EvidenceFolder.File], for target: String, replacing: Bool) throws(OutputError) {
        try Self.check(target, replacing: replacing)
        let work = StagedFolder.hidden(target, "juzheng-work")
        _ = unsafe unlink(work)
        UnfinishedOutput.add(work)
        let descriptor = unsafe open(work, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else {
            UnfinishedOutput.remove(work)
            throw .system(target)
        }
        defer { close(descriptor) }
        guard Self.write(files, to: descriptor), fsync(descriptor) == 0 else {
            let error = OutputError.system(target)
            _ = unsafe unlink(work)
            UnfinishedOutput.remove(work)
            throw error
        }
        self.target = target
        self.work = work
    }

    deinit {
        // Gone already if it was published.
        _ = unsafe unlink(work)
        UnfinishedOutput.remove(work)
    }

    /// Gives the archive its name.
    func publish() throws(OutputError) {
        guard unsafe rename(work, target) == 0 else { throw .system(target) }
    }

    /// Writes the archive's bytes; where that fails `errno` says why.
    private static func write(_ files: [EvidenceFolder.File], to descriptor: Int32) -> Bool {
        guard let writer = unsafe jz_archive_writer_open(descriptor) else { return false }
        for file in files {
            guard let bytes = try? file.bytes() else {
                _ = unsafe jz_archive_writer_close(writer)
                errno = EIO
                return false
            }
            let isWritten = bytes.withSpan { span in
                unsafe span.withUnsafeBufferPointer {
                    unsafe jz_archive_writer_add(writer, file.path, $0.baseAddress, $0.count)
                }
            }
            guard isWritten else {
                let number = errno
                _ = unsafe jz_archive_writer_close(writer)
                errno = number
                return false
            }
        }
        return unsafe jz_archive_writer_close(writer)
    }

    /// What writes the archives: another version may lay out the same files in other bytes.
    static var writer: String { "libarchive " + (unsafe String(cString: jz_archive_version())) }

    /// Whether these files give exactly these bytes; `nil` where there is no room to try.
    static func gives(_ bytes: FileBytes, from files: [EvidenceFolder.File]) -> Bool? {
        var template = Array("/tmp/juzheng-XXXXXX".utf8CString)
        let descriptor = unsafe template.withUnsafeMutableBufferPointer { name in
            unsafe name.baseAddress.map { unsafe mkstemp($0) } ?? -1
        }
        guard descriptor >= 0 else { return nil }
        defer {
            close(descriptor)
            unsafe template.withUnsafeBufferPointer { name in _ = unsafe name.baseAddress.map { unsafe unlink($0) } }
        }
        guard write(files, to: descriptor) else { return nil }
        let path = unsafe template.withUnsafeBufferPointer { name in unsafe name.baseAddress.map { unsafe String(cString: $0) } }
        guard let path, let made = try? FileBytes(mapping: FilePath(path)) else { return nil }
        return made.count == bytes.count && made.withSpan { a in bytes.withSpan { b in a.indices.allSatisfy { a[$0] == b[$0] } } }
    }

    /// Whether these bytes are an archive of this program, in which the manifest comes first.
    static func isOwn(_ bytes: FileBytes, isOwnManifest: ([UInt8]) -> Bool) -> Bool {
        guard let first = ArchiveReading().firstMember(of: bytes), first.name == Manifest.name else { return false }
        return isOwnManifest(first.bytes.bytes(in: 0..<first.bytes.count))
    }

    /// Refuses to stand in the way of what is there.
    static func check(_ target: String, replacing: Bool) throws(OutputError) {
        var status = stat()
        guard unsafe lstat(target, &status) == 0 else { return }
        guard replacing else { throw OutputError(.exists, target) }
        guard status.st_mode & S_IFMT == S_IFREG, let file = try? FileBytes(mapping: FilePath(target)),
            isOwn(file, isOwnManifest: Manifest.isOwn)
        else { throw OutputError(.notOurs, target) }
    }
}
