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

    /// Sorts the features and leaves each once.
    ///
    /// They are hashes, spread evenly, so that dealing them out by their first bits nearly sorts them.
    static func makeDistinct(_ features: inout [UInt32]) {
        guard features.count > 1 else { return }
        if !dealOut(&features) { features.sort() }
        let count = unsafe features.withUnsafeMutableBufferPointer { features in
            var count = 1
            for i in 1..<features.count where unsafe features[i] != features[count - 1] {
                unsafe features[count] = features[i]
                count += 1
            }
            return count
        }
        features.removeLast(features.count - count)
    }

    /// Features a bucket may hold; more are sorted in another way, so that no input takes long.
    private static let largestBucket = 32

    /// Sorts by buckets; returns false, and leaves all as it was, where a bucket is too full.
    private static func dealOut(_ features: inout [UInt32]) -> Bool {
        let bits = UInt32(Int.bitWidth - (features.count - 1).leadingZeroBitCount)
        let shift = 32 - max(1, min(bits, 16))
        return unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: (1 << Int(32 - shift)) + features.count) { room in
            let bucketCount = 1 << Int(32 - shift)
            let ends = unsafe UnsafeMutableBufferPointer(rebasing: room[..<bucketCount])
            let dealt = unsafe UnsafeMutableBufferPointer(rebasing: room[bucketCount...])
            unsafe ends.initialize(repeating: 0)
            for feature in features { unsafe ends[Int(feature >> shift)] += 1 }
            var start: UInt32 = 0
            for bucket in 0..<bucketCount {
                let size = unsafe ends[bucket]
                if size > largestBucket { return false }
                unsafe ends[bucket] = start
                start += size
            }
            for feature in features {
                let bucket = Int(feature >> shift)
                let at = unsafe ends[bucket]
                unsafe dealt[Int(at)] = feature
                unsafe ends[bucket] = at + 1
            }
            // What is out of order now is so within its bucket.
            for i in 1..<features.count {
                let feature = unsafe dealt[i]
                var at = i
                while at > 0, unsafe dealt[at - 1] > feature {
                    unsafe dealt[at] = unsafe dealt[at - 1]
                    at -= 1
                }
                unsafe dealt[at] = feature
            }
            unsafe features.withUnsafeMutableBufferPointer { features in
                for i in features.indices { unsafe features[i] = dealt[i] }
            }
            return true
        }
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
