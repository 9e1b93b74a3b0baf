import Transcript

/// Short messages as comma- or semicolon-separated text.
///
/// Versions seen: Nokia PC Suite and Nokia Suite, old iPhone tools, BlackBerry, Meego, QQ同步助手, `Created,Number,…`,
/// PhoneView, and any table whose header names a number, a text and a folder or direction.
/// - `conversation`: the other side's number, without separators and +86.
/// - `sender`, `sender_id`: for what was received the name, or else the number as written; and the number. The owner of
///   the phone is not named.
/// - `role`: received is the buyer, sent and drafts the seller.
/// - record: the row.
enum SMSCSV: ChatFormat {
    static let id = "sms-csv"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        if let (dialect, _) = Dialect.find(in: sample) { return dialect.layout == .nokia ? 100 : 90 }
        guard let columns = GenericTable.columns(of: sample), columns.isShortMessages else { return nil }
        return 95
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        guard let (dialect, first) = Dialect.find(in: text) else {
            return GenericTable.read(text, options: options, into: &sink)
        }
        sink.structure(before: first)
        var rows = DelimitedScanner(delimiter: dialect.delimiter, from: first)
        let order = dialect.dateOrder(from: first, in: text)
        while !sink.isCalledOff, let row = rows.nextRow(columns: dialect.columnCount, in: text, &sink) {
            sink.structure(before: row.range.lowerBound)
            guard let record = dialect.layout.record(rows.texts(in: text), dialect.delimiter, order, options) else {
                if text.isWord("contact", at: rows.fields[0].range) {
                    sink.structure(row.range)
                } else {
                    sink.unparsed(row.range, code: "not-a-message", "这一行不像一条短信，未计入。")
                }
                continue
            }
            if record.time == nil {
                sink.warn(at: row.range.lowerBound, code: "bad-time", "这条短信的时间读不出来，时间留空。")
            }
            let isReceived = record.direction == .received
            sink.message(
                Message(
                    conversation: PhoneNumber.normalized(record.number),
                    location: SourceLocation(line: 0, offset: 0, length: 0), time: record.time, timeText: record.timeText,
                    sender: isReceived ? record.name ?? record.number : nil,
                    senderID: isReceived ? PhoneNumber.normalized(record.number) : nil, role: record.direction.role,
                    text: record.body),
                at: row.range)
        }
    }
}

/// A table without a header, known by what stands in its rows.
private struct Dialect {
    var layout: Layout
    var delimiter: UInt8
    var columnCount: Int

    /// Looks for a row that fits; the few before it are a title or a section of contacts.
    static func find(in text: Span<UInt8>) -> (Dialect, first: Int)? {
        guard !text.beginsWithObject else { return nil }
        for delimiter in [0x3B, 0x2C, 0x09] as [UInt8] {
            var rows = DelimitedScanner(delimiter: delimiter)
            var seen = 0
            var named: TableColumns?
            while seen < 400, let row = rows.next(in: text) {
                seen += 1
                if rows.fields.count < 4 || row.range.count > 1 << 20 { continue }
                let cells = rows.texts(in: text)
                for layout in Layout.allCases where seen <= 3 || layout == .nokia {
                    guard layout.record(cells, delimiter, .monthFirst, ReadingOptions()) != nil else { continue }
                    // A header that names other columns knows better.
                    if layout == .qqSync, let named, named.index[.text] != 0 { return nil }
                    // A quote that was never closed makes one row of several, whose first line tells the columns.
                    var line = rows
                    if row.hasStrayQuote || row.hasOpenQuote { _ = line.reread(from: row.range.lowerBound, in: text) }
                    return (Dialect(layout: layout, delimiter: delimiter, columnCount: line.fields.count), row.range.lowerBound)
                }
                if seen <= 3 { named = named ?? TableColumns(header: cells) }
            }
        }
        return nil
    }

    func dateOrder(from start: Int, in text: Span<UInt8>) -> WrittenTime.Order {
        guard layout == .iPhone else { return .monthFirst }
        var rows = DelimitedScanner(delimiter: delimiter, from: start)
        while rows.next(in: text) != nil {
            guard rows.fields.count > 1 else { continue }
            if case .order(let order) = WrittenTime.Order.evidence(in: text, rows.fields[1].range) { return order }
        }
        return .monthFirst
    }
}

private struct Record {
    var direction: TableMessages.Direction
    var number: String
    var name: String?
    var time: Timestamp?
    var timeText: String
    var body: String
}

private enum Layout: CaseIterable {
    /// `sms;deliver;"FROM";"TO";"";"2010.01.11 16:51";"";"BODY"`
    case nokia
    /// `"Received","1/2/11","8:09 PM","ADDRESS","","","","BODY",""`
    case iPhone
    /// `ID,received,sent,false,NUMBER,"BODY"`
    case blackBerry
    /// `NUMBER,1,2012-04-18 16:54:57,"BODY"`
    case meego
    /// `BODY,NAME,NUMBER,2012/04/18 16:54:57,收件箱`
    case qqSync

    func record(
        _ cells: [String], _ delimiter: UInt8, _ order: WrittenTime.Order, _ options: ReadingOptions
    ) -> Record? {
        func record(
            _ direction: TableMessages.Direction?, _ number: Int, _ time: String, _ body: String, name: Int? = nil
        ) -> Record? {
            guard let direction else { return nil }
            // Some tools break the line inside the date.
            let words = time.utf8.contains(0x0A) ? time.replacing("\n", with: " ") : time
            return Record(
                direction: direction, number: cells[number], name: name.flatMap { cells[$0].isEmpty ? nil : cells[$0] },
                time: Timestamp(cell: words, order: order, options: options), timeText: time, body: body)
        }
        switch self {
        case .nokia:
            guard cells.count >= 8, cells[0].lowercased() == "sms" else { return nil }
            let direction = TableMessages.Direction(cells[1])
            // A body that holds the delimiter without quotes.
            var body = cells[7]
            if cells.count > 8, cells[8...].contains(where: { !$0.isEmpty }) {
                body = cells[7...].joined(separator: String(UnicodeScalar(delimiter)))
            }
            let number = direction == .received ? 2 : cells[3].isEmpty ? 2 : 3
            return record(direction, number, cells[5], body)
        case .iPhone:
            guard cells.count >= 8, cells[0] == "Received" || cells[0] == "Sent" else { return nil }
            return record(TableMessages.Direction(cells[0]), 3, cells[1] + " " + cells[2], cells[7])
        case .blackBerry:
            guard cells.count >= 6, cells[3] == "true" || cells[3] == "false" else { return nil }
            let isSent = cells[3] == "true"
            let time = isSent && !cells[2].isEmpty ? cells[2] : cells[1]
            guard WrittenTime(Array(time.utf8).span) != nil else { return nil }
            return record(isSent ? .sent : .received, 4, time, cells[5])
        case .meego:
            guard cells.count == 4, cells[1] == "1" || cells[1] == "2", WrittenTime(Array(cells[2].utf8).span) != nil
            else { return nil }
            return record(cells[1] == "1" ? .received : .sent, 0, cells[2], cells[3])
        case .qqSync:
            guard cells.count == 5, cells[4].hasSuffix("箱") || PhoneNumber.isNumber(cells[2]) && cells[4].utf8.contains(where: { $0 >= 0x80 }),
                WrittenTime(Array(cells[3].utf8).span) != nil
            else { return nil }
            return record(TableMessages.Direction(cells[4]), 2, cells[3], cells[0], name: 1)
        }
    }
}
