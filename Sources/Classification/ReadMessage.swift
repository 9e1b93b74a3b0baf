import Tokenization
import Transcript

/// A message as the models read it: folded, disguises undone, its cues and other traits found.
///
/// It is shared, for many look at it and copying its parts would take a tenth of the time of making them.
package final class ReadMessage: Sendable {
    /// Who speaks, as far as the models care.
    package enum Speaker: UInt32, Sendable {
        case seller, other, system, unknown

        init(_ role: Message.Role) {
            switch role {
            case .seller: self = .seller
            case .buyer: self = .other
            case .system: self = .system
            case .unknown: self = .unknown
            }
        }
    }

    let speaker: Speaker
    /// Tells apart those who share a part in the chat; all who speak for the shop are one.
    let sender: String
    /// The folded text, disguised words replaced by what they stand for.
    let text: FoldedText
    let matches: [CueMatcher.Match]
    let entities: [Entity]
    /// Classes of cues and kinds of entities in the order of their places, which are positions of `text`.
    let cues: [(at: Int, trait: UInt32)]
    /// For each position of `text` the class of cues or the kind of entity it stands in, 0 where in none.
    let marks: [UInt32]
    /// Classes of cues and other traits, each once, in the order of their first occurrence.
    package let traits: [UInt32]

    init(
        speaker: Speaker, sender: String, text: FoldedText, matches: [CueMatcher.Match], entities: [Entity],
        cues: [(at: Int, trait: UInt32)], marks: [UInt32], traits: [UInt32]
    ) {
        self.speaker = speaker
        self.sender = sender
        self.text = text
        self.matches = matches
        self.entities = entities
        self.cues = cues
        self.marks = marks
        self.traits = traits
    }

    func isSameSpeaker(as other: ReadMessage) -> Bool { speaker == other.speaker && sender == other.sender }
}

extension Message.Kind {
    /// Whether a person said it: a notice of a recall is written in his name by the system.
    var isSaid: Bool { self != .recall && self != .system }
}

/// Reads single messages.
package struct MessageReader: Sendable {
    private let folder = Folder()
    private let disguises: DisguiseReader
    private let entityReader = EntityReader()
    private let matcher: CueMatcher
    private let keys: [UInt32]

    /// - Parameter words: the words of the language, in which nothing is taken for a disguise.
    package init(_ cues: CueTables, words: Lexicon = .standard) {
        disguises = DisguiseReader(tokenizer: WordTokenizer(lexicon: words))
        keys = cues.classes.map(CueLexicon.Class.key(of:))
        matcher = cues.ofLexicon
    }

    /// How many messages right before one, of the same speaker, a word may have begun in.
    static let joined = 3

    /// Reads the message of a chat at a position. A word that its speaker began in the messages right before is read where
    /// it ends.
    package func read(_ chat: [Classifier.Input], at index: Int) -> ReadMessage {
        var before: [Unicode.Scalar] = []
        var at = index
        while at > 0, index - at < Self.joined, chat[at - 1].kind == .text,
            chat[at - 1].isSameSpeaker(as: chat[index])
        {
            at -= 1
            let end = chat[at].text.unicodeScalars.suffix(2 * DisguiseReader.reachBack)
            let folded = folder.fold(String(end)).scalars
            before = before.isEmpty ? folded : folded + ["\n"] + before
            // Only what is cut into single characters goes on over more than one message.
            if folded.count > 2 { break }
        }
        return read(chat[index], after: chat[index].kind == .text && chat[index].role != .system ? before : [])
    }

    /// - Parameter before: what the same speaker said right before, folded.
    package func read(_ input: Classifier.Input, after before: [Unicode.Scalar] = []) -> ReadMessage {
        let folded = folder.fold(input.text)
        var readings = disguises.readings(in: folded)
        if let joined = disguises.reading(of: folded, after: before) {
            readings.removeAll { $0.range.overlaps(joined.range) }
            readings.insert(joined, at: 0)
        }
        let text = folded.applying(readings)
        let matches = matcher.matches(in: text.scalars)
        let entities = entityReader.entities(in: text)
        let speaker = ReadMessage.Speaker(input.kind.isSaid ? input.role : .system)

        var placed: [(at: Int, trait: UInt32)] = []
        placed.reserveCapacity(matches.count + entities.count * 2)
        for match in matches { placed.append((match.range.lowerBound, keys[match.cueClass])) }
        for entity in entities { Trait.forEach(of: entity) { placed.append((entity.range.lowerBound, $0)) } }
        if placed.count > 1 { placed.sort { ($0.at, $0.trait) < ($1.at, $1.trait) } }

        var marks: [UInt32] = []
        marks.append(contentsOf: repeatElement(0, count: text.scalars.count))
        for entity in entities {
            for place in entity.range { marks[place] = Trait.kind(of: entity) }
        }
        for match in matches {
            for place in match.range { marks[place] = keys[match.cueClass] }
        }

        var traits: [UInt32] = []
        traits.reserveCapacity(8)
        // There are no more kinds of traits than classes and a few, so that looking for one takes no time.
        func add(_ trait: UInt32) { if !traits.contains(trait) { traits.append(trait) } }
        for cue in placed { add(cue.trait) }
        Trait.forEach(of: readings, add)
        Trait.forEach(ofShape: text.scalars, entities, add)
        Trait.forEach(of: input.kind, add)

        return ReadMessage(
            speaker: speaker, sender: speaker == .other || speaker == .unknown ? input.sender ?? "" : "", text: text,
            matches: matches, entities: entities, cues: placed, marks: marks, traits: traits)
    }
}
