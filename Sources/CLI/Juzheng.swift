import ArgumentParser
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The program: it only takes arguments apart and calls the pipeline.
@main
struct Juzheng: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "juzheng",
        abstract: .say("举证：从导出的聊天记录里找出敲诈勒索、好评返现和广告骚扰，生成可提交的证据报告。", en: "Juzheng finds extortion, paid reviews and advertising in exported chats and makes an evidence report of them."),
        version: "0.1.0",
        subcommands: [
            ScanCommand.self, ParseCommand.self, ClassifyCommand.self, TokenizeCommand.self, VerifyCommand.self,
            RulesCommand.self, EvaluateCommand.self, TrainCommand.self, ServeCommand.self,
        ])

    @OptionGroup var language: LanguageOption

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let status = exitCode(for: error)
            let text = fullMessage(for: error)
            let shown = Language.current == .chinese ? ParserWords.inChinese(text) : text
            // Help was asked for; all else is a complaint. Only an exit status may come without words.
            if !shown.isEmpty { StandardStreams.write(Array((TerminalText.escape(shown) + "\n").utf8), to: status.isSuccess ? 1 : 2) }
            leave(status.rawValue)
        }
    }
}

/// Ends the program; a command has methods of that name.
private func leave(_ status: Int32) -> Never { exit(status) }
