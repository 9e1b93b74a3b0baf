/// Bytes that arrive piece by piece, from standard input or out of an archive; many of them lie in a temporary file.
public struct GatheredBytes {
    /// More than this is not kept in memory.
    private static let spillThreshold = 1 << 24

    private var held: [UInt8] = []
    private var file: TemporaryFile?

    public init() {}

    public var count: Int { (file?.count ?? 0) + held.count }

    public mutating func append(_ bytes: Span<UInt8>) throws(IngestionError) {
        unsafe bytes.withUnsafeBufferPointer { unsafe held.append(contentsOf: $0) }
        if held.count > Self.spillThreshold { try spill() }
    }

    private mutating func spill() throws(IngestionError) {
        if file == nil { file = try TemporaryFile() }
        let result = unsafe held.withUnsafeBytes { bytes in
            Result { () throws(IngestionError) in try unsafe file?.append(bytes) }
        }
        try result.get()
        held.removeAll()
    }

    /// All that was gathered.
    public mutating func finish() throws(IngestionError) -> FileBytes {
        guard let file else { return FileBytes(held) }
        try spill()
        return try FileBytes(file)
    }
}
