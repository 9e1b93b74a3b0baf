import CSequence
import Resources
import Tokenization

/// Trains the network that reads chats, by gradient steps (Adam) over small batches, the same way on every processor.
struct SequenceTrainer {
    typealias Lanes = SequenceModel.Lanes
    private typealias Size = SequenceModel.Size

    /// Times all chats are visited.
    var passes = 16
    var learningRate: Float = 4e-3
    /// Pull of every weight towards zero, for each step and unit of the rate.
    var decay: Float = 0.01
    /// Chats whose gradients make one step.
    var batch = 32
    /// Share of traits, and of the values that reach the output, left out at random in training.
    var dropout: Float = 0.3
    /// Share of characters taken for unknown ones in training.
    var characterDropout: Float = 0.15
    /// One chat in so many is read together with another of the same writer, as a longer chat.
    var joined = 4
    /// Traits in fewer messages are not learnt.
    var leastMessages = 20
    /// Characters in fewer messages, or with fewer writers, are not learnt.
    var leastCharacterMessages = 12
    var leastCharacterWriters = 6
    var seed: UInt64 = 1

    struct Example {
        var read: [ReadMessage]
        /// For each message the linear model's log odds of every head, by a model that did not see the writer.
        var opinions: [Lanes]
        var targets: [[Bool?]]
        var writer: Int
    }

    /// What the networks are to know of the messages they learn from.
    func vocabulary(of examples: [Example]) -> InputVocabulary {
        var traits: [UInt32: Int] = [:]
        var characters: [UInt32: (messages: Int, writers: Set<Int>)] = [:]
        for example in examples {
            for message in example.read {
                for trait in message.traits { traits[trait, default: 0] += 1 }
                for character in Set(message.text.scalars.map(\.value)) {
                    characters[character, default: (0, [])].messages += 1
                    characters[character, default: (0, [])].writers.insert(example.writer)
                }
            }
        }
        return InputVocabulary(
            traits: traits.filter { $0.value >= leastMessages }.keys.sorted(),
            characters: characters.filter {
                $0.value.messages >= leastCharacterMessages && $0.value.writers.count >= leastCharacterWriters
            }.keys.sorted())
    }

    func train(_ examples: [Example], _ vocabulary: InputVocabulary) -> SequenceModel {
        var random = SplitMix(seed: seed)
        let layout = SequenceModel.Layout(traitCount: vocabulary.traits.count)
        let filterLayout = FilterGradient.Layout(
            start: layout.count, characterCount: vocabulary.characters.count + 1, markCount: vocabulary.traits.count + 1)
        var parameters = Self.start(filterLayout.end, &random)
        let inputs = examples.map { example in
            example.read.indices.map { index in
                vocabulary.input(
                    example.read[index], opinion: example.opinions[index],
                    follows: index > 0 && example.read[index - 1].isSameSpeaker(as: example.read[index]))
            }
        }
        var ofWriter: [Int: [Int]] = [:]
        for (number, example) in examples.enumerated() { ofWriter[example.writer, default: []].append(number) }

        var first = [Lanes](repeating: Lanes(), count: parameters.count)
        var second = first
        var order = Array(examples.indices)
        let steps = passes * ((order.count + batch - 1) / batch)
        var step = 0
        // What the means of the gradients, which begin at 0, still lack.
        var (firstLack, secondLack): (Float, Float) = (1, 1)
        var run = SequenceGradient(layout: layout)
        var filters = FilterGradient(layout: filterLayout)
        for _ in 0..<passes {
            random.shuffle(&order)
            for start in stride(from: 0, to: order.count, by: batch) {
                var gradient = [Lanes](repeating: Lanes(), count: parameters.count)
                var messages: Float = 0
                filters.begin(parameters)
                for number in order[start..<min(start + batch, order.count)] {
                    var input = inputs[number]
                    var targets = examples[number].targets
                    if random.next() % UInt64(joined) == 0, let others = ofWriter[examples[number].writer] {
                        let other = others[Int(random.next() % UInt64(others.count))]
                        input += inputs[other]
                        targets += examples[other].targets
                    }
                    messages += Float(targets.count)
                    drop(from: &input, &random)
                    let mask = (0..<input.count * Size.output).map { _ in self.mask(&random) }
                    let filterMask = (0..<input.count * CharacterFilters.width).map { _ in self.mask(&random) }
                    let filtered = zip(filters.forward(input, parameters), filterMask).map { $0 * $1 }
                    let errors = run.add(to: &gradient, input, filtered: filtered, targets, mask, parameters)
                    filters.back(input, zip(errors, filterMask).map { $0 * $1 }, to: &gradient)
                }
                filters.finish(&gradient)
                step += 1
                firstLack *= 0.9
                secondLack *= 0.999
                adjust(
                    &parameters, gradient, 1 / max(1, messages), step, steps, &first, &second, lack: (firstLack, secondLack))
            }
        }
        return SequenceModel(
            layout: layout, parameters: StoredNumbers(Array(parameters[..<layout.count])),
            filters: FilterGradient.filters(filterLayout, parameters))
    }

    private func drop(from inputs: inout [SequenceModel.Input], _ random: inout SplitMix) {
        for index in inputs.indices {
            inputs[index].traits.removeAll { _ in random.isBelow(dropout) }
            inputs[index].traitScale = 1 / (1 - dropout)
            for place in inputs[index].characters.indices where random.isBelow(characterDropout) {
                inputs[index].characters[place].row = 0
            }
        }
    }

    /// Zeroes for what is left out; the rest is raised so that the sum stays about the same.
    private func mask(_ random: inout SplitMix) -> Lanes {
        let kept = 1 / (1 - dropout)
        let limit = UInt64(dropout * 65_536)
        var mask = Lanes()
        // Sixteen bits of chance for each.
        for lane in stride(from: 0, to: Size.lanes, by: 4) {
            let bits = random.next()
            for part in 0..<4 where bits >> UInt64(16 * part) & 0xFFFF >= limit { mask[lane + part] = kept }
        }
        return mask
    }

    /// Small random weights, evenly spread.
    private static func start(_ count: Int, _ random: inout SplitMix) -> [Lanes] {
        (0..<count).map { _ in
            var lanes = Lanes()
            for lane in 0..<Size.lanes { lanes[lane] = (random.unit() - 0.5) * 0.28 }
            return lanes
        }
    }

    /// One step of Adam with decoupled decay; the rate rises, then falls to nothing.
    private func adjust(
        _ parameters: inout [Lanes], _ gradient: [Lanes], _ scale: Float, _ step: Int, _ steps: Int, _ first: inout [Lanes],
        _ second: inout [Lanes], lack: (Float, Float)
    ) {
        let warm = Float(steps) * 0.2
        let at = Float(step)
        let rest = max(0, (Float(steps) - at) / (Float(steps) - warm))
        let rate = learningRate * (at < warm ? 0.04 + 0.96 * at / warm : rest * rest * (3 - 2 * rest))
        let count = parameters.count
        var square: Double = 0
        unsafe gradient.withFloats { unsafe square = jz_sum_of_squares($0, count) }
        let norm = Float(square.squareRoot()) * scale
        let factor = norm > 1 ? scale / norm : scale
        unsafe parameters.withMutableFloats { parameters in
            unsafe gradient.withFloats { gradient in
                unsafe first.withMutableFloats { first in
                    unsafe second.withMutableFloats { second in
                        unsafe jz_adam_step(
                            parameters, gradient, first, second, count, factor, 1 - lack.0, 1 - lack.1, rate, rate * decay)
                    }
                }
            }
        }
    }
}

extension SplitMix {
    /// A number from 0 up to 1.
    mutating func unit() -> Float { Float(next() >> 40) / 16_777_216 }

    mutating func isBelow(_ share: Float) -> Bool { unit() < share }
}
