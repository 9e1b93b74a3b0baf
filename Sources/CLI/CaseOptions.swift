import ArgumentParser
import Ingestion
import Reporting

/// What the user knows of his case, and what of it he wants to see.
struct CaseOptions: ParsableArguments {
    @Option(name: .customLong("case"), help: .say("只有卖家知道的情况（JSON5）：平台、店铺、订单号、买家、实付金额、评价时间、举证号。", en: "What only the seller knows (JSON5): platform, shop, order numbers, buyer, price paid, review time, 举证号."))
    var caseFile: String?

    @Option(help: .say("以前对标出内容的人工决定（JSON 行：content_id 或 evidence_id，decision 为 keep 或 dismiss）。", en: "Decisions of a person on earlier findings (JSON lines: content_id or evidence_id, decision = keep or dismiss)."))
    var decisions: String?

    @Option(help: .say("只判断这一天起的消息，如 2024-05-06。", en: "Judge messages from this day on only, as 2024-05-06."))
    var since: String?

    @Option(help: .say("只判断到这一天为止的消息（含当天）。", en: "Judge messages up to this day only (included)."))
    var until: String?

    @Option(help: .say("只判断与这个名字或账号的聊天。", en: "Judge only chats with this name or account."))
    var with: String?

    @Option(help: .say("platform：给平台和警方，不遮盖；public：给他人咨询，遮盖个人信息，不附原文件。", en: "platform: for the platform and the police, nothing masked; public: for advice, personal data masked, no sources."))
    var edition: Edition = .platform

    @Flag(help: .say("把没有标出内容的输入文件也复制到 sources。", en: "Copy inputs without a finding to sources too."))
    var allSources = false

    func context() throws -> ReportContext {
        let scope = Scope(since: try Self.day(since), until: try Self.day(until), with: with)
        if let since, let until, let first = scope.since, let last = scope.until, first > last {
            throw ValidationError(.say("--since \(since) 晚于 --until \(until)，这样选不到任何消息。请对调后重试。", en: "--since \(since) is later than --until \(until), which leaves nothing. Swap them."))
        }
        return ReportContext(
            caseFile: try caseFile.map { path in
                do {
                    let file = try CaseFile(json5: try Self.read(path))
                    if !file.unknownKeys.isEmpty {
                        StandardStreams.complain(
                            .say(
                                "案件文件 \(path) 里有不认识的字段，没有用上：\(file.unknownKeys.joined(separator: "、"))。可用的字段：platform shop cases；每个案件：\(CaseFile.caseKeys.joined(separator: " "))。",
                                en: "The case file \(path) has keys that mean nothing: \(file.unknownKeys.joined(separator: ", ")). Keys: platform shop cases; of each case: \(CaseFile.caseKeys.joined(separator: " "))."))
                    }
                    return file
                } catch let error as DecodingError {
                    throw ValidationError(.say("看不懂案件文件 \(path)：\(Self.explain(error))。请按说明里的例子检查标点和字段。", en: "The case file \(path) cannot be understood: \(Self.explain(error)). Compare it with the example in --help."))
                }
            },
            scope: scope, edition: edition)
    }

    func decisionsRead() throws -> Decisions? {
        guard let path = decisions else { return nil }
        let bytes = try Self.read(path)
        do throws(Decisions.Malformed) {
            return try Decisions(jsonLines: bytes)
        } catch {
            throw ValidationError(
                .say(
                    "看不懂 \(path) 的第 \(error.line) 行。每行要有 content_id 或 evidence_id，以及 decision（keep 或 dismiss）。",
                    en: "Line \(error.line) of \(path) is no decision: it needs content_id or evidence_id, and decision (keep or dismiss)."))
        }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        do {
            let file = try FileBytes(mapping: FilePath(path))
            return file.bytes(in: 0..<file.count)
        } catch {
            throw ValidationError(.say("读不了 \(path)。请检查路径和权限。", en: "\(path) cannot be read. Check its path and permissions."))
        }
    }

    private static func day(_ text: String?) throws -> Day? {
        guard let text else { return nil }
        guard let day = Day(text) else { throw ValidationError(.say("日期写成 2024-05-06 的样子。", en: "Write a day as 2024-05-06.")) }
        return day
    }

    static func explain(_ error: DecodingError) -> String {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            let path = context.codingPath.map { $0.intValue.map { String($0 + 1) } ?? $0.stringValue }.joined(separator: ".")
            guard path.isEmpty else { return .say("\(path) 的值不对", en: "the value of \(path) is wrong") }
        @unknown default: break
        }
        return .say("格式不对", en: "its form is wrong")
    }
}

extension Edition: ExpressibleByArgument {}
