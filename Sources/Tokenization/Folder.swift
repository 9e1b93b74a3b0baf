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
        var scalars: [Unicode.Scalar] = []
        var origins: [Range<Int32>] = []
        let bytes = text.utf8.span
        scalars.reserveCapacity(bytes.count)
        origins.reserveCapacity(bytes.count)
        var at = 0
        var position: Int32 = 0
        while at < bytes.count {
            // A String is valid UTF-8, so the first byte alone says how many follow.
            let lead = UInt32(bytes[at])
            var value = lead
            if lead < 0x80 {
                at += 1
            } else if lead < 0xE0 {
                value = (lead & 0x1F) << 6 | UInt32(bytes[at + 1] & 0x3F)
                at += 2
            } else if lead < 0xF0 {
                value = (lead & 0xF) << 12 | UInt32(bytes[at + 1] & 0x3F) << 6 | UInt32(bytes[at + 2] & 0x3F)
                at += 3
            } else {
                value = (lead & 0x7) << 18 | UInt32(bytes[at + 1] & 0x3F) << 12 | UInt32(bytes[at + 2] & 0x3F) << 6
                    | UInt32(bytes[at + 3] & 0x3F)
                at += 4
            }
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
}
