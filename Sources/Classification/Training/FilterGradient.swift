import CSequence
import Resources

/// The filters over characters in training: values that stand for each character and mark, and filters over them.
///
/// What has been learnt is then written out as `CharacterFilters`.
struct FilterGradient {
    typealias Lanes = SequenceModel.Lanes
    private typealias Size = SequenceModel.Size

    /// Where each part stands among the parameters, in lanes, beginning at `start`.
    struct Layout {
        /// Lanes of the values that stand for a character, and for a mark.
        static let character = 2
        static let mark = 1
        static let filterLength = CharacterFilters.places * Int(jz_filter_inputs) * CharacterFilters.width

        let start: Int
        /// Rows, the first for what is unknown or none.
        let characterCount: Int
        let markCount: Int

        func characterRow(_ row: Int) -> Int { start + row * Self.character }
        func markRow(_ row: Int) -> Int { characterRow(characterCount) + row * Self.mark }
        /// For each place and value a row of all filters, then their biases.
        var filters: Int { markRow(markCount) }
        var bias: Int { filters + Self.filterLength }
        var end: Int { bias + CharacterFilters.width }
    }

    let layout: Layout
    /// Of each message that was read the values of its characters, and for each filter the character where it is greatest.
    private var values: [[Lanes]] = []
    private var places: [[Int32]] = []
    /// The filters of this step in rows of all places and inputs for each, and their gradient.
    private var filters: [Lanes] = []
    private var filterGradient: [Lanes] = []

    init(layout: Layout) { self.layout = layout }

    private static let valueWidth = Layout.character + Layout.mark

    /// What the filters find in each message, in `CharacterFilters.width` lanes.
    mutating func forward(_ inputs: [SequenceModel.Input], _ parameters: [Lanes]) -> [Lanes] {
        values = inputs.map { values(of: $0, parameters) }
        places = []
        var found = [Lanes](repeating: Lanes(), count: inputs.count * CharacterFilters.width)
        for (number, input) in inputs.enumerated() {
            var greatest = [Lanes](repeating: Lanes(), count: CharacterFilters.width)
            var at = [Int32](repeating: 0, count: CharacterFilters.count)
            if !input.characters.isEmpty {
                unsafe values[number].withFloats { values in
                    unsafe parameters.withFloats(from: layout.filters) { filters in
                        unsafe greatest.withMutableFloats { greatest in
                            unsafe at.withUnsafeMutableBufferPointer { at in
                                guard let at = at.baseAddress else { return }
                                unsafe jz_filters_forward(filters, values, input.characters.count, greatest, at)
                            }
                        }
                    }
                }
                for part in 0..<CharacterFilters.width {
                    let own = greatest[part] + parameters[layout.bias + part]
                    found[number * CharacterFilters.width + part] = own.replacing(with: 0, where: own .< 0)
                }
            }
            places.append(at)
        }
        return found
    }

    private func values(of input: SequenceModel.Input, _ parameters: [Lanes]) -> [Lanes] {
        var values: [Lanes] = []
        values.reserveCapacity(input.characters.count * Self.valueWidth)
        for character in input.characters {
            let row = layout.characterRow(Int(character.row))
            values.append(parameters[row])
            values.append(parameters[row + 1])
            values.append(parameters[layout.markRow(Int(character.mark))])
        }
        return values
    }

    /// Begins a step: its gradients are added up until it is finished.
    mutating func begin(_ parameters: [Lanes]) {
        filters = [Lanes](repeating: Lanes(), count: Layout.filterLength)
        filterGradient = filters
        Self.forEachWeight { filter, input in
            filters[filter.0][filter.1] = parameters[layout.filters + input.0][input.1]
        }
    }

    /// Adds to the gradient what the filters' own gradient came to since the step began.
    func finish(_ gradient: inout [Lanes]) {
        Self.forEachWeight { filter, input in
            gradient[layout.filters + input.0][input.1] += filterGradient[filter.0][filter.1]
        }
    }

    /// Calls `body` with the lanes where each weight stands among the rows of its filter, and where among those of its input.
    private static func forEachWeight(_ body: (_ filter: (Int, Int), _ input: (Int, Int)) -> Void) {
        let inputs = CharacterFilters.places * Int(jz_filter_inputs)
        for input in 0..<inputs {
            for filter in 0..<CharacterFilters.count {
                body(
                    ((filter * inputs + input) / Size.lanes, (filter * inputs + input) % Size.lanes),
                    (input * CharacterFilters.width + filter / Size.lanes, filter % Size.lanes))
            }
        }
    }

    /// Adds to the gradient what `errors` of the last values found mean for it; they are 0 where nothing was found.
    mutating func back(_ inputs: [SequenceModel.Input], _ errors: [Lanes], to gradient: inout [Lanes]) {
        for (number, input) in inputs.enumerated() where !input.characters.isEmpty {
            let own = Array(errors[number * CharacterFilters.width..<(number + 1) * CharacterFilters.width])
            for part in 0..<CharacterFilters.width { gradient[layout.bias + part] += own[part] }
            var toValues = [Lanes](repeating: Lanes(), count: values[number].count)
            unsafe own.withFloats { errors in
                unsafe values[number].withFloats { values in
                    unsafe filters.withFloats { filters in
                        unsafe filterGradient.withMutableFloats { gradient in
                            unsafe toValues.withMutableFloats { toValues in
                                unsafe places[number].withUnsafeBufferPointer { places in
                                    guard let places = places.baseAddress else { return }
                                    unsafe jz_filters_back(
                                        filters, values, input.characters.count, errors, places, gradient, toValues)
                                }
                            }
                        }
                    }
                }
            }
            for (place, character) in input.characters.enumerated() {
                let row = layout.characterRow(Int(character.row))
                gradient[row] += toValues[place * Self.valueWidth]
                gradient[row + 1] += toValues[place * Self.valueWidth + 1]
                gradient[layout.markRow(Int(character.mark))] += toValues[place * Self.valueWidth + 2]
            }
        }
    }

    /// The filters as the model keeps them: what each character and mark adds to them from each place, in whole numbers.
    static func filters(_ layout: Layout, _ parameters: [Lanes]) -> CharacterFilters {
        let markBase = layout.characterCount
        var sums: [Lanes] = []
        for row in 0..<layout.characterCount + layout.markCount {
            let isMark = row >= markBase
            let at = isMark ? layout.markRow(row - markBase) : layout.characterRow(row)
            let own = parameters[at..<at + (isMark ? Layout.mark : Layout.character)]
            for place in 0..<CharacterFilters.places {
                let first = place * Int(jz_filter_inputs) + (isMark ? Layout.character * Size.lanes : 0)
                for part in 0..<CharacterFilters.width {
                    var sum = Lanes()
                    for (number, lanes) in own.enumerated() {
                        for lane in 0..<Size.lanes {
                            let value = first + number * Size.lanes + lane
                            sum += parameters[layout.filters + value * CharacterFilters.width + part] * lanes[lane]
                        }
                    }
                    sums.append(sum)
                }
            }
        }
        // A unit for each filter, so that its greatest entry just fits.
        var scale = [Lanes](repeating: Lanes(repeating: 1e-9), count: CharacterFilters.width)
        for (number, sum) in sums.enumerated() {
            let part = number % CharacterFilters.width
            for lane in 0..<Size.lanes { scale[part][lane] = max(scale[part][lane], abs(sum[lane])) }
        }
        for part in scale.indices { scale[part] /= 127 }
        var table: [Int8] = []
        table.reserveCapacity(sums.count * Size.lanes)
        for (number, sum) in sums.enumerated() {
            let whole = (sum / scale[number % CharacterFilters.width]).rounded(.toNearestOrEven)
            for lane in 0..<Size.lanes { table.append(Int8(max(-127, min(127, whole[lane])))) }
        }
        guard
            let filters = CharacterFilters(
                characterCount: layout.characterCount, markCount: layout.markCount, table: StoredNumbers(table), scale: scale,
                bias: Array(parameters[layout.bias..<layout.end]))
        else { preconditionFailure("the table has another size than its rows") }
        return filters
    }
}
