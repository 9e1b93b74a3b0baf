import ArgumentParser
import Classification
import EvidencePipeline
import Reporting

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: .say("在有标注的对话上计算每个标签的精确率、召回率和 F1，并列出判断错的行。", en: "Precision, recall and F1 per label on labelled conversations, and a list of mistakes."))

    @OptionGroup var language: LanguageOption

    @Argument(help: .say("有标注的对话：文件（JSON Lines）或文件夹。", en: "Labelled conversations: files (JSON Lines) or folders."))
    var files: [String]

    @Option(help: .say("不用自带的模型，把作者分成几组轮流留出，由没读过这些作者的模型来判断；写作者的人数就是一次留出一位。", en: "Leave writers out in so many groups and judge each by a model that has not read them."))
    var leaveOut: Int?

    @Option(help: .say("与 --leave-out 同用：只用这么多组作者训练，看作者多少的影响。", en: "With --leave-out: train on so many groups only, to see what more writers would give."))
    var trainedGroups: Int?

    @Option(help: .say("与 --leave-out 同用：只判断前这么多组，少花时间。", en: "With --leave-out: judge the first so many groups only, which takes less time."))
    var judgedGroups: Int?

    @Option(help: .say("列出多少处最有把握却判断错的行。", en: "How many of the surest mistakes to list."))
    var mistakes = 20

    func validate() throws {
        guard leaveOut ?? 2 > 1 else { throw ValidationError(.say("--leave-out 至少是 2。", en: "--leave-out takes 2 or more.")) }
        guard trainedGroups ?? 1 > 0, judgedGroups ?? 1 > 0 else {
            throw ValidationError(.say("--trained-groups 和 --judged-groups 至少是 1。", en: "--trained-groups and --judged-groups take 1 or more."))
        }
    }

    func run() throws {
        var chats = try CorpusFiles.read(files)
        var scores: [[[Int]]]
        var gate: CrossValidation.GateCount?
        if let leaveOut {
            let outcome = CrossValidation(groups: leaveOut, trainedGroups: trainedGroups, judgedGroups: judgedGroups).run(chats) {
                StandardStreams.complain(.say("\($0) 组完成", en: "\($0) groups done"))
            }
            let judged = chats.indices.filter { !outcome.scores[$0].isEmpty }
            scores = judged.map { outcome.scores[$0] }
            chats = judged.map { chats[$0] }
            gate = outcome.gate
        } else {
            scores = chats.map { chat in
                Classifier.shipped.judge(
                    chat.lines.map { Classifier.Input(role: $0.role, sender: $0.sender, text: $0.text) }
                ).map(\.scores)
            }
        }
        var text = EvaluationText(Evaluation(chats, scores: scores), chats: chats).text(mistakes: mistakes, gate: gate)
        text.withUTF8 { StandardStreams.write(unsafe Array($0), to: 1) }
    }
}
