import ArgumentParser
import Classification
import EvidencePipeline
import Reporting

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: .say("列出判断规则；写上编号则说明这一条：标出什么、为什么、什么不算、依据和例子。", en: "List the rules, or explain one: what it flags, why, what looks like it and is not, policy and examples (in Chinese)."))

    @OptionGroup var language: LanguageOption

    @Argument(help: .say("规则编号，如 ext/review-threat；也可以写类别，如 ext.review。", en: "A rule's ID, as ext/review-threat, or a category, as ext.review."))
    var id: String?

    @Option(help: .say("另外放规则的文件夹，里面每个 .json5 文件一条规则。", en: "A folder of further rules, one .json5 file each."))
    var rules: String?

    @Option(help: .say("检查这个文件夹里的规则：格式对不对，自带的例子是否都判断正确。", en: "Check the rules of this folder: their form, and whether their own examples come out right."))
    var check: String?

    func run() throws {
        if let check { return try self.check(check) }
        let book = RuleBook.shipped.adding(try UserRules.read(rules).rules)
        guard let id else { return StandardStreams.print(RuleText.list(book)) }
        let chosen = book.rules.filter { $0.id == id || $0.category == id }
        guard !chosen.isEmpty else {
            throw ValidationError(.say("没有编号或类别为 \(id) 的规则。运行 juzheng rules 可以看到全部编号。", en: "There is no rule or category \(id). juzheng rules lists them all."))
        }
        StandardStreams.print(chosen.map(RuleText.explanation).joined(separator: "\n\n"))
    }

    private func check(_ folder: String) throws {
        let rules = try UserRules.read(folder, checked: false).rules
        let check = RuleCheck()
        var problems = check.problems(of: rules)
        if problems.isEmpty {
            let classifier = Classifier.shipped(adding: rules)
            problems = rules.flatMap { check.failures(of: $0, with: classifier) }
        }
        for problem in problems { StandardStreams.print("\(problem.rule)：\(problem.message)") }
        let examples = rules.reduce(0) { $0 + $1.matching.count + $1.clean.count }
        StandardStreams.complain(
            problems.isEmpty
                ? .say(
                    "\(rules.count) 条规则、\(examples) 段例子都正确。", en: "\(rules.count) rules and \(examples) examples are right.")
                : .say("有 \(problems.count) 处不对，见上。改好后再运行一次。", en: "\(problems.count) things are wrong, see above."))
        if !problems.isEmpty { throw ExitCode(1) }
    }
}
