/// Makes the folded view of a text: what is written in different ways and reads the same becomes the same.
///
/// Widths, case, compatibility forms, circled and mathematical letters and digits, keycaps, traditional characters and
/// shapes that look alike fold to plain simplified characters and ASCII; combining, zero-width and bidirectional marks
/// go away. Chinese digits stay: they are values only inside a number, which is `EntityReader`'s business. Folding is
/// idempotent.
public struct Folder: Sendable {
    private let table = FoldingTable.shared

    public init() {}

    /// The folded view of `text`.
    /// - Complexity: O(*n*), a table look-up for each character.
    public func fold(_ text: String) -> FoldedText {
        var text = text
        text.makeContiguousUTF8()
        let bytes = text.utf8.span
        var scalars: [Unicode.Scalar] = []
        var origins: [Range<Int32>] = []
        scalars.reserveCapacity(bytes.count)
        origins.reserveCapacity(bytes.count)
        var at = 0
        var position: Int32 = 0
        while at < bytes.count {
            // A String is valid UTF-8.
            let value = Self.decode(bytes, at: &at) ?? 0xFFFD
            let origin = position..<position + 1
            position += 1
            let folded = value < 0x10000 ? table.plane[Int(value)] : FoldingTable.special
            if folded < FoldingTable.special, let scalar = Unicode.Scalar(folded) {
                scalars.append(scalar)
                origins.append(origin)
                continue
            }
            switch table.entry(of: value) {
            case .one(let folded):
                guard let scalar = Unicode.Scalar(folded) else { continue }
                scalars.append(scalar)
                origins.append(origin)
            case .several(let several):
                for case let scalar? in several.map({ Unicode.Scalar($0) }) {
                    scalars.append(scalar)
                    origins.append(origin)
                }
            case .nothing(let isMark):
                // A mark is quoted with the character that carries it.
                guard isMark, let last = origins.last, last.upperBound == origin.lowerBound else { continue }
                origins[origins.count - 1] = last.lowerBound..<origin.upperBound
            }
        }
        return FoldedText(scalars: scalars, origins: origins)
    }

    /// Calls `body` with the folded characters of a text in UTF-8, or with nothing where the bytes are no UTF-8 or fold
    /// to more characters than they are; for a look at a text that is not kept.
    public func withFolded<Result>(_ utf8: Span<UInt8>, _ body: (Span<Unicode.Scalar>?) -> Result) -> Result {
        unsafe withUnsafeTemporaryAllocation(of: Unicode.Scalar.self, capacity: utf8.count) { room in
            var count = 0
            var at = 0
            while at < utf8.count {
                guard let value = Self.decode(utf8, at: &at) else { return body(nil) }
                let folded = value < 0x10000 ? table.plane[Int(value)] : FoldingTable.special
                if folded < FoldingTable.special, let scalar = Unicode.Scalar(folded) {
                    // Each takes at least one byte, but several may have come of one before.
                    guard count < room.count else { return body(nil) }
                    unsafe room[count] = scalar
                    count += 1
                    continue
                }
                switch table.entry(of: value) {
                case .one(let folded):
                    guard count < room.count, let scalar = Unicode.Scalar(folded) else { return body(nil) }
                    unsafe room[count] = scalar
                    count += 1
                case .several(let several):
                    for folded in several {
                        guard count < room.count, let scalar = Unicode.Scalar(folded) else { return body(nil) }
                        unsafe room[count] = scalar
                        count += 1
                    }
                case .nothing: break
                }
            }
            let folded = unsafe UnsafeBufferPointer(rebasing: room[..<count])
            return unsafe body(folded.span)
        }
    }

    /// The character that begins at `at`, which moves behind it, or `nil` where none does.
    @inline(__always)
    private static func decode(_ bytes: Span<UInt8>, at: inout Int) -> UInt32? {
        let lead = UInt32(bytes[at])
        if lead < 0x80 {
            at += 1
            return lead
        }
        let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
        guard length > 0, at + length <= bytes.count else { return nil }
        var value = lead & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let byte = UInt32(bytes[at + offset])
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | byte & 0x3F
        }
        at += length
        switch length {
        case 2: return value
        case 3: return value >= 0x800 && !(0xD800...0xDFFF).contains(value) ? value : nil
        default: return (0x10000...0x10FFFF).contains(value) ? value : nil
        }
    }
}
