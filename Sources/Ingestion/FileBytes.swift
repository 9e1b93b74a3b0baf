import Dispatch

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
    private let trimming: PageTrimming?

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
            trimming = nil
            return
        }
        guard let mapped = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), unsafe mapped != MAP_FAILED
        else { throw IngestionError(.unreadable, path.displayName, systemCode: errno) }
        unsafe base = mapped
        trimming = unsafe PageTrimming(of: mapped, length: count)
    }

    /// Takes bytes that come from elsewhere.
    public init(_ bytes: [UInt8]) {
        count = bytes.count
        mappedLength = 0
        isMappedFile = false
        trimming = nil
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
        trimming = unsafe PageTrimming(of: mapped, length: mappedLength)
    }

    /// Lets `fill` write at most `capacity` bytes and keeps as many as it says.
    ///
    /// The room is reserved, not used, until it is written; past `spillThreshold` it lies in an unnamed temporary
    /// file, so that a large text decoded from another character set needs no memory of its size.
    init(
        capacity: Int, spillThreshold: Int = 1 << 26,
        fill: (UnsafeMutableBufferPointer<UInt8>) -> Int
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
        trimming = descriptor >= 0 ? unsafe PageTrimming(of: mapped, length: room) : nil
        count = unsafe fill(
            UnsafeMutableBufferPointer(start: mapped.assumingMemoryBound(to: UInt8.self), count: room))
    }

    deinit {
        trimming?.end()
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

    /// Hands all bytes to `body`, stretch by stretch, and keeps no more than one of them in memory.
    /// - Parameter calledOff: asked before each stretch whether the rest is still wanted.
    public func eachStretch(calledOff: (() -> Bool)? = nil, _ body: (Span<UInt8>) -> Void) {
        let length = 1 << 21
        var start = 0
        while start < count, calledOff?() != true {
            let end = min(count, start + length)
            withSpan(in: start..<end, body)
            release(start..<end)
            start = end
        }
    }

    /// Lets go of the memory that shows `range` at once, for readers who are faster than the timer; where the bytes are a
    /// file's, they come back when they are asked for.
    func release(_ range: Range<Int>) {
        guard isMappedFile else { return }
        let page = 4_096
        let start = range.lowerBound / page * page
        let end = range.upperBound / page * page
        if start < end { _ = unsafe madvise(base + start, end - start, MADV_DONTNEED) }
    }

    /// A copy of the bytes of `range`.
    public func bytes(in range: Range<Int>) -> [UInt8] {
        withSpan(in: range) { span in unsafe span.withUnsafeBufferPointer { unsafe Array($0) } }
    }
}

/// Lets go of the pages of a large mapped file again and again while it is read.
///
/// Pages of a file count as the program's own once they were looked at. A reader needs few of them at a time, wherever it
/// looks; the others come back from the system's cache if they are asked for again. So no reader has to tell how far it is.
@safe private struct PageTrimming {
    private let timer: any DispatchSourceTimer
    private let queue = DispatchQueue(label: "page trimming")

    /// Smaller files may stay in memory whole.
    private static let smallest = 1 << 25
    /// Readers see a few megabytes in that time.
    private static let interval = DispatchTimeInterval.milliseconds(5)

    init?(of base: UnsafeMutableRawPointer, length: Int) {
        guard length >= Self.smallest else { return nil }
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + Self.interval, repeating: Self.interval)
        let address = UInt(bitPattern: base)
        timer.setEventHandler {
            guard let base = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
            _ = unsafe madvise(base, length, MADV_DONTNEED)
        }
        timer.activate()
    }

    /// Waits until the memory is no longer touched, so that it may be given back.
    func end() {
        timer.cancel()
        queue.sync {}
    }
}
