import Testing

@testable import Classification

@Suite struct LinearModelTests {
    @Test(arguments: [0, 1, 2, 3, 40, 1_000, 20_000])
    func `Features are sorted and each stands once`(count: Int) {
        var random = SplitMix(seed: UInt64(count))
        // Spread evenly, few of them different, and all alike but for their last bits.
        for spread in [UInt32.max, 50, 0xFFFF_0007] {
            var features = (0..<count).map { _ in UInt32(truncatingIfNeeded: random.next()) }
            features = features.map { spread == 0xFFFF_0007 ? 0xABCD_0000 | $0 & 7 : $0 % spread }
            let expected = Set(features).sorted()
            FeatureVector.makeDistinct(&features)
            #expect(features == expected)
        }
    }

    @Test(arguments: [0, 1, 7, 500, 30_000])
    func `Each feature has its row, and no other has one`(count: Int) {
        var random = SplitMix(seed: UInt64(count))
        var features = Set((0..<count).map { _ in UInt32(truncatingIfNeeded: random.next()) })
        // Neighbours share a bit of the index.
        for feature in features.prefix(count / 3) { features.insert(feature &+ 1) }
        if count > 0 { features.formUnion([0, .max]) }
        let sorted = features.sorted()
        let index = FeatureIndex(sorted)
        for (row, feature) in sorted.enumerated() {
            #expect(index[feature] == row)
            for other in [feature &+ 1, feature &- 1] { #expect((index[other] != nil) == features.contains(other)) }
        }
    }

    @Test func `A score is the sum of the weights of the features that are there`() {
        var random = SplitMix(seed: 3)
        let features = Set((0..<400).map { _ in UInt32(truncatingIfNeeded: random.next()) }).sorted()
        for heads in [1, 3, 10, 16] {
            let weights = features.flatMap { _ in (0..<heads).map { _ in Int16(truncatingIfNeeded: random.next()) } }
            let biases = (0..<heads).map { _ in Int64(truncatingIfNeeded: random.next() % 1_000_000) - 500_000 }
            let model = LinearModel(headCount: heads, features: features, weights: weights, biases: biases)
            var vector = FeatureVector()
            vector.append(features.enumerated().filter { $0.offset % 3 == 0 }.map(\.element) + [5, 6, 7], weight: 100)
            vector.append(features.suffix(20), weightOfEach: 25)
            let expected = (0..<heads).map { head in
                vector.blocks.reduce(biases[head]) { sum, block in
                    block.features.reduce(sum) { sum, feature in
                        guard let row = features.firstIndex(of: feature) else { return sum }
                        return sum + Int64(weights[row * heads + head]) * Int64(block.value)
                    }
                }
            }
            #expect(model.scores(vector) == expected)
        }
    }

    @Test func `The logistic function of many numbers is that of each, bit for bit`() {
        for step in stride(from: -800_000, through: 800_000, by: 160) {
            let numbers = SIMD16((0..<16).map { Double(step + $0) / 10_000 })
            let values = Logistic.values(numbers)
            let isSame = (0..<16).allSatisfy { values[$0].bitPattern == Logistic.value(numbers[$0]).bitPattern }
            #expect(isSame, "\(numbers)")
        }
    }
}
