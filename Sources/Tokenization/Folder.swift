import Resources

/// Makes the folded view of a text: what is written in different ways and reads the same becomes the same.
///
/// Widths, case, compatibility forms, circled and mathematical letters and digits, keycaps, traditional characters and
/// shapes that look alike fold to plain simplified characters and ASCII; combining, zero-width and bidirectional marks
/// go away. Chinese digits stay: they are values only inside a number, which is `EntityReader`'s business. Folding is
/// idempotent.
public struct Folder: Sendable {
    private let table: FoldingTable

    public init() { self.init(.shared) }

    init(_ table: FoldingTable) { self.table = table }

    /// What a single character folds to.
    public enum Single {
        case one(UInt32)
        case several
        /// It goes away, as a mark or an invisible character does.
        case nothing
    }

    /// What one character folds to by itself.
    public static func single(_ scalar: UInt32) -> Single {
        switch FoldingTable.shared.entry(of: scalar) {
        case .one(let folded): .one(folded)
        case .several: .several
        case .nothing: .nothing
        }
    }

    /// A table of what follows for each character of the first plane from what it folds to by itself.
    /// - Parameters:
    ///   - values: for each character of the first plane what follows from folding to it.
    ///   - far: the same of a character beyond it.
    ///   - several: what follows from folding to several characters.
    ///   - nothing: what follows from going away.
    public static func tableOfFirstPlane(
        _ values: [UInt16], far: (UInt32) -> UInt16, several: UInt16, nothing: UInt16
    ) -> [UInt16] {
        precondition(values.count == 0x10000)
        return FoldingTable.shared.plane.map { folded in
            if folded < 0x10000 { return values[Int(folded)] }
            if folded < FoldingTable.special { return far(folded) }
            return folded >= FoldingTable.invisible ? nothing : several
        }
    }

    /// The folded view of `text`.
    /// - Complexity: O(*n*), a table look-up for each character.
    public func fold(_ text: String) -> FoldedText {
        var text = text
        text.makeContiguousUTF8()
        let bytes = text.utf8.span
        // Few texts fold to more characters than they have bytes.
        var room = bytes.count
        while true {
            if let folded = fold(bytes, room: room) { return folded }
            room = room * 2 + 32
        }
    }

    /// The folded view of a text, or `nil` where it has more than `room` characters.
    private func fold(_ bytes: Span<UInt8>, room: Int) -> FoldedText? {
        unsafe withUnsafeTemporaryAllocation(of: Unicode.Scalar.self, capacity: room) { scalars in
            unsafe withUnsafeTemporaryAllocation(of: Range<Int32>.self, capacity: room) { origins in
                var count = 0
                var position: Int32 = 0
                func add(_ scalar: Unicode.Scalar) -> Bool {
                    guard count < room else { return false }
                    unsafe scalars.initializeElement(at: count, to: scalar)
                    unsafe origins.initializeElement(at: count, to: Range(uncheckedBounds: (position, position + 1)))
                    count += 1
                    return true
                }
                let isWhole = forEachFold(of: bytes) { scalar in
                    guard add(scalar) else { return false }
                    position += 1
                    return true
                } other: { entry in
                    switch entry {
                    case .one(let value): if let scalar = Unicode.Scalar(value), !add(scalar) { return false }
                    case .several(let several):
                        for case let scalar? in several.map({ Unicode.Scalar($0) }) where !add(scalar) { return false }
                    case .nothing(let isMark):
                        // A mark is quoted with the character that carries it.
                        if isMark, count > 0, unsafe origins[count - 1].upperBound == position {
                            unsafe origins[count - 1] = unsafe origins[count - 1].lowerBound..<position + 1
                        }
                    }
                    position += 1
                    return true
                }
                guard isWhole else { return nil }
                return unsafe FoldedText(
                    scalars: Array(UnsafeBufferPointer(rebasing: scalars[..<count])),
                    origins: Array(UnsafeBufferPointer(rebasing: origins[..<count])))
            }
        }
    }

    /// Calls `body` with the folded characters of a text in UTF-8, or with nothing where the bytes are no UTF-8 or fold
    /// to more characters than they are; for a look at a text that is not kept.
    public func withFolded<Result>(_ utf8: Span<UInt8>, _ body: (Span<Unicode.Scalar>?) -> Result) -> Result {
        unsafe withUnsafeTemporaryAllocation(of: Unicode.Scalar.self, capacity: utf8.count) { room in
            var count = 0
            let isWhole = forEachFold(of: utf8) { scalar in
                guard count < room.count else { return false }
                unsafe room.initializeElement(at: count, to: scalar)
                count += 1
                return true
            } other: { entry in
                var folded: [UInt32] = []
                switch entry {
                case .one(let value): folded = [value]
                case .several(let several): folded = several
                case .nothing: break
                }
                for case let scalar? in folded.map({ Unicode.Scalar($0) }) {
                    guard count < room.count else { return false }
                    unsafe room.initializeElement(at: count, to: scalar)
                    count += 1
                }
                return true
            }
            guard isWhole else { return body(nil) }
            let folded = unsafe UnsafeBufferPointer(rebasing: room[..<count])
            return unsafe body(folded.span)
        }
    }

    /// Calls `one` with each character that a character folds to, or `other` with what else it becomes.
    /// - Returns: false where a call did or the bytes are no UTF-8.
    @inline(__always)
    private func forEachFold(
        of bytes: Span<UInt8>, _ one: (Unicode.Scalar) -> Bool, other: (FoldingTable.Entry) -> Bool
    ) -> Bool {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe table.plane.withUnsafeBufferPointer { plane in
                let count = bytes.count
                var at = 0
                while at < count {
                    let lead = unsafe UInt32(bytes[at])
                    var value = lead
                    if lead < 0x80 {
                        at += 1
                    } else if lead & 0xF0 == 0xE0, at + 2 < count {
                        let second = unsafe UInt32(bytes[at + 1])
                        let third = unsafe UInt32(bytes[at + 2])
                        value = (lead & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F
                        guard second & 0xC0 == 0x80, third & 0xC0 == 0x80, value >= 0x800, value & 0xF800 != 0xD800 else { return false }
                        at += 3
                    } else {
                        guard let rare = unsafe Self.decode(bytes, at: &at) else { return false }
                        value = rare
                    }
                    let folded = value < 0x10000 ? unsafe plane[Int(value)] : FoldingTable.special
                    // The table holds scalars below `special`.
                    let goesOn = folded < FoldingTable.special ? one(unsafe unsafeBitCast(folded, to: Unicode.Scalar.self)) : other(table.entry(of: value))
                    guard goesOn else { return false }
                }
                return true
            }
        }
    }

    /// The character of two or four bytes that begins at `at`, which moves behind it, or `nil` where none does.
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at: inout Int) -> UInt32? {
        let lead = unsafe UInt32(bytes[at])
        let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 0 : lead < 0xF5 ? 4 : 0
        guard length > 0, at + length <= bytes.count else { return nil }
        var value = lead & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let byte = unsafe UInt32(bytes[at + offset])
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | byte & 0x3F
        }
        at += length
        return length == 2 || (0x10000...0x10FFFF).contains(value) ? value : nil
    }
}
