import Transcript

/// The CSV of MemoTrace (留痕, WeChatMsg).
///
/// Versions seen: with and without byte-order mark, with an index column before, one chat or all of them in a file, rows
/// shorter than the header.
/// - `conversation`: `TalkerId`.
/// - `sender`, `sender_id`: the remark or else the nickname; `Sender`, a wxid.
/// - `role`: `IsSender`: 1 is the seller, 0 the buyer; type 10000 is the system's.
/// - `time`: `CreateTime` in seconds; `time_text`: `StrTime`.
/// - record: the row.
enum WeChatCSV: ChatFormat {
    static let id = "wechat-csv"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        header(sample) == nil ? nil : 100
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        guard let (range, start, index) = header(text) else { return }
        sink.structure(before: range.lowerBound)
        sink.structure(range)
        var rows = DelimitedScanner(delimiter: 0x2C, from: start)
        while !sink.isCalledOff, let row = rows.nextRow(columns: index.count, in: text, &sink) {
            func cell(_ name: String) -> String? {
                guard let column = index[name], let cell = rows.text(column, in: text), !cell.isEmpty else { return nil }
                return cell
            }
            sink.structure(before: row.range.lowerBound)
            guard let textColumn = index["strcontent"], rows.fields.count > textColumn else {
                sink.unparsed(row.range, code: "short-row", "这一行的列数不够，没有内容一列，未计入。")
                continue
            }
            let content = WeChatContent(
                type: cell("type"), subtype: cell("subtype"), text: cell("strcontent") ?? "")
            let stamp = cell("createtime") ?? cell("strtime")
            let role: Message.Role =
                content.isSystem ? .system : cell("issender") == "1" ? .seller : cell("issender") == "0" ? .buyer : .unknown
            let time = stamp.flatMap { Timestamp(cell: $0, options: options) }
            if time == nil { sink.warn(at: row.range.lowerBound, code: "bad-time", "这一行的时间读不出来，时间留空。") }
            sink.message(
                Message(
                    conversation: cell("talkerid") ?? "", location: SourceLocation(line: 0, offset: 0, length: 0),
                    time: time, timeText: cell("strtime") ?? stamp, sender: cell("remark") ?? cell("nickname"),
                    senderID: cell("sender"), role: role,
                    kind: content.isSystem && content.kind == .text ? .system : content.kind, text: content.text),
                at: row.range)
        }
    }

    private static func header(_ text: Span<UInt8>) -> (range: Range<Int>, start: Int, index: [String: Int])? {
        var rows = DelimitedScanner(delimiter: 0x2C)
        guard let row = rows.next(in: text), row.range.count < 4_096 else { return nil }
        var index: [String: Int] = [:]
        for (position, name) in rows.texts(in: text).enumerated() { index[TableColumns.fold(name)] = position }
        guard index["strcontent"] != nil, index["issender"] != nil, index["createtime"] ?? index["strtime"] != nil
        else { return nil }
        return (row.range, rows.position, index)
    }
}
