/// A hash of text for tables of this run, eight bytes at a time.
///
/// Not for what is written anywhere: that is SHA-256. Texts are equal here when their bytes are.
public enum TextHash {
    /// Constants of wyhash (Wang Yi, public domain).
    private static let keys: (UInt64, UInt64) = (0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB)

    public static func of(_ text: String, seed: UInt64 = 0) -> UInt64 {
        var text = text
        return text.withUTF8 { unsafe of($0.span, seed: seed) }
    }

    public static func of(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
        var hash = mix(seed ^ keys.0, UInt64(bytes.count) ^ keys.1)
        var at = 0
        let raw = unsafe bytes.bytes
        while at + 8 <= bytes.count {
            let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
            hash = mix(hash ^ word, keys.1)
            at += 8
        }
        var rest: UInt64 = 0
        while at < bytes.count {
            rest = rest << 8 | UInt64(bytes[at])
            at += 1
        }
        return mix(hash ^ rest, keys.0)
    }

    /// Takes a number into a hash.
    public static func combine(_ hash: UInt64, _ number: UInt64) -> UInt64 { mix(hash ^ keys.0, number ^ keys.1) }

    private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
