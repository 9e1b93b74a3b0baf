/// Numbers that are read where they lie: in the data of the program itself, or in memory of their own.
///
/// A table of megabytes needs no decoding at start: what nobody asks for is never touched.
@safe @frozen public struct StoredNumbers<Element: BitwiseCopyable & Sendable>: RandomAccessCollection, @unchecked Sendable {
    // Never written after init; `owner` keeps what is not the program's own.
    @usableFromInline let buffer: UnsafeBufferPointer<Element>
    @usableFromInline let owner: StoredBytes?

    /// Takes numbers that were computed.
    public init(_ numbers: [Element]) {
        let bytes = unsafe numbers.withUnsafeBytes { unsafe StoredBytes(copying: $0) }
        unsafe buffer = UnsafeBufferPointer(start: bytes.bytes.baseAddress?.assumingMemoryBound(to: Element.self), count: numbers.count)
        owner = bytes
    }

    /// Points at `count` numbers that begin at `start` of `bytes`, in the byte order of the processor.
    /// - Returns: `nil` where they do not lie there whole, or not as the processor wants them.
    public init?(_ bytes: StoredBytes, at start: Int, count: Int) {
        let size = MemoryLayout<Element>.stride
        let length = unsafe bytes.bytes.count
        guard start >= 0, count >= 0, start <= length, count <= (length - start) / size,
            let base = unsafe bytes.bytes.baseAddress, unsafe Int(bitPattern: base + start) % MemoryLayout<Element>.alignment == 0
        else { return nil }
        unsafe buffer = UnsafeBufferPointer(start: (base + start).assumingMemoryBound(to: Element.self), count: count)
        owner = bytes
    }

    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { unsafe buffer.count }

    @inlinable @inline(__always)
    public subscript(position: Int) -> Element {
        precondition(UInt(bitPattern: position) < UInt(bitPattern: unsafe buffer.count))
        return unsafe buffer[position]
    }

    @inlinable @inline(__always)
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try unsafe body(UnsafeRawBufferPointer(buffer))
    }

    @inlinable @inline(__always)
    public func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Element>) throws -> Result) rethrows -> Result {
        try unsafe body(buffer)
    }
}

/// Bytes that `StoredNumbers` lie in.
@safe public final class StoredBytes: @unchecked Sendable {  // Never written after init.
    public let bytes: UnsafeRawBufferPointer
    private let isOwn: Bool

    /// The data of the program itself, which is there as long as it runs.
    public init(_ resource: EmbeddedResource) {
        unsafe bytes = resource.unsafeBytes
        isOwn = false
    }

    public init(copying other: UnsafeRawBufferPointer) {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, other.count), alignment: 64)
        if unsafe !other.isEmpty { unsafe room.copyMemory(from: other) }
        unsafe bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<other.count])
        isOwn = true
    }

    deinit { if isOwn { unsafe bytes.deallocate() } }
}
