import ArgumentParser
import Classification
import EvidencePipeline
import Reporting

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "在有标注的对话上计算每个标签的精确率、召回率和 F1，并列出判断错的行。")

    @Argument(help: "有标注的对话：文件（JSON Lines）或文件夹。")
    var files: [String]

    @Option(help: "不用自带的模型，把作者分成几组轮流留出，由没读过这些作者的模型来判断；写作者的人数就是一次留出一位。")
    var leaveOut: Int?

    @Option(help: "与 --leave-out 同用：只用这么多组作者训练，看作者多少的影响。")
    var trainedGroups: Int?

    @Option(help: "列出多少处最有把握却判断错的行。")
    var mistakes = 20

    func run() throws {
        let chats = try CorpusFiles.read(files)
        let scores: [[[Int]]]
        if let leaveOut {
            guard leaveOut > 1 else { throw ValidationError("--leave-out 至少是 2。") }
            scores = CrossValidation(groups: leaveOut, trainedGroups: trainedGroups).scores(chats) {
                StandardStreams.complain("第 \($0 + 1) 组，共 \(leaveOut) 组")
            }
        } else {
            scores = chats.map { chat in
                Classifier.shipped.judge(
                    chat.lines.map { Classifier.Input(role: $0.role, sender: $0.sender, text: $0.text) }
                ).map(\.scores)
            }
        }
        var text = EvaluationText(Evaluation(chats, scores: scores), chats: chats).text(mistakes: mistakes)
        text.withUTF8 { StandardStreams.write(unsafe Array($0), to: 1) }
    }
}
