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

    /// What an entity is, and how large a sum.
    static func of(_ entity: Entity) -> [UInt32] {
        let number = UInt32(Entity.Kind.allCases.firstIndex(of: entity.kind) ?? 0)
        guard entity.kind == .amount || entity.kind == .number, let hundredths = entity.hundredths else {
            return [Self.entity + number]
        }
        let size = [1_000, 3_000, 10_000, 30_000, 100_000, 500_000].firstIndex { hundredths < $0 } ?? 6
        return [Self.entity + number, amountSize + UInt32(size) + (entity.kind == .amount ? 0x10 : 0)]
    }

    /// That there were disguises, and by what means.
    static func of(_ readings: [Reading]) -> [UInt32] {
        if readings.isEmpty { return [] }
        return [disguised] + readings.map { reading + UInt32(Reading.Kind.allCases.firstIndex(of: $0.kind) ?? 0) }
    }

    static func of(_ kind: Message.Kind) -> [UInt32] {
        kind == .text ? [] : [Self.kind + UInt32(Message.Kind.allCases.firstIndex(of: kind) ?? 0)]
    }

    static func ofShape(_ scalars: [Unicode.Scalar], _ entities: [Entity]) -> [UInt32] {
        var traits: [UInt32] = []
        var latinCount = 0
        for scalar in scalars {
            switch scalar {
            case "?", "？": traits.append(question)
            case "!", "！": traits.append(exclamation)
            case "a"..."z": latinCount += 1
            default: break
            }
        }
        if latinCount >= 4 { traits.append(latin) }
        let numbers = entities.filter { $0.kind == .amount || $0.kind == .number }
        if numbers.count == 1, numbers[0].range.count + 2 >= scalars.count { traits.append(bareAmount) }
        if scalars.count <= 4 { traits.append(short) }
        if scalars.count > 40 { traits.append(long) }
        if scalars.count > 100 { traits.append(veryLong) }
        return traits
    }
}
