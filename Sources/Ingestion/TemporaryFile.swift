#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file without a name, which goes away with its last user however the program ends.
public final class TemporaryFile {
    let descriptor: Int32
    /// Bytes written so far.
    public private(set) var count = 0

    /// Where such files are made: `TMPDIR`, or else `/tmp`.
    static var folder: String {
        guard let named = unsafe getenv("TMPDIR"), unsafe named.pointee != 0 else { return "/tmp" }
        return unsafe String(cString: named)
    }

    public init() throws(IngestionError) {
        var template = Array((Self.folder + "/juzheng-XXXXXX").utf8CString)
        descriptor = unsafe template.withUnsafeMutableBufferPointer { name in
            unsafe name.baseAddress.map { unsafe mkstemp($0) } ?? -1
        }
        guard descriptor >= 0 else { throw IngestionError(.noRoom, Self.folder, systemCode: errno) }
        unsafe template.withUnsafeBufferPointer { name in _ = unsafe name.baseAddress.map { unsafe unlink($0) } }
    }

    /// A file of a length, all zeros, that takes room on the disk as it is written.
    convenience init(length: Int) throws(IngestionError) {
        try self.init()
        guard ftruncate(descriptor, off_t(length)) == 0 else {
            throw IngestionError(.noRoom, Self.folder, systemCode: errno)
        }
        count = length
    }

    deinit { close(descriptor) }

    /// Writes at the end.
    public func append(_ bytes: UnsafeRawBufferPointer) throws(IngestionError) {
        var written = 0
        while written < bytes.count {
            let result = unsafe bytes.baseAddress.map { unsafe write(descriptor, $0 + written, bytes.count - written) } ?? 0
            if result < 0, errno == EINTR { continue }
            guard result > 0 else { throw IngestionError(.noRoom, Self.folder, systemCode: errno) }
            written += result
        }
        count += written
    }

    /// Reads from a position on until the buffer is full or the file ends; returns how many bytes were read.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
            let result = unsafe pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
            if result < 0, errno == EINTR { continue }
            if result <= 0 { break }
            done += result
        }
        return done
    }
}
