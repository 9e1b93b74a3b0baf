#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Small files that are either the old or the new, whatever happens in between.
enum DurableFile {
    /// Writes beside the file, brings it to the disk and gives it its name.
    static func write(_ bytes: [UInt8], to path: String) throws(PageError) {
        let work = path + ".new"
        let descriptor = unsafe open(work, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .writing(path) }
        do throws(PageError) {
            defer { close(descriptor) }
            try writeAll(bytes.span, to: descriptor, at: 0, subject: path)
            guard fsync(descriptor) == 0 else { throw .writing(path) }
        } catch {
            _ = unsafe unlink(work)
            throw error
        }
        guard unsafe rename(work, path) == 0 else { throw .writing(path) }
        let folder = unsafe open(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Writes all of the bytes from a place of a file on.
    static func writeAll(_ bytes: Span<UInt8>, to descriptor: Int32, at offset: Int, subject: String) throws(PageError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return 0 }
                return unsafe pwrite(descriptor, base + written, buffer.count - written, off_t(offset + written))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .writing(subject) }
            written += count
        }
    }
}
