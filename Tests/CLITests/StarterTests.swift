import Foundation
import Testing

/// What opens the page for people who use no terminal: the browser, and the files to double-click.
@Suite struct StarterTests {
    private static let packaging = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/Packaging")

    /// Puts a program into a folder that notes what it is called with, and ends with a status.
    private func fake(_ name: String, in folder: URL, status: Int = 0) throws {
        let path = folder.appending(path: name)
        try Data("#!/bin/sh\nprintf '%s\\n' \"\(name)\" \"$@\" >> \"\(folder.path)/called\"\nexit \(status)\n".utf8).write(to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.path)
    }

    /// Runs `serve --open` until somebody was asked to open the page, or it said that there is nobody.
    private func opened(in folder: URL, wsl: Bool) throws -> (called: [String], address: String, errors: String) {
        let process = Process()
        process.executableURL = Program.executable
        process.arguments = ["serve", "--open"]
        var environment = ["PATH": folder.path, "HOME": folder.path, "XDG_STATE_HOME": folder.path, "TMPDIR": folder.path]
        environment["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
        if wsl { environment["WSL_DISTRO_NAME"] = "Debian" }
        process.environment = environment
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let address = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).trimmingCharacters(in: .newlines)
        var said = ""
        // The fakes end at once: each was called, or the program complains, before this ends.
        while !said.contains("没有找到浏览器") {
            let called = (try? String(contentsOf: folder.appending(path: "called"), encoding: .utf8)) ?? ""
            if called.contains("/\(address.split(separator: "/").last ?? "-")/"), called.hasSuffix("\n") { break }
            if called.isEmpty, (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.contains("none") == true {
                said += String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
            } else {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
        // A later program may follow one that failed.
        Thread.sleep(forTimeInterval: 0.3)
        process.terminate()
        process.waitUntilExit()
        let called = (try? String(contentsOf: folder.appending(path: "called"), encoding: .utf8)) ?? ""
        return (called.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast(), address, said)
    }

    @Test func `On a desktop its own program is asked`() throws {
        try Program.withFolder { folder in
            for name in ["xdg-open", "wslview", "cmd.exe"] { try fake(name, in: folder) }
            let (called, address, _) = try opened(in: folder, wsl: false)
            #expect(called == ["xdg-open", address])
        }
    }

    @Test func `Under WSL Windows is asked, by the name it shares the port under`() throws {
        try Program.withFolder { folder in
            for name in ["xdg-open", "wslview", "cmd.exe"] { try fake(name, in: folder) }
            let (called, address, _) = try opened(in: folder, wsl: true)
            #expect(called == ["wslview", address.replacing("127.0.0.1", with: "localhost")])
        }
    }

    @Test func `Who fails is followed by the next`() throws {
        try Program.withFolder { folder in
            try fake("wslview", in: folder, status: 1)
            try fake("cmd.exe", in: folder, status: 1)
            try fake("powershell.exe", in: folder)
            try fake("rundll32.exe", in: folder)
            let (called, address, _) = try opened(in: folder, wsl: true)
            let shared = address.replacing("127.0.0.1", with: "localhost")
            #expect(
                called == [
                    "wslview", shared, "cmd.exe", "/c", "start", "", shared, "powershell.exe", "-NoProfile", "-NonInteractive", "-Command",
                    "Start-Process '\(shared)'",
                ])
        }
    }

    @Test func `Where there is no browser the program says what to do`() throws {
        try Program.withFolder { folder in
            try Data().write(to: folder.appending(path: "none"))
            let (called, address, errors) = try opened(in: folder, wsl: false)
            #expect(called.isEmpty && address.hasPrefix("http://127.0.0.1:"))
            #expect(errors.contains("复制上面的地址"))
        }
    }

    @Test func `The desktop's starter runs the program beside it`() throws {
        let text = try String(contentsOf: Self.packaging.appending(path: "juzheng.desktop"), encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Exec=") }?.dropFirst(5))
        // By the Desktop Entry Specification: the value's own escapes first, then words, quoted ones with theirs.
        let value = line.replacing("\\\\", with: "\\")
        var words: [String] = [""]
        var isQuoted = false
        var isEscaped = false
        for character in value {
            switch character {
            case _ where isEscaped: words[words.count - 1].append(character); isEscaped = false
            case "\\" where isQuoted: isEscaped = true
            case "\"": isQuoted.toggle()
            case " " where !isQuoted: words.append("")
            default: words[words.count - 1].append(character)
            }
        }
        try Program.withFolder { folder in
            let place = folder.appending(path: "有 空格 $HOME `的'文件夹")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try fake("juzheng", in: place)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = words.map { $0 == "%k" ? place.appending(path: "打开举证（Linux）.desktop").path : $0 }
            // The fake writes beside itself, by its working folder.
            try Data("#!/bin/sh\nprintf '%s\\n' \"$PWD\" \"$@\" > called\n".utf8).write(to: place.appending(path: "juzheng"))
            try process.run()
            process.waitUntilExit()
            let called = try String(contentsOf: place.appending(path: "called"), encoding: .utf8)
            #expect(called == "\(place.path)\nserve\n--open\n")
        }
    }

    @Test func `Windows can read its starter`() throws {
        let bytes = try Data(contentsOf: Self.packaging.appending(path: "juzheng-windows.bat"))
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.last == "" && lines.allSatisfy { !$0.contains("\n") && !$0.contains("\r") })
        // The first lines are read before the code page is set.
        #expect(lines[0] == "@echo off" && lines[1] == "chcp 65001 >nul")
        #expect(lines.contains("wsl.exe --cd \"%~dp0.\" -- ./juzheng serve --open"))
        let targets = lines.compactMap { $0.split(separator: " ").last.map(String.init) }.enumerated()
            .filter { lines[$0.offset].contains("goto ") }.map(\.element)
        #expect(targets == ["nowsl", "failed"])
        #expect(lines.contains("if not \"%errorlevel%\"==\"0\" goto failed"))
        for target in targets { #expect(lines.contains(":\(target)")) }
    }
}
