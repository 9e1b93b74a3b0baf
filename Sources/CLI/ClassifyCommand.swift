import ArgumentParser
import Classification
import EvidencePipeline
import Reporting

struct ClassifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify", abstract: .say("给其他程序用的过滤器：每行一个 JSON 对象进，每行一个判断出，顺序不变。", en: "A filter for other programs: a JSON object a line in, a judgement a line out, in order."))

    @OptionGroup var language: LanguageOption

    @OptionGroup var judging: ClassifierOptions

    func run() throws {
        var filter = ClassifyFilter(try judging.load().classifier)
        var output = StandardStreams.Output()
        StandardStreams.eachLine { line, isLastForNow in
            output.write { filter.push(line, to: &$0) }
            // Whoever waits for answers before sending more gets what is ready.
            if isLastForNow { output.flush() }
        }
        output.write { filter.finishChat(to: &$0) }
        output.flush()
        if filter.errorCount > 0 {
            StandardStreams.complain(.say("有 \(filter.errorCount) 行不是带 text 的 JSON 对象，已在输出中标出 error。", en: "\(filter.errorCount) lines are no JSON objects with a text; the output names them with error."))
        }
    }
}
