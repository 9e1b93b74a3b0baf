import Classification
import EvidencePipeline
import Foundation
import Ingestion
import Reporting
import Testing
import Transcript

extension InputReading {
    /// All messages of all files at once.
    func everything(_ paths: [String]) -> (result: ScanResult, messages: [[Message]]) {
        var messages: [[Message]] = [[]]
        let result = parse(paths, standardInput: { FileBytes([]) }) { message, _ in
            messages[messages.count - 1].append(message)
        } close: { _, _ in
            messages.append([])
        }
        return (result, messages.dropLast())
    }
}

/// A folder of the file system that goes away with the test.
final class Workplace: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "juzheng-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ text: String, to name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The names of all that is there, hidden files too.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
    }

    static let chat = """
        消息记录（此消息记录为文本格式，不支持重新导入）

        ================================================================
        消息分组:我的好友
        ================================================================
        消息对象:南山老陈
        ================================================================

        2022-12-25 19:33:00 南山老陈
        亲好评返现吗？

        2022-12-25 19:34:00 小店客服
        没有好评返现的

        2022-12-25 19:35:10 南山老陈
        不返现，泄露我信息，2000解决

        2022-12-25 19:36:10 小店客服
        那给您100行吗

        """

    /// Reads the named inputs and takes the lines that contain `words` for findings of one incident.
    func scan(_ names: [String], finding words: [String] = ["好评返现吗", "2000解决"]) throws -> (
        Evidence, [Source]
    ) {
        let scan = Scan(InputReading(), keepsAllSources: true)
        var (result, sources) = scan.run(names.map(path), standardInput: { FileBytes([]) })
        result.engine = .current(version: "test")
        result.messages = InputReading().everything(names.map(path)).messages
        result.findings = []
        result.incidents = []
        for (file, messages) in result.messages.enumerated() {
            for message in messages where words.contains(where: message.text.contains) {
                result.findings.append(
                    Finding(
                        file: file, message: message,
                        judgement: Judgement(
                            labels: [.extortion], scores: [98, 2, 1], category: "ext.review",
                            categories: ["ext.review"],
                            level: .submit,
                            cues: [Cue(kind: "threat", rule: "t", range: 0..<1, text: String(message.text.prefix(1)))],
                            elements: [.threat]),
                        incident: 0))
            }
            for message in messages where message.text.contains("100行吗") {
                result.findings.append(
                    Finding(
                        file: file, message: message,
                        judgement: Judgement(
                            category: "seller.counter_offer", categories: ["seller.counter_offer"], level: .notice),
                        incident: 0))
            }
        }
        let positions = Array(result.findings.indices)
        if !positions.isEmpty {
            result.incidents = [
                Incident(
                    labels: [.extortion], findings: positions, counterparty: "南山老陈", counterpartyID: nil,
                    elements: [.threat: [0], .demand: [0]], level: .submit)
            ]
        }
        return (Evidence(result), sources)
    }

    /// Writes the evidence folder `name`.
    @discardableResult
    func makeFolder(
        _ name: String, of inputs: [String], context: ReportContext = ReportContext(), archive: Bool = false
    ) throws -> Verification {
        let (evidence, sources) = try scan(inputs)
        let folder = try EvidenceFolder(
            evidence, sources: sources, options: ReadingOptions(), context: context,
            generated: "2024-01-01T00:00:00+00:00")
        try folder.write(to: path(name), archive: archive ? path(name + ".zip") : nil, replacing: true)
        return try #require(Verification(path(name)))
    }
}
