import Transcript

/// A table of an HTML page, saved from a shop's back end or written by Excel as a page, whose header names its columns.
struct MarkupTable {
    var columns: TableColumns
    var headerRange: Range<Int>
    /// Where the row after the header begins.
    var start: Int

    init?(_ text: Span<UInt8>) {
        var rows = MarkupRows(from: 0)
        var seen = 0
        while seen < 200, let row = rows.next(in: text) {
            seen += 1
            if let columns = TableColumns(header: row.cells) {
                self.columns = columns
                headerRange = row.range
                start = rows.position
                if let lower = rows.next(in: text), let joined = columns.joined(with: lower.cells) {
                    self.columns = joined
                    headerRange = row.range.lowerBound..<lower.range.upperBound
                    start = rows.position
                }
                return
            }
        }
        return nil
    }

    func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        sink.structure(before: headerRange.lowerBound)
        var order = WrittenTime.Order.monthFirst
        if let column = columns.index[.date] ?? columns.index[.time] {
            var rows = MarkupRows(from: start)
            while !sink.isCalledOff, let row = rows.next(in: text) {
                guard row.cells.indices.contains(column) else { continue }
                let cell = Array(row.cells[column].utf8)
                guard case .order(let found) = WrittenTime.Order.evidence(in: cell.span, 0..<cell.count) else { continue }
                order = found
                break
            }
        }
        var messages = TableMessages(columns: columns, order: order, options: options)
        var rows = MarkupRows(from: start)
        while !sink.isCalledOff, let row = rows.next(in: text) {
            sink.structure(before: row.range.lowerBound)
            if !row.isWhole {
                sink.unparsed(row.range, code: "truncated", "这一行不完整，文件可能被截断过，未计入。")
            } else if row.cells.allSatisfy(\.isEmpty) || TableColumns(header: row.cells)?.names == columns.names {
                // Blank rows, and headers repeated on every page.
                continue
            } else {
                messages.take(row.cells, at: row.range, into: &sink)
            }
        }
        sink.structure(before: text.count)
    }
}

/// Walks the rows of tables; end tags may be missing, as HTML allows.
struct MarkupRows {
    struct Row {
        var range: Range<Int>
        var cells: [String]
        var isWhole: Bool
    }

    private(set) var position: Int

    init(from position: Int) {
        self.position = position
    }

    mutating func next(in text: Span<UInt8>) -> Row? {
        var tags = TagScanner(position..<text.count)
        while let tag = tags.next(in: text) {
            if tags.skipRawContent(of: tag, in: text) { continue }
            if tag.form == .opening, text.isName("tr", at: tag.name) {
                let row = Self.row(from: tag, &tags, text)
                position = row.range.upperBound
                return row
            }
        }
        position = text.count
        return nil
    }

    private static func row(from opening: TagScanner.Tag, _ tags: inout TagScanner, _ text: Span<UInt8>) -> Row {
        var cells: [String] = []
        var current: String?
        var end = opening.range.upperBound
        func close() {
            if let cell = current { cells.append(trimmed(cell)) }
            current = nil
        }
        var from = tags.position
        while let tag = tags.next(in: text) {
            current? += flow(text.unescaped(from..<tag.range.lowerBound))
            // A cell without an end tag goes up to its last visible byte.
            var visible = tag.range.lowerBound
            while visible > from, TagScanner.isBlank(text[visible - 1]) { visible -= 1 }
            if visible > from { end = visible }
            from = tag.range.upperBound
            if text.isName("td", at: tag.name) || text.isName("th", at: tag.name) {
                close()
                if tag.form == .opening { current = "" }
                if tag.form == .empty { cells.append("") }
            } else if text.isName("tr", at: tag.name) || text.isName("table", at: tag.name) || text.isName("tbody", at: tag.name) {
                close()
                if tag.form == .closing, text.isName("tr", at: tag.name) { end = tag.range.upperBound }
                return Row(range: opening.range.lowerBound..<end, cells: cells, isWhole: tag.isWhole)
            } else if text.isName("br", at: tag.name) || text.isName("p", at: tag.name) && tag.form == .closing {
                current? += "\n"
            } else if text.isName("img", at: tag.name) {
                current? += MediaWords.word(for: .image)
            }
            if tag.form != .other { end = tag.range.upperBound }
        }
        return Row(range: opening.range.lowerBound..<text.count, cells: cells, isWhole: false)
    }

    /// Line ends of the markup are blanks.
    private static func flow(_ text: String) -> String {
        text.contains("\n") ? text.replacing("\n", with: " ") : text
    }

    /// A cell without the blanks that markup puts around and after breaks.
    private static func trimmed(_ cell: String) -> String {
        cell.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                var line = line[...]
                while let last = line.last, last == " " || last == "\t" || last == "\u{A0}" { line = line.dropLast() }
                while let first = line.first, first == " " || first == "\t" || first == "\u{A0}" { line = line.dropFirst() }
                return String(line)
            }
            .joined(separator: "\n").trimmingLineEnds()
    }
}

extension String {
    fileprivate func trimmingLineEnds() -> String {
        var text = self[...]
        while text.hasSuffix("\n") { text = text.dropLast() }
        while text.hasPrefix("\n") { text = text.dropFirst() }
        return String(text)
    }
}

extension Span<UInt8> {
    /// Whether an element's name is `word`, which is in small letters, in either case.
    fileprivate func isName(_ word: StaticString, at range: Range<Int>) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        for i in 0..<range.count where unsafe self[range.lowerBound + i] | 0x20 != word.utf8Start[i] { return false }
        return true
    }
}
