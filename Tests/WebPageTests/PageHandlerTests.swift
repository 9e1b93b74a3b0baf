import EvidencePipeline
import Foundation
import Ingestion
import Reporting
import Testing

@testable import WebPage

private let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "corpora/samples")
private let generated = "2024-05-06T00:00:00Z"

/// The page's server without the wire.
@Suite struct PageHandlerTests {
    private struct Client {
        let handler: PageHandler
        let base: String

        init(_ base: String) throws {
            self.base = base
            let work = try Casework(in: StateFolder(in: base), version: "0")
            handler = PageHandler(gate: RequestGate(port: 8000), work: work, now: { generated }, end: {})
        }

        func ask(
            _ method: String = "GET", _ path: String, _ body: Data = Data(), host: String? = "127.0.0.1:8000",
            origin: String? = "http://127.0.0.1:8000", token: String? = nil
        ) async throws -> HTTPResponse {
            var head = "\(method) /\(token ?? handler.gate.token)/\(path) HTTP/1.1\r\n"
            if let host { head += "Host: \(host)\r\n" }
            if let origin { head += "Origin: \(origin)\r\n" }
            var request = try #require(HTTPRequest(head: Array(head.dropLast().utf8)))
            request.body = Array(body)
            return await handler.answer(request, isTooLong: false)
        }

        func json(_ method: String = "GET", _ path: String, _ body: Any = [String: Any]()) async throws -> [String: Any] {
            let response = try await ask(method, path, JSONSerialization.data(withJSONObject: body))
            #expect(response.status == 200, "\(path)")
            return try JSONSerialization.jsonObject(with: response.bytes) as? [String: Any] ?? [:]
        }

        func wait(for phase: String) async throws -> [String: Any] {
            while true {
                let state = try await json("GET", "state")
                if state["phase"] as? String == phase { return state }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    private func withClient(_ body: (Client) async throws -> Void) async throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "juzheng-test-\(UUID().uuidString)").path
        let client = try Client(base)
        do { try await body(client) } catch { Issue.record(error) }
        await client.handler.work.end()
        try FileManager.default.removeItem(atPath: base)
    }

    @Test func `Only who has the address and stands on the page gets in`() async throws {
        try await withClient { client async throws in
            #expect(try await client.ask("GET", "state").status == 200)
            #expect(try await client.ask("GET", "state", origin: nil).status == 200)
            #expect(try await client.ask("GET", "state", host: "localhost:8000", origin: "http://localhost:8000").status == 200)
            #expect(try await client.ask("GET", "state", token: "guess").status == 403)
            #expect(try await client.ask("GET", "state", token: "").status == 403)
            #expect(try await client.ask("GET", "state", host: "evil.example:8000").status == 403)
            #expect(try await client.ask("GET", "state", host: nil).status == 403)
            #expect(try await client.ask("GET", "state", origin: "http://evil.example").status == 403)
            #expect(try await client.ask("GET", "state", host: "localhost:8000").status == 403)
            #expect(try await client.ask("POST", "cancel", origin: nil).status == 403)
        }
    }

    @Test func `The archive is the one the pipeline makes`() async throws {
        try await withClient { client async throws in
            let files = try FileManager.default.contentsOfDirectory(at: samples, includingPropertiesForKeys: nil)
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
            let contents = try files.map { try Data(contentsOf: $0) }
            let begun = try await client.json(
                "POST", "inputs",
                ["inputs": zip(files, contents).map { file, bytes in
                    let name = file.lastPathComponent
                    return ["name": name, "folder": false, "files": [["path": name, "bytes": bytes.count]]] as [String: Any]
                }])
            let ids = try #require(begun["ids"] as? [Int])
            for (id, bytes) in zip(ids, contents) {
                // In two pieces, the second first.
                let half = bytes.count / 2
                #expect(try await client.ask("POST", "inputs/\(id)/0/\(half)", bytes.dropFirst(half)).status == 200)
                #expect(try await client.ask("POST", "inputs/\(id)/0/0", bytes.prefix(half)).status == 200)
            }
            _ = try await client.json("POST", "finish", ["ids": ids])
            _ = try await client.json("POST", "read")
            _ = try await client.wait(for: "named")
            let names = try await client.json("GET", "names")
            let own = (names["speakers"] as? [[String: Any]] ?? []).filter { $0["guess"] as? Bool == true }.compactMap { $0["key"] as? String }
            #expect(own.contains("蓝田小铺"))
            _ = try await client.json("POST", "judge", ["own": own])
            _ = try await client.wait(for: "judged")
            let found = try await client.json("GET", "findings")["findings"] as? [[String: Any]] ?? []
            let content = try #require(found.first?["content"] as? String)
            _ = try await client.json("POST", "decide", ["content": content, "decision": "dismiss", "reason": "玩笑"])
            _ = try await client.json("POST", "case", ["field": "platform", "value": "taobao"])

            let page = try await client.ask("GET", "evidence.zip").bytes

            let reading = InputReading(own: own, walk: InputWalk(isOwnManifest: Manifest.isOwn))
            var (result, sources) = Scan(reading).run(files.map(\.path), standardInput: { FileBytes([]) })
            result.engine = .current(version: "0")
            let (decisions, draft) = await (client.handler.work.decisions, client.handler.work.draft)
            let dismissed = try Decisions(jsonLines: decisions.bytes).apply(to: &result)
            #expect(dismissed.count == 1)
            let folder = try EvidenceFolder(
                Evidence(result), sources: sources, options: reading.options,
                context: ReportContext(caseFile: CaseFile(json5: draft.bytes), dismissed: dismissed),
                generated: generated)
            let path = client.base + "/expected.zip"
            try folder.writeArchive(to: path, replacing: false)
            #expect(try page == Data(contentsOf: URL(filePath: path)))
        }
    }

    @Test func `Messages come in windows, each flagged one with its reason`() async throws {
        try await withClient { client async throws in
            let lines = (0..<300).map { place in
                let text = place == 250 ? "不给我转500就差评" : "这个颜色很好看"
                return "{\"conversation\":\"c\",\"sender\":\"\(place % 2 == 0 ? "甲" : "店")\",\"role\":\"\(place % 2 == 0 ? "buyer" : "seller")\",\"time\":\"2024-05-06 12:00:00\",\"text\":\"\(text)\"}\n"
            }
            let bytes = Data(lines.joined().utf8)
            let input: [String: Any] = ["name": "c.jsonl", "folder": false, "files": [["path": "c.jsonl", "bytes": bytes.count]]]
            _ = try await client.json("POST", "inputs", ["inputs": [input]])
            _ = try await client.ask("POST", "inputs/1/0/0", bytes)
            _ = try await client.json("POST", "finish", ["ids": [1]])
            _ = try await client.json("POST", "judge", ["own": ["店"]])
            _ = try await client.wait(for: "judged")
            let window = try await client.json("GET", "messages?chat=0&from=240&count=100")["messages"] as? [[String: Any]] ?? []
            #expect(window.count == 60)
            let flagged = window.enumerated().filter { $0.element["finding"] != nil }
            #expect(flagged.map(\.offset) == [10])
            let finding = try #require(flagged.first?.element["finding"] as? [String: Any])
            #expect(finding["labels"] as? [String] == ["extortion"])
            #expect((finding["rules"] as? [Any])?.isEmpty == false)
            #expect(try await client.ask("GET", "messages?chat=9&from=0&count=1").status == 400)
        }
    }

    @Test func `Cancelling stops the judging itself`() async throws {
        try await withClient { client async throws in
            let line = "{\"conversation\":\"c\",\"sender\":\"甲\",\"role\":\"buyer\",\"text\":\"不给我转500就差评\"}\n"
            let bytes = Data(String(repeating: line, count: 6_000).utf8)
            let inputs = (0..<8).map { ["name": "c\($0).jsonl", "folder": false, "files": [["path": "c\($0).jsonl", "bytes": bytes.count]]] as [String: Any] }
            let ids = try #require(await client.json("POST", "inputs", ["inputs": inputs])["ids"] as? [Int])
            for id in ids { _ = try await client.ask("POST", "inputs/\(id)/0/0", bytes) }
            _ = try await client.json("POST", "finish", ["ids": ids])
            _ = try await client.json("POST", "judge", ["own": ["店"]])
            let work = client.handler.work
            _ = try await client.json("POST", "cancel")
            let progress = try #require(await work.progress)
            #expect(await work.phase == .choosing && progress.isCancelled)
            // The run that was given up comes to its end, and has not found what it would have.
            while await work.working > 0 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(progress.findingCount < 6_000 * 8)
            #expect(await work.judged == nil)
            // The next one is none the worse for it.
            _ = try await client.json("POST", "remove", ["ids": Array(ids.dropFirst())])
            _ = try await client.json("POST", "judge", ["own": ["店"]])
            _ = try await client.wait(for: "judged")
            #expect(await work.judged?.chats.map(\.places.count) == [6_000])
        }
    }

    @Test func `The seller's own words are shown to him and stay out of the archive`() async throws {
        try await withClient { client async throws in
            let lines = [("甲", "buyer", "不给我转500就差评"), ("店", "seller", "好评返现5元，加微信"), ("店", "seller", "你这个傻逼，我知道你家地址")].map {
                "{\"conversation\":\"c\",\"sender\":\"\($0)\",\"role\":\"\($1)\",\"text\":\"\($2)\"}\n"
            }
            let bytes = Data(lines.joined().utf8)
            _ = try await client.json("POST", "inputs", ["inputs": [["name": "c.jsonl", "folder": false, "files": [["path": "c.jsonl", "bytes": bytes.count]]]]])
            _ = try await client.ask("POST", "inputs/1/0/0", bytes)
            _ = try await client.json("POST", "finish", ["ids": [1]])
            _ = try await client.json("POST", "judge", ["own": ["店"]])
            _ = try await client.wait(for: "judged")
            let response = try await client.ask("GET", "seller-check.html")
            #expect(response.status == 200)
            #expect(response.headers.contains { $0.name == "Content-Security-Policy" && $0.value.contains("sandbox") })
            let check = String(decoding: response.bytes, as: UTF8.self)
            #expect(check.contains("不随投诉上传") && check.contains("傻逼") && !check.contains("<script"))
            #expect(try await !client.ask("GET", "evidence.zip").bytes.contains(Data("seller-check".utf8)))
        }
    }

    @Test func `A name that leads elsewhere makes nothing`() async throws {
        try await withClient { client async throws in
            for path in ["../x", "a/../../x", "/x", "a//b", "", "."] {
                let input: [String: Any] = ["name": "a", "folder": true, "files": [["path": path, "bytes": 1]]]
                let body = try JSONSerialization.data(withJSONObject: ["inputs": [input]])
                #expect(try await client.ask("POST", "inputs", body).status == 400, "\(path)")
            }
        }
    }
}

extension Data {
    fileprivate func contains(_ other: Data) -> Bool { range(of: other) != nil }
}

extension HTTPResponse {
    var bytes: Data {
        switch body {
        case .bytes(let bytes): Data(bytes)
        case .file(let file): Data(file.bytes(in: 0..<file.count))
        }
    }
}
