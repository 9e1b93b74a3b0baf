import ArgumentParser
import EvidencePipeline
import Reporting

struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse", abstract: .say("只读取，不判断：每条消息输出一行 JSON。", en: "Read and judge nothing: one JSON line per message."))

    @OptionGroup var input: InputOptions

    func run() throws {
        var output = StandardStreams.Output()
        let result = try input.reading().parse(input.paths, standardInput: StandardStreams.readInput) { message, file in
            output.write { ParseLines.write(message, of: file, to: &$0) }
        } close: { file, diagnostics in
            for diagnostic in diagnostics { output.write { ParseLines.write(diagnostic, to: &$0) } }
            output.write { ParseLines.write(file, to: &$0) }
        } pass: { diagnostic, file in
            output.write { ParseLines.write(diagnostic, to: &$0) }
            if let file { output.write { ParseLines.write(file, to: &$0) } }
        }
        output.flush()
        Notices.tell(of: result, with: nil)
        if Notices.tellUnread(of: result) { throw ExitCode(2) }
    }
}
