import CSequence
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

    private typealias Lanes = SIMD16<Float>

    func train(_ examples: [Example], headCount: Int) -> LinearModel {
        let (features, rows) = vocabulary(of: examples)
        precondition(headCount <= Int(jz_linear_heads))
        // For each feature the weights of all heads, then the sums of their squared gradients.
        var table = (0..<2 * features.count).map { $0 % 2 == 0 ? Lanes() : Lanes(repeating: 1e-2) }
        var biases = SIMD16<Double>(repeating: -2)
        var biasSquares = SIMD16<Double>(repeating: 1)
        var averaged = [Lanes](repeating: Lanes(), count: features.count)
        var averagedBiases = SIMD16<Double>()
        var averages: Float = 0
        var random = SplitMix(seed: 20_221_225)
        var order = Array(examples.indices)

        for pass in 0..<passes {
            random.shuffle(&order)
            for position in order {
                let example = examples[position]
                let margins = margins(of: rows[position], biases, table)
                var errors = Lanes()
                for head in 0..<headCount {
                    guard let target = example.targets[head] else { continue }
                    let error = (Logistic.value(margins[head]) - (target ? 1 : 0)) * example.weight
                    biasSquares[head] += error * error
                    biases[head] -= 0.1 * error / biasSquares[head].squareRoot()
                    errors[head] = Float(error)
                }
                step(&table, rows[position], errors)
            }
            // The mean of the later passes is steadier than the last one.
            if pass * 2 >= passes {
                averages += 1
                for row in features.indices { averaged[row] += table[2 * row] }
                averagedBiases += biases
            }
        }
        let weights = averaged.flatMap { row in (0..<headCount).map { row[$0] / averages } }
        return model(features, weights, (0..<headCount).map { averagedBiases[$0] / Double(averages) })
    }

    private func margins(of blocks: [Rows], _ biases: SIMD16<Double>, _ table: [Lanes]) -> SIMD16<Double> {
        var margins = biases
        guard !table.isEmpty else { return margins }
        unsafe table.withFloats { table in
            unsafe withUnsafeMutableBytes(of: &margins) { margins in
                guard let margins = unsafe margins.baseAddress?.assumingMemoryBound(to: Double.self) else { return }
                for block in blocks {
                    unsafe block.rows.withUnsafeBufferPointer {
                        unsafe jz_linear_margins(table, $0.baseAddress, $0.count, block.value, margins)
                    }
                }
            }
        }
        return margins
    }

    private func step(_ table: inout [Lanes], _ blocks: [Rows], _ errors: Lanes) {
        guard !table.isEmpty else { return }
        unsafe table.withMutableFloats { table in
            unsafe withUnsafeBytes(of: errors) { errors in
                guard let errors = unsafe errors.baseAddress?.assumingMemoryBound(to: Float.self) else { return }
                for block in blocks {
                    unsafe block.rows.withUnsafeBufferPointer {
                        unsafe jz_linear_step(
                            table, $0.baseAddress, $0.count, block.value, errors, Float(learningRate), Float(regularization))
                    }
                }
            }
        }
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
        let index = Dictionary(uniqueKeysWithValues: zip(features, Int32(0)...))
        let rows = examples.map { example in
            example.vector.blocks.map { block in
                Rows(
                    rows: block.features.compactMap { index[$0] },
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
