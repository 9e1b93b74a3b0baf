import ArgumentParser
import Classification
import EvidencePipeline
import Ingestion

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "用 corpora/ 里的对话重新训练模型；同样的输入得到逐字节相同的模型。")

    @Option(help: "标注对话所在的文件夹。")
    var corpora = "corpora/chats"

    @Option(name: .shortAndLong, help: "模型文件写到哪里。")
    var output = "Sources/Classification/Resources/model.bin"

    func run() throws {
        let chats = try CorpusFiles.read([corpora])
        StandardStreams.complain("读到 \(chats.count) 个对话，开始训练。")
        let bytes = ShippedModel.train(on: chats)
        try CorpusFiles.write(bytes, to: output)
        StandardStreams.complain("模型已写入 \(output)（\(bytes.count) 字节）。重新编译后生效。")
    }
}
