import Resources

/// Trains logistic regressions by stochastic gradient steps (AdaGrad), the same way on every processor.
///
/// Examples are visited one after another in an order that depends on nothing but their number, and only operations
/// that IEEE 754 rounds exactly are used.
struct LinearTrainer {
    /// Times all examples are visited.
    var passes = 6
    var learningRate = 0.25
    /// Pull of each touched weight towards zero.
    var regularization = 3e-6
    /// Features seen in fewer examples are left out.
    var leastExamples = 3
    /// Weights below this are dropped, in natural log odds; features that have no others go with them.
    var leastWeight: Float = 0.15
    /// Features seen with fewer writers are left out: what only one hand writes does not carry over to others.
    var leastWriters = 2

    struct Example {
        var vector: FeatureVector
        /// For each head 0 or 1, or `nil` where the example says nothing about it.
        var targets: [Bool?]
        var writer: Int
        var weight: Double = 1
    }

    func train(_ examples: [Example], headCount: Int) -> LinearModel {
        let (features, rows) = vocabulary(of: examples)
        let heads = headCount
        var weights = [Float](repeating: 0, count: features.count * heads)
        var squares = [Float](repeating: 1e-2, count: features.count * heads)
        var biases = [Double](repeating: -2, count: heads)
        var biasSquares = [Double](repeating: 1, count: heads)
        var averaged = [Float](repeating: 0, count: weights.count)
        var averagedBiases = [Double](repeating: 0, count: heads)
        var averages: Float = 0
        var random = SplitMix(seed: 20_221_225)
        var order = Array(examples.indices)
        var margins = [Double](repeating: 0, count: heads)

        for pass in 0..<passes {
            random.shuffle(&order)
            let rate = Float(learningRate)
            for position in order {
                let example = examples[position]
                for head in 0..<heads { margins[head] = biases[head] }
                for block in rows[position] {
                    for row in block.rows {
                        let start = Int(row) * heads
                        for head in 0..<heads { margins[head] += Double(weights[start + head] * block.value) }
                    }
                }
                for head in 0..<heads {
                    guard let target = example.targets[head] else {
                        margins[head] = 0
                        continue
                    }
                    // From here on the gradient of the loss.
                    margins[head] = (Logistic.value(margins[head]) - (target ? 1 : 0)) * example.weight
                    let gradient = margins[head]
                    biasSquares[head] += gradient * gradient
                    biases[head] -= 0.1 * gradient / biasSquares[head].squareRoot()
                }
                for block in rows[position] {
                    for row in block.rows {
                        let start = Int(row) * heads
                        for head in 0..<heads where abs(margins[head]) > 1e-3 {
                            let at = start + head
                            let gradient = Float(margins[head]) * block.value + Float(regularization) * weights[at]
                            squares[at] += gradient * gradient
                            weights[at] -= rate * gradient / squares[at].squareRoot()
                        }
                    }
                }
            }
            // The mean of the later passes is steadier than the last one.
            if pass * 2 >= passes {
                averages += 1
                for at in weights.indices { averaged[at] += weights[at] }
                for head in 0..<heads { averagedBiases[head] += biases[head] }
            }
        }
        return model(features, averaged.map { $0 / averages }, averagedBiases.map { $0 / Double(averages) })
    }

    /// Rounds the weights and leaves out the features whose weights are all too small to matter.
    private func model(_ features: [UInt32], _ weights: [Float], _ biases: [Double]) -> LinearModel {
        let heads = biases.count
        let one = Float(LinearModel.weightOne)
        var kept: [UInt32] = []
        var rounded: [Int16] = []
        for (row, feature) in features.enumerated() {
            let own = weights[row * heads..<(row + 1) * heads].map { abs($0) < leastWeight ? 0 : $0 }
            guard own.contains(where: { $0 != 0 }) else { continue }
            kept.append(feature)
            rounded += own.map { Int16(max(-32_000, min(32_000, ($0 * one).rounded()))) }
        }
        return LinearModel(
            headCount: heads, features: kept, weights: rounded,
            biases: biases.map { Int64(($0 * Double(LinearModel.weightOne * FeatureVector.one)).rounded()) })
    }

    private struct Rows {
        var rows: [Int32]
        var value: Float
    }

    /// The features worth a weight, and the examples in terms of their positions.
    private func vocabulary(of examples: [Example]) -> (features: [UInt32], rows: [[Rows]]) {
        struct Seen {
            var examples: Int32
            var writer: Int32
            var severalWriters: Bool
        }
        var seen: [UInt32: Seen] = [:]
        for example in examples {
            for block in example.vector.blocks {
                for feature in block.features {
                    if var known = seen[feature] {
                        known.examples += 1
                        if known.writer != Int32(example.writer) { known.severalWriters = true }
                        seen[feature] = known
                    } else {
                        seen[feature] = Seen(examples: 1, writer: Int32(example.writer), severalWriters: false)
                    }
                }
            }
        }
        let features = seen.filter { $0.value.examples >= leastExamples && ($0.value.severalWriters || leastWriters < 2) }
            .keys.sorted()
        let index = FeatureIndex(features)
        let rows = examples.map { example in
            example.vector.blocks.map { block in
                Rows(
                    rows: block.features.compactMap { index[$0].map(Int32.init) },
                    value: Float(block.value) / Float(FeatureVector.one))
            }
        }
        return (features, rows)
    }
}

/// A small generator of pseudo-random numbers with a fixed sequence (S. Vigna, SplitMix64).
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func shuffle<T>(_ elements: inout [T]) {
        guard elements.count > 1 else { return }
        for i in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(i, Int(next() % UInt64(i + 1)))
        }
    }
}
