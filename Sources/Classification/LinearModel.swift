/// Several linear models over the same features, with integer weights.
struct LinearModel: Sendable {
    /// The weights of one head are in units of 1/`weightOne`.
    static let weightOne = 1_024

    var headCount: Int
    /// The hashes that have weights, ascending.
    var features: [UInt32]
    /// For each feature the weights of all heads.
    var weights: [Int16]
    /// In the units of a score.
    var biases: [Int64]
    private var index = FeatureIndex([])

    init(headCount: Int, features: [UInt32], weights: [Int16], biases: [Int64]) {
        precondition(weights.count == features.count * headCount && biases.count == headCount)
        self.headCount = headCount
        self.features = features
        self.weights = weights
        self.biases = biases
        index = FeatureIndex(features)
    }

    /// The log odds of each head, in units of 1/(`FeatureVector.one` * `weightOne`).
    func scores(_ vector: FeatureVector) -> [Int64] {
        var scores = biases
        var sums = [Int64](repeating: 0, count: headCount)
        for block in vector.blocks {
            for head in 0..<headCount { sums[head] = 0 }
            for feature in block.features {
                guard let row = index[feature] else { continue }
                let start = row * headCount
                for head in 0..<headCount { sums[head] &+= Int64(weights[start + head]) }
            }
            for head in 0..<headCount { scores[head] &+= sums[head] &* Int64(block.value) }
        }
        return scores
    }

    /// The score as a natural number of log odds.
    static func logOdds(_ score: Int64) -> Double { Double(score) / Double(FeatureVector.one * weightOne) }
}

/// Finds a feature's row: open addressing over the sorted hashes.
struct FeatureIndex: Sendable {
    private var slots: [Int32]
    private var keys: [UInt32]
    private let mask: Int

    init(_ features: [UInt32]) {
        var capacity = 16
        while capacity < features.count * 2 { capacity *= 2 }
        slots = Array(repeating: -1, count: capacity)
        mask = capacity - 1
        keys = features
        for (row, feature) in features.enumerated() {
            var slot = Int(feature) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(row)
        }
    }

    subscript(feature: UInt32) -> Int? {
        var slot = Int(feature) & mask
        while slots[slot] >= 0 {
            let row = Int(slots[slot])
            if keys[row] == feature { return row }
            slot = (slot + 1) & mask
        }
        return nil
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

    /// The probability in whole hundredths.
    static func hundredths(_ x: Double) -> Int { Int((value(x) * 100).rounded()) }

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
