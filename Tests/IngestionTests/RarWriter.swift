/// Makes RAR 5 archives for tests, their members stored as they are: nothing in Debian writes this form.
struct RarWriter {
    private var out: [UInt8] = [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00]

    init() {
        // The archive's own header: no flags.
        block([1, 0, 0])
    }

    mutating func add(_ name: String, _ content: [UInt8]) {
        let name = Array(name.utf8)
        // A file whose data follow; with a checksum; attributes of a plain file; method 0; made on Unix.
        var header: [UInt8] = [2, 2] + Self.number(content.count) + [4] + Self.number(content.count)
        header += Self.number(0o100644) + Self.checksum(content) + [0, 1] + Self.number(name.count) + name
        block(header)
        out += content
    }

    /// The archive with its end.
    var bytes: [UInt8] {
        var whole = self
        whole.block([5, 0, 0])
        return whole.out
    }

    private mutating func block(_ header: [UInt8]) {
        let counted = Self.number(header.count) + header
        out += Self.checksum(counted) + counted
    }

    /// Seven bits a byte, the lowest first.
    private static func number(_ value: Int) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F | 0x80)] + number(value >> 7)
    }

    private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
        let sum = ZipWriter.crc32(bytes)
        return (0..<4).map { UInt8(truncatingIfNeeded: sum >> ($0 * 8)) }
    }
}
