/// The gradient of the network's loss over one chat: the forward pass, then back through it.
struct SequenceGradient {
    typealias Lanes = SequenceModel.Lanes
    private typealias Size = SequenceModel.Size
    private typealias State = (Lanes, Lanes, Lanes)

    let layout: SequenceModel.Layout
    private var run: SequenceRun

    init(layout: SequenceModel.Layout) {
        self.layout = layout
        run = SequenceRun(layout: layout)
    }

    /// The labels count twice as much as the acts they consist of.
    private static let headWeights: [Float] = [2, 2, 2, 1, 1, 1, 1, 1, 1, 1]

    /// Adds the gradient of one chat.
    /// - Parameters:
    ///   - filtered: what the filters found, some of it left out.
    ///   - mask: what the values that reach the output are multiplied with.
    /// - Returns: what the loss changes by with each value of `filtered`.
    mutating func add(
        to gradient: inout [Lanes], _ inputs: [SequenceModel.Input], filtered: [Lanes], _ targets: [[Bool?]], _ mask: [Lanes],
        _ parameters: [Lanes]
    ) -> [Lanes] {
        let odds = run.forward(inputs, filtered: filtered, parameters, mask: mask)
        // What the loss changes by with each value that reaches the output.
        var back = [Lanes](repeating: Lanes(), count: inputs.count * Size.output)
        for step in inputs.indices {
            var error = Activation.logistic(odds[step])
            for lane in 0..<Size.lanes {
                guard lane < targets[step].count, let target = targets[step][lane] else {
                    error[lane] = 0
                    continue
                }
                error[lane] = (error[lane] - (target ? 1 : 0)) * Self.headWeights[lane]
            }
            gradient[layout.count - 1] += error
            for part in 0..<Size.output {
                let at = step * Size.output + part
                let values = run.outputs[at] * mask[at]
                var toValues = Lanes()
                let rows = layout.output + part * Size.lanes
                for lane in 0..<Size.lanes {
                    gradient[rows + lane] += error * values[lane]
                    toValues[lane] = (parameters[rows + lane] * error).sum()
                }
                back[at] = toValues * mask[at]
            }
        }
        for direction in 0..<2 { goBack(direction, inputs.count, &back, &gradient, parameters) }
        return embed(inputs, filtered, back, &gradient, parameters)
    }

    private func goBack(_ direction: Int, _ count: Int, _ back: inout [Lanes], _ gradient: inout [Lanes], _ parameters: [Lanes]) {
        let inputRows = layout.direction(direction)
        let stateRows = layout.stateRows(direction)
        let bias = layout.gateBias(direction)
        let candidateBias = layout.candidateBias(direction)
        var toState: [Lanes] = [Lanes(), Lanes(), Lanes()]
        for number in stride(from: count - 1, through: 0, by: -1) {
            let step = direction == 0 ? number : count - 1 - number
            let before = direction == 0 ? step - 1 : step + 1
            let hasBefore = number > 0
            let kept = step * SequenceRun.keptPerStep
            let gates = run.gates[direction]
            var errors = [Lanes](repeating: Lanes(), count: Size.gates)
            var recalledErrors = [Lanes](repeating: Lanes(), count: Size.state)
            var next = [Lanes](repeating: Lanes(), count: Size.state)
            for part in 0..<Size.state {
                let reset = gates[kept + part]
                let update = gates[kept + Size.state + part]
                let candidate = gates[kept + 2 * Size.state + part]
                let recalled = gates[kept + 3 * Size.state + part]
                let previous = hasBefore ? run.outputs[before * Size.output + direction * Size.state + part] : Lanes()
                let error = toState[part] + back[step * Size.output + direction * Size.state + part]
                let candidateError = error * (1 - update) * (1 - candidate * candidate)
                errors[2 * Size.state + part] = candidateError
                recalledErrors[part] = candidateError * reset
                errors[part] = candidateError * recalled * reset * (1 - reset)
                errors[Size.state + part] = error * (previous - candidate) * update * (1 - update)
                next[part] = error * update
            }
            for gate in 0..<Size.gates { gradient[bias + gate] += errors[gate] }
            for part in 0..<Size.state { gradient[candidateBias + part] += recalledErrors[part] }
            // Through the rows of the state.
            if hasBefore {
                for part in 0..<Size.state {
                    let previous = run.outputs[before * Size.output + direction * Size.state + part]
                    var toPrevious = Lanes()
                    for lane in 0..<Size.lanes {
                        let row = stateRows + (part * Size.lanes + lane) * Size.gates
                        var sum = Lanes()
                        let value = previous[lane]
                        for gate in 0..<Size.gates {
                            let error = gate < 2 * Size.state ? errors[gate] : recalledErrors[gate - 2 * Size.state]
                            gradient[row + gate] += error * value
                            sum += parameters[row + gate] * error
                        }
                        toPrevious[lane] = sum.sum()
                    }
                    next[part] += toPrevious
                }
            }
            // Through the rows of the input.
            for part in 0..<Size.input {
                let at = step * Size.output + SequenceRun.embeddingPart + part
                let values = run.outputs[at]
                var toInput = Lanes()
                for lane in 0..<Size.lanes {
                    let row = inputRows + (part * Size.lanes + lane) * Size.gates
                    var sum = Lanes()
                    let value = values[lane]
                    for gate in 0..<Size.gates {
                        gradient[row + gate] += errors[gate] * value
                        sum += parameters[row + gate] * errors[gate]
                    }
                    toInput[lane] = sum.sum()
                }
                back[at] += toInput
            }
            toState = next
        }
    }

    private func embed(
        _ inputs: [SequenceModel.Input], _ filtered: [Lanes], _ back: [Lanes], _ gradient: inout [Lanes], _ parameters: [Lanes]
    ) -> [Lanes] {
        var toFiltered = [Lanes](repeating: Lanes(), count: filtered.count)
        for (step, input) in inputs.enumerated() {
            let at = step * Size.output + SequenceRun.embeddingPart
            for part in 0..<Size.embedding {
                let error = back[at + part].replacing(with: 0, where: run.outputs[at + part] .<= 0)
                gradient[layout.embeddingBias + part] += error
                for trait in input.traits { gradient[layout.row(Int(trait)) + part] += error * input.traitScale }
                for lane in 0..<Size.lanes where input.dense[lane] != 0 {
                    gradient[layout.denseRows + layout.row(lane) + part] += error * input.dense[lane]
                }
                for group in 0..<CharacterFilters.width {
                    let place = step * CharacterFilters.width + group
                    for lane in 0..<Size.lanes where filtered[place][lane] != 0 {
                        let row = layout.filterRows + layout.row(group * Size.lanes + lane) + part
                        gradient[row] += error * filtered[place][lane]
                        toFiltered[place][lane] += (parameters[row] * error).sum()
                    }
                }
            }
        }
        return toFiltered
    }
}
