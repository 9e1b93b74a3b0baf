/// The features of one message as the models see them: hashes in blocks, every block of the same length.
///
/// A long message has more character sequences than a short one; dividing a block by its length keeps the two comparable. Values are fixed-point, so that sums are the same on every processor.
struct FeatureVector: Sendable {
    struct Block: Sendable {
        var features: [UInt32]
        /// The value of each of the block's features, in units of 1/4096.
        var value: Int32
    }

    var blocks: [Block] = []

    /// The value that stands for 1.
    static let one = 4_096

    /// What the features of a block count, in hundredths.
    enum Weight {
        /// So much is the length of the block.
        case together(Int)
        /// So much is the value of each, however many there are.
        case each(Int)

        /// The value of each of `count` features, in units of 1/4096.
        func value(ofEach count: Int) -> Int32 {
            // The square root is exactly rounded on every processor.
            let value = switch self {
            case .together(let weight): Double(weight) / (100 * Double(count).squareRoot())
            case .each(let weight): Double(weight) / 100
            }
            return Int32(max(1, (value * Double(FeatureVector.one)).rounded()))
        }
    }

    /// Adds a block of features, each of which counts once.
    mutating func append(_ features: [UInt32], _ weight: Weight) {
        guard !features.isEmpty else { return }
        let distinct = Self.distinct(features)
        blocks.append(Block(features: distinct, value: weight.value(ofEach: distinct.count)))
    }

    /// Each feature once, ascending.
    static func distinct(_ features: [UInt32]) -> [UInt32] {
        var distinct: [UInt32] = []
        for feature in features.sorted() where feature != distinct.last { distinct.append(feature) }
        return distinct
    }
}

/// Makes feature hashes: FNV-1a over the parts, mixed so that all bits count; `jz_linear.c` does the same.
struct FeatureHash {
    private(set) var state: UInt32 = 2_166_136_261

    init(_ salt: StaticString) {
        for i in 0..<salt.utf8CodeUnitCount { add(UInt32(unsafe salt.utf8Start[i])) }
    }

    mutating func add(_ value: UInt32) {
        state = (state ^ (value & 0xFFFF)) &* 16_777_619
        state = (state ^ (value >> 16) ^ 0x9E37) &* 16_777_619
    }

    func adding(_ value: UInt32) -> FeatureHash {
        var copy = self
        copy.add(value)
        return copy
    }

    func adding(_ text: String) -> FeatureHash {
        var copy = self
        for byte in text.utf8 { copy.add(UInt32(byte)) }
        return copy
    }

    var value: UInt32 {
        var h = state
        h = (h ^ (h >> 16)) &* 0x85EB_CA6B
        h = (h ^ (h >> 13)) &* 0xC2B2_AE35
        return h ^ (h >> 16)
    }
}
