import ArgumentParser
import EvidencePipeline
import Reporting

struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse", abstract: .say("只读取，不判断：每条消息输出一行 JSON。", en: "Read and judge nothing: one JSON line per message."))

    @OptionGroup var input: InputOptions

    func run() throws {
        let (result, _) = try input.reading().read(input.paths, standardInput: StandardStreams.readInput)
        var output = StandardStreams.Output()
        for (index, file) in result.files.enumerated() {
            for message in result.messages[index] { output.write { ParseLines.write(message, of: file, to: &$0) } }
            for diagnostic in result.diagnostics[index] { output.write { ParseLines.write(diagnostic, to: &$0) } }
            output.write { ParseLines.write(file, to: &$0) }
        }
        output.flush()
        try InputOptions.exit(for: result)
    }
}
