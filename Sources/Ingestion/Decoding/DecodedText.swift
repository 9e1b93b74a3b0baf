/// A file's text as valid UTF-8, with the way back to the bytes on disk.
///
/// UTF-8 files are not copied: the text is the mapped file itself. Others are decoded once, in pieces that begin where
/// no character is open; a piece is decoded again when somebody asks where in the file a position came from.
public final class DecodedText {
    public let encoding: TextEncoding
    /// Bytes that were no character and stand in the text as U+FFFD.
    public let replacedCount: Int
    /// Bytes at the end of the file that begin a character and do not finish it; they are not part of the text.
    public let truncatedTail: Int
    private let storage: FileBytes
    private let source: FileBytes
    private let textRange: Range<Int>
    private let pieces: [Piece]
    /// Which CR of a line's end is left out.
    private let spareReturn: SpareReturn
    private var table = OffsetTable()

    /// A CR too many in the end of every line.
    private enum SpareReturn {
        case none
        /// A program that makes CRLF of every LF met one that had done so: CR CR LF.
        case doubled
        /// LF CR, the two the wrong way round.
        case afterFeed

        func isSpare(_ i: Int, in units: [UInt16]) -> Bool {
            guard units[i] == 0x0D, i > 0 else { return false }
            return switch self {
            case .none: false
            case .doubled: i + 1 < units.count && units[i - 1] == 0x0D && units[i + 1] == 0x0A
            case .afterFeed: units[i - 1] == 0x0A
            }
        }

        /// What a line's end ends with.
        var last: UInt8 { self == .afterFeed ? 0x0D : 0x0A }
    }

    /// Where a piece begins in the text and in the file.
    private struct Piece {
        var text: Int
        var file: Int
    }

    /// The dense map of the piece that was asked about last; positions come in order, so it is made once a piece.
    private struct OffsetTable {
        var piece = -1
        /// For each byte of the piece's text, and its end, the position in the file relative to the piece's.
        var offsets: [UInt32] = []
    }

    /// Bytes in one piece, unless no safe place to cut follows.
    private static let pieceLength = 1 << 16

    /// Decodes `source`; throws only where there is no room for the decoded text.
    /// - Parameter calledOff: asked again and again whether the text is still wanted; it ends where it is not.
    public init(_ source: FileBytes, encoding: TextEncoding, calledOff: (() -> Bool)? = nil) throws(IngestionError) {
        self.source = source
        self.encoding = encoding
        spareReturn = Self.spareReturn(source, encoding)
        if encoding == .utf8, spareReturn == .none, let valid = Self.validPrefix(source, calledOff) {
            storage = source
            textRange = 0..<valid
            truncatedTail = source.count - valid
            replacedCount = 0
            pieces = []
            return
        }
        var replaced = 0
        var tail = 0
        var found: [Piece] = []
        guard var decoder = ChunkDecoder(encoding) else { throw IngestionError(.unknownEncoding, encoding.rawValue) }
        let spareReturn = spareReturn
        // A byte may become one U+FFFD, which is three bytes.
        storage = try unsafe FileBytes(capacity: 3 * source.count + 3) { target in
            var written = 0
            source.withSpan { bytes in
                var at = 0
                while at < bytes.count, calledOff?() != true {
                    let end = Self.pieceEnd(bytes, from: at, encoding, spareReturn)
                    found.append(Piece(text: written, file: at))
                    decoder.reset()
                    var piece = decoder.decode(bytes.extracting(at..<end), last: true)
                    if end == bytes.count {
                        // What the decoder holds back when more could follow is a character that was cut.
                        decoder.reset()
                        let kept = decoder.decode(bytes.extracting(at..<end), last: false).units.count
                        if kept < piece.units.count {
                            tail = bytes.count - (at + Int(piece.offsets[kept]))
                            piece.units.removeLast(piece.units.count - kept)
                        }
                    }
                    replaced += Self.encode(piece.units, leavingOut: spareReturn) { scalar, _ in
                        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                            unsafe target[written] = byte
                            written += 1
                        }
                    }
                    at = end
                }
            }
            return written
        }
        pieces = found
        textRange = 0..<storage.count
        replacedCount = replaced
        truncatedTail = tail
    }

    /// Bytes of the text.
    public var count: Int { textRange.count }

    /// Calls `body` with the text.
    public func withSpan<R>(_ body: (Span<UInt8>) throws -> R) rethrows -> R {
        try storage.withSpan(in: textRange, body)
    }

    /// Calls `body` with bytes as they are in the file.
    func withSource<R>(in range: Range<Int>, _ body: (Span<UInt8>) throws -> R) rethrows -> R {
        try source.withSpan(in: range, body)
    }

    /// The bytes of the file that became the bytes of `range` of the text.
    public func sourceRange(of range: Range<Int>) -> Range<Int> {
        if pieces.isEmpty { return range }
        let lower = sourceOffset(of: range.lowerBound)
        return lower..<max(lower, sourceOffset(of: range.upperBound))
    }

    private func sourceOffset(of offset: Int) -> Int {
        if offset >= count { return source.count - truncatedTail }
        let next = pieces.partitioningIndex { $0.text > offset }
        let index = next - 1
        if table.piece != index {
            table.piece = index
            fillTable(from: pieces[index].file, to: next < pieces.count ? pieces[next].file : source.count)
        }
        return pieces[index].file + Int(table.offsets[offset - pieces[index].text])
    }

    private func fillTable(from start: Int, to end: Int) {
        table.offsets.removeAll(keepingCapacity: true)
        guard var decoder = ChunkDecoder(encoding) else { return }
        let piece = source.withSpan(in: start..<end) { decoder.decode($0, last: true) }
        var offsets = table.offsets
        Self.encode(piece.units, leavingOut: spareReturn) { scalar, unit in
            let place = UInt32(max(0, piece.offsets[unit]))
            for _ in 0..<UTF8.width(scalar) { offsets.append(place) }
        }
        offsets.append(UInt32(end - start))
        table.offsets = offsets
    }

    /// Hands the scalars of `units` to `body`, each with the index of its first unit, and returns how many of them are U+FFFD.
    @discardableResult
    private static func encode(
        _ units: [UInt16], leavingOut spareReturn: SpareReturn, _ body: (Unicode.Scalar, Int) -> Void
    ) -> Int {
        var replaced = 0
        var i = 0
        while i < units.count {
            let unit = units[i]
            if unit == 0x0D, spareReturn.isSpare(i, in: units) {
                i += 1
                continue
            }
            let first = i
            var scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
            if UTF16.isLeadSurrogate(unit), i + 1 < units.count, UTF16.isTrailSurrogate(units[i + 1]) {
                let value = 0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(units[i + 1] & 0x3FF))
                scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
                i += 1
            }
            if scalar == "\u{FFFD}" { replaced += 1 }
            body(scalar, first)
            i += 1
        }
        return replaced
    }

    /// Bytes that are validated at once.
    private static let stretch = 1 << 22

    /// The length of the valid text where all of it, or all but an incomplete last character, is UTF-8.
    private static func validPrefix(_ source: FileBytes, _ calledOff: (() -> Bool)?) -> Int? {
        var valid = 0
        while valid < source.count, calledOff?() != true {
            let end = min(source.count, valid + stretch)
            let length = source.withSpan(in: valid..<end) { bytes in
                let whole = wholeCharacters(bytes)
                return (try? UTF8Span(validating: bytes.extracting(0..<whole))) == nil ? nil : whole
            }
            guard let length else { return nil }
            source.release(valid..<end)
            valid += length
            if end == source.count { break }
            // Four bytes that begin no character are not to be waited for.
            guard length > 0 else { return nil }
        }
        return valid
    }

    /// The bytes up to a last character that is not complete.
    private static func wholeCharacters(_ bytes: Span<UInt8>) -> Int {
        let length = bytes.count
        var lead = length - 1
        while lead > 0, length - lead < 4, bytes[lead] & 0xC0 == 0x80 { lead -= 1 }
        guard lead >= 0 else { return length }
        let width = bytes[lead] >= 0xF0 ? 4 : bytes[lead] >= 0xE0 ? 3 : bytes[lead] >= 0xC2 ? 2 : 1
        return length - lead < width ? lead : length
    }

    /// Which CR is too many in every line's end of the beginning; other CRs must not stand there.
    private static func spareReturn(_ source: FileBytes, _ encoding: TextEncoding) -> SpareReturn {
        let head = 0..<min(source.count, pieceLength)
        return source.withSpan(in: head) { bytes in
            let width = encoding.unitWidth
            var returns = 0
            var feeds = 0
            var (doubled, reversed) = (0, 0)
            for i in stride(from: 0, to: bytes.count, by: width) {
                if encoding.isUnit(0x0D, at: i, in: bytes) {
                    returns += 1
                } else if encoding.isUnit(0x0A, at: i, in: bytes) {
                    // The sample, or the file, may end within a line's end.
                    let precedes = i + width >= bytes.count || encoding.isUnit(0x0D, at: i + width, in: bytes)
                    if encoding.isUnit(0x0D, at: i - width, in: bytes), encoding.isUnit(0x0D, at: i - 2 * width, in: bytes) {
                        doubled += 1
                    } else if returns == feeds, precedes {
                        reversed += 1
                    } else {
                        return .none
                    }
                    feeds += 1
                }
            }
            guard feeds >= 3 else { return .none }
            if doubled == feeds, returns - 2 * feeds <= (head.count < source.count ? 2 : 0) { return .doubled }
            return reversed == feeds && returns <= feeds ? .afterFeed : .none
        }
    }

    /// A place to cut at or after one piece's length where no character of `encoding` can be open.
    /// Where a CR is left out it must not be within the end of a line.
    private static func pieceEnd(
        _ bytes: Span<UInt8>, from start: Int, _ encoding: TextEncoding, _ spareReturn: SpareReturn
    ) -> Int {
        var end = start + pieceLength
        guard end < bytes.count else { return bytes.count }
        if spareReturn != .none {
            // A line ends within this reach nearly always; if none does, one CR more may stay.
            let width = encoding.unitWidth
            for line in stride(from: end, to: min(bytes.count, end + pieceLength), by: width)
            where encoding.isUnit(spareReturn.last, at: line - width, in: bytes) {
                return line
            }
        }
        switch encoding {
        case .utf16LittleEndian, .utf16BigEndian:
            let high = encoding == .utf16LittleEndian ? 1 : 0
            end -= (end - start) & 1
            // Not between the halves of a pair.
            while end + 1 < bytes.count, bytes[end + high] & 0xFC == 0xDC { end += 2 }
        case .utf8:
            while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        case .gb18030, .big5:
            // No byte below 0x30 is part of a longer character, so the place after one is safe.
            while end < bytes.count, bytes[end - 1] >= 0x30 { end += 1 }
        }
        return min(end, bytes.count)
    }
}

extension Array {
    /// The first index whose element, and every later one, satisfies `predicate`; the array must be so ordered.
    /// - Complexity: O(log *n*)
    func partitioningIndex(_ predicate: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension TextEncoding {
    /// Bytes of a unit of the code.
    fileprivate var unitWidth: Int { self == .utf16LittleEndian || self == .utf16BigEndian ? 2 : 1 }

    /// Whether the unit at `i` is a character of ASCII; it may lie outside.
    fileprivate func isUnit(_ character: UInt8, at i: Int, in bytes: Span<UInt8>) -> Bool {
        guard i >= 0, i + unitWidth <= bytes.count else { return false }
        return switch self {
        case .utf16LittleEndian: bytes[i] == character && bytes[i + 1] == 0
        case .utf16BigEndian: bytes[i] == 0 && bytes[i + 1] == character
        default: bytes[i] == character
        }
    }
}
