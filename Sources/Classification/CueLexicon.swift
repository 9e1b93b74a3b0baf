import Resources

/// The classes of words that chats are read by, and for each class the words and phrases that belong to it.
///
/// Words do not generalise to people who use others; classes do.
public struct CueLexicon: Sendable {
    /// A class, as `bad-review`.
    public struct Class: Sendable {
        public var name: String
        /// The characters of all entries, folded; `…` in an entry stands for a gap of at most `CueMatcher.longestGap`
        /// characters.
        private(set) var letters: [Unicode.Scalar] = []
        /// Where each entry ends in `letters`.
        private(set) var ends: [Int] = []

        /// What stands for the class of that name in features; it depends on the name alone, so that adding a class moves no
        /// other.
        static func key(of name: String) -> UInt32 { FeatureHash("class").adding(name).value & 0x7FFF_FFFF }

        public init(name: String, entries: [String] = []) {
            self.name = name
            for entry in entries { append(entry.unicodeScalars) }
        }

        /// Adds an entry.
        mutating func append(_ entry: Span<Unicode.Scalar>) {
            for at in entry.indices { letters.append(entry[at]) }
            ends.append(letters.count)
        }

        /// Adds an entry.
        mutating func append(_ entry: some Sequence<Unicode.Scalar>) {
            letters += entry
            ends.append(letters.count)
        }

        /// The entries as they are written.
        public var entries: [String] {
            zip([0] + ends, ends).map { String(String.UnicodeScalarView(letters[$0..<$1])) }
        }
    }

    public var classes: [Class] = []

    /// A lexicon without classes.
    public init() {}

    /// Reads the form in which the lexicon is kept: `== class ==` begins a class, every other line is an entry, `#`
    /// begins a comment.
    public init(parsing text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") { add(line: Array(line.unicodeScalars).span) }
    }

    private mutating func add(line: Span<Unicode.Scalar>) {
        if line.count > 6, line[0] == "=", line[1] == "=", line[2] == " " {
            var name = String.UnicodeScalarView()
            for at in 3..<line.count - 3 { name.append(line[at]) }
            classes.append(Class(name: String(name)))
        } else if !classes.isEmpty {
            classes[classes.count - 1].append(line)
        }
    }
}

extension CueLexicon {
    /// The lexicon the program carries.
    public static let shipped: CueLexicon = {
        var lexicon = CueLexicon()
        EmbeddedResource("cues.txt").forEachLine { lexicon.add(line: $0) }
        return lexicon
    }()
}
