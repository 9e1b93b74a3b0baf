import Transcript

/// A table nobody's in particular, as people make them in a spreadsheet: CSV or a saved HTML page, with a header.
///
/// The columns are found by their Chinese or English names, or else by what stands in them, and the mapping chosen is told.
/// - `conversation`: the column of the chat, the buyer or the number; else sender and receiver together.
/// - `sender`, `sender_id`, `role`: the columns that say so.
/// - record: the row; in HTML the `tr` element.
enum GenericTable: ChatFormat {
    static let id = "generic-table"

    static let most = 60

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        guard let columns = columns(of: sample) else {
            return !sample.beginsWithMarkup && DelimitedTable(byContents: sample) != nil ? 58 : nil
        }
        guard !columns.isShop, !columns.isShortMessages else { return nil }
        return 60
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        if text.beginsWithMarkup, let table = MarkupTable(text) {
            sink.warnFile(code: "columns", table.columns.explanation)
            table.read(text, options: options, into: &sink)
        } else if let table = DelimitedTable(text) ?? DelimitedTable(byContents: text) {
            sink.warnFile(code: "columns", table.columns.explanation)
            table.read(text, options: options, into: &sink)
        } else {
            sink.unparsed(
                0..<text.count, code: "no-header", "没有找到写着“时间、发送人、内容”等列名的表头，请在第一行补上列名再试。")
        }
    }

    /// The columns of the table a text begins with, whichever way it is written.
    static func columns(of text: Span<UInt8>) -> TableColumns? {
        text.beginsWithMarkup ? MarkupTable(text)?.columns : DelimitedTable(text)?.columns
    }
}
