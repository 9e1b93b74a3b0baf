import Hashing
import Reporting
import Resources

extension ScanResult.Engine {
    /// This program: every data file it judges and words with, by hash.
    public static func current(version: String) -> ScanResult.Engine {
        ScanResult.Engine(
            version: version, archiveWriter: EvidenceArchive.writer,
            parts: EmbeddedResource.names.filter { !$0.hasPrefix("page/") }.map { name in
                let sha256 = EmbeddedResource(name).withBytes { SHA256.digest(of: $0) }.hexadecimal
                return Part(name: name, sha256: sha256)
            })
    }

    /// Names a file that the user added, as a rule.
    public mutating func add(_ name: String, _ bytes: [UInt8]) {
        parts.append(Part(name: name, sha256: SHA256.digest(of: bytes.span).hexadecimal))
    }
}
