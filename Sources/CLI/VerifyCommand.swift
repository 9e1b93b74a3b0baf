import ArgumentParser
import EvidencePipeline

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: .say("重新计算证据文件夹的全部哈希和证据编号，逐处指出不同。", en: "Compute every hash and evidence ID of an evidence folder again and name each difference."))

    @OptionGroup var language: LanguageOption

    @Argument(help: .say("证据文件夹，或 --zip 生成的压缩包。", en: "The evidence folder, or the archive that --zip makes."))
    var folder: String

    @Option(help: .say("存有原始聊天记录的文件夹，用来重读没有放进证据文件夹的输入。", en: "The folder of the original chat files, to read again what the evidence folder does not hold."))
    var sources: String?

    func run() throws {
        guard let check = Verification(folder, sources: sources) else {
            StandardStreams.complain(.say("打不开 \(folder)。请检查路径。", en: "\(folder) cannot be opened. Check the path."))
            throw ExitCode(2)
        }
        let missing = Set(check.differences.filter { $0.kind == .missing }.map(\.path))
        if missing.isSuperset(of: ["manifest.json", "SHA256SUMS"]) {
            StandardStreams.complain(
                .say(
                    "\(folder) 不像是本程序生成的证据文件夹：里面没有 manifest.json 和 SHA256SUMS。请给出 scan 写出的文件夹或压缩包。",
                    en: "\(folder) does not look like an evidence folder: it holds neither manifest.json nor SHA256SUMS. Name the folder or archive that scan wrote."))
        }
        var lines = check.differences.map(\.shown)
        lines += check.notes.map { .say("未核对  \($0)", en: "unchecked  \($0)") }
        let count = check.differences.count
        lines.append(
            .say(
                (count == 0 ? "完好" : "有 \(count) 处不同")
                    + "：核对了 \(check.fileCount) 个文件、\(check.idCount) 个证据编号，重读了 \(check.recordCount) 条原文。",
                en: (count == 0 ? "Intact" : "\(count) differences")
                    + ": \(check.fileCount) files and \(check.idCount) evidence IDs checked, \(check.recordCount) records read again."))
        StandardStreams.print(lines.joined(separator: "\n"))
        if !check.differences.isEmpty { throw ExitCode(1) }
    }
}
