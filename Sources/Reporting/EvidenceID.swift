import Hashing
import Transcript

/// A name for a stretch of bytes that anyone can compute again from the file.
public struct EvidenceID: Hashable, Sendable, CustomStringConvertible {
    /// As `JZ-3YQ6-ZYTW-0Z75`.
    public let description: String

    /// The ID of a record.
    /// - Parameters:
    ///   - sha256: of the file the record stands in, 64 lowercase hexadecimal digits; for an archive's member of the
    ///     member's own bytes.
    ///   - location: where the record stands; its line does not count.
    public init(sha256: String, location: SourceLocation) {
        let text = "juzheng-evidence-1\n\(sha256)\n\(location.offset)\n\(location.length)\n"
        description = "JZ-" + Self.digits(of: text)
    }

    /// The ID of an incident: a hash over the IDs of its evidence, whose order does not count.
    public init(incidentOf evidence: [EvidenceID]) {
        let lines = evidence.map(\.description).sorted().map { $0 + "\n" }.joined()
        description = "JZC-" + Self.digits(of: "juzheng-incident-1\n" + lines)
    }

    /// The first 60 bits of the text's SHA-256 as twelve Crockford base-32 digits in groups of four.
    static func digits(of text: String) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let bits = SHA256.digest(of: text).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 4
        let digits = (0..<12).map { alphabet[Int(bits >> (55 - 5 * UInt64($0)) & 31)] }
        return [0, 4, 8].map { String(digits[$0..<$0 + 4]) }.joined(separator: "-")
    }
}
