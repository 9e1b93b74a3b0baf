import Transcript

/// Reads one sheet of an XLSX workbook as a table whose columns are found by name.
///
/// - record: the `<row>` element of the sheet's part.
struct SheetReading {
    let workbook: Workbook
    /// The sheet's name, which stands for the chat where no column names it.
    let name: String

    /// Returns the id of the format the header shows.
    func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) -> String? {
        var rows = SheetRows(workbook)
        var before: [Range<Int>] = []
        var columns: TableColumns?
        while columns == nil, before.count < 10, let row = rows.next(in: text) {
            columns = TableColumns(header: row.cells.map(\.text))
            before.append(row.range)
        }
        if columns == nil, let found = guess(text) { (columns, rows) = found }
        guard var columns else {
            for range in before {
                sink.structure(before: range.lowerBound)
                sink.unparsed(range, code: "no-header", "这个工作表里没有写着“时间、发送人、内容”等列名的表头，没有当作聊天记录读取。")
            }
            sink.structure(before: text.count)
            sink.hasNoMessagesOfItsOwn()
            return GenericTable.id
        }
        var trial = rows
        if let lower = trial.next(in: text), let joined = columns.joined(with: lower.cells.map(\.text)) {
            columns = joined
            rows = trial
        }
        sink.warnFile(code: "columns", columns.explanation)
        var messages = TableMessages(
            columns: columns, order: dateOrder(columns, rows, text, &sink), conversation: name, options: options)
        while !sink.isCalledOff, let row = rows.next(in: text) {
            guard row.isWhole else {
                sink.structure(before: row.range.lowerBound)
                sink.unparsed(row.range, code: "truncated", "这一行不完整，文件可能被截断过，未计入。")
                continue
            }
            if columns.holdsTranscripts {
                takeTranscript(row, columns, options, text, &sink)
                continue
            }
            let moment = columns.index[.time].flatMap { index in
                row.cells.indices.contains(index) ? row.cells[index].days : nil
            }
            messages.take(
                row.cells.map(\.text),
                moment: moment.flatMap {
                    Timestamp(excelDays: $0, uses1904: workbook.uses1904, offsetFromUTC: options.offsetFromUTC)
                }, at: row.range, into: &sink)
        }
        sink.structure(before: text.count)
        return columns.isShortMessages ? SMSCSV.id : columns.isShop ? QianniuTable.id : GenericTable.id
    }

    /// The columns by what stands in them, and the walk at the first row that is a message.
    private func guess(_ text: Span<UInt8>) -> (TableColumns, SheetRows)? {
        var walk = SheetRows(workbook)
        var found: [(cells: [String], before: SheetRows, after: SheetRows)] = []
        while found.count < 64 {
            let before = walk
            guard let row = walk.next(in: text) else { break }
            // A day is told as the number that it is kept as.
            found.append((row.cells.map { cell in cell.days.map { String($0) } ?? cell.text }, before, walk))
        }
        let width = found.map(\.cells.count).max() ?? 0
        let whole = found.filter { $0.cells.count == width }
        guard whole.count * 10 >= found.count * 9, let first = whole.first, let guess = TableColumns.found(in: whole.map(\.cells))
        else { return nil }
        return (guess.columns, guess.hasHeader ? first.after : first.before)
    }

    /// Takes a row that holds a chat in one cell; the row is the record of all its messages.
    private func takeTranscript(
        _ row: SheetRows.Row, _ columns: TableColumns, _ options: ReadingOptions, _ text: Span<UInt8>, _ sink: inout RecordSink
    ) {
        func cell(_ meaning: TableColumns.Meaning) -> String {
            columns.index[meaning].flatMap { row.cells.indices.contains($0) ? row.cells[$0].text : nil } ?? ""
        }
        sink.structure(before: row.range.lowerBound)
        let bytes = Array(cell(.transcript).utf8)
        let transcript = TranscriptCell(0..<bytes.count, in: bytes.span)
        if transcript.entries.isEmpty {
            if bytes.isEmpty { return sink.structure(row.range) }
            return sink.unparsed(row.range, code: "not-understood", "这一行的聊天记录里没有找到“时间、发送者：内容”，未计入。")
        }
        for entry in transcript.entries {
            sink.message(
                transcript.message(entry, conversation: cell(.buyer), in: bytes.span, options), at: row.range)
        }
    }

    private func dateOrder(
        _ columns: TableColumns, _ start: SheetRows, _ text: Span<UInt8>, _ sink: inout RecordSink
    ) -> WrittenTime.Order {
        guard let column = columns.index[.date] ?? columns.index[.time] else { return .monthFirst }
        var rows = start
        var isAmbiguous = false
        while let row = rows.next(in: text) {
            guard row.cells.indices.contains(column), row.cells[column].days == nil else { continue }
            let bytes = Array(row.cells[column].text.utf8)
            switch WrittenTime.Order.evidence(in: bytes.span, 0..<bytes.count) {
            case .order(let order): return order
            case .either: isAmbiguous = true
            case .none where !isAmbiguous: return .monthFirst
            case .none: break
            }
        }
        if isAmbiguous {
            sink.warnFile(code: "ambiguous-date", "日期里的月和日分不清先后，按“月/日/年”读取；如果不对，请把日期改成“年-月-日”再试。")
        }
        return .monthFirst
    }
}

/// Walks the rows of a sheet's part.
struct SheetRows {
    struct Cell {
        var text = ""
        /// The number of a cell that shows a date.
        var days: Double?
    }

    struct Row {
        var range: Range<Int>
        var cells: [Cell]
        var isWhole: Bool
    }

    private let workbook: Workbook
    private var tags: TagScanner?
    /// Excel has no more columns; a reference beyond is damage and must not cost memory.
    private static let columnLimit = 16_384

    init(_ workbook: Workbook) {
        self.workbook = workbook
    }

    mutating func next(in text: Span<UInt8>) -> Row? {
        var tags = self.tags ?? TagScanner(0..<text.count)
        defer { self.tags = tags }
        while let tag = tags.next(in: text) {
            guard text.isLocalName("row", at: tag.name), tag.form != .closing else { continue }
            if tag.form == .empty { continue }
            return row(from: tag, &tags, text)
        }
        return nil
    }

    private func row(from opening: TagScanner.Tag, _ tags: inout TagScanner, _ text: Span<UInt8>) -> Row {
        var cells: [Cell] = []
        var column = -1
        var last = opening.range.upperBound
        while let tag = tags.next(in: text) {
            if text.isLocalName("row", at: tag.name) {
                if tag.form == .closing {
                    return Row(range: opening.range.lowerBound..<tag.range.upperBound, cells: cells, isWhole: tag.isWhole)
                }
                break
            }
            last = tag.range.upperBound
            guard text.isLocalName("c", at: tag.name), tag.form != .closing else { continue }
            column = tags.value("r", in: text).flatMap { Self.column($0, text) } ?? column + 1
            let type = tags.value("t", in: text).map { text.string($0) } ?? "n"
            let style = tags.value("s", in: text).flatMap { Int(text.string($0)) } ?? 0
            guard column < Self.columnLimit else { continue }
            while cells.count <= column { cells.append(Cell()) }
            if tag.form == .empty { continue }
            let (value, end, isWhole) = value(&tags, text)
            last = end
            cells[column] = cell(value, type: type, style: style)
            if !isWhole { break }
        }
        return Row(range: opening.range.lowerBound..<last, cells: cells, isWhole: false)
    }

    /// The text inside `v` or the `t` runs of a cell, up to its end.
    private func value(_ tags: inout TagScanner, _ text: Span<UInt8>) -> (value: String, end: Int, isWhole: Bool) {
        var value = ""
        var formula = ""
        var hasValue = false
        var isFormula = false
        var start: Int?
        var isPhonetic = false
        var end = tags.position
        while let tag = tags.next(in: text) {
            end = tag.range.upperBound
            if let from = start {
                let words = text.unescaped(from..<tag.range.lowerBound).unescapingControls()
                if isFormula { formula = words } else if !isPhonetic { value += words }
                start = nil
            }
            if tag.form == .closing, text.isLocalName("c", at: tag.name) {
                // Words that begin with = were taken for a formula, and no spreadsheet has computed it since.
                return (hasValue || formula.isEmpty ? value : "=" + formula, end, true)
            }
            if text.isLocalName("rPh", at: tag.name) { isPhonetic = tag.form == .opening }
            let holdsText = text.isLocalName("v", at: tag.name) || text.isLocalName("t", at: tag.name)
            isFormula = text.isLocalName("f", at: tag.name)
            if tag.form == .opening, holdsText || isFormula {
                start = tag.range.upperBound
                if holdsText { hasValue = true }
            }
        }
        return (value, end, false)
    }

    private func cell(_ value: String, type: String, style: Int) -> Cell {
        switch type {
        case "s": return Cell(text: Int(value).flatMap { workbook.strings.indices.contains($0) ? workbook.strings[$0] : nil } ?? "")
        case "inlineStr", "str", "e", "d": return Cell(text: value)
        case "b": return Cell(text: value == "1" ? "true" : "false")
        default: return Cell(text: value, days: workbook.showsDate(style: style) ? Double(value) : nil)
        }
    }

    /// The number of a column from a cell's place, as 27 from `AB12`.
    private static func column(_ range: Range<Int>, _ text: Span<UInt8>) -> Int? {
        var number = 0
        for i in range {
            guard (0x41...0x5A).contains(text[i]), number < columnLimit else { break }
            number = number * 26 + Int(text[i] - 0x40)
        }
        return number > 0 ? number - 1 : nil
    }
}
