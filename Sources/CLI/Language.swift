import ArgumentParser

/// The language of the program's own messages; reports are Chinese.
enum Language: String, CaseIterable, ExpressibleByArgument {
    case chinese = "zh-Hans"
    case english = "en"

    /// What `--language` says. It is looked for before the arguments are taken apart, since what is said about wrong ones
    /// is in that language too.
    static let current: Language = {
        let arguments = CommandLine.arguments
        for (index, argument) in arguments.enumerated() where argument.hasPrefix("--language") {
            let next = index + 1 < arguments.count ? arguments[index + 1] : ""
            let value = argument == "--language" ? next : String(argument.dropFirst("--language=".count))
            if let language = Language(rawValue: value) { return language }
        }
        return .chinese
    }()
}

/// `--language`, which every command takes.
struct LanguageOption: ParsableArguments {
    @Option(help: .say("提示信息的语言；报告总是中文。", en: "The language of messages; reports are Chinese."))
    var language: Language = .chinese
}

extension String {
    /// The words in the language of this run.
    static func say(_ chinese: @autoclosure () -> String, en english: @autoclosure () -> String) -> String {
        Language.current == .english ? english() : chinese()
    }
}

extension ArgumentHelp {
    static func say(_ chinese: String, en english: String) -> ArgumentHelp {
        ArgumentHelp(Language.current == .english ? english : chinese)
    }
}
