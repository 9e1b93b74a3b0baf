import CSequence
import Resources

/// Several linear models over the same features, with integer weights.
struct LinearModel: Sendable {
    /// The weights of one head are in units of 1/`weightOne`.
    static let weightOne = 1_024

    let headCount: Int
    /// For each feature the weights of all heads; some zeroes follow the last, so that many can be read at once.
    let weights: StoredNumbers<Int16>
    /// In the units of a score.
    let biases: StoredNumbers<Int64>
    /// The hashes that have weights.
    let index: FeatureIndex

    /// - Parameter features: ascending.
    init(headCount: Int, features: [UInt32], weights: [Int16], biases: [Int64]) {
        precondition(weights.count == features.count * headCount && biases.count == headCount && headCount <= Self.mostHeads)
        self.headCount = headCount
        self.weights = StoredNumbers(weights + repeatElement(0, count: Self.mostHeads))
        self.biases = StoredNumbers(biases)
        index = FeatureIndex(features)
    }

    /// Takes the parts as they were stored, or nothing where they do not fit together.
    init?(headCount: Int, index: FeatureIndex, weights: StoredNumbers<Int16>, biases: StoredNumbers<Int64>) {
        guard headCount <= Self.mostHeads, biases.count == headCount,
            weights.count == index.features.count * headCount + Self.mostHeads
        else { return nil }
        self.headCount = headCount
        self.weights = weights
        self.biases = biases
        self.index = index
    }

    /// The hashes that have weights, ascending.
    var features: StoredNumbers<UInt32> { index.features }

    /// The log odds of each head, in units of 1/(`FeatureVector.one` * `weightOne`); what is behind says nothing.
    func scores(_ vector: FeatureVector) -> SIMD16<Int64> {
        var room: [UInt32] = []
        var scores = start
        for block in vector.blocks { add(block.features, value: block.value, to: &scores, &room) }
        return scores
    }

    /// The log odds of each head as natural numbers; zeroes behind.
    func logOdds(_ vector: FeatureVector) -> SequenceModel.Lanes { logOdds(scores(vector)) }

    /// The same of a message.
    /// - Parameters:
    ///   - features: makes its features.
    ///   - room: used again for the next message.
    func logOdds(of message: ReadMessage, _ features: inout MessageFeatures, _ room: inout [UInt32]) -> SequenceModel.Lanes {
        var scores = start
        features.forEachBlock(of: message) { block, value in add(block, value: value, to: &scores, &room) }
        return logOdds(scores)
    }

    /// The scores of no features.
    private var start: SIMD16<Int64> {
        var scores = SIMD16<Int64>()
        for head in 0..<headCount { scores[head] = biases[head] }
        return scores
    }

    /// Adds the weights of features, each of which counts `value`; what lanes behind the last head come to says nothing.
    private func add(_ features: [UInt32], value: Int32, to scores: inout SIMD16<Int64>, _ room: inout [UInt32]) {
        if room.count < 2 * features.count { room = [UInt32](repeating: 0, count: 2 * features.count) }
        var sums = SIMD16<Int64>()
        unsafe index.withModel(weights, headCount) { model in
            unsafe features.withUnsafeBufferPointer { wanted in
                unsafe room.withUnsafeMutableBufferPointer { room in
                    unsafe withUnsafeMutableBytes(of: &sums) { sums in
                        guard let wanted = wanted.baseAddress, let room = room.baseAddress,
                            let sums = unsafe sums.baseAddress?.assumingMemoryBound(to: Int64.self)
                        else { return }
                        unsafe jz_sum_weights(model, wanted, features.count, room, sums)
                    }
                }
            }
        }
        scores &+= sums &* SIMD16(repeating: Int64(value))
    }

    static let mostHeads = 16

    private func logOdds(_ scores: SIMD16<Int64>) -> SequenceModel.Lanes {
        var odds = SequenceModel.Lanes()
        for head in 0..<headCount { odds[head] = Float(Double(scores[head]) / Double(FeatureVector.one * Self.weightOne)) }
        return odds
    }
}

/// Finds a feature's row among hashes in ascending order.
///
/// A bit for each first part of a hash says whether any begins so, which is all that most features ask; the number of
/// bits set before it says where to look.
struct FeatureIndex: Sendable {
    let features: StoredNumbers<UInt32>
    let bits: StoredNumbers<UInt64>
    /// For each word of `bits` the number of features before it.
    let starts: StoredNumbers<UInt32>
    private let shift: UInt32

    /// - Parameter features: ascending.
    init(_ features: [UInt32]) {
        let size = Self.bitCount(features.count)
        shift = 32 - size
        var bits = [UInt64](repeating: 0, count: 1 << Int(size - 6))
        var starts = [UInt32](repeating: 0, count: bits.count)
        for feature in features {
            let place = feature >> shift
            bits[Int(place >> 6)] |= 1 << UInt64(place & 63)
            starts[Int(place >> 6)] += 1
        }
        var before: UInt32 = 0
        for word in starts.indices {
            let own = starts[word]
            starts[word] = before
            before += own
        }
        self.features = StoredNumbers(features)
        self.bits = StoredNumbers(bits)
        self.starts = StoredNumbers(starts)
    }

    /// Takes the parts as they were stored, or nothing where they do not fit together.
    init?(features: StoredNumbers<UInt32>, bits: StoredNumbers<UInt64>, starts: StoredNumbers<UInt32>) {
        let size = Self.bitCount(features.count)
        guard bits.count == 1 << Int(size - 6), starts.count == bits.count else { return nil }
        shift = 32 - size
        self.features = features
        self.bits = bits
        self.starts = starts
    }

    /// The number of first bits of a hash that are asked about, for so many features.
    private static func bitCount(_ count: Int) -> UInt32 {
        var size: UInt32 = 6
        while 1 << size < count * 8 { size += 1 }
        return size
    }

    /// The words of `bits` for so many features.
    static func wordCount(_ count: Int) -> Int { 1 << Int(bitCount(count) - 6) }

    subscript(feature: UInt32) -> Int? {
        let place = feature >> shift
        guard bits[Int(place >> 6)] >> UInt64(place & 63) & 1 != 0 else { return nil }
        return row(of: feature, from: first(place)).map(Int.init)
    }

    /// The number of places below one whose bit is set. Several features may begin alike; then this is before their rows,
    /// never after one.
    @inline(__always)
    private func first(_ place: UInt32) -> UInt32 {
        let below = bits[Int(place >> 6)] & (1 << UInt64(place & 63) - 1)
        return starts[Int(place >> 6)] + UInt32(truncatingIfNeeded: below.nonzeroBitCount)
    }

    @inline(__always)
    private func row(of feature: UInt32, from first: UInt32) -> UInt32? {
        var row = Int(first)
        while row < features.count, features[row] < feature { row += 1 }
        return row < features.count && features[row] == feature ? UInt32(truncatingIfNeeded: row) : nil
    }

    /// Calls `body` with the index and the weights of its features as C sees them.
    fileprivate func withModel(
        _ weights: StoredNumbers<Int16>, _ headCount: Int, _ body: (UnsafePointer<jz_linear_model>) -> Void
    ) {
        unsafe features.withUnsafeBufferPointer { features in
            unsafe bits.withUnsafeBufferPointer { bits in
                unsafe starts.withUnsafeBufferPointer { starts in
                    unsafe weights.withUnsafeBufferPointer { weights in
                        guard let first = features.baseAddress, let bits = bits.baseAddress, let starts = starts.baseAddress,
                            let weights = weights.baseAddress
                        else { return }
                        var model = unsafe jz_linear_model(
                            features: first, feature_count: features.count, bits: bits, starts: starts, shift: shift, weights: weights,
                            head_count: headCount)
                        unsafe body(&model)
                    }
                }
            }
        }
    }
}

/// The logistic function by operations that round the same way on every processor; libm's `exp` does not.
enum Logistic {
    /// 1 / (1 + e^-x)
    static func value(_ x: Double) -> Double {
        if x < 0 { return 1 - value(-x) }
        if x > 36 { return 1 }
        return 1 / (1 + expNegative(x))
    }

    /// The same of several numbers: in each lane the same operations in the same order, so that the values are the same.
    static func values(_ x: SIMD8<Double>) -> SIMD8<Double> {
        let size = x.replacing(with: -x, where: x .< 0)
        let t = size.replacing(with: 36, where: size .> 36) / 64
        var sum = SIMD8(repeating: 1.0)
        var term = sum
        for k in 1...14 {
            term = term * -t / Double(k)
            sum += term
        }
        for _ in 0..<6 { sum *= sum }
        let values = (1 / (1 + sum)).replacing(with: 1, where: size .> 36)
        return values.replacing(with: 1 - values, where: x .< 0)
    }

    /// e^-x for x in 0...36, by halving the argument until a short series is exact.
    private static func expNegative(_ x: Double) -> Double {
        let t = x / 64
        var sum = 1.0
        var term = 1.0
        for k in 1...14 {
            term = term * -t / Double(k)
            sum += term
        }
        for _ in 0..<6 { sum *= sum }
        return sum
    }
}
