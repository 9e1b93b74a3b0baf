import Classification
import FoundationEssentials
import GRDB
import Hashing
import Ingestion
import Reporting
import Synchronization
import Transcript

/// Remembers where something was found in a file, so that the same file need not be judged again.
///
/// Under a hash over the file's content, the program, its rules and model, and how the file was read, stand places, scores
/// and the names of rules: no words and no names. A file is still read each time, for its words stand nowhere else. What
/// cannot be stored or read is judged again; nothing of a scan depends on the cache. It may be deleted at any time, and
/// several runs may use it at once.
public final class ScanCache: Sendable {
    /// Bytes of entries beyond which the ones that were not used for longest are dropped.
    private static let limit = 256 << 20

    private let database: DatabaseQueue
    private let program: String
    private let used = Mutex<[Data]>([])

    /// Opens the cache; `nil` where that is not possible.
    /// - Parameters:
    ///   - folder: where the file lies; it is made if need be.
    ///   - program: what tells one build of the program from another.
    ///   - added: what the user added to what it judges by.
    public init?(folder: String, program: String, added: [ScanResult.Engine.Part] = []) {
        self.program = program + ScanResult.Engine.stamp + added.map { "\n\($0.name) \($0.sha256)" }.joined()
        let path = folder + "/scans-1.sqlite"
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        do {
            database = try Self.open(path)
        } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
            // A damaged file helps nobody.
            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
            guard let database = try? Self.open(path) else { return nil }
            self.database = database
        } catch {
            // Another run may be using it, or the disk be full: that is no reason to take it away.
            return nil
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS found (
                        key BLOB PRIMARY KEY, body BLOB NOT NULL, used INTEGER NOT NULL
                    ) WITHOUT ROWID
                    """)
        }
        return queue
    }

    deinit {
        let keys = used.withLock { $0 }
        // Whoever else uses the cache at the moment keeps what it needs; what fails now is done by a later run.
        try? database.write { database in
            for key in keys {
                try database.execute(sql: "UPDATE found SET used = unixepoch() WHERE key = ?", arguments: [key])
            }
            var size = try Int.fetchOne(database, sql: "SELECT SUM(LENGTH(body)) FROM found") ?? 0
            guard size > Self.limit else { return }
            let oldest = try Row.fetchAll(database, sql: "SELECT key, LENGTH(body) AS size FROM found ORDER BY used, key")
            for row in oldest where size > Self.limit / 4 * 3 {
                let key: Data = row["key"]
                try database.execute(sql: "DELETE FROM found WHERE key = ?", arguments: [key])
                size -= row["size"]
            }
        }
    }

    /// Under what a file's findings are stored.
    /// - Parameter reading: everything beyond the content on which they depend.
    func key(sha256: String, reading: String) -> Data {
        Data(SHA256.digest(of: "juzheng-cache-1\n\(program)\n\(reading)\n\(sha256)"))
    }

    /// The judgements of a file by position, without the words of their cues.
    func judgements(_ key: Data) -> [Int: Judgement]? {
        guard
            let body = try? database.read({ database in
                try Data.fetchOne(database, sql: "SELECT body FROM found WHERE key = ?", arguments: [key])
            }), let lines = try? JSONDecoder().decode([StoredLine].self, from: body)
        else { return nil }
        used.withLock { $0.append(key) }
        return Dictionary(lines.map { ($0.position, $0.judgement) }, uniquingKeysWith: { first, _ in first })
    }

    /// Stores what was found in a file, as far as it can be told without words.
    func store(_ lines: [FoundLine], under key: Data) {
        let stored = lines.map(StoredLine.init)
        for (line, stored) in zip(lines, stored)
        where stored.judgement.withWords(of: line.message.text) != line.judgement { return }
        guard let body = try? JSONEncoder().encode(stored), body.count < Self.limit / 8 else { return }
        try? database.write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO found (key, body, used) VALUES (?, ?, unixepoch())", arguments: [key, body])
        }
    }
}
