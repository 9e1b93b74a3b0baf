#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The bytes of one input, mapped from disk or held in memory; they are only ever read.
@safe public final class FileBytes: @unchecked Sendable {  // Immutable after init, and the memory is its own.
    private let base: UnsafeMutableRawPointer
    public let count: Int
    private let mappedLength: Int

    /// Maps a regular file without reading it.
    public init(mapping path: FilePath) throws(IngestionError) {
        let descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { throw IngestionError(.unreadable, path.displayName, systemCode: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw IngestionError(.unreadable, path.displayName, systemCode: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw IngestionError(.notARegularFile, path.displayName) }
        count = Int(status.st_size)
        mappedLength = count
        guard count > 0 else {
            unsafe base = UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1)
            return
        }
        guard let mapped = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), unsafe mapped != MAP_FAILED
        else { throw IngestionError(.unreadable, path.displayName, systemCode: errno) }
        unsafe base = mapped
    }

    /// Takes bytes that come from elsewhere: standard input, or a member of an archive.
    public init(_ bytes: [UInt8]) {
        count = bytes.count
        mappedLength = 0
        unsafe base = UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 1)
        unsafe bytes.withUnsafeBytes {
            unsafe UnsafeMutableRawBufferPointer(start: base, count: max(1, count)).copyMemory(from: $0)
        }
    }

    /// Lets `fill` write at most `capacity` bytes and keeps as many as it says.
    ///
    /// The room is reserved, not used, until it is written; past `spillThreshold` it lies in an unnamed temporary
    /// file, so that a large text decoded from another character set needs no memory of its size.
    init(capacity: Int, spillThreshold: Int = 1 << 28, fill: (UnsafeMutableBufferPointer<UInt8>) -> Int)
        throws(IngestionError)
    {
        let room = max(1, capacity)
        var descriptor: Int32 = -1
        if capacity > spillThreshold {
            var template = Array("/tmp/juzheng-XXXXXX".utf8CString)
            descriptor = unsafe template.withUnsafeMutableBufferPointer { name in
                unsafe name.baseAddress.map { unsafe mkstemp($0) } ?? -1
            }
            guard descriptor >= 0 else { throw IngestionError(.noRoom, "/tmp", systemCode: errno) }
            unsafe template.withUnsafeBufferPointer { name in _ = unsafe name.baseAddress.map { unsafe unlink($0) } }
            guard ftruncate(descriptor, off_t(room)) == 0 else {
                close(descriptor)
                throw IngestionError(.noRoom, "/tmp", systemCode: errno)
            }
        }
        defer { if descriptor >= 0 { close(descriptor) } }
        let flags = descriptor >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let mapped = unsafe mmap(nil, room, PROT_READ | PROT_WRITE, flags, descriptor, 0),
            unsafe mapped != MAP_FAILED
        else { throw IngestionError(.noRoom, "/tmp", systemCode: errno) }
        unsafe base = mapped
        mappedLength = room
        count = unsafe fill(
            UnsafeMutableBufferPointer(start: mapped.assumingMemoryBound(to: UInt8.self), count: room))
    }

    deinit {
        if mappedLength > 0 {
            unsafe munmap(base, mappedLength)
        } else {
            unsafe base.deallocate()
        }
    }

    /// Calls `body` with all bytes, or with those of `range`.
    public func withSpan<R>(in range: Range<Int>? = nil, _ body: (Span<UInt8>) throws -> R) rethrows -> R {
        let all = unsafe UnsafeBufferPointer(start: base.assumingMemoryBound(to: UInt8.self), count: count)
        let part = unsafe range.map { unsafe UnsafeBufferPointer(rebasing: all[$0]) } ?? all
        return try body(unsafe part.span)
    }

    /// A copy of the bytes of `range`.
    public func bytes(in range: Range<Int>) -> [UInt8] {
        withSpan(in: range) { span in unsafe span.withUnsafeBufferPointer { unsafe Array($0) } }
    }
}
