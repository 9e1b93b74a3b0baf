/// What the argument parser says, in Chinese: it knows English only.
enum ParserWords {
    static func inChinese(_ text: String) -> String {
        var text = text
        for (english, chinese) in sentences { text = text.replacing(english, with: chinese) }
        return text
            .replacing(/Unknown option '([^']*)'(?:\. Did you mean '([^']*)'\?)?/) { match in
                "没有 \(match.1) 这个选项。" + (match.2.map { "是不是想写 \($0)？" } ?? "")
            }
            .replacing(/Missing expected argument '([^']*)'/) { "缺少 \($0.1)，请写在命令后面。" }
            .replacing(/Missing value for '([^']*)'/) { "\($0.1) 后面要写内容。" }
            .replacing(/The value '([^']*)' is invalid for '([^']*)'\.?/) { "\($0.2) 不能是“\($0.1)”。" }
            .replacing(/\ ?Please provide one of (.*)\./) { "可以写 \(list($0.1))。" }
            .replacing(/(?:\d+ unexpected arguments: |Unexpected argument )(.*)/) { "多出了 \(list($0.1))，请检查命令。" }
            // The help is broken into lines, also inside of these.
            .replacing(/\(default:(\s+)([^)]*)\)/) { "（默认\($0.1)\($0.2)）" }
            .replacing(/\(values:(\s+)([^;)]*)(?:;(\s+)default:(\s+)([^)]*))?\)/) { match in
                "（可以写\(match.1)\(match.2)" + (match.5.map { "；\(match.3 ?? "")默认\(match.4 ?? "")\($0)" } ?? "") + "）"
            }
            .replacing(/See '(.*)' for detailed help\./) { "每个命令的说明：\($0.1)" }
            .replacing(/See '(.*)' for more information\./) { "说明：\($0.1)" }
    }

    /// Of `'a', 'b' or 'c'` the words alone.
    private static func list(_ words: Substring) -> String {
        String(words).replacing("'", with: "").replacing(" or ", with: "、").replacing(" and ", with: "、").replacing(", ", with: "、")
    }

    /// Headings, and sentences that are always the same.
    private static let sentences = [
        ("OVERVIEW: ", ""), ("USAGE: ", "用法："), ("Usage: ", "用法："), ("Error: ", "错误："), ("ARGUMENTS:", "参数："),
        ("OPTIONS:", "选项："), ("SUBCOMMANDS:", "命令："), ("Help:  ", "  "), ("<subcommand>", "<命令>"), ("[<options>]", "[选项]"), ("Show help information.", "显示说明。"),
        ("Show the version.", "显示版本。"), ("Show subcommand help information.", "显示命令的说明。"),
    ]
}
