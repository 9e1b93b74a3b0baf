import CSequence
import Testing
import Tokenization
import Transcript

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
            #expect(FeatureVector.distinct(features) == expected)
            // What C leaves is in no order.
            var table = [UInt32](repeating: 1, count: 1 << 17)
            var left = features
            let number = unsafe jz_distinct_features(&left, count, &table, table.count)
            #expect(left.prefix(number).sorted() == expected)
            // All begin at the same place of the table.
            left = features.map { $0 << 17 }
            let others = unsafe jz_distinct_features(&left, count, &table, table.count)
            #expect(left.prefix(others).sorted() == Set(features.map { $0 << 17 }).sorted())
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
            vector.append(features.enumerated().filter { $0.offset % 3 == 0 }.map(\.element) + [5, 6, 7], .together(100))
            vector.append(features.suffix(20), .each(25))
            let expected = (0..<heads).map { head in
                vector.blocks.reduce(biases[head]) { sum, block in
                    block.features.reduce(sum) { sum, feature in
                        guard let row = features.firstIndex(of: feature) else { return sum }
                        return sum + Int64(weights[row * heads + head]) * Int64(block.value)
                    }
                }
            }
            let scores = model.scores(vector)
            #expect((0..<heads).map { scores[$0] } == expected)
        }
    }

    /// A message's features as their definition says, block by block.
    private func plainFeatures(of message: ReadMessage) -> [Set<UInt32>] {
        let characters = [2] + message.text.scalars.map(\.value) + [3]
        var sequences: Set<UInt32> = []
        for start in characters.indices {
            var hash = FeatureHash("ngram")
            for character in characters[start...].prefix(4) {
                hash.add(character)
                sequences.insert(hash.value)
                if message.speaker == .seller { sequences.insert(hash.adding(7).value) }
            }
        }
        let speaker = message.speaker.rawValue
        var traits: Set = [FeatureHash("speaker").adding(speaker).value]
        var pairs: Set<UInt32> = []
        for (number, trait) in message.traits.enumerated() {
            traits.insert(FeatureHash("trait").adding(trait).value)
            traits.insert(FeatureHash("trait").adding(trait).adding(speaker + 8).value)
            for other in message.traits[..<number] {
                pairs.insert(FeatureHash("pair").adding(min(trait, other)).adding(max(trait, other)).value)
            }
        }
        var clauses: Set<UInt32> = []
        for (number, cue) in message.cues.enumerated() {
            clauses.insert(FeatureHash("cue").adding(cue.trait).adding(speaker).value)
            for later in message.cues[(number + 1)...].prefix(6) where later.at <= cue.at + 10 && later.trait != cue.trait {
                clauses.insert(FeatureHash("clause").adding(cue.trait).adding(later.trait).adding(speaker).value)
            }
        }
        return [sequences, traits, pairs, clauses].filter { !$0.isEmpty }
    }

    @Test(arguments: [
        "", "好", "差评", "不给2000就差评，加我微信 abc12345，返现截图发你", "薇❤ 好.评.返.现",
        String(repeating: "不删评就投诉到12315！给50元红包吧。", count: 300),
    ], [Message.Role.buyer, .seller, .system])
    func `A message has the features of its definition, and scores what they weigh`(text: String, role: Message.Role) {
        let message = MessageReader(.shipped).read(Classifier.Input(role: role, text: text))
        let vector = MessageFeatures.vector(of: message)
        let plain = plainFeatures(of: message)
        #expect(vector.blocks.map { $0.features } == plain.map { $0.sorted() })
        let features = plain.joined().sorted()
        let known = FeatureVector.distinct(features.enumerated().filter { $0.offset % 3 != 0 }.map(\.element))
        let model = LinearModel(
            headCount: 10, features: known, weights: (0..<known.count * 10).map { Int16(truncatingIfNeeded: $0 * 77) }, biases: [Int64](repeating: 5, count: 10))
        var (maker, room) = (MessageFeatures(), [UInt32]())
        // What was made for another message is gone.
        _ = model.logOdds(of: MessageReader(.shipped).read(Classifier.Input(role: .seller, text: "别的话")), &maker, &room)
        #expect(model.logOdds(of: message, &maker, &room) == model.logOdds(vector))
    }

    @Test func `The logistic function of many numbers is that of each, bit for bit`() {
        for step in stride(from: -800_000, through: 800_000, by: 160) {
            let numbers = SIMD8((0..<8).map { Double(step + 2 * $0) / 10_000 })
            let values = Logistic.values(numbers)
            let isSame = (0..<8).allSatisfy { values[$0].bitPattern == Logistic.value(numbers[$0]).bitPattern }
            #expect(isSame, "\(numbers)")
        }
    }
}
