import Foundation
import Testing

/// What a killed run, a full disk and a refused place leave behind.
@Suite struct InterruptionTests {
    /// Many files with a finding each, so that writing takes a while.
    private func writeChats(_ folder: URL, count: Int = 40) throws {
        let logs = folder.appending(path: "logs")
        try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
        for number in 0..<count {
            let chat = """
                消息记录（此消息记录为文本格式，不支持重新导入）

                ================================================================
                消息分组:我的好友
                ================================================================
                消息对象:买家\(number)
                ================================================================

                2022-12-25 19:33:05 买家\(number)
                不给我转\(number + 100)元就差评


                """
            try Data(chat.utf8).write(to: logs.appending(path: "\(number).txt"))
        }
    }

    private func names(_ folder: URL) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
    }

    /// Starts a scan and kills it so many milliseconds after its hidden folder appeared; says whether it had ended before.
    private func kill(
        after milliseconds: Int, in folder: URL, _ arguments: [String], signal: Int32 = SIGKILL
    ) throws -> Bool {
        let process = Process()
        process.executableURL = Program.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let work = folder.appending(path: ".evidence.juzheng-work").path
        while process.isRunning, !FileManager.default.fileExists(atPath: work) { usleep(200) }
        usleep(UInt32(milliseconds) * 1_000)
        let hasEnded = !process.isRunning
        // After SIGKILL nothing can be tidied up.
        if !hasEnded { _ = Foundation.kill(process.processIdentifier, signal) }
        process.waitUntilExit()
        return hasEnded
    }

    @Test func `A killed run leaves nothing that looks finished, and the next one clears up`() throws {
        try Program.withFolder { folder in
            try writeChats(folder)
            var killed = 0
            for delay in [0, 1, 2, 3, 5, 8, 12, 20, 30, 45, 70, 100] {
                let hasEnded = try kill(after: delay, in: folder, ["scan", "logs", "-o", "evidence", "--no-progress"])
                if !hasEnded { killed += 1 }
                if try names(folder).contains("evidence") {
                    #expect(try Program.run("verify", "evidence", in: folder).status == 0, "whole, or not there: \(delay) ms")
                    try FileManager.default.removeItem(at: folder.appending(path: "evidence"))
                }
            }
            #expect(killed > 2, "the runs were killed while they wrote")
            #expect(try Program.run("scan", "logs", "-o", "evidence", in: folder).status == 0)
            #expect(try names(folder) == ["evidence", "logs"])
            #expect(try Program.run("verify", "evidence", in: folder).status == 0)
        }
    }

    @Test func `Ctrl-C while writing leaves nothing behind`() throws {
        try Program.withFolder { folder in
            try writeChats(folder)
            for delay in [0, 2, 5, 15, 40] {
                _ = try kill(after: delay, in: folder, ["scan", "logs", "-o", "evidence", "--zip", "--force"], signal: SIGINT)
                #expect(try names(folder).allSatisfy { !$0.hasPrefix(".") }, "after \(delay) ms")
                if try names(folder).contains("evidence") {
                    #expect(try Program.run("verify", "evidence", in: folder).status == 0, "whole, or not there")
                }
            }
        }
    }

    @Test func `A run killed while it replaces an older folder loses neither`() throws {
        try Program.withFolder { folder in
            try writeChats(folder)
            #expect(try Program.run("scan", "logs", "-o", "evidence", in: folder).status == 0)
            for delay in [0, 4, 15, 40, 80] {
                _ = try kill(after: delay, in: folder, ["scan", "logs", "-o", "evidence", "--force", "--no-progress"])
                // Between its two renames the older one has a hidden name only.
                if try names(folder).contains("evidence") {
                    #expect(try Program.run("verify", "evidence", in: folder).status == 0)
                } else {
                    #expect(try names(folder).contains(".evidence.juzheng-old"))
                }
            }
            // As if killed right there.
            _ = try Program.run("scan", "logs", "-o", "evidence", "--force", in: folder)
            try FileManager.default.moveItem(
                at: folder.appending(path: "evidence"), to: folder.appending(path: ".evidence.juzheng-old"))
            #expect(try Program.run("scan", "logs", "-o", "evidence", in: folder).status == 73, "it is back, and not overwritten")
            #expect(try Program.run("verify", "evidence", in: folder).status == 0)
            #expect(try names(folder) == ["evidence", "logs"])
        }
    }

    /// No file may be longer than so many blocks of 1 KB, as on a disk with no more room.
    private func scanWithoutRoom(_ script: String, in folder: URL) throws -> Program.Result {
        try Program.run("-c", script, "sh", Program.executable.path, in: folder, executable: URL(filePath: "/bin/sh"))
    }

    @Test func `No room for a file is told, and nothing is left`() throws {
        try Program.withFolder { folder in
            try writeChats(folder)
            let result = try scanWithoutRoom("trap '' XFSZ; ulimit -f 8; exec \"$1\" scan logs -o evidence --zip", in: folder)
            #expect(result.status == 73)
            #expect(result.errors.contains("空间不足"))
            #expect(try names(folder) == ["logs"])
        }
    }

    @Test func `A full disk is told, and nothing is left`() throws {
        try Program.withFolder { folder in
            try writeChats(folder)
            // Only a user who may mount can try it; elsewhere the limit above stands for it.
            let result = try scanWithoutRoom(
                """
                unshare -rm mount -t tmpfs tmpfs /mnt 2>/dev/null || exit 99
                mkdir disk && unshare -rm sh -c 'mount -t tmpfs -o size=96k tmpfs disk || exit 99
                "$1" scan logs -o disk/evidence --zip; status=$?; ls -A disk; exit $status' sh "$1"
                """, in: folder)
            if result.status == 99 { try Test.cancel("this user may not mount") }
            #expect(result.status == 73, "\(result.errors)")
            #expect(result.errors.contains("空间不足"))
            #expect(result.output == "")
        }
    }

    @Test func `A full disk behind standard output is told`() throws {
        try Program.withFolder { folder in
            try writeChats(folder, count: 1)
            let result = try scanWithoutRoom("exec \"$1\" parse logs > /dev/full", in: folder)
            #expect(result.status == 73)
            #expect(result.errors.contains("空间不足"))
        }
    }

    @Test func `An output inside an input, in the way or already ours is refused with what to do`() throws {
        try Program.withFolder { folder in
            try writeChats(folder, count: 1)
            for output in ["logs/evidence", "logs", "./logs/../logs/x"] {
                let result = try Program.run("scan", "logs", "-o", output, in: folder)
                #expect(result.status == 64 && result.errors.contains("-o "), "\(output)")
            }
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "link"), withDestinationURL: folder.appending(path: "logs"))
            #expect(try Program.run("scan", "logs", "-o", "link/evidence", in: folder).status == 64)
            #expect(try Program.run("scan", "logs", "-o", "evidence", in: folder).status == 0)
            let again = try Program.run("scan", "logs", "-o", "evidence", in: folder)
            #expect(again.status == 73 && again.errors.contains("--force"))
            #expect(try Program.run("scan", "logs", "-o", "evidence", "--force", in: folder).status == 0)
            // Its own output is named as skipped and is no failure.
            let own = try Program.run("scan", "evidence", "logs", "-o", "second", in: folder)
            #expect(own.status == 0 && own.errors.contains("不作为输入"))
            try Data("x".utf8).write(to: folder.appending(path: "evidence/mine.txt"))
            #expect(try Program.run("scan", "logs", "-o", "missing/evidence", in: folder).status == 73)
            #expect(try names(folder) == ["logs", "link", "evidence", "second"])
        }
    }
}
