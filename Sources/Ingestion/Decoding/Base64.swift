import Hashing

/// Base64 as mail and message backups hold it, line ends and blanks between its characters allowed.
enum Base64 {
    /// The SHA-256 of what a range holds, as 64 hexadecimal digits; `nil` where it is damaged or cut.
    static func digest(of range: Range<Int>, in text: Span<UInt8>) -> String? {
        var hasher = SHA256()
        var buffer: [UInt8] = []
        buffer.reserveCapacity(bufferSize + 3)
        var bits: UInt32 = 0
        var pending = 0
        var padding = 0
        for i in range {
            let byte = text[i]
            let value = values[Int(byte)]
            if value < 64, padding == 0 {
                bits = bits << 6 | UInt32(value)
                pending += 1
                if pending == 4 {
                    buffer.append(UInt8(truncatingIfNeeded: bits >> 16))
                    buffer.append(UInt8(truncatingIfNeeded: bits >> 8))
                    buffer.append(UInt8(truncatingIfNeeded: bits))
                    pending = 0
                    if buffer.count >= bufferSize {
                        hasher.update(buffer.span)
                        buffer.removeAll(keepingCapacity: true)
                    }
                }
            } else if byte == 0x3D {
                padding += 1
            } else if byte != 0x0A, byte != 0x0D, byte != 0x20, byte != 0x09 {
                return nil
            }
        }
        switch pending {
        case 0: break
        case 2: buffer.append(UInt8(truncatingIfNeeded: bits >> 4))
        case 3:
            buffer.append(UInt8(truncatingIfNeeded: bits >> 10))
            buffer.append(UInt8(truncatingIfNeeded: bits >> 2))
        default: return nil
        }
        hasher.update(buffer.span)
        return hasher.finish().hexadecimal
    }

    private static let bufferSize = 3 << 14

    /// The six bits of each character, 64 for those that have none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 64, count: 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            values[Int(byte)] = UInt8(value)
        }
        return values
    }()
}
