import Classification
import Hashing
import Reporting
import Resources

extension ScanResult.Engine {
    /// This program: every data file it judges and words with, by hash.
    public static func current(version: String) -> ScanResult.Engine {
        ScanResult.Engine(
            version: version, archiveWriter: EvidenceArchive.writer,
            parts: names.map { name in
                let sha256 = EmbeddedResource(name).withBytes { SHA256.digest(of: $0) }.hexadecimal
                return Part(name: name, sha256: sha256)
            })
    }

    /// Tells what this program judges by from what another does, without reading the model whole.
    static var stamp: String {
        var hash = SHA256()
        for name in names where name != ShippedModel.name { EmbeddedResource(name).withBytes { hash.update($0) } }
        return "\(ShippedModel.fingerprint) \(hash.finish().hexadecimal)"
    }

    private static var names: [String] { EmbeddedResource.names.filter { !$0.hasPrefix("page/") } }

    /// Names a file that the user added, as a rule.
    public mutating func add(_ name: String, _ bytes: [UInt8]) {
        parts.append(Part(name: name, sha256: SHA256.digest(of: bytes.span).hexadecimal))
    }
}
