import ArgumentParser
import Classification
import EvidencePipeline
import Ingestion

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "在有标注的对话上计算每个标签的精确率、召回率和 F1。")

    @Argument(help: "有标注的对话文件（JSON Lines）。")
    var files: [String]

    @Option(help: "把作者分成几组轮流留出：每组都由没读过这些作者的模型来判断。")
    var leaveOut: Int

    @Option var lexicon: String?
    @Option var tune: [String] = []
    @Option var threshold: Int = 40

    func run() throws {
        let chats = try CorpusFiles.read(files)
        let lexicon = try self.lexicon.map { path in
            let text = try FileBytes(mapping: FilePath(path))
            return CueLexicon(parsing: String(decoding: text.bytes(in: 0..<text.count), as: UTF8.self))
        }
        var validation = CrossValidation(groups: leaveOut, lexicon: lexicon ?? .shipped)
        validation.tune(Dictionary(uniqueKeysWithValues: tune.map { let p = $0.split(separator: "="); return (String(p[0]), Double(p[1])!) }))
        let outcomes = validation.outcomes(chats) { StandardStreams.complain($0) }
        for tier in ["plain", "artful"] {
            var line = tier
            for (number, label) in Label.allCases.enumerated() {
                var best = (0.0, 0)
                for threshold in stride(from: 20, through: 70, by: 5) {
                    var hit = 0, miss = 0, false_ = 0
                    for o in outcomes where chats[o.chat].tier == tier && !chats[o.chat].lines[o.line].isUnsure {
                        let truth = chats[o.chat].lines[o.line].labels.contains(label)
                        let said = o.scores[number] >= threshold
                        if truth && said { hit += 1 } else if truth { miss += 1 } else if said { false_ += 1 }
                    }
                    let f = Double(hit) / (Double(hit) + 0.5 * Double(miss + false_))
                    if f > best.0 { best = (f, threshold) }
                    if threshold == self.threshold { line += " \(label.rawValue) P \(Double(hit) / Double(hit + false_)) R \(Double(hit) / Double(hit + miss)) F \(f)" }
                }
                line += " best \(best)"
            }
            print(line)
        }
    }
}
