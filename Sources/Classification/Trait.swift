import Tokenization
import Transcript

/// Traits of a message that are no class of words; the top bit tells them from the keys of classes.
enum Trait {
    private static let base: UInt32 = 0x8000_0000

    /// A sum and hardly anything else.
    static let bareAmount = base + 1
    static let question = base + 2
    static let exclamation = base + 3
    static let short = base + 4
    static let long = base + 5
    static let veryLong = base + 6
    static let disguised = base + 7
    static let latin = base + 8
    private static let entity = base + 0x100
    private static let amountSize = base + 0x200
    private static let reading = base + 0x300
    private static let kind = base + 0x400

    /// What an entity is.
    static func kind(of entity: Entity) -> UInt32 { Self.entity + position(of: entity.kind, in: Entity.Kind.allCases) }

    /// What an entity is, and how large a sum.
    static func forEach(of entity: Entity, _ found: (UInt32) -> Void) {
        found(kind(of: entity))
        guard entity.kind == .amount || entity.kind == .number, let hundredths = entity.hundredths else { return }
        let size: UInt32 = switch hundredths {
        case ..<1_000: 0
        case ..<3_000: 1
        case ..<10_000: 2
        case ..<30_000: 3
        case ..<100_000: 4
        case ..<500_000: 5
        default: 6
        }
        found(amountSize + size + (entity.kind == .amount ? 0x10 : 0))
    }

    /// That there were disguises, and by what means.
    static func forEach(of readings: [Reading], _ found: (UInt32) -> Void) {
        if readings.isEmpty { return }
        found(disguised)
        for reading in readings { found(Self.reading + position(of: reading.kind, in: Reading.Kind.allCases)) }
    }

    static func forEach(of kind: Message.Kind, _ found: (UInt32) -> Void) {
        if kind != .text { found(Self.kind + position(of: kind, in: Message.Kind.allCases)) }
    }

    private static func position<Kind: Equatable>(of kind: Kind, in all: [Kind]) -> UInt32 {
        UInt32(all.firstIndex(of: kind) ?? 0)
    }

    static func forEach(ofShape scalars: [Unicode.Scalar], _ entities: [Entity], _ found: (UInt32) -> Void) {
        var latinCount = 0
        for scalar in scalars {
            switch scalar {
            case "?", "？": found(question)
            case "!", "！": found(exclamation)
            case "a"..."z": latinCount += 1
            default: break
            }
        }
        if latinCount >= 4 { found(latin) }
        let numbers = entities.lazy.filter { $0.kind == .amount || $0.kind == .number }
        if numbers.count == 1, let number = numbers.first, number.range.count + 2 >= scalars.count { found(bareAmount) }
        if scalars.count <= 4 { found(short) }
        if scalars.count > 40 { found(long) }
        if scalars.count > 100 { found(veryLong) }
    }
}
