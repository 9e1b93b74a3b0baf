import FoundationEssentials
import Resources

/// Where a case can be filed, what is refused there, and what hurts it: `Resources/complaint-routes.json5`.
struct ComplaintRules: Decodable, Sendable {
    struct Route: Decodable, Sendable {
        var platform: String
        var name: String
        var form: String
        /// Branches and leaves of the taxonomy.
        var accepts: [String]
        var choose: String
        /// What to choose for advertising; `nil` where it is no different.
        var choose_ad: String?
        var evidence: [String]
        /// Characters of the form's text; `nil` where nobody has confirmed it.
        var text_limit: Int?
        var image_limit: String?
        /// Days after the review in which it takes a complaint; `nil` where not known.
        var review_days: Int?
        var needs_both_rated: Bool?
        var source: String
        /// The day the source was read.
        var read: String
        var verified: Bool

        func takes(_ categories: [String]) -> Bool {
            categories.contains { category in accepts.contains { category == $0 || category.hasPrefix($0 + ".") } }
        }
    }

    struct Refusal: Decodable, Sendable {
        var text: String
        /// The look-alike that shows the case touches it.
        var sign: String?
    }

    struct Risk: Decodable, Sendable {
        /// A category or branch; the empty one takes what is left.
        var category: String
        var name: String
        var why: String
        var next: String
        var source: String
    }

    var routes: [Route]
    var refused: [Refusal]
    var risks: [Risk]

    /// The rules the program carries; a test reads them, so that a mistake in the file never reaches a user.
    static let shipped: ComplaintRules = {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        do {
            return try decoder.decode(ComplaintRules.self, from: Data(EmbeddedResource("complaint-routes.json5").bytes))
        } catch {
            preconditionFailure("complaint-routes.json5: \(error)")
        }
    }()

    /// The route of a platform, by its id or its name; the general one where it is not known.
    func route(of platform: String) -> Route? {
        routes.first { $0.platform == platform || $0.name == platform } ?? routes.first { $0.platform == "other" }
    }

    /// The place of the first risk that a category belongs to; the last one takes what is left.
    func risk(of category: String?) -> Int? {
        risks.firstIndex { risk in
            category == risk.category || category?.hasPrefix(risk.category + ".") == true || risk.category.isEmpty
        }
    }
}
