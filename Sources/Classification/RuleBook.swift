import FoundationEssentials
import Resources

/// All rules, and the choice among them.
public struct RuleBook: Sendable {
    /// Sorted by their ids.
    public private(set) var rules: [Rule]

    public init(_ rules: [Rule]) {
        self.rules = rules.sorted { $0.id < $1.id }
    }

    /// The rules the program carries.
    public static let shipped: RuleBook = {
        RuleBook(
            resourceNames.map { name in
                // The files are part of the source, and a test reads each of them.
                guard let rule = RuleReader.rule(EmbeddedResource(name)) else { preconditionFailure("rule \(name) is written in another form") }
                return rule
            })
    }()

    /// The names of the embedded rules, as `rules/ext/review-threat.json5`.
    public static var resourceNames: [String] { EmbeddedResource.names.filter { $0.hasPrefix("rules/") } }

    /// Reads one rule from JSON5.
    public static func decode(_ json5: [UInt8]) throws -> Rule {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        return try decoder.decode(Rule.self, from: Data(json5))
    }

    /// The book with rules added; one with the id of a rule that is there takes its place.
    public func adding(_ added: [Rule]) -> RuleBook {
        let ids = Set(added.map(\.id))
        return RuleBook(rules.filter { !ids.contains($0.id) } + added)
    }

    /// The rule of that id.
    public subscript(id: String) -> Rule? { rules.first { $0.id == id } }
}
