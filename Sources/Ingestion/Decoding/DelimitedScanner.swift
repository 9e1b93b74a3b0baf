/// Walks the rows of comma-, semicolon- or tab-separated text in place and tells the exact bytes of each.
///
/// The form is that of RFC 4180, read the way spreadsheets read it: a quoted field may hold line ends, `""` stands for a
/// quote, a quote inside a field that is not quoted is a quote. A field whose closing quote is missing ends with its line.
struct DelimitedScanner {
    struct Field {
        /// The contents, outer quotes left out.
        var range: Range<Int>
        var hasDoubledQuotes: Bool
    }

    struct Row {
        /// From the first byte of the first field to the end of the last.
        var range: Range<Int>
        /// Whether a quote was opened and never closed.
        var hasOpenQuote: Bool
        /// Whether a quoted field holds a quote that is not doubled.
        var hasStrayQuote: Bool
    }

    let delimiter: UInt8
    private(set) var position: Int
    /// The fields of the row read last.
    private(set) var fields: [Field] = []
    /// How many more quotes may be followed to the limit without closing; damage must not cost more than reading does.
    private var openQuotesLeft = 256
    /// From here on no quote closes a field.
    private var unclosedFrom = Int.max
    private var hasStrayQuote = false
    /// No cell is longer, so a quote that goes further was never closed.
    private static let longestField = 1 << 22

    init(delimiter: UInt8, from position: Int = 0) {
        self.delimiter = delimiter
        self.position = position
    }

    /// The next row that is not an empty line.
    mutating func next(in text: Span<UInt8>) -> Row? {
        while position < text.count {
            if text[position] == 0x0A || text[position] == 0x0D {
                position += 1
            } else if text.hasPrefix("\u{FEFF}", in: position..<text.count) {
                position += 3
            } else {
                return row(in: text, quotesMayStayOpen: openQuotesLeft > 0)
            }
        }
        return nil
    }

    /// Reads the row at `start` anew as one line, on which every quote that does not close is a character.
    mutating func reread(from start: Int, in text: Span<UInt8>) -> Row {
        position = start
        return row(in: text, quotesMayStayOpen: false)
    }

    /// The text of a field of the row read last; `nil` past its end.
    func text(_ index: Int, in text: Span<UInt8>) -> String? {
        guard fields.indices.contains(index) else { return nil }
        let field = fields[index]
        guard field.hasDoubledQuotes else { return text.body(field.range) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(field.range.count)
        var i = field.range.lowerBound
        while i < field.range.upperBound {
            if text[i] == 0x0D {
                bytes.append(0x0A)
                if i + 1 < field.range.upperBound, text[i + 1] == 0x0A { i += 1 }
            } else {
                bytes.append(text[i])
                if text[i] == 0x22, i + 1 < field.range.upperBound, text[i + 1] == 0x22 { i += 1 }
            }
            i += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The texts of all fields of the row read last.
    func texts(in text: Span<UInt8>) -> [String] {
        fields.indices.map { self.text($0, in: text) ?? "" }
    }

    private mutating func row(in text: Span<UInt8>, quotesMayStayOpen: Bool) -> Row {
        fields.removeAll(keepingCapacity: true)
        let start = position
        var hasOpenQuote = false
        hasStrayQuote = false
        // Looked for once a line.
        var lineEnd = -1
        while true {
            var i = position
            while i < text.count, text[i] == 0x20, delimiter != 0x20 { i += 1 }
            if i < text.count, text[i] == 0x22, let field = quoted(at: i, quotesMayStayOpen, &hasOpenQuote, text) {
                fields.append(field)
            } else {
                // The quote of a field that was cut is none of its characters.
                if hasOpenQuote, i < text.count, text[i] == 0x22, lineEnd < i { lineEnd = text.lineEnd(from: i) }
                let isCut = hasOpenQuote && i < text.count && text[i] == 0x22 && lineEnd == text.count
                let begin = isCut ? i + 1 : position
                while position < text.count, text[position] != delimiter, text[position] != 0x0A, text[position] != 0x0D {
                    position += 1
                }
                fields.append(Field(range: begin..<position, hasDoubledQuotes: false))
            }
            guard position < text.count, text[position] == delimiter else { break }
            position += 1
        }
        let end = position
        if position < text.count {
            position += text[position] == 0x0D && position + 1 < text.count && text[position + 1] == 0x0A ? 2 : 1
        }
        return Row(range: start..<end, hasOpenQuote: hasOpenQuote, hasStrayQuote: hasStrayQuote)
    }

    /// The field whose opening quote stands at `quote`; `nil` where it is to be read as if that were a character.
    private mutating func quoted(
        at quote: Int, _ mayStayOpen: Bool, _ hasOpenQuote: inout Bool, _ text: Span<UInt8>
    ) -> Field? {
        if quote >= unclosedFrom {
            hasOpenQuote = true
            return nil
        }
        let mayStayOpen = mayStayOpen && openQuotesLeft > 0
        var i = quote + 1
        var hasDoubledQuotes = false
        var couldClose = false
        let limit = min(text.count, quote + Self.longestField)
        while i < limit {
            if text[i] == 0x22 {
                if i + 1 < text.count, text[i + 1] == 0x22 {
                    hasDoubledQuotes = true
                    couldClose = true
                    i += 2
                    continue
                }
                var after = i + 1
                while after < text.count, text[after] == 0x20 { after += 1 }
                if after == text.count || text[after] == delimiter || text[after] == 0x0A || text[after] == 0x0D {
                    position = after
                    return Field(range: quote + 1..<i, hasDoubledQuotes: hasDoubledQuotes)
                }
                // Somebody forgot to double it, or the field before was never closed.
                hasStrayQuote = true
            } else if !mayStayOpen, text[i] == 0x0A || text[i] == 0x0D {
                hasOpenQuote = true
                return nil
            }
            i += 1
        }
        if limit == text.count, !couldClose { unclosedFrom = quote }
        openQuotesLeft -= 1
        hasOpenQuote = true
        return nil
    }
}
