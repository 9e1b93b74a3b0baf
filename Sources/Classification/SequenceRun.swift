/// One pass of the network over a chat, keeping what training needs of it.
struct SequenceRun {
    typealias Lanes = SequenceModel.Lanes
    private typealias Size = SequenceModel.Size

    let layout: SequenceModel.Layout
    /// What reaches the output of each message, in lanes: the states of both directions, the embedding, the dense values.
    var outputs: [Lanes] = []
    /// For each direction and message the opened gates and the part of the candidate that the state gives.
    var gates: [[Lanes]] = [[], []]

    init(layout: SequenceModel.Layout) { self.layout = layout }

    /// - Parameter mask: what the values that reach the output are multiplied with, in training.
    mutating func forward(_ inputs: [SequenceModel.Input], _ parameters: [Lanes], mask: [Lanes] = []) -> [Lanes] {
        embed(inputs, parameters)
        for direction in 0..<2 { run(direction, inputs.count, parameters) }
        var odds: [Lanes] = []
        odds.reserveCapacity(inputs.count)
        for step in inputs.indices {
            var sum = parameters[layout.count - 1]
            for part in 0..<Size.output {
                var values = outputs[step * Size.output + part]
                if !mask.isEmpty { values *= mask[step * Size.output + part] }
                let rows = layout.output + part * Size.lanes
                for lane in 0..<Size.lanes { sum += parameters[rows + lane] * values[lane] }
            }
            odds.append(sum)
        }
        return odds
    }

    /// Where the parts of a message's output begin: the states come first.
    static let embeddingPart = 2 * SequenceModel.Size.state

    private mutating func embed(_ inputs: [SequenceModel.Input], _ parameters: [Lanes]) {
        outputs = [Lanes](repeating: Lanes(), count: inputs.count * Size.output)
        let traitCount = layout.traitCount
        for (step, input) in inputs.enumerated() {
            let bias = (traitCount + Size.lanes) * Size.embedding
            var low = parameters[bias]
            var high = parameters[bias + 1]
            for trait in input.traits {
                low += parameters[Int(trait) * Size.embedding] * input.traitScale
                high += parameters[Int(trait) * Size.embedding + 1] * input.traitScale
            }
            for lane in 0..<Size.lanes where input.dense[lane] != 0 {
                low += parameters[(traitCount + lane) * Size.embedding] * input.dense[lane]
                high += parameters[(traitCount + lane) * Size.embedding + 1] * input.dense[lane]
            }
            let at = step * Size.output + Self.embeddingPart
            outputs[at] = low.replacing(with: 0, where: low .< 0)
            outputs[at + 1] = high.replacing(with: 0, where: high .< 0)
            outputs[at + 2] = input.dense
        }
    }

    /// Values kept of each step of a direction: the reset, update and candidate gates, and the state's part of the candidate.
    static let keptPerStep = 4 * SequenceModel.Size.state

    private mutating func run(_ direction: Int, _ count: Int, _ parameters: [Lanes]) {
        gates[direction] = [Lanes](repeating: Lanes(), count: count * Self.keptPerStep)
        let inputRows = layout.direction(direction)
        let stateRows = layout.stateRows(direction)
        let bias = layout.gateBias(direction)
        let candidateBias = layout.candidateBias(direction)
        var state = (Lanes(), Lanes(), Lanes())
        for number in 0..<count {
            let step = direction == 0 ? number : count - 1 - number
            let at = step * Size.output + Self.embeddingPart
            let input = (outputs[at], outputs[at + 1], outputs[at + 2])
            func sum(_ gate: Int, _ rows: Int, _ values: (Lanes, Lanes, Lanes), from start: (Lanes, Lanes, Lanes)) -> (Lanes, Lanes, Lanes) {
                var sum = start
                func add(_ values: Lanes, _ part: Int) {
                    var row = rows + part * Size.lanes * Size.gates + gate * Size.state
                    for lane in 0..<Size.lanes {
                        let value = values[lane]
                        // Half of an embedding is zero, and adds nothing.
                        if value == 0 {
                            row += Size.gates
                            continue
                        }
                        sum.0 += parameters[row] * value
                        sum.1 += parameters[row + 1] * value
                        sum.2 += parameters[row + 2] * value
                        row += Size.gates
                    }
                }
                add(values.0, 0)
                add(values.1, 1)
                add(values.2, 2)
                return sum
            }
            func biases(_ at: Int) -> (Lanes, Lanes, Lanes) { (parameters[at], parameters[at + 1], parameters[at + 2]) }
            var reset = sum(0, inputRows, input, from: biases(bias))
            reset = sum(0, stateRows, state, from: reset)
            var update = sum(1, inputRows, input, from: biases(bias + Size.state))
            update = sum(1, stateRows, state, from: update)
            var candidate = sum(2, inputRows, input, from: biases(bias + 2 * Size.state))
            let recalled = sum(2, stateRows, state, from: biases(candidateBias))
            reset = (Activation.logistic(reset.0), Activation.logistic(reset.1), Activation.logistic(reset.2))
            update = (Activation.logistic(update.0), Activation.logistic(update.1), Activation.logistic(update.2))
            candidate = (
                Activation.tanh(candidate.0 + reset.0 * recalled.0), Activation.tanh(candidate.1 + reset.1 * recalled.1),
                Activation.tanh(candidate.2 + reset.2 * recalled.2)
            )
            state = (
                candidate.0 + update.0 * (state.0 - candidate.0), candidate.1 + update.1 * (state.1 - candidate.1),
                candidate.2 + update.2 * (state.2 - candidate.2)
            )
            let out = step * Size.output + direction * Size.state
            outputs[out] = state.0
            outputs[out + 1] = state.1
            outputs[out + 2] = state.2
            let kept = step * Self.keptPerStep
            for (part, values) in [reset, update, candidate, recalled].enumerated() {
                gates[direction][kept + part * Size.state] = values.0
                gates[direction][kept + part * Size.state + 1] = values.1
                gates[direction][kept + part * Size.state + 2] = values.2
            }
        }
    }
}
