import Foundation
import GRDB
import Testing

/// A run over many files that is killed in the middle.
@Suite struct ResumptionTests {
    private static let count = 50

    private func writeChats(_ folder: URL) throws {
        let logs = folder.appending(path: "logs")
        try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
        for number in 0..<Self.count {
            let chat = """
                2022-12-25 19:30:12 买家\(number)(\(3_000_000 + number))
                在吗

                2022-12-25 19:31:40 蓝田旗舰店(2000100)
                在的亲

                2022-12-25 19:33:05 买家\(number)(\(3_000_000 + number))
                不给我转\(number + 100)元就差评


                """
            try Data(chat.utf8).write(to: logs.appending(path: "\(number).txt"))
        }
    }

    /// Runs the program by a shell, with a cache that lies in `folder`.
    private func scan(_ folder: URL, _ more: String = "", cache: String = "cache") throws -> String {
        let script = "XDG_CACHE_HOME=\"$PWD/\(cache)\" exec \"$1\" scan logs --format jsonl --no-progress \(more)"
        let result = try Program.run("-c", script, "sh", Program.executable.path, in: folder, executable: URL(filePath: "/bin/sh"))
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }

    private func database(_ folder: URL, cache: String) -> URL { folder.appending(path: "\(cache)/juzheng/scans-1.sqlite") }

    /// The number of files that a cache knows.
    private func known(_ folder: URL, cache: String = "cache") throws -> Int {
        try DatabaseQueue(path: database(folder, cache: cache).path).read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM found") ?? 0 }
    }

    /// Starts a scan and kills it when a few files are done; a machine that is busy elsewhere may see the scan end first,
    /// and tries again.
    /// - Returns: how many files were done.
    private func killInTheMiddle(_ folder: URL) throws -> Int {
        for _ in 0..<20 {
            try? FileManager.default.removeItem(at: folder.appending(path: "cache"))
            try kill(folder)
            let done = try known(folder)
            if done > 0, done < Self.count { return done }
        }
        return 0
    }

    private func kill(_ folder: URL) throws {
        let process = Process()
        process.executableURL = Program.executable
        process.arguments = ["scan", "logs", "--format", "jsonl", "--no-progress", "--jobs", "1"]
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["XDG_CACHE_HOME": folder.appending(path: "cache").path]) { _, own in own }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Each file that is done is some pages more in the log of the database.
        let log = database(folder, cache: "cache").path + "-wal"
        while process.isRunning {
            let size = try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
            if size ?? 0 > 60_000 { break }
            usleep(100)
        }
        if process.isRunning { _ = Foundation.kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    @Test func `A killed run goes on where it stopped`() throws {
        try Program.withFolder { folder in
            try writeChats(folder)
            let plain = try scan(folder, "--no-cache")
            #expect(plain.components(separatedBy: "\"type\":\"finding\"").count > Self.count, "each file holds a finding")
            let done = try killInTheMiddle(folder)
            try #require(done > 0, "no scan was killed in the middle")

            // Where what was stored says that those files hold nothing, nothing is found in them: nobody judges them again.
            try FileManager.default.copyItem(at: folder.appending(path: "cache"), to: folder.appending(path: "emptied"))
            try DatabaseQueue(path: database(folder, cache: "emptied").path).write { try $0.execute(sql: "UPDATE found SET body = X'5B5D'") }
            let rest = try scan(folder, cache: "emptied").components(separatedBy: "\"type\":\"finding\"").count - 1
            #expect(rest == plain.components(separatedBy: "\"type\":\"finding\"").count - 1 - done)

            #expect(try scan(folder) == plain, "what was done and the rest together")
            #expect(try known(folder) == Self.count)
        }
    }
}
