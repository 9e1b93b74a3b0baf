import FoundationEssentials
import Resources

/// The words of the page in one language.
struct PageWords: Sendable {
    enum Language: String, Sendable, CaseIterable {
        case chinese = "zh-Hans"
        case english = "en"

        /// The other one, to switch to.
        var other: Language { self == .chinese ? .english : .chinese }
    }

    let language: Language
    private let words: [String: String]

    init(_ language: Language) {
        self.language = language
        let index = language == .chinese ? 0 : 1
        words = Self.table.compactMapValues { $0.indices.contains(index) ? $0[index] : nil }
    }

    /// A word by its key, or the key itself, so that a missing word is seen.
    subscript(key: String) -> String { words[key] ?? key }

    /// All of them, for the script.
    var all: [(key: String, word: String)] { words.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    /// For each key the Chinese and the English word.
    static let table: [String: [String]] = {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        do {
            return try decoder.decode([String: [String]].self, from: Data(EmbeddedResource("page/words.json5").bytes))
        } catch {
            // The file is part of the source, and a test reads it.
            preconditionFailure("page/words.json5: \(error)")
        }
    }()
}
