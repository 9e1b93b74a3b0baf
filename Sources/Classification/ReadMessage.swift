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
    /// The folded text, disguised words replaced by what they stand for.
    var text: FoldedText
    var matches: [CueMatcher.Match]
    /// Classes of cues and other traits, each once, in the order of their first occurrence.
    var traits: [UInt32]
}

/// Traits that are no class of words; the top bit tells them from the keys of classes.
enum Trait {
    static let amount: UInt32 = 0x8000_0035
    /// A sum and nothing else.
    static let bareNumber: UInt32 = 0x8000_0034
    static let digits: UInt32 = 0x8000_0033
    /// Five digits or more, as in accounts and orders.
    static let longDigits: UInt32 = 0x8000_0032
    static let link: UInt32 = 0x8000_0031
    static let latin: UInt32 = 0x8000_0030
    static let question: UInt32 = 0x8000_0029
    static let exclamation: UInt32 = 0x8000_0028
    static let media: UInt32 = 0x8000_0027
    static let disguised: UInt32 = 0x8000_0026
    static let short: UInt32 = 0x8000_0025
    static let long: UInt32 = 0x8000_0024
    static let veryLong: UInt32 = 0x8000_0023
    /// Sums by size: under 20, 100, 500, 2000, and more; counted from here upwards.
    static let amountSize: UInt32 = 0x8000_0100
}

/// Reads single messages.
struct MessageReader: Sendable {
    private let folder: Folder
    private let matcher: CueMatcher
    private let keys: [UInt32]

    init(lexicon: CueLexicon) {
        folder = Folder()
        keys = lexicon.classes.map(\.key)
        matcher = CueMatcher(lexicon)
    }

    func read(_ text: String, role: Message.Role) -> ReadMessage {
        let folded = folder.fold(text)
        let matches = matcher.matches(in: folded.scalars)
        var traits: [UInt32] = []
        func add(_ trait: UInt32) {
            if !traits.contains(trait) { traits.append(trait) }
        }
        for match in matches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) { add(keys[match.cueClass]) }
        for trait in Self.shape(of: folded.scalars) { add(trait) }
        return ReadMessage(speaker: .init(role), text: folded, matches: matches, traits: traits)
    }

    private static func shape(of scalars: [Unicode.Scalar]) -> [UInt32] {
        var traits: [UInt32] = []
        var run = 0
        var value = 0
        var latin = 0
        func close() {
            guard run > 0 else { return }
            traits.append(run >= 5 ? Trait.longDigits : Trait.digits)
            if run < 5 {
                let size = [20, 100, 500, 2_000].firstIndex { value < $0 } ?? 4
                traits.append(Trait.amountSize + UInt32(size))
            }
            run = 0
            value = 0
        }
        var other = 0
        for scalar in scalars {
            if let digit = scalar.properties.numericType == .decimal ? scalar.properties.numericValue : nil {
                run += 1
                value = min(value * 10 + Int(digit), 1_000_000)
                continue
            }
            close()
            switch scalar {
            case "?", "？": traits.append(Trait.question)
            case "!", "！": traits.append(Trait.exclamation)
            case "a"..."z": latin += 1
            default: break
            }
            if scalar.properties.isAlphabetic { other += 1 }
        }
        let onlyNumber = run > 0 && run < 5 && other <= 2
        close()
        if onlyNumber { traits.append(Trait.bareNumber) }
        if latin >= 4 { traits.append(Trait.latin) }
        if scalars.first == "[", scalars.last == "]" { traits.append(Trait.media) }
        if scalars.count <= 4 { traits.append(Trait.short) }
        if scalars.count > 40 { traits.append(Trait.long) }
        if scalars.count > 100 { traits.append(Trait.veryLong) }
        return traits
    }
}
