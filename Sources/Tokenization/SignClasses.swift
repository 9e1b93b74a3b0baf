/// What signs are good for, as a set of bits for each character of the first plane, so that a look tells it.
///
/// Apart from `CharacterClasses`, since asking Unicode's properties of all of them takes a millisecond that cutting words
/// does not need.
struct SignClasses: Sendable {
    /// What `Unicode.Scalar.looksSeparating` says.
    static let separator: UInt8 = 1
    /// What `Unicode.Scalar.looksPictographic` says.
    static let pictograph: UInt8 = 1 << 1

    static let shared = SignClasses()

    private let classes: [UInt8]

    @inline(__always)
    subscript(scalar: Unicode.Scalar) -> UInt8 { scalar.value < 0x10000 ? classes[Int(scalar.value)] : 0 }

    private init() {
        var classes = [UInt8](repeating: 0, count: 0x10000)
        // No emoji of the first plane is beyond the symbols, and ideographs and syllables are letters.
        for value in UInt32(0x203C)...0x32FF where Unicode.Scalar(value)?.looksPictographic == true {
            classes[Int(value)] |= Self.pictograph
        }
        for range in [0x00...0x33FF, 0x4DC0...0x4DFF, 0xA48D...0xABFF, 0xD7A4...0xD7FF, 0xF900...0xFFFF] as [ClosedRange<UInt32>] {
            for value in range where Unicode.Scalar(value)?.looksSeparating == true { classes[Int(value)] |= Self.separator }
        }
        // Private characters are neither.
        for value in 0xE000...0xF8FF { classes[value] |= Self.separator }
        self.classes = classes
    }
}
