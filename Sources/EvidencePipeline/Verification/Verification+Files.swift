import Hashing
import Ingestion
import Reporting

extension Verification {
    /// Compares every file with both lists of hashes, and the lists with each other.
    ///
    /// A file that agrees with only one list shows that the other was changed.
    mutating func checkFiles(of store: EvidenceStore) -> Manifest? {
        let present = Set(store.paths)
        let hashes = Dictionary(
            uniqueKeysWithValues: store.paths.compactMap { path in
                store.file(path).map { (path, $0.withSpan { SHA256.digest(of: $0) }.hexadecimal) }
            })
        let sumBytes = store.bytes(ChecksumList.name)
        let sums = ChecksumList(parsing: sumBytes ?? [])
        if sumBytes == nil { add(.missing, ChecksumList.name, "找不到哈希清单。") }
        let manifestBytes = store.bytes(Manifest.name)
        let manifest = manifestBytes.flatMap(Manifest.init(parsing:))
        if manifestBytes == nil {
            add(.missing, Manifest.name, "找不到证据清单。")
        } else if manifest == nil {
            add(.changed, Manifest.name, "证据清单已损坏，读不出来。")
        }

        let bySum = Dictionary(sums.entries.map { ($0.path, $0.sha256) }) { first, _ in first }
        let byManifest = Dictionary((manifest?.outputs ?? []).map { ($0.path, $0.sha256) }) { first, _ in first }
        for path in Set(bySum.keys).union(byManifest.keys).union(present).sorted() {
            if path == ChecksumList.name || Self.isSeal(path) { continue }
            if path == Manifest.name {
                if sumBytes != nil, manifestBytes != nil, bySum[path] != hashes[path] {
                    add(.changed, path, "与 \(ChecksumList.name) 的记录不一致：两者之一被改动过。")
                }
                continue
            }
            let recorded = [bySum[path], byManifest[path]]
            guard present.contains(path) else {
                add(.missing, path, "清单里有，文件夹里没有。")
                continue
            }
            guard recorded.contains(where: { $0 != nil }) else {
                add(.extra, path, "清单里没有这个文件。")
                continue
            }
            fileCount += 1
            switch (bySum[path] == hashes[path], byManifest[path] == hashes[path]) {
            case (true, true): break
            case (false, false): add(.changed, path, "内容与生成时不同。")
            case (false, true):
                if sumBytes != nil { add(.changed, ChecksumList.name, "其中 \(path) 的记录被改动。") }
            case (true, false):
                if manifest != nil { add(.changed, Manifest.name, "其中 \(path) 的记录被改动。") }
            }
        }
        if let manifest, let sumBytes, let manifestHash = bySum[Manifest.name] {
            let expected = ChecksumList(
                manifest.outputs.map { .init(path: $0.path, sha256: $0.sha256) }
                    + [.init(path: Manifest.name, sha256: manifestHash)])
            if expected.bytes != sumBytes { add(.changed, ChecksumList.name, "与 \(Manifest.name) 列出的不一致。") }
        } else if sumBytes != nil, bySum[Manifest.name] == nil {
            add(.changed, ChecksumList.name, "缺少 \(Manifest.name) 的记录。")
        }
        return manifest
    }

    /// Time stamps and signatures are made after the sums and stand outside of them.
    private static func isSeal(_ path: String) -> Bool {
        !path.contains("/") && [".tsq", ".tsr", ".sig", ".asc", ".p7s"].contains { path.hasSuffix($0) }
    }
}
