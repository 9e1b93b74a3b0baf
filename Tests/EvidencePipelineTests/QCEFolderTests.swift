import EvidencePipeline
import Foundation
import Reporting
import Testing
import Transcript

/// A chunked export of QQ Chat Exporter: the messages are in `chunks`, who and where is in `manifest.json`.
@Suite struct QCEFolderTests {
    private static let manifest =
        #"{"metadata":{"name":"QQChatExporter V5"},"chatInfo":{"name":"好友甲","type":"private","selfUin":"10001"},"chunked":{"chunks":[]}}"#
    private static let chunk =
        #"{"id":"1","timestamp":1766718609000,"sender":{"uid":"u_a","uin":"20002","name":"甲"},"type":"type_1","content":{"text":"在吗"}}"#
        + "\n"
        + #"{"id":"2","timestamp":1766718610000,"sender":{"uid":"u_b","uin":"10001","name":"我"},"type":"type_1","content":{"text":"在"}}"#
        + "\n"

    @Test(arguments: ["chunks/c000001.jsonl", "chunk_0001.jsonl"])
    func `chunks take chat and owner from the manifest above them`(_ name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let chunk = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: chunk.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(Self.manifest.utf8).write(to: folder.appending(path: "manifest.json"))
        try Data(Self.chunk.utf8).write(to: chunk)
        let (result, read) = InputReading().everything([folder.path])
        let messages = read.flatMap { $0 }
        #expect(messages.map(\.conversation) == ["好友甲", "好友甲"])
        #expect(messages.map(\.role) == [.buyer, .seller])
        #expect(result.diagnostics.flatMap { $0 }.isEmpty)
        let (alone, _) = InputReading().everything([chunk.path])
        #expect(alone.diagnostics.flatMap { $0 }.map(\.code) == ["no-owner"])
    }

    @Test(arguments: ["chunks/c000001.jsonl", "chunk_0001.jsonl"])
    func `chunks in an archive take both from the manifest below them`(_ name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let chunk = folder.appending(path: "export/\(name)")
        try FileManager.default.createDirectory(at: chunk.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(Self.manifest.utf8).write(to: folder.appending(path: "export/manifest.json"))
        try Data(Self.chunk.utf8).write(to: chunk)
        let archive = folder.appending(path: "export.tar.gz")
        let tar = Process()
        tar.executableURL = URL(filePath: "/usr/bin/tar")
        tar.arguments = ["-czf", archive.path, "-C", folder.path, "export/\(name)", "export/manifest.json"]
        try tar.run()
        tar.waitUntilExit()
        let (result, read) = InputReading().everything([archive.path])
        #expect(read.flatMap { $0 }.map(\.conversation) == ["好友甲", "好友甲"])
        #expect(read.flatMap { $0 }.map(\.role) == [.buyer, .seller])
        #expect(result.diagnostics.flatMap { $0 }.isEmpty)
    }
}
