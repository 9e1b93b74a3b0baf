import Resources

/// Numbers that are read where they lie: in the data of the program itself, or in memory of their own.
///
/// A model of megabytes needs no decoding at start: what no message asks for is never touched.
@safe struct StoredNumbers<Element: BitwiseCopyable & Sendable>: RandomAccessCollection, @unchecked Sendable {
    // Never written after init; `owner` keeps what is not the program's own.
    private let buffer: UnsafeBufferPointer<Element>
    private let owner: StoredBytes?

    /// Takes numbers that were computed.
    init(_ numbers: [Element]) {
        let bytes = unsafe numbers.withUnsafeBytes { unsafe StoredBytes(copying: $0) }
        unsafe buffer = UnsafeBufferPointer(start: bytes.bytes.baseAddress?.assumingMemoryBound(to: Element.self), count: numbers.count)
        owner = bytes
    }

    /// Points at `count` numbers that begin at `start` of `bytes`, in the byte order of the processor.
    /// - Returns: `nil` where they do not lie there whole, or not as the processor wants them.
    init?(_ bytes: StoredBytes, at start: Int, count: Int) {
        let size = MemoryLayout<Element>.stride
        let length = unsafe bytes.bytes.count
        guard start >= 0, count >= 0, start <= length, count <= (length - start) / size,
            let base = unsafe bytes.bytes.baseAddress, unsafe Int(bitPattern: base + start) % MemoryLayout<Element>.alignment == 0
        else { return nil }
        unsafe buffer = UnsafeBufferPointer(start: (base + start).assumingMemoryBound(to: Element.self), count: count)
        owner = bytes
    }

    var startIndex: Int { 0 }
    var endIndex: Int { unsafe buffer.count }

    @inline(__always)
    subscript(position: Int) -> Element {
        precondition(UInt(bitPattern: position) < UInt(bitPattern: unsafe buffer.count))
        return unsafe buffer[position]
    }

    @inline(__always)
    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try unsafe body(UnsafeRawBufferPointer(buffer))
    }

    @inline(__always)
    func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Element>) throws -> Result) rethrows -> Result {
        try unsafe body(buffer)
    }
}

/// Bytes that `StoredNumbers` lie in.
@safe final class StoredBytes: @unchecked Sendable {  // Never written after init.
    let bytes: UnsafeRawBufferPointer
    private let isOwn: Bool

    /// The data of the program itself, which is there as long as it runs.
    init(_ resource: EmbeddedResource) {
        unsafe bytes = resource.unsafeBytes
        isOwn = false
    }

    init(copying other: UnsafeRawBufferPointer) {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, other.count), alignment: 64)
        if unsafe !other.isEmpty { unsafe room.copyMemory(from: other) }
        unsafe bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<other.count])
        isOwn = true
    }

    deinit { if isOwn { unsafe bytes.deallocate() } }
}
