import Resources

/// The classes of words that chats are read by, and for each class the words and phrases that belong to it.
///
/// Words do not generalise to people who use others; classes do.
public struct CueLexicon: Sendable {
    /// A class, as `bad-review`.
    public struct Class: Sendable {
        public var name: String
        /// What stands for the class in features; it depends on the name alone, so that adding a class moves no other.
        public var key: UInt32 { FeatureHash("class").adding(name).value & 0x7FFF_FFFF }
        /// Folded words; `…` in a word stands for a gap of at most `CueMatcher.longestGap` characters.
        public var entries: [String]
    }

    public var classes: [Class]

    /// Reads the form in which the lexicon is kept: `[class]` begins a class, every other line is an entry, `#` begins
    /// a comment.
    public init(parsing text: String) {
        classes = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("["), line.hasSuffix("]") {
                classes.append(Class(name: String(line.dropFirst().dropLast()), entries: []))
            } else if !classes.isEmpty {
                classes[classes.count - 1].entries.append(String(line))
            }
        }
    }
}

extension CueLexicon {
    /// The lexicon the program carries.
    public static let shipped = CueLexicon(parsing: EmbeddedResource("cues.txt").text)
}
