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
    /// Whether the memory shows a file, so that it can be let go of and comes back when it is asked for.
    private let isMappedFile: Bool

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
        isMappedFile = count > 0
        guard count > 0 else {
            unsafe base = UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1)
            return
        }
        guard let mapped = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), unsafe mapped != MAP_FAILED
        else { throw IngestionError(.unreadable, path.displayName, systemCode: errno) }
        unsafe base = mapped
    }

    /// Takes bytes that come from elsewhere.
    public init(_ bytes: [UInt8]) {
        count = bytes.count
        mappedLength = 0
        isMappedFile = false
        unsafe base = UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 1)
        unsafe bytes.withUnsafeBytes {
            unsafe UnsafeMutableRawBufferPointer(start: base, count: max(1, count)).copyMemory(from: $0)
        }
    }

    /// Maps what a temporary file holds.
    init(_ file: TemporaryFile) throws(IngestionError) {
        count = file.count
        mappedLength = max(1, count)
        isMappedFile = true
        guard let mapped = unsafe mmap(nil, mappedLength, PROT_READ, MAP_SHARED, file.descriptor, 0),
            unsafe mapped != MAP_FAILED
        else { throw IngestionError(.noRoom, TemporaryFile.folder, systemCode: errno) }
        unsafe base = mapped
    }

    /// Lets `fill` write at most `capacity` bytes and keeps as many as it says.
    ///
    /// The room is reserved, not used, until it is written; past `spillThreshold` it lies in an unnamed temporary
    /// file, so that a large text decoded from another character set needs no memory of its size.
    /// - Parameter fill: is given the room and a way to let go of what was written before a position of it.
    init(
        capacity: Int, spillThreshold: Int = 1 << 26,
        fill: (UnsafeMutableBufferPointer<UInt8>, _ release: (Range<Int>) -> Void) -> Int
    ) throws(IngestionError) {
        let room = max(1, capacity)
        let spilled = try capacity > spillThreshold ? TemporaryFile(length: room) : nil
        let descriptor = spilled?.descriptor ?? -1
        let flags = descriptor >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let mapped = unsafe mmap(nil, room, PROT_READ | PROT_WRITE, flags, descriptor, 0),
            unsafe mapped != MAP_FAILED
        else { throw IngestionError(.noRoom, TemporaryFile.folder, systemCode: errno) }
        unsafe base = mapped
        mappedLength = room
        isMappedFile = descriptor >= 0
        count = unsafe fill(
            UnsafeMutableBufferPointer(start: mapped.assumingMemoryBound(to: UInt8.self), count: room),
            { range in if descriptor >= 0 { unsafe Self.release(range, of: mapped) } })
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

    /// Lets go of the memory that shows `range`; where the bytes are a file's, they come back when they are asked for.
    ///
    /// Pages of a mapped file count as the program's own until then, and a reader that passes over the file once needs
    /// none of them again.
    public func release(_ range: Range<Int>) {
        guard isMappedFile else { return }
        unsafe Self.release(range, of: base)
    }

    private static func release(_ range: Range<Int>, of base: UnsafeMutableRawPointer) {
        let page = 4_096
        let start = range.lowerBound / page * page
        let end = range.upperBound / page * page
        if start < end { _ = unsafe madvise(base + start, end - start, MADV_DONTNEED) }
    }

    /// Hands all bytes to `body`, stretch by stretch, and keeps no more than one of them in memory.
    public func eachStretch(_ body: (Span<UInt8>) -> Void) {
        let length = 1 << 21
        var start = 0
        while start < count {
            let end = min(count, start + length)
            withSpan(in: start..<end, body)
            release(start..<end)
            start = end
        }
    }

    /// A copy of the bytes of `range`.
    public func bytes(in range: Range<Int>) -> [UInt8] {
        withSpan(in: range) { span in unsafe span.withUnsafeBufferPointer { unsafe Array($0) } }
    }
}
