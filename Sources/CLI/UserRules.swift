import ArgumentParser
import Classification
import Ingestion

/// The rules that a user adds: the `.json5` files of a folder.
struct UserRules {
    var rules: [Rule] = []
    /// What was read, so that the manifest can name it.
    var files: [(name: String, bytes: [UInt8])] = []

    /// Reads the rules below `folder`; none where no folder is named.
    /// - Parameter checked: whether a rule of the wrong form is refused.
    static func read(_ folder: String?, checked: Bool = true) throws -> UserRules {
        var added = UserRules()
        guard let folder else { return added }
        for entry in InputWalk().entries(of: [folder]) {
            switch entry {
            case .file(let path, let name) where name.hasSuffix(".json5"):
                let bytes = try bytes(path, name)
                added.rules.append(try rule(bytes, name))
                added.files.append((name, bytes))
            case .skipped(let name, _, let reason, true):
                throw ValidationError("\(name)：\(reason)")
            default: break
            }
        }
        guard !added.rules.isEmpty else { throw ValidationError(.say("\(folder) 里没有 .json5 规则文件。请检查 --rules 的路径。", en: "\(folder) holds no .json5 rule. Check the path behind --rules.")) }
        if checked, let problem = RuleCheck().problems(of: added.rules).first {
            throw ValidationError(
                .say(
                    "规则 \(problem.rule)：\(problem.message)。用 juzheng rules --check \(folder) 可以看到全部问题。",
                    en: "Rule \(problem.rule): \(problem.message). juzheng rules --check \(folder) lists all problems."))
        }
        return added
    }

    private static func bytes(_ path: FilePath, _ name: String) throws -> [UInt8] {
        do {
            let file = try FileBytes(mapping: path)
            return file.bytes(in: 0..<file.count)
        } catch {
            throw ValidationError(.say("读不了 \(name)。请检查路径和权限。", en: "\(name) cannot be read. Check its path and permissions."))
        }
    }

    private static func rule(_ bytes: [UInt8], _ name: String) throws -> Rule {
        do {
            return try RuleBook.decode(bytes)
        } catch let error as DecodingError {
            throw ValidationError(.say("看不懂规则文件 \(name)：\(CaseOptions.explain(error))。可以照 juzheng rules 里的规则修改。", en: "\(name) is no rule: \(CaseOptions.explain(error)). Take a shipped rule for a pattern."))
        }
    }
}
