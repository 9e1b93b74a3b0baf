import ArgumentParser
import Classification
import EvidencePipeline
import Ingestion
import Reporting

struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: .say("读取聊天记录，标出疑似恶意行为，生成证据文件夹。", en: "Read chats, flag suspect lines, make an evidence folder."),
        discussion: .say(
            """
            证据文件夹里的 private 只给卖家自己看，不要上传；--zip 生成的压缩包不含它。

            --case 的文件可以这样写（都可以省略，缺的会在投诉材料里列为“待填”）：
            """,
            en: """
                The folder private is for the seller alone: do not upload it; what --zip makes does not hold it.

                A file for --case may look like this (all of it may be left out and is then listed as missing):
                """) + caseExample)

    private static let caseExample = """

          {
            platform: "taobao",
            // taobao tmall pinduoduo douyin wechat-shop other
            shop: "店铺名",
            cases: [{
              buyer: "聊天里的名字或账号",
              orders: ["订单号"], price: 39.9,
              ordered: "2024-05-01",
              shipped: "2024-05-02 18:00",
              received: "2024-05-04",
              review_time: "2024-05-06 12:00",
              review: "评价内容", both_rated: true,
              proof_number: "举证号",
              paid: 0,  // 因此付给对方的钱
            }],
          }
        """

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case folder, jsonl, json, csv
    }

    @OptionGroup var input: InputOptions

    @Option(name: .shortAndLong, help: .say("证据文件夹的位置；默认是当前文件夹下的 evidence-名称。", en: "Where the evidence folder goes; evidence-NAME in the working directory by default."))
    var output: String?

    @Flag(help: .say("覆盖本程序以前生成的同名证据文件夹。", en: "Replace an evidence folder that this program made before."))
    var force = false

    @Flag(help: .say("另做一个可以上传的压缩包（不含 private），放在证据文件夹旁边。", en: "Make an archive for uploading (without private) beside the folder."))
    var zip = false

    @Option(help: .say("folder 生成证据文件夹；jsonl、json、csv 输出到标准输出。", en: "folder makes the evidence folder; jsonl, json, csv go to standard output."))
    var format: Format = .folder

    @Flag(help: .say("有标出的内容时以状态 1 结束。", en: "End with status 1 where anything was found."))
    var failOnFindings = false

    @OptionGroup var judging: ClassifierOptions

    @Flag(help: .say("不用也不写缓存（记着已扫描文件里的位置和分数，没有文字）。", en: "Neither use nor write the cache (places and scores in files scanned before, no words)."))
    var noCache = false

    @OptionGroup var matter: CaseOptions

    func run() throws {
        let status = format == .folder ? try writeFolder() : try writeData()
        if status != 0 { throw ExitCode(status) }
    }

    private func writeFolder() throws -> Int32 {
        let target = try OutputTarget(output, for: input.paths)
        let (evidence, context, sources) = try scan(excluding: [target.path])
        let options = try input.options()
        let path = target.writable
        do throws(OutputError) {
            let folder = try EvidenceFolder(
                evidence, sources: sources, options: options, context: context, copiesAllSources: matter.allSources,
                generated: Clock.generationTime())
            try folder.write(to: path, archive: zip ? path + ".zip" : nil, replacing: force)
        } catch {
            StandardStreams.complain(error.shownMessage)
            return 73
        }
        StandardStreams.complain(ScanSummary.text(evidence, folder: target.shown, edition: context.edition, hasArchive: zip))
        return status(of: evidence)
    }

    private func writeData() throws -> Int32 {
        let (evidence, _, _) = try scan(excluding: [])
        var output = StandardStreams.Output()
        switch format {
        case .json:
            output.write {
                FindingLines.writeDocument(evidence, includingOwn: true, to: &$0, drain: StandardStreams.Output.drain)
            }
        case .csv: FindingTable.write(evidence, includingOwn: true) { output.write(text: $0) }
        case .jsonl, .folder:
            output.write { FindingLines.write(evidence, includingOwn: true, to: &$0, drain: StandardStreams.Output.drain) }
        }
        output.flush()
        return status(of: evidence)
    }

    private func scan(excluding excluded: [FilePath]) throws -> (Evidence, ReportContext, [Source]) {
        var context = try matter.context()
        let decisions = try matter.decisionsRead()
        let added = try judging.load()
        // Only a manifest names every part of the program.
        var engine = format == .folder ? ScanResult.Engine.current(version: Juzheng.configuration.version) : ScanResult.Engine()
        let own = engine.parts.count
        for (name, bytes) in added.files { engine.add(name, bytes) }
        let progress = ScanProgress()
        let scan = Scan(
            try input.reading(excluding: excluded), classifier: added.classifier, scope: context.scope, jobs: input.jobs,
            keepsContext: format == .folder, keepsSpeakers: context.edition == .public,
            keepsAllSources: matter.allSources, progress: progress,
            cache: noCache ? nil : CacheFolder.open(added: Array(engine.parts[own...])))
        Interruption.watch()
        let line = ProgressLine(progress, isWanted: !input.noProgress)
        var (result, sources) = scan.run(input.paths, standardInput: StandardStreams.readInput)
        line.end()
        result.engine = engine
        Notices.tell(of: result, with: context.scope.with)
        if let file = context.caseFile { Notices.tell(of: file, result) }
        if let decisions { Notices.tell(unknown: decisions.unknownIDs(in: result)) }
        context.dismissed = decisions?.apply(to: &result) ?? []
        return (Evidence(result), context, sources)
    }

    private func status(of evidence: Evidence) -> Int32 {
        if Notices.tellUnread(of: evidence.result) { return 2 }
        return failOnFindings && !evidence.listed(includingOwn: true).isEmpty ? 1 : 0
    }
}
