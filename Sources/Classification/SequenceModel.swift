import Resources

/// Reads a chat as a sequence of messages, forwards and backwards, and says of each what it amounts to there.
///
/// A recurrent network (two gated recurrent units, one for each direction) over what the linear model thinks of each
/// message by itself, its traits, its speaker and what filters find in its characters: so a bare "800" is a demand after
/// a threat and a price elsewhere. All arithmetic is in operations that IEEE 754 rounds exactly, in a fixed order, so
/// that every processor comes to the same scores.
struct SequenceModel: Sendable {
    typealias Lanes = SIMD16<Float>

    /// What the network sees of a message.
    struct Input: Sendable {
        /// Rows of the vocabulary's traits.
        var traits: [Int32]
        /// The characters as the filters see them.
        var characters: [CharacterFilters.Character]
        /// The linear model's log odds of every head, scaled, then who speaks; zeroes behind.
        var dense: Lanes
        /// What a trait counts: more where others were left out in training.
        var traitScale: Float = 1
    }

    /// Lanes of the layers: the embedding of a message, and the state of one direction.
    enum Size {
        static let embedding = 3
        static let dense = 1
        static let input = embedding + dense
        static let state = 3
        static let gates = 3 * state
        static let output = 2 * state + input
        static let lanes = 16
    }

    /// Where each part stands among the parameters, in lanes.
    struct Layout: Sendable {
        let traitCount: Int
        /// A row for each trait, then one for each dense value, one for each filter, and the bias.
        func row(_ number: Int) -> Int { number * Size.embedding }
        var denseRows: Int { row(traitCount) }
        var filterRows: Int { row(traitCount + Size.lanes) }
        var embeddingBias: Int { row(traitCount + Size.lanes + CharacterFilters.count) }
        private var directionLength: Int { (Size.input + Size.state) * Size.lanes * Size.gates + Size.gates + Size.state }
        /// A row of gates for each input, one for each value of the state, the bias of the gates, that of the candidate's state.
        func direction(_ number: Int) -> Int { embeddingBias + Size.embedding + number * directionLength }
        func stateRows(_ number: Int) -> Int { direction(number) + Size.input * Size.lanes * Size.gates }
        func gateBias(_ number: Int) -> Int { stateRows(number) + Size.state * Size.lanes * Size.gates }
        func candidateBias(_ number: Int) -> Int { gateBias(number) + Size.gates }
        /// A row of heads for each value of the output's input, then the bias.
        var output: Int { direction(2) }
        var count: Int { output + Size.output * Size.lanes + 1 }
    }

    let layout: Layout
    let parameters: StoredNumbers<Lanes>
    let filters: CharacterFilters

    init(layout: Layout, parameters: StoredNumbers<Lanes>, filters: CharacterFilters) {
        precondition(parameters.count == layout.count)
        self.layout = layout
        self.parameters = parameters
        self.filters = filters
    }

    /// For each message the log odds of every head, in the first lanes.
    /// - Parameter run: of a network of the same layout; its room is used again.
    func odds(_ inputs: [Input], _ run: inout SequenceRun) -> [Lanes] {
        run.forward(inputs, filtered: filters.values(of: inputs), parameters)
    }
}

/// The functions of the network's units.
enum Activation {
    typealias Lanes = SequenceModel.Lanes

    /// The same as in `jz_sequence.c`: the hyperbolic tangent as a quotient of polynomials, within some 1e-6; the C library's differs between processors.
    @inline(__always)
    static func tanh(_ value: Lanes) -> Lanes {
        let x = value.clamped(lowerBound: Lanes(repeating: -7.9), upperBound: Lanes(repeating: 7.9))
        let square = x * x
        var above = square * -2.760_768_5e-16 + 2.000_187_9e-13
        above = above * square - 8.604_672e-11
        above = above * square + 5.122_297_1e-8
        above = above * square + 1.485_722_4e-5
        above = above * square + 6.372_619_3e-4
        above = above * square + 4.893_524_6e-3
        var below = square * 1.198_258_4e-6 + 1.185_347_1e-4
        below = below * square + 2.268_434_6e-3
        below = below * square + 4.893_525e-3
        return x * above / below
    }

    @inline(__always)
    static func logistic(_ value: Lanes) -> Lanes { tanh(value * 0.5) * 0.5 + 0.5 }
}
