import ArgumentParser
import EvidencePipeline

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "重新计算证据文件夹的全部哈希和证据编号，逐处指出不同。")

    @Argument(help: "证据文件夹，或 --zip 生成的压缩包。")
    var folder: String

    @Option(help: "存有原始聊天记录的文件夹，用来重读没有放进证据文件夹的输入。")
    var sources: String?

    func run() throws {
        guard let check = Verification(folder, sources: sources) else {
            StandardStreams.complain("打不开 \(folder)。请检查路径。")
            throw ExitCode(2)
        }
        var lines = check.differences.map { "\($0.kind.rawValue)  \($0.path)：\($0.message)" }
        lines += check.notes.map { "未核对  \($0)" }
        lines.append(
            (check.differences.isEmpty ? "完好" : "有 \(check.differences.count) 处不同")
                + "：核对了 \(check.fileCount) 个文件、\(check.idCount) 个证据编号，重读了 \(check.recordCount) 条原文。")
        StandardStreams.print(lines.joined(separator: "\n"))
        if !check.differences.isEmpty { throw ExitCode(1) }
    }
}
