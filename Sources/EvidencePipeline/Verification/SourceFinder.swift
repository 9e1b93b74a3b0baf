import Hashing
import Ingestion
import Reporting

/// Finds the bytes of the inputs: in the evidence folder, or by their hash in a folder of the user.
struct SourceFinder {
    private let store: EvidenceStore
    private let copies: [String: String]
    private let bySize: [Int: [FilePath]]

    init(store: EvidenceStore, manifest: Manifest, folder: String?) {
        self.store = store
        copies = Dictionary(manifest.inputs.compactMap { input in input.copy.map { (input.file, $0) } }) { first, _ in first }
        var bySize: [Int: [FilePath]] = [:]
        for entry in folder.map({ InputWalk().entries(of: [$0]) }) ?? [] {
            guard case .file(let path, _) = entry, let bytes = try? FileBytes(mapping: path) else { continue }
            bySize[bytes.count, default: []].append(path)
        }
        self.bySize = bySize
    }

    /// The bytes that have the input's hash; `nil` where nobody has them.
    func bytes(of input: Manifest.Input) -> FileBytes? {
        func matches(_ bytes: FileBytes) -> Bool {
            bytes.count == input.bytes && bytes.withSpan { SHA256.digest(of: $0) }.hexadecimal == input.sha256
        }
        if let copy = copies[input.file].flatMap(store.file), matches(copy) { return copy }
        for path in bySize[input.bytes] ?? [] {
            if let bytes = try? FileBytes(mapping: path), matches(bytes) { return bytes }
        }
        return nil
    }
}
