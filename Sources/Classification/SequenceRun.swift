import CSequence
import Resources

/// One pass of the network over a chat, keeping what training needs of it.
struct SequenceRun {
    typealias Lanes = SequenceModel.Lanes
    private typealias Size = SequenceModel.Size

    let layout: SequenceModel.Layout
    /// What reaches the output of each message, in lanes: the states of both directions, the embedding, the dense values;
    /// behind the last message what an earlier run left.
    var outputs: [Lanes] = []
    /// For each direction and message the opened gates and the part of the candidate that the state gives.
    var gates: [[Lanes]] = [[], []]

    init(layout: SequenceModel.Layout) { self.layout = layout }

    /// - Parameters:
    ///   - filtered: what filters found in each message, in `CharacterFilters.width` lanes.
    ///   - mask: what the values that reach the output are multiplied with, in training, which also asks for `gates`.
    mutating func forward(
        _ inputs: [SequenceModel.Input], filtered: [Lanes], _ parameters: some FloatLanes, mask: [Lanes]? = nil
    ) -> [Lanes] {
        guard !inputs.isEmpty else { return [] }
        embed(inputs, filtered, parameters)
        for direction in 0..<2 { run(direction, inputs.count, parameters, keepsGates: mask != nil) }
        return odds(inputs.count, parameters, mask)
    }

    private func odds(_ count: Int, _ parameters: some FloatLanes, _ mask: [Lanes]?) -> [Lanes] {
        var odds = [Lanes](repeating: Lanes(), count: count)
        unsafe odds.withMutableFloats { odds in
            unsafe outputs.withFloats { outputs in
                unsafe parameters.withFloats(from: layout.output) { parameters in
                    guard let mask else { return unsafe jz_sequence_odds(parameters, outputs, nil, count, odds) }
                    unsafe mask.withFloats { mask in unsafe jz_sequence_odds(parameters, outputs, mask, count, odds) }
                }
            }
        }
        return odds
    }

    /// Where the parts of a message's output begin: the states come first.
    static let embeddingPart = 2 * SequenceModel.Size.state

    private mutating func embed(_ inputs: [SequenceModel.Input], _ filtered: [Lanes], _ parameters: some FloatLanes) {
        let length = inputs.count * Size.output
        if outputs.count < length { outputs = [Lanes](repeating: Lanes(), count: length) }
        precondition(parameters.count >= layout.count && filtered.count == inputs.count * CharacterFilters.width)
        unsafe outputs.withMutableFloats { outputs in
            unsafe filtered.withFloats { filtered in
                unsafe parameters.withFloats { parameters in
                    for (step, input) in inputs.enumerated() {
                        unsafe input.traits.withUnsafeBufferPointer { traits in
                            unsafe withUnsafeBytes(of: input.dense) { dense in
                                guard let dense = unsafe dense.baseAddress?.assumingMemoryBound(to: Float.self) else { return }
                                unsafe jz_sequence_embed(
                                    parameters, traits.baseAddress, traits.count, input.traitScale,
                                    parameters + layout.denseRows * Size.lanes, dense,
                                    filtered + step * CharacterFilters.count,
                                    outputs + (step * Size.output + Self.embeddingPart) * Size.lanes)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Values kept of each step of a direction: the reset, update and candidate gates, and the state's part of the candidate.
    static let keptPerStep = 4 * SequenceModel.Size.state

    private mutating func run(_ direction: Int, _ count: Int, _ parameters: some FloatLanes, keepsGates: Bool) {
        gates[direction] = keepsGates ? [Lanes](repeating: Lanes(), count: count * Self.keptPerStep) : []
        unsafe outputs.withMutableFloats { outputs in
            unsafe parameters.withFloats(from: layout.direction(direction)) { parameters in
                guard keepsGates else { return unsafe jz_sequence_run(parameters, outputs, count, Int32(direction), nil) }
                unsafe gates[direction].withMutableFloats { unsafe jz_sequence_run(parameters, outputs, count, Int32(direction), $0) }
            }
        }
    }
}

/// Lanes that C reads as floats.
protocol FloatLanes {
    var count: Int { get }
    /// Calls `body` with the floats of all lanes, one after the other, from one element on.
    func withFloats(from start: Int, _ body: (UnsafePointer<Float>) -> Void)
}

extension FloatLanes {
    func withFloats(_ body: (UnsafePointer<Float>) -> Void) { unsafe withFloats(from: 0, body) }
}

/// Such lanes begin at multiples of 64 bytes, so that the processor fetches none of them in two pieces.
extension StoredNumbers: FloatLanes where Element == SequenceModel.Lanes {
    func withFloats(from start: Int, _ body: (UnsafePointer<Float>) -> Void) {
        precondition(start < count)
        unsafe withUnsafeBufferPointer { lanes in
            guard let base = lanes.baseAddress else { return }
            unsafe body(UnsafeRawPointer(base + start).assumingMemoryBound(to: Float.self))
        }
    }
}

extension [SequenceModel.Lanes]: FloatLanes {
    func withFloats(from start: Int, _ body: (UnsafePointer<Float>) -> Void) {
        precondition(start < count)
        unsafe withUnsafeBufferPointer { lanes in
            guard let base = lanes.baseAddress else { return }
            unsafe body(UnsafeRawPointer(base + start).assumingMemoryBound(to: Float.self))
        }
    }

    mutating func withMutableFloats(from start: Int = 0, _ body: (UnsafeMutablePointer<Float>) -> Void) {
        precondition(start < count)
        unsafe withUnsafeMutableBufferPointer { lanes in
            guard let base = lanes.baseAddress else { return }
            unsafe body(UnsafeMutableRawPointer(base + start).assumingMemoryBound(to: Float.self))
        }
    }
}
