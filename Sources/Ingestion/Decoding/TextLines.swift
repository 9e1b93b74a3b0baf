/// Walks the lines of a text; a line ends at CRLF, LF or CR and nothing else.
public struct TextLines {
    public struct Line: Equatable, Sendable {
        /// The first byte of the line; a byte-order mark that stands there, as in joined files, is skipped.
        public var start: Int
        /// The end of its content.
        public var end: Int
        /// The first byte of the next line.
        public var next: Int

        public var range: Range<Int> { start..<end }
        public var isEmpty: Bool { start == end }
    }

    public private(set) var position: Int

    public init(from position: Int = 0) {
        self.position = position
    }

    /// The next line, or `nil` at the end of the text. A text that ends with a line end has no empty line after it.
    public mutating func next(in text: Span<UInt8>) -> Line? {
        guard position < text.count else { return nil }
        let end = text.lineEnd(from: position)
        var next = end
        if next < text.count {
            next += text[next] == 0x0D && next + 1 < text.count && text[next + 1] == 0x0A ? 2 : 1
        }
        var start = position
        while end - start >= 3, text[start] == 0xEF, text[start + 1] == 0xBB, text[start + 2] == 0xBF { start += 3 }
        position = next
        return Line(start: start, end: end, next: next)
    }
}

extension TextLines {
    /// Where a text begins after its byte-order mark.
    static func firstContent(of text: Span<UInt8>) -> Int {
        var lines = TextLines()
        return lines.next(in: text)?.start ?? 0
    }
}

extension Span<UInt8> {
    /// Where the first CR or LF at or after `start` stands; the end of the text where there is none.
    ///
    /// Eight bytes are looked at together: of a word that differs from CR or LF in every byte no byte becomes zero.
    func lineEnd(from start: Int) -> Int {
        var i = start
        let ones: UInt64 = 0x0101_0101_0101_0101
        while i <= count - 8 {
            let word = UInt64(
                littleEndian: unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: UInt64.self))
            let feed = word ^ (ones &* 0x0A)
            let feeds = (feed &- ones) & ~feed
            let turn = word ^ (ones &* 0x0D)
            let turns = (turn &- ones) & ~turn
            let found = (feeds | turns) & (ones &* 0x80)
            if found != 0 { return i + found.trailingZeroBitCount / 8 }
            i += 8
        }
        while i < count, self[i] != 0x0A, self[i] != 0x0D { i += 1 }
        return i
    }

    /// The text of a range, which must not cut a character.
    public func string(_ range: Range<Int>) -> String {
        unsafe extracting(range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Whether `range` begins with `prefix`.
    public func hasPrefix(_ prefix: StaticString, in range: Range<Int>) -> Bool {
        let length = prefix.utf8CodeUnitCount
        guard range.count >= length else { return false }
        for i in 0..<length where unsafe self[range.lowerBound + i] != prefix.utf8Start[i] { return false }
        return true
    }

    /// Whether `range` is `word`.
    public func equals(_ word: StaticString, _ range: Range<Int>) -> Bool {
        range.count == word.utf8CodeUnitCount && hasPrefix(word, in: range)
    }

    /// Whether `range` ends with `suffix`.
    func hasSuffix(_ suffix: StaticString, in range: Range<Int>) -> Bool {
        let length = suffix.utf8CodeUnitCount
        return range.count >= length && hasPrefix(suffix, in: range.upperBound - length..<range.upperBound)
    }

    /// Whether two ranges hold the same bytes.
    func equal(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
        guard a.count == b.count else { return false }
        for i in 0..<a.count where self[a.lowerBound + i] != self[b.lowerBound + i] { return false }
        return true
    }

    /// Whether `word` occurs in `range`.
    public func contains(_ word: StaticString, in range: Range<Int>) -> Bool {
        firstIndex(of: word, in: range) != nil
    }

    /// Where `word` first begins in `range`.
    func firstIndex(of word: StaticString, in range: Range<Int>) -> Int? {
        let first = unsafe word.utf8Start[0]
        var i = range.lowerBound
        let last = range.upperBound - word.utf8CodeUnitCount
        while i <= last {
            if self[i] == first, hasPrefix(word, in: i..<range.upperBound) { return i }
            i += 1
        }
        return nil
    }

    /// Whether a range holds nothing but spaces, tabs and other blanks; a mark without width was put there by somebody.
    public func isBlank(_ range: Range<Int>) -> Bool {
        var i = range.lowerBound
        while i < range.upperBound {
            let width = blankWidth(at: i, before: range.upperBound)
            if width == 0 || self[i] == 0xE2 && (0x8B...0x8F).contains(self[i + 2]) { return false }
            i += width
        }
        return true
    }

    /// The length of the blank character that begins at `i`, or 0 where another does.
    func blankWidth(at i: Int, before end: Int) -> Int {
        switch self[i] {
        case 0x20, 0x09, 0x0B, 0x0C: 1
        case 0xC2 where i + 1 < end && self[i + 1] == 0xA0: 2
        case 0xE2 where i + 2 < end && self[i + 1] == 0x80 && (self[i + 2] <= 0x8F || self[i + 2] == 0xAF): 3
        case 0xE3 where i + 2 < end && self[i + 1] == 0x80 && self[i + 2] == 0x80: 3
        case 0xEF where i + 2 < end && self[i + 1] == 0xBB && self[i + 2] == 0xBF: 3
        default: 0
        }
    }
}
