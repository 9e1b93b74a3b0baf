import Hashing
import Ingestion
import Reporting
import Transcript

/// Finds the bytes of the inputs: in the evidence folder, or by their hash in a folder of the user.
struct SourceFinder {
    private let store: EvidenceStore
    private let candidates: [FilePath]

    /// - Parameter folder: where the user keeps the originals, in files or in archives.
    init(store: EvidenceStore, folder: String?) {
        self.store = store
        candidates = (folder.map { InputWalk().entries(of: [$0]) } ?? []).compactMap { entry in
            if case .file(let path, _) = entry { path } else { nil }
        }
    }

    /// Reads the input again from whatever has its hash; `nil` where nobody has it.
    func messages(of input: Manifest.Input, options: ReadingOptions) -> [Message]? {
        if let copy = input.copy.flatMap(store.file), let found = messages(of: input, in: copy, options) {
            return found
        }
        for path in candidates {
            guard let bytes = try? FileBytes(mapping: path) else { continue }
            if let found = messages(of: input, in: bytes, options) { return found }
        }
        return nil
    }

    /// Looks for the input in a file that is it, or that is an archive which holds it.
    private func messages(of input: Manifest.Input, in bytes: FileBytes, _ options: ReadingOptions) -> [Message]? {
        func matches(_ bytes: FileBytes) -> Bool {
            bytes.count == input.bytes && bytes.withSpan { SHA256.digest(of: $0) }.hexadecimal == input.sha256
        }
        if matches(bytes) { return ChatFile(bytes, name: input.file, options: options).messages }
        guard input.file.contains("!/"), ArchiveReading.kind(of: bytes) != nil else { return nil }
        var found: [Message]?
        ArchiveReading().read(bytes, name: "") { item in
            guard found == nil else { return }
            switch item {
            case .member(_, let bytes):
                if matches(bytes) { found = ChatFile(bytes, name: input.file, options: options).messages }
            case .sheet(_, let bytes, let workbook, _):
                if matches(bytes) {
                    found = ChatFile(sheet: bytes, of: workbook, name: input.file, options: options).messages
                }
            case .skipped: break
            }
        }
        return found
    }
}
