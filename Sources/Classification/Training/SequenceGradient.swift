import CSequence

/// The gradient of the network's loss over one chat: the forward pass, then back through it.
struct SequenceGradient {
    typealias Lanes = SequenceModel.Lanes
    private typealias Size = SequenceModel.Size

    let layout: SequenceModel.Layout
    private var run: SequenceRun
    private var room: [Lanes] = []

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
        guard !inputs.isEmpty else { return [] }
        var errors = odds
        for step in inputs.indices {
            var error = Activation.logistic(odds[step])
            for lane in 0..<Size.lanes {
                guard lane < targets[step].count, let target = targets[step][lane] else {
                    error[lane] = 0
                    continue
                }
                error[lane] = (error[lane] - (target ? 1 : 0)) * Self.headWeights[lane]
            }
            errors[step] = error
        }
        // What the loss changes by with each value that reaches the output.
        var back = [Lanes](repeating: Lanes(), count: inputs.count * Size.output)
        unsafe parameters.withFloats(from: layout.output) { parameters in
            unsafe run.outputs.withFloats { outputs in
                unsafe mask.withFloats { mask in
                    unsafe errors.withFloats { errors in
                        unsafe gradient.withMutableFloats(from: layout.output) { gradient in
                            unsafe back.withMutableFloats { back in
                                unsafe jz_sequence_odds_back(parameters, outputs, mask, errors, inputs.count, gradient, back)
                            }
                        }
                    }
                }
            }
        }
        for direction in 0..<2 { goBack(direction, inputs.count, &back, &gradient, parameters) }
        return embed(inputs, filtered, back, &gradient, parameters)
    }

    private mutating func goBack(_ direction: Int, _ count: Int, _ back: inout [Lanes], _ gradient: inout [Lanes], _ parameters: [Lanes]) {
        if room.count < count * SequenceRun.keptPerStep { room = [Lanes](repeating: Lanes(), count: count * SequenceRun.keptPerStep) }
        unsafe parameters.withFloats(from: layout.direction(direction)) { parameters in
            unsafe run.outputs.withFloats { outputs in
                unsafe run.gates[direction].withFloats { gates in
                    unsafe back.withMutableFloats { back in
                        unsafe gradient.withMutableFloats(from: layout.direction(direction)) { gradient in
                            unsafe room.withMutableFloats { room in
                                unsafe jz_sequence_back(parameters, outputs, gates, back, count, Int32(direction), gradient, room)
                            }
                        }
                    }
                }
            }
        }
    }

    private func embed(
        _ inputs: [SequenceModel.Input], _ filtered: [Lanes], _ back: [Lanes], _ gradient: inout [Lanes], _ parameters: [Lanes]
    ) -> [Lanes] {
        var toFiltered = [Lanes](repeating: Lanes(), count: filtered.count)
        let valueRows = layout.denseRows * Size.lanes
        unsafe parameters.withFloats { parameters in
            unsafe filtered.withFloats { filtered in
                unsafe run.outputs.withFloats { outputs in
                    unsafe back.withFloats { back in
                        unsafe gradient.withMutableFloats { gradient in
                            unsafe toFiltered.withMutableFloats { toFiltered in
                                for (step, input) in inputs.enumerated() {
                                    let at = (step * Size.output + SequenceRun.embeddingPart) * Size.lanes
                                    let filters = step * CharacterFilters.count
                                    unsafe input.traits.withUnsafeBufferPointer { traits in
                                        unsafe withUnsafeBytes(of: input.dense) { dense in
                                            guard let dense = unsafe dense.baseAddress?.assumingMemoryBound(to: Float.self) else { return }
                                            unsafe jz_sequence_embed_back(
                                                traits.baseAddress, traits.count, input.traitScale, parameters + valueRows, dense,
                                                filtered + filters, outputs + at, back + at, gradient, gradient + valueRows,
                                                toFiltered + filters)
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return toFiltered
    }
}
