/// The list of everything an evidence folder was made from and consists of.
public enum Manifest {
    /// The word by which a manifest of this program is known.
    static let type = "juzheng-manifest-1"

    /// Says whether the bytes are a manifest of this program.
    @Sendable public static func isOwn(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(256), as: UTF8.self)
        return head.contains("\"type\":\"\(type)\"")
    }
}
