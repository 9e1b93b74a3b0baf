import ArgumentParser
import Classification
import EvidencePipeline
import Ingestion

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: .say("用 corpora/ 里的对话重新训练模型；同样的输入得到逐字节相同的模型。", en: "Rebuild the model from corpora/, byte for byte."))

    @OptionGroup var language: LanguageOption

    @Option(help: .say("标注对话所在的文件夹。", en: "The folder of labelled conversations."))
    var corpora = "corpora/chats"

    @Option(name: .shortAndLong, help: .say("模型文件写到哪里。", en: "Where the model is written."))
    var output = "Sources/Classification/Resources/model.bin"

    func run() throws {
        let chats = try CorpusFiles.read([corpora])
        StandardStreams.complain(.say("读到 \(chats.count) 个对话，开始训练。", en: "\(chats.count) chats read, training begins."))
        let bytes = ShippedModel.train(on: chats)
        try CorpusFiles.write(bytes, to: output)
        StandardStreams.complain(.say("模型已写入 \(output)（\(bytes.count) 字节）。重新编译后生效。", en: "The model is in \(output) (\(bytes.count) bytes). Build again to use it."))
    }
}
