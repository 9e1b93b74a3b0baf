/// Makes zip archives for tests, their members stored as they are.
struct ZipWriter {
    private var out: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// - Parameter flags: general purpose bits; 1 says the member is encrypted, 0x800 that its name is UTF-8.
    mutating func add(_ name: [UInt8], _ content: [UInt8], flags: UInt16 = 0) {
        let checksum = Self.crc32(content)
        let offset = out.count
        let common =
            Self.little(20 as UInt16) + Self.little(flags) + Self.little(0 as UInt16) + Self.little(0 as UInt32)
            + Self.little(checksum) + Self.little(UInt32(content.count)) + Self.little(UInt32(content.count))
            + Self.little(UInt16(name.count)) + Self.little(0 as UInt16)
        out += [0x50, 0x4B, 3, 4] + common + name + content
        directory += [0x50, 0x4B, 1, 2] + Self.little(20 as UInt16) + common
        directory += Self.little(0 as UInt16) + Self.little(0 as UInt16) + Self.little(0 as UInt16)
        directory += Self.little(0 as UInt32) + Self.little(UInt32(offset)) + name
        count += 1
    }

    mutating func add(_ name: String, _ content: String) {
        add(Array(name.utf8), Array(content.utf8), flags: 0x800)
    }

    var bytes: [UInt8] {
        out + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.little(UInt16(count)) + Self.little(UInt16(count))
            + Self.little(UInt32(directory.count)) + Self.little(UInt32(out.count)) + [0, 0]
    }

    private static func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
        (0..<T.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> T($0 * 8)) }
    }

    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }
}
