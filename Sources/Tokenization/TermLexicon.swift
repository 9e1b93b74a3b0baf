import Resources

/// The words that are disguised in this field, and the forms they take.
public struct TermLexicon: Sendable {
    struct Term {
        var word: [Unicode.Scalar]
        /// Contacts are read from a weak form only beside an account.
        var isContact: Bool
        /// Whether one of two characters may be its initial.
        var allowsInitial: Bool
        var name: String
    }

    /// A form that is not derived: another name, a short one.
    struct Form {
        var term: Int
        var scalars: [Unicode.Scalar]
        /// Whether it needs a cue beside it.
        var isWeak: Bool
    }

    var terms: [Term] = []
    var forms: [Form] = []
    /// Words and phrases in which nothing is disguised.
    var cleanWords = Lexicon()
    /// The parts a character is taken apart into.
    var splits: [(character: Unicode.Scalar, parts: [Unicode.Scalar])] = []
    /// The characters that one may be written for.
    var shapes: [Unicode.Scalar: [Unicode.Scalar]] = [:]

    /// The words of this project.
    public static let standard = TermLexicon(Folder())

    init(_ folder: Folder) {
        let (terms, splits) = (EmbeddedResource("terms.txt"), EmbeddedResource("splits.txt"))
        let (shapes, clean) = (EmbeddedResource("shapes.txt"), EmbeddedResource("clean-words.txt"))
        var isContact = false
        for line in terms.lines {
            var parts = line.split(separator: " ")
            guard let word = parts.first else { continue }
            if word == "=" {
                isContact = parts.last == "contact"
                continue
            }
            parts.removeFirst()
            let allowsInitial = parts.first == "~"
            if allowsInitial { parts.removeFirst() }
            let scalars = folder.fold(String(word)).scalars
            self.terms.append(
                Term(word: scalars, isContact: isContact, allowsInitial: allowsInitial, name: String(word)))
            for part in parts {
                let isWeak = part.first == "?"
                let form = folder.fold(String(isWeak ? part.dropFirst() : part)).scalars
                if form != scalars {
                    forms.append(Form(term: self.terms.count - 1, scalars: form, isWeak: isWeak))
                }
            }
        }
        // Clean words are written folded.
        clean.forEachLine { line in
            line.forEachWord { cleanWords.insert($0, cost: 0) }
        }
        for line in splits.lines {
            let parts = line.split(separator: " ")
            guard let character = parts.first?.unicodeScalars.first else { continue }
            for part in parts.dropFirst() { self.splits.append((character, folder.fold(String(part)).scalars)) }
        }
        for line in shapes.lines {
            let parts = line.split(separator: " ")
            guard let character = parts.first?.unicodeScalars.first, parts.count > 1 else { continue }
            for shape in folder.fold(String(parts[1])).scalars where shape != character {
                self.shapes[shape, default: []].append(character)
            }
        }
    }
}
