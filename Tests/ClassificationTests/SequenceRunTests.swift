import Testing

@testable import Classification

/// The compiled loops do what the network's definition says, bit for bit, whatever the processor they were chosen for.
@Suite struct SequenceRunTests {
    private typealias Lanes = SequenceModel.Lanes
    private typealias Size = SequenceModel.Size

    @Test("compiled loops equal the plain network", arguments: [1, 2, 3, 4, 5, 63, 64, 65, 70, 200], [false, true])
    func equalsPlainNetwork(_ count: Int, _ isTraining: Bool) {
        var random = SystemRandomNumberGenerator()
        func lanes(_ zeroShare: Double) -> Lanes {
            var lanes = Lanes()
            for lane in 0..<Size.lanes where Double.random(in: 0..<1, using: &random) >= zeroShare {
                lanes[lane] = Float.random(in: -1...1, using: &random)
            }
            return lanes
        }
        let layout = SequenceModel.Layout(traitCount: 5)
        let parameters = (0..<layout.count).map { _ in lanes(0) }
        let inputs = (0..<count).map { number in
            SequenceModel.Input(traits: number % 3 == 0 ? [] : [Int32(number % 5), 4], characters: [], dense: lanes(0.5))
        }
        let filtered = (0..<count * CharacterFilters.width).map { _ in lanes(0.5) }
        let mask = isTraining ? (0..<count * Size.output).map { _ in lanes(0.2) } : nil
        var run = SequenceRun(layout: layout)
        let odds = run.forward(inputs, filtered: filtered, parameters, mask: mask)
        var plain = PlainNetwork(layout: layout, parameters: parameters)
        #expect(odds == plain.forward(inputs, filtered, mask))
        if isTraining { #expect(run.gates == plain.gates) }
    }

    @Test func oddsOfNothingAreNone() {
        let layout = SequenceModel.Layout(traitCount: 1)
        var run = SequenceRun(layout: layout)
        #expect(run.forward([], filtered: [], [Lanes](repeating: Lanes(), count: layout.count)).isEmpty)
    }

    /// The network as its layout describes it, one operation after the other.
    private struct PlainNetwork {
        let layout: SequenceModel.Layout
        let parameters: [Lanes]
        var gates: [[Lanes]] = [[], []]

        mutating func forward(_ inputs: [SequenceModel.Input], _ filtered: [Lanes], _ mask: [Lanes]?) -> [Lanes] {
            let embedded = inputs.indices.map { step in
                embed(inputs[step], Array(filtered[step * CharacterFilters.width..<(step + 1) * CharacterFilters.width]))
            }
            let states = (0..<2).map { direction in
                let order = direction == 0 ? Array(inputs.indices) : inputs.indices.reversed()
                gates[direction] = [Lanes](repeating: Lanes(), count: inputs.count * SequenceRun.keptPerStep)
                var states = [[Lanes]](repeating: [], count: inputs.count)
                var state = [Lanes](repeating: Lanes(), count: Size.state)
                for step in order {
                    state = advance(state, embedded[step], direction, step)
                    states[step] = state
                }
                return states
            }
            return inputs.indices.map { step in
                var values = states[0][step] + states[1][step] + embedded[step]
                if let mask { for part in values.indices { values[part] *= mask[step * Size.output + part] } }
                return add(values, layout.output, width: 1, column: 0, to: parameters[layout.count - 1])
            }
        }

        private func embed(_ input: SequenceModel.Input, _ filtered: [Lanes]) -> [Lanes] {
            let bias = (layout.traitCount + Size.lanes + CharacterFilters.count) * Size.embedding
            return (0..<Size.embedding).map { part in
                var sum = parameters[bias + part]
                for trait in input.traits { sum += parameters[Int(trait) * Size.embedding + part] * input.traitScale }
                for lane in 0..<Size.lanes {
                    sum += parameters[(layout.traitCount + lane) * Size.embedding + part] * input.dense[lane]
                }
                for filter in 0..<CharacterFilters.count {
                    let row = (layout.traitCount + Size.lanes + filter) * Size.embedding + part
                    sum += parameters[row] * filtered[filter / Size.lanes][filter % Size.lanes]
                }
                return sum.replacing(with: 0, where: sum .< 0)
            } + [input.dense]
        }

        private func add(_ values: [Lanes], _ rows: Int, width: Int, column: Int, to start: Lanes) -> Lanes {
            var sum = start
            for (part, lanes) in values.enumerated() {
                for lane in 0..<Size.lanes { sum += parameters[rows + (part * Size.lanes + lane) * width + column] * lanes[lane] }
            }
            return sum
        }

        private mutating func advance(_ state: [Lanes], _ input: [Lanes], _ direction: Int, _ step: Int) -> [Lanes] {
            func inputs(_ column: Int) -> Lanes {
                add(input, layout.direction(direction), width: Size.gates, column: column, to: parameters[layout.gateBias(direction) + column])
            }
            func recall(_ column: Int, _ start: Lanes) -> Lanes {
                add(state, layout.stateRows(direction), width: Size.gates, column: column, to: start)
            }
            var next: [Lanes] = []
            for part in 0..<Size.state {
                let reset = Activation.logistic(recall(part, inputs(part)))
                let update = Activation.logistic(recall(Size.state + part, inputs(Size.state + part)))
                let recalled = recall(2 * Size.state + part, parameters[layout.candidateBias(direction) + part])
                let candidate = Activation.tanh(inputs(2 * Size.state + part) + reset * recalled)
                next.append(candidate + update * (state[part] - candidate))
                for (kept, value) in [reset, update, candidate, recalled].enumerated() {
                    gates[direction][step * SequenceRun.keptPerStep + kept * Size.state + part] = value
                }
            }
            return next
        }
    }
}
