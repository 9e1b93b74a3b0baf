#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import CArchive
import Ingestion

/// One zip of files, stored and without times: the same files give the same bytes.
enum EvidenceArchive {
    /// Writes beside the target under a hidden name and renames at the end.
    static func write(_ files: [EvidenceFolder.File], to target: String, replacing: Bool) throws(OutputError) {
        try check(target, replacing: replacing)
        let work = StagedFolder.hidden(target, "juzheng-work")
        _ = unsafe unlink(work)
        let descriptor = unsafe open(work, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw .system(target) }
        defer {
            close(descriptor)
            // Gone already if all went well.
            _ = unsafe unlink(work)
        }
        guard let writer = unsafe jz_archive_writer_open(descriptor) else { throw .system(target) }
        for file in files {
            let isWritten = file.bytes.withSpan { span in
                unsafe span.withUnsafeBufferPointer {
                    unsafe jz_archive_writer_add(writer, file.path, $0.baseAddress, $0.count)
                }
            }
            guard isWritten else {
                let error = OutputError.system(target)
                _ = unsafe jz_archive_writer_close(writer)
                throw error
            }
        }
        guard unsafe jz_archive_writer_close(writer), fsync(descriptor) == 0 else { throw .system(target) }
        guard unsafe rename(work, target) == 0 else { throw .system(target) }
    }

    /// Refuses to stand in the way of what is there.
    static func check(_ target: String, replacing: Bool) throws(OutputError) {
        var status = stat()
        guard unsafe lstat(target, &status) == 0 else { return }
        guard replacing else { throw OutputError(.exists, target) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw OutputError(.notOurs, target) }
    }
}
