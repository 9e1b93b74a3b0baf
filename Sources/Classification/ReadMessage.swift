import Tokenization
import Transcript

/// A message as the models read it: folded, disguises undone, its cues and other traits found.
struct ReadMessage: Sendable {
    /// Who speaks, as far as the models care.
    enum Speaker: UInt32, Sendable {
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

    var speaker: Speaker
    /// Tells apart those who share a part in the chat; all who speak for the shop are one.
    var sender: String
    /// The folded text, disguised words replaced by what they stand for.
    var text: FoldedText
    /// Which words of `text` were disguised: their positions there.
    var disguised: [Range<Int>]
    var matches: [CueMatcher.Match]
    var entities: [Entity]
    /// Classes of cues and kinds of entities in the order of their places, which are positions of `text`.
    var cues: [(at: Int, trait: UInt32)]
    /// Classes of cues and other traits, each once, in the order of their first occurrence.
    var traits: [UInt32]
}

extension Message.Kind {
    /// Whether a person said it: a notice of a recall is written in his name by the system.
    var isSaid: Bool { self != .recall && self != .system }
}

/// Reads single messages.
struct MessageReader: Sendable {
    private let folder = Folder()
    private let disguises = DisguiseReader()
    private let entityReader = EntityReader()
    private let matcher: CueMatcher
    private let keys: [UInt32]

    init(lexicon: CueLexicon) {
        keys = lexicon.classes.map(\.key)
        matcher = CueMatcher(lexicon)
    }

    func read(_ input: Classifier.Input) -> ReadMessage {
        let folded = folder.fold(input.text)
        let readings = disguises.readings(in: folded)
        let text = folded.applying(readings)
        let matches = matcher.matches(in: text.scalars)
        let entities = entityReader.entities(in: text)
        let speaker = ReadMessage.Speaker(input.kind.isSaid ? input.role : .system)

        var placed = matches.map { (at: $0.range.lowerBound, trait: keys[$0.cueClass]) }
        for entity in entities {
            placed += Trait.of(entity).map { (at: entity.range.lowerBound, trait: $0) }
        }
        placed.sort { ($0.at, $0.trait) < ($1.at, $1.trait) }
        var traits: [UInt32] = []
        var seen: Set<UInt32> = []
        for trait in placed.map(\.trait) + Trait.of(readings) + Trait.ofShape(text.scalars, entities) + Trait.of(input.kind)
        where seen.insert(trait).inserted { traits.append(trait) }

        return ReadMessage(
            speaker: speaker, sender: speaker == .other || speaker == .unknown ? input.sender ?? "" : "", text: text,
            disguised: Self.places(of: readings), matches: matches, entities: entities, cues: placed, traits: traits)
    }

    /// Where the words that readings put in stand in the text they were put into.
    private static func places(of readings: [Reading]) -> [Range<Int>] {
        var shift = 0
        return readings.map { reading in
            let start = reading.range.lowerBound + shift
            let length = reading.word.unicodeScalars.count
            shift += length - reading.range.count
            return start..<start + length
        }
    }
}
