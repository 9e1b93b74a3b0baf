import FoundationEssentials
import Resources

/// All rules, and the choice among them.
public struct RuleBook: Sendable {
    public var rules: [Rule]

    public init(_ rules: [Rule]) {
        self.rules = rules.sorted { $0.id < $1.id }
    }

    /// The rules the program carries.
    public static let shipped: RuleBook = {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        let files = EmbeddedResource.names.filter { $0.hasPrefix("rules/") }
        return RuleBook(
            files.map { name in
                do {
                    return try decoder.decode(Rule.self, from: Data(EmbeddedResource(name).bytes))
                } catch {
                    // The files are part of the source, and a test reads each of them.
                    preconditionFailure("rule \(name): \(error)")
                }
            })
    }()

    /// The rule that fits a labelled line best.
    /// - Parameters:
    ///   - own: how often each class of cues stands in the line.
    ///   - around: how often each stands in the flagged lines of the same speaker.
    func rule(for label: Label, seller: Bool, own: [String: Int], around: [String: Int]) -> Rule? {
        var best: (rule: Rule, points: Int)?
        for rule in rules where rule.label == label.rawValue && (rule.speaker == "seller") == seller {
            // The line itself says more than the lines around it.
            let points = rule.telling.reduce(0) { sum, name in
                sum + 3 * min(2, own[name] ?? 0) + min(3, around[name] ?? 0)
            }
            if best.map({ points > $0.points || points == $0.points && rule.telling.isEmpty && points == 0 }) ?? true {
                best = (rule, points)
            }
        }
        return best?.rule
    }
}
