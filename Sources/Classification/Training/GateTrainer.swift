import Resources
import Tokenization

/// Trains the gate: the weights on all writers, the limit on writers who were left out.
struct GateTrainer {
    /// A character needs so many messages, and so many writers, to have a symbol of its own.
    var leastMessages = 6
    var leastWriters = 3
    /// The share of labelled messages that the gate may lose, of writers it was not trained on.
    var loss = 0.005
    /// The share of messages of innocent chats that may hold a pair which wakes by itself.
    var pairShare = 0.015
    var folds = 3

    struct Chat {
        var texts: [String]
        /// Whether each message has a label; `nil` where readers differ.
        var isLabelled: [Bool?]
        var writer: Int
    }

    func train(_ chats: [Chat]) -> Gate {
        let vocabulary = vocabulary(of: chats)
        let blank = Gate(vocabulary: vocabulary, weights: StoredNumbers([Int16](repeating: 0, count: 1 << Int(Gate.bucketBits))), limit: 0, pairLimit: .max)
        let examples = chats.map { chat in
            zip(chat.texts, chat.isLabelled).map { text, isLabelled in
                LinearTrainer.Example(vector: Self.vector(blank, text), targets: [isLabelled], writer: chat.writer)
            }
        }
        let writers = Set(chats.map(\.writer)).sorted()
        /// For each labelled message the strongest of the messages within reach: what lets it through.
        var reached: [Double] = []
        for fold in 0..<folds {
            let held = Set(writers.enumerated().filter { $0.offset % folds == fold }.map(\.element))
            let gate = fit(vocabulary, chats.indices.filter { !held.contains(chats[$0].writer) }.flatMap { examples[$0] })
            let pairLimit = pairLimit(gate, chats.filter { !held.contains($0.writer) })
            for chat in chats where held.contains(chat.writer) {
                let strengths = chat.texts.map { Self.strength(gate, $0) }
                for index in chat.texts.indices where chat.isLabelled[index] == true {
                    let near = strengths[max(0, index - Gate.reach)..<min(strengths.count, index + Gate.reach + 1)]
                    let isWoken = near.contains { $0.pair >= pairLimit }
                    reached.append(isWoken ? .infinity : near.map(\.sum).max() ?? 0)
                }
            }
        }
        reached.sort()
        let limit = reached.isEmpty ? 0 : reached[Int(Double(reached.count) * loss)]
        let gate = fit(vocabulary, examples.flatMap { $0 })
        return Gate(
            vocabulary: vocabulary, weights: gate.weights, limit: Int32(max(-100_000, min(100_000, limit)).rounded(.down)),
            pairLimit: pairLimit(gate, chats))
    }

    private static func strength(_ gate: Gate, _ text: String) -> Gate.Strength {
        var text = text
        text.makeContiguousUTF8()
        return gate.strength(of: text.utf8.span)
    }

    /// The least weight of a pair that few messages of innocent chats hold.
    private func pairLimit(_ gate: Gate, _ chats: [Chat]) -> Int16 {
        let innocent = chats.filter { !$0.isLabelled.contains { $0 != false } }
        let pairs = innocent.flatMap { chat in chat.texts.map { Self.strength(gate, $0).pair } }.sorted(by: >)
        return pairs.isEmpty ? .max : max(1, pairs[Int(Double(pairs.count) * pairShare)] &+ 1)
    }

    private func fit(_ vocabulary: [UInt32], _ examples: [LinearTrainer.Example]) -> Gate {
        var trainer = LinearTrainer()
        trainer.passes = 4
        let model = trainer.train(examples, headCount: 1)
        var weights = [Int16](repeating: 0, count: 1 << Int(Gate.bucketBits))
        for (row, feature) in model.features.enumerated() { weights[Int(feature)] = model.weights[row] }
        return Gate(vocabulary: vocabulary, weights: StoredNumbers(weights), limit: 0, pairLimit: .max)
    }

    private static func vector(_ gate: Gate, _ text: String) -> FeatureVector {
        var text = text
        text.makeContiguousUTF8()
        var features: [UInt32] = []
        var previous = Gate.Symbol.border
        gate.forEachSymbol(in: text.utf8.span) { symbol in
            features.append(UInt32(Gate.single(symbol)))
            features.append(UInt32(Gate.pair(previous, symbol)))
            previous = symbol
        }
        features.append(UInt32(Gate.pair(previous, Gate.Symbol.border)))
        var vector = FeatureVector()
        vector.append(features, .together(100))
        return vector
    }

    private func vocabulary(of chats: [Chat]) -> [UInt32] {
        var seen: [UInt32: (messages: Int, writers: Set<Int>)] = [:]
        for chat in chats {
            for text in chat.texts {
                var characters: Set<UInt32> = []
                for scalar in text.unicodeScalars {
                    if case .one(let folded) = Folder.single(scalar.value), Gate.mayStandAlone(folded) { characters.insert(folded) }
                }
                for character in characters {
                    seen[character, default: (0, [])].messages += 1
                    if seen[character, default: (0, [])].writers.count < leastWriters {
                        seen[character]?.writers.insert(chat.writer)
                    }
                }
            }
        }
        return seen.filter { $0.value.messages >= leastMessages && $0.value.writers.count >= leastWriters }.keys.sorted()
    }
}
