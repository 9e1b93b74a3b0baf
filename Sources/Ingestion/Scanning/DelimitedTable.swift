/// A table written as delimited text: its delimiter and its columns, found by what they are called or what stands in them.
struct DelimitedTable {
    var delimiter: UInt8
    var header: [String]
    var columns: TableColumns
    /// Where the header stands, if there is one, and where the row after it begins.
    var headerRange: Range<Int>?
    var start: Int

    /// Looks for a header in the first rows; titles may stand before it.
    init?(_ text: Span<UInt8>) {
        guard !text.beginsWithObject else { return nil }
        for delimiter in Self.delimiters {
            var rows = DelimitedScanner(delimiter: delimiter)
            for _ in 0..<6 {
                guard let row = rows.next(in: text), row.range.count < 4_096 else { break }
                if rows.fields.count >= 2, let columns = TableColumns(header: rows.texts(in: text)) {
                    self.delimiter = delimiter
                    self.columns = columns
                    header = columns.names
                    headerRange = row.range
                    start = rows.position
                    if let lower = rows.next(in: text), lower.range.count < 4_096,
                        let joined = columns.joined(with: rows.texts(in: text))
                    {
                        self.columns = joined
                        header = joined.names
                        headerRange = row.range.lowerBound..<lower.range.upperBound
                        start = rows.position
                    }
                    return
                }
            }
        }
        return nil
    }

    /// Looks at what stands in the columns, where their names tell too little.
    init?(byContents text: Span<UInt8>) {
        guard !text.beginsWithObject else { return nil }
        for delimiter in Self.delimiters {
            if let table = Self(byContents: text, delimiter) {
                self = table
                return
            }
        }
        return nil
    }

    private static let delimiters: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C]

    /// Looks at the first rows, nearly all of which must have the same number of fields.
    private init?(byContents text: Span<UInt8>, _ delimiter: UInt8) {
        var scanner = DelimitedScanner(delimiter: delimiter)
        var rows: [(cells: [String], range: Range<Int>, next: Int)] = []
        while rows.count < 64, let row = scanner.next(in: text), row.range.count < 16_384 {
            // No table has rows of one or two fields, but for titles above it.
            if rows.count == 8, scanner.fields.count < 3 { return nil }
            rows.append((Self.cells(of: scanner, in: text), row.range, scanner.position))
        }
        guard let width = rows.last?.cells.count, width >= 3 else { return nil }
        let whole = rows.filter { $0.cells.count == width }
        guard whole.count * 10 >= rows.count * 9, let first = whole.first,
            let found = TableColumns.found(in: whole.map(\.cells))
        else { return nil }
        self.delimiter = delimiter
        columns = found.columns
        header = columns.names
        headerRange = found.hasHeader ? first.range : nil
        start = found.hasHeader ? first.next : first.range.lowerBound
    }

    /// The columns' names, folded, for the formats that know theirs.
    var names: Set<String> { Set(header.map(TableColumns.fold)) }

    /// Decides once for the table which of two numbers is the month: any above 12 tells.
    func dateOrder(in text: Span<UInt8>) -> (order: WrittenTime.Order, isCertain: Bool) {
        guard let column = columns.index[.date] ?? columns.index[.time] else { return (.monthFirst, true) }
        var rows = DelimitedScanner(delimiter: delimiter, from: start)
        var isAmbiguous = false
        while rows.next(in: text) != nil {
            guard rows.fields.indices.contains(column) else { continue }
            switch WrittenTime.Order.evidence(in: text, rows.fields[column].range) {
            case .order(let order): return (order, true)
            case .either: isAmbiguous = true
            // Dates that begin with the year leave nothing to decide.
            case .none where !isAmbiguous: return (.monthFirst, true)
            case .none: break
            }
        }
        return (.monthFirst, !isAmbiguous)
    }

    /// The cells of the row that was scanned last; blanks beside strokes are there for the eye.
    private static func cells(of rows: DelimitedScanner, in text: Span<UInt8>) -> [String] {
        let cells = rows.texts(in: text)
        guard rows.delimiter == 0x7C else { return cells }
        return cells.map { cell in
            let bytes = cell.utf8Span.span
            return bytes.string(bytes.trimmingBlanks(0..<bytes.count))
        }
    }

    private static func isRule(_ cell: String) -> Bool {
        cell.utf8.allSatisfy { $0 == 0x2D || $0 == 0x3A }
    }

    /// Reads all rows.
    func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        if let headerRange {
            sink.structure(before: headerRange.lowerBound)
            sink.structure(headerRange)
        }
        let (order, isCertain) = dateOrder(in: text)
        if !isCertain {
            sink.warnFile(code: "ambiguous-date", "日期里的月和日分不清先后，按“月/日/年”读取；如果不对，请把日期改成“年-月-日”再试。")
        }
        var messages = TableMessages(columns: columns, order: order, options: options)
        var rows = DelimitedScanner(delimiter: delimiter, from: start)
        if columns.holdsTranscripts { return readTranscripts(&rows, text, options, &sink) }
        while !sink.isCalledOff, let row = rows.nextRow(columns: header.count, in: text, &sink) {
            let cells = Self.cells(of: rows, in: text)
            // The rule between header and rows of a table in Markdown.
            if delimiter == 0x7C, cells.contains(where: { !$0.isEmpty }), cells.allSatisfy(Self.isRule) {
                sink.structure(row.range)
                continue
            }
            messages.take(cells, at: row.range, into: &sink)
        }
    }
}

extension DelimitedTable {
    /// Reads rows each of which holds a chat; a message's record is its part of the cell.
    private func readTranscripts(
        _ rows: inout DelimitedScanner, _ text: Span<UInt8>, _ options: ReadingOptions, _ sink: inout RecordSink
    ) {
        guard let column = columns.index[.transcript], let buyer = columns.index[.buyer] else { return }
        while !sink.isCalledOff, let row = rows.nextRow(columns: header.count, in: text, &sink) {
            sink.structure(before: row.range.lowerBound)
            guard rows.fields.indices.contains(column) else {
                sink.unparsed(row.range, code: "short-row", "这一行的列数不够，没有内容一列，未计入。")
                continue
            }
            let field = rows.fields[column]
            let cell = TranscriptCell(field.range, in: text)
            if cell.entries.isEmpty, !text.isBlank(field.range) {
                sink.unparsed(row.range, code: "not-understood", "这一行的聊天记录里没有找到“时间、发送者：内容”，未计入。")
            }
            for entry in cell.entries {
                sink.message(
                    cell.message(
                        entry, conversation: rows.text(buyer, in: text) ?? "", hasDoubledQuotes: field.hasDoubledQuotes,
                        in: text, options),
                    at: entry.range)
            }
            sink.structure(before: row.range.upperBound)
        }
    }
}

extension DelimitedScanner {
    /// The next row of a table of so many columns.
    ///
    /// A quote that was never closed would swallow the rows after it; such a row is taken for the one line it began as.
    mutating func nextRow(columns: Int, in text: Span<UInt8>, _ sink: inout RecordSink) -> Row? {
        guard var row = next(in: text) else { return nil }
        // A line of blanks is no row.
        while text.isBlank(row.range) {
            guard let following = next(in: text) else { return nil }
            row = following
        }
        var isOpen = row.hasOpenQuote
        if !isOpen, fields.count != columns || row.hasStrayQuote,
            row.range.contains(where: { text[$0] == 0x0A || text[$0] == 0x0D })
        {
            var trial = self
            let line = trial.reread(from: row.range.lowerBound, in: text)
            var after = trial
            let isRow = fields.count != columns || after.next(in: text) != nil && after.fields.count == columns
            if line.hasOpenQuote, trial.fields.count == columns, isRow {
                self = trial
                row = line
                isOpen = true
            }
        } else if isOpen {
            row = reread(from: row.range.lowerBound, in: text)
        }
        if isOpen {
            sink.warn(at: row.range.lowerBound, code: "open-quote", "这一行的引号没有成对，内容可能不完整，请对照原文件核对。")
        }
        return row
    }
}

extension WrittenTime.Order {
    enum Evidence {
        /// A number above 12 tells the order.
        case order(WrittenTime.Order)
        /// Two numbers before the year, both of which could be the month.
        case either
        /// No such date.
        case none
    }

    static func evidence(in text: Span<UInt8>, _ range: Range<Int>) -> Evidence {
        var scan = DateTimeScanner(range)
        scan.skipSpaces(in: text)
        guard let first = scan.number(1...2, in: text), scan.position < range.upperBound,
            text[scan.position] == 0x2F || text[scan.position] == 0x2D,
            scan.take(text[scan.position], in: text), let second = scan.number(1...2, in: text),
            scan.take(0x2F, in: text) || scan.take(0x2D, in: text), scan.number(2...4, in: text) != nil
        else { return .none }
        if first > 12 { return .order(.dayFirst) }
        if second > 12 { return .order(.monthFirst) }
        return .either
    }
}

extension Span<UInt8> {
    /// Whether a text begins with the brace of a JSON object, in whose many quotes no table is to be looked for.
    var beginsWithObject: Bool {
        let first = TextLines.firstContent(of: self)
        return first < count && self[first] == 0x7B
    }
}
