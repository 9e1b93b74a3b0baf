/// Writes lists of numbers so that `StoredLists` finds them again.
///
/// Each is its length (UInt32) and, from the next multiple of 64 bytes on, the numbers as they lie in memory; all processors
/// that Swift runs on are little-endian.
public struct StoredListWriter {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func append<Element: BitwiseCopyable>(_ numbers: StoredNumbers<Element>) {
        unsafe withUnsafeBytes(of: UInt32(numbers.count)) { unsafe bytes += $0 }
        align()
        unsafe numbers.withUnsafeBytes { unsafe bytes += $0 }
        align()
    }

    private mutating func align() { bytes += repeatElement(0, count: StoredLists.aligned(bytes.count) - bytes.count) }
}

/// Lists of numbers that are read where they are stored, one after the other.
public struct StoredLists {
    private let bytes: StoredBytes
    private var place = 0

    public init(_ bytes: StoredBytes) { self.bytes = bytes }

    /// The next list, or `nil` where the bytes hold none.
    public mutating func next<Element: BitwiseCopyable>() -> StoredNumbers<Element>? {
        guard let count = StoredNumbers<UInt32>(bytes, at: place, count: 1).map({ Int($0[0]) }) else { return nil }
        let start = Self.aligned(place + 4)
        place = Self.aligned(start + count * MemoryLayout<Element>.stride)
        return StoredNumbers<Element>(bytes, at: start, count: count)
    }

    static func aligned(_ place: Int) -> Int { (place + 63) & ~63 }
}
