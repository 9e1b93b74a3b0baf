/// The features of one message as the models see them: hashes in blocks, every block of the same length.
///
/// A long message has more character sequences than a short one; dividing each block by its length keeps the two
/// comparable. Values are fixed-point, so that sums are the same on every processor.
struct FeatureVector: Sendable {
    struct Block: Sendable {
        var features: [UInt32]
        /// The value of each of the block's features, in units of 1/4096.
        var value: Int32
    }

    var blocks: [Block] = []

    /// The value that stands for 1.
    static let one = 4_096

    /// Adds a block whose features together have the length `weight`, given in hundredths.
    mutating func append(_ features: [UInt32], weight: Int) {
        guard !features.isEmpty else { return }
        let distinct = Set(features).sorted()
        // The square root is exactly rounded on every processor.
        let length = Double(distinct.count).squareRoot()
        let value = (Double(weight * Self.one) / (100 * length)).rounded()
        blocks.append(Block(features: distinct, value: Int32(max(1, value))))
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
