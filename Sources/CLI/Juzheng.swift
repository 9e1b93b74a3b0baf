import ArgumentParser

/// The program: it only takes arguments apart and calls the pipeline.
@main
struct Juzheng: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "juzheng",
        abstract: "举证：从导出的聊天记录里找出敲诈勒索、好评返现和广告骚扰，生成可提交的证据报告。",
        version: "0.1.0",
        subcommands: [
            ScanCommand.self, ParseCommand.self, ClassifyCommand.self, TokenizeCommand.self, VerifyCommand.self,
            RulesCommand.self, EvaluateCommand.self, TrainCommand.self, ServeCommand.self,
        ])
}
