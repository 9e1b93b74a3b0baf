import EvidencePipeline
import FoundationEssentials
import Ingestion
import Reporting
import Resources

/// Answers the requests of the page.
struct PageHandler: Sendable {
    let gate: RequestGate
    let work: Casework
    /// ISO 8601; the time of generation that a manifest is given, and of decisions.
    let now: @Sendable () -> String
    /// Ends the program.
    let end: @Sendable () -> Void

    /// Pieces of files come in posts of at most this many bytes.
    static let longestBody = 2_000_000

    func answer(_ request: HTTPRequest, isTooLong: Bool) async -> HTTPResponse {
        guard let path = gate.path(of: request) else { return Reply.refusal }
        do throws(PageError) {
            if isTooLong { throw PageError(.tooLarge) }
            switch request.method {
            case "GET": return try await get(path, request)
            case "POST": return try await post(path, request.body)
            default: throw PageError(.badRequest)
            }
        } catch {
            return Reply.error(error)
        }
    }

    // MARK: Reading

    private func get(_ path: String, _ request: HTTPRequest) async throws(PageError) -> HTTPResponse {
        func number(_ name: String) -> Int? {
            request.value(name).flatMap { Int($0) }
        }
        let language = request.value("language").flatMap { PageWords.Language(rawValue: String($0)) }
        switch path {
        case "": return Reply.bytes(Array(PageShell.html(language ?? .chinese).utf8), .html)
        case "words":
            let words = PageWords(language ?? .chinese)
            return Reply.json { json in
                json.array(words.all) { json, entry in json.array([entry.key, entry.word]) { $0.value($1) } }
            }
        case "state": return await PageState.reply(work)
        case "names":
            guard let names = await work.names else { throw PageError(.notReady) }
            return Reply.json(names.write)
        case "findings":
            guard let judged = await work.judged else { throw PageError(.notReady) }
            let decisions = await work.decisions
            return Reply.json { judged.writeOverview(decisions, to: &$0) }
        case "messages":
            guard let judged = await work.judged else { throw PageError(.notReady) }
            guard let chat = number("chat"), judged.chats.indices.contains(chat), let from = number("from"), from >= 0,
                let count = number("count"), (1...1_000).contains(count)
            else { throw PageError(.badRequest) }
            return Reply.json { judged.writeMessages(of: chat, from..<(from + count), to: &$0) }
        case "case":
            return try await PageState.caseReply(work)
        case "report.html":
            guard let report = try await work.evidenceFolder(generated: now()).document("report.html") else {
                throw PageError(.notFound)
            }
            return Reply.bytes(report, .html, isReport: true)
        case "seller-check.html":
            let (evidence, context) = try await work.evidence()
            return Reply.bytes(HTMLDocument.bytes(Report(evidence, context: context).sellerCheck), .html, isReport: true)
        case "evidence.zip":
            let file = try await work.archive(generated: now())
            guard let bytes = try? FileBytes(mapping: FilePath(file)) else { throw PageError(.output, file) }
            return await Reply.download(.file(bytes), .zip, as: work.evidenceName + ".zip")
        case DecisionLog.name:
            return await Reply.download(.bytes(work.decisions.bytes), .jsonLines, as: path)
        case CaseDraft.name:
            return await Reply.download(.bytes(work.draft.bytes), .json, as: path)
        default:
            guard path.hasPrefix("page/"), let kind = Reply.Kind(ofFile: path), EmbeddedResource.names.contains(path) else {
                throw PageError(.notFound)
            }
            return Reply.bytes(EmbeddedResource(path).bytes, kind)
        }
    }

    // MARK: Changing

    private struct NewInputs: Decodable {
        struct Input: Decodable {
            struct File: Decodable {
                var path: String
                var bytes: Int
            }
            var name: String
            var folder: Bool
            var files: [File]
        }
        var inputs: [Input]
    }

    private struct Numbers: Decodable { var ids: [Int] }
    private struct Own: Decodable { var own: [String] }

    private struct Decision: Decodable {
        var content: String
        var decision: DecisionLog.Entry.Word?
        var reason: String?
    }

    private struct Field: Decodable {
        var field: String
        var value: String
        var buyer: String?
    }

    private func post(_ path: String, _ body: [UInt8]) async throws(PageError) -> HTTPResponse {
        let parts = path.split(separator: "/")
        switch parts.first {
        case "inputs" where parts.count == 1:
            let asked = try Self.decode(NewInputs.self, body)
            guard !asked.inputs.isEmpty, asked.inputs.allSatisfy({ !$0.files.isEmpty && $0.files.allSatisfy { $0.bytes >= 0 } })
            else { throw PageError(.badRequest) }
            let ids = try await work.begin(
                asked.inputs.map { input in
                    Session.Input(
                        id: 0, name: input.name, isFolder: input.folder,
                        files: input.files.map { Session.Input.File(path: $0.path, bytes: $0.bytes) })
                })
            return Reply.json { json in
                json.object { json in json.key("ids"); json.array(ids) { $0.value($1) } }
            }
        case "inputs" where parts.count == 4:
            let numbers = parts.dropFirst().compactMap { Int($0) }
            guard numbers.count == 3 else { throw PageError(.badRequest) }
            try await work.receive(body, input: numbers[0], file: numbers[1], at: numbers[2])
            return Reply.json { $0.object { _ in } }
        case "finish": try await work.finish(Self.decode(Numbers.self, body).ids)
        case "remove": try await work.remove(Self.decode(Numbers.self, body).ids)
        case "read": try await work.read()
        case "judge": try await work.judge(own: Self.decode(Own.self, body).own)
        case "cancel": await work.cancel()
        case "decide":
            let decision = try Self.decode(Decision.self, body)
            guard decision.content.hasPrefix("JZM-"), decision.content.utf8.count == 18 else { throw PageError(.badRequest) }
            try await work.decide(decision.content, decision.decision, reason: decision.reason, time: now())
        case "case":
            let field = try Self.decode(Field.self, body)
            try await work.fillIn(field.field, field.value, buyer: field.buyer)
        case "clear": try await work.clear()
        case "end":
            await work.end()
            end()
        default: throw PageError(.notFound)
        }
        return await PageState.reply(work)
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) throws(PageError) -> Value {
        guard let value = try? JSONDecoder().decode(type, from: Data(body)) else { throw PageError(.badRequest) }
        return value
    }
}
