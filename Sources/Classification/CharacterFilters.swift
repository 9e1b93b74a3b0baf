import CSequence
import Resources

/// Finds in the characters of a message, three neighbours at a time, the patterns that a network learnt to look for.
///
/// A convolution with its greatest value over the message. As it stands first in the network, what a character adds to each
/// filter from each of the three places is a table, kept in whole numbers: reading a character is a few additions, exact on
/// every processor.
struct CharacterFilters: Sendable {
    typealias Lanes = SequenceModel.Lanes

    /// A character of a message: its row among the known ones, and that of the class of words or kind of entity it
    /// stands in; 0 for none that is known.
    struct Character: Sendable, BitwiseCopyable {
        var row: UInt16
        var mark: UInt16
    }

    /// Filters of a network.
    static let count = Int(jz_filter_count)
    /// The same in lanes.
    static let width = count / SequenceModel.Size.lanes
    /// Neighbours a filter sees.
    static let places = Int(jz_filter_places)

    /// Rows of characters, the first for unknown ones.
    let characterCount: Int
    /// For each character and then for each mark, from each place, what it adds to every filter, in units of `scale`.
    let table: StoredNumbers<Int8>
    /// The unit of each filter's sums, then what is added to them.
    let scale: [Lanes]
    let bias: [Lanes]

    init?(characterCount: Int, markCount: Int, table: StoredNumbers<Int8>, scale: [Lanes], bias: [Lanes]) {
        guard table.count == (characterCount + markCount) * Self.count * Self.places, scale.count == Self.width,
            bias.count == Self.width
        else { return nil }
        self.characterCount = characterCount
        self.table = table
        self.scale = scale
        self.bias = bias
    }

    /// For each message what the filters found, in `width` lanes; nothing is below 0.
    func values(of inputs: [SequenceModel.Input]) -> [Lanes] {
        var values = [Lanes](repeating: Lanes(), count: inputs.count * Self.width)
        var sums = [SIMD16<Int16>](repeating: SIMD16(), count: Self.width)
        for (number, input) in inputs.enumerated() where !input.characters.isEmpty {
            find(in: input.characters, &sums)
            for part in 0..<Self.width {
                let own = Lanes(sums[part]) * scale[part] + bias[part]
                values[number * Self.width + part] = own.replacing(with: 0, where: own .< 0)
            }
        }
        return values
    }

    /// The greatest sum of each filter over the places of a message that has any.
    private func find(in characters: [Character], _ greatest: inout [SIMD16<Int16>]) {
        unsafe table.withUnsafeBytes { table in
            guard let table = unsafe table.baseAddress?.assumingMemoryBound(to: Int8.self) else { return }
            unsafe characters.withUnsafeBytes { characters in
                guard let pairs = unsafe characters.baseAddress?.assumingMemoryBound(to: UInt16.self) else { return }
                unsafe greatest.withUnsafeMutableBytes { greatest in
                    guard let greatest = unsafe greatest.baseAddress?.assumingMemoryBound(to: Int16.self) else { return }
                    unsafe jz_filters_greatest(
                        table, table + characterCount * Self.count * Self.places, pairs,
                        characters.count / MemoryLayout<Character>.stride, greatest)
                }
            }
        }
    }
}
