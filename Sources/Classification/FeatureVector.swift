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

    /// Adds a block whose features together have the length `weight`, given in hundredths. A feature counts once.
    mutating func append(_ features: consuming [UInt32], weight: Int) {
        Self.makeDistinct(&features)
        // The square root is exactly rounded on every processor.
        append(features, value: Double(weight) / (100 * Double(features.count).squareRoot()))
    }

    /// Adds a block each of whose features has the value `weight`, given in hundredths, however many there are.
    mutating func append(_ features: consuming [UInt32], weightOfEach weight: Int) {
        Self.makeDistinct(&features)
        append(features, value: Double(weight) / 100)
    }

    private mutating func append(_ features: [UInt32], value: Double) {
        guard !features.isEmpty else { return }
        blocks.append(Block(features: features, value: Int32(max(1, (value * Double(Self.one)).rounded()))))
    }

    private static func makeDistinct(_ features: inout [UInt32]) {
        guard !features.isEmpty else { return }
        features.sort()
        var count = 1
        for i in features.indices.dropFirst() where features[i] != features[count - 1] {
            features[count] = features[i]
            count += 1
        }
        features.removeLast(features.count - count)
    }
}

/// Makes feature hashes: FNV-1a over the parts, mixed so that all bits count.
struct FeatureHash {
    private var state: UInt32 = 2_166_136_261

    init(_ salt: StaticString) {
        for i in 0..<salt.utf8CodeUnitCount { add(UInt32(unsafe salt.utf8Start[i])) }
    }

    mutating func add(_ value: UInt32) {
        state = (state ^ (value & 0xFFFF)) &* 16_777_619
        state = (state ^ (value >> 16) ^ 0x9E37) &* 16_777_619
    }

    func adding(_ values: UInt32...) -> FeatureHash {
        var copy = self
        for value in values { copy.add(value) }
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
