import Resources

/// What signs are good for, as a set of bits for each character of the first plane, so that a look tells it.
///
/// What Unicode's properties say is a file (`signs.txt`), which a test compares with them: asking them at start would take
/// a millisecond.
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
        EmbeddedResource("signs.txt").forEachLine { line in
            // What follows the range says what its characters are.
            let bit = line[line.count - 1] == "p" ? Self.pictograph : Self.separator
            for value in Self.range(line) { classes[Int(value)] |= bit }
        }
        self.classes = classes
    }

    /// The hexadecimal range that a line begins with: `21-2F` or `3C`.
    private static func range(_ line: Span<Unicode.Scalar>) -> ClosedRange<UInt32> {
        var first: UInt32?
        var number: UInt32 = 0
        for at in line.indices {
            let scalar = line[at]
            switch scalar {
            case "0"..."9": number = number << 4 | (scalar.value - 0x30)
            case "A"..."F": number = number << 4 | (scalar.value - 0x37)
            case "-":
                first = number
                number = 0
            default: return min(first ?? number, number)...min(number, 0xFFFF)
            }
        }
        return number...number
    }
}
