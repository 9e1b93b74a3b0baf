import CHash

/// Hashes a message with SHA-256, piece by piece.
@safe public struct SHA256: ~Copyable {
    private let handle: OpaquePointer

    public init() {
        // Fails only without memory or with a libcrypto that forbids SHA-256: nothing sensible can follow.
        guard let handle = unsafe jz_sha256_open() else { preconditionFailure("libcrypto refuses SHA-256") }
        unsafe self.handle = handle
    }

    deinit { unsafe jz_sha256_close(handle) }

    public mutating func update(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe jz_sha256_update(handle, $0.baseAddress, $0.count) }
    }

    /// The 32 bytes of the digest; the hasher is then ready for the next message.
    public mutating func finish() -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            unsafe jz_sha256_finish(handle, base)
            count = 32
        }
    }

    /// The digest of one message.
    public static func digest(of bytes: Span<UInt8>) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(bytes)
        return hasher.finish()
    }

    /// The digest of a text's UTF-8.
    public static func digest(of text: String) -> [UInt8] {
        digest(of: Array(text.utf8).span)
    }
}

extension [UInt8] {
    /// The bytes as lowercase hexadecimal digits.
    public var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
