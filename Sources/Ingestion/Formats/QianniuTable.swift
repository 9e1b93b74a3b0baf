import Transcript

/// A table of a shop's chats: what Qianniu's helpers and shops' back ends write, saved as CSV.
///
/// Versions seen: 千牛聊天记录导出器 (客户名, 消息序号, 发送时间, 发送内容, 发送账号, 账号类型; times without dates). Other
/// tables are known by a column of buyers or of the shop's staff; the mapping chosen is told.
/// - `conversation`: the buyer.
/// - `sender`: 发送账号 and the like, or else the buyer or the staff by the row's direction.
/// - `role`: 账号类型 or 方向; else whether the sender is the buyer or the staff of the row.
/// - record: the row.
enum QianniuTable: ChatFormat {
    static let id = "qianniu-table"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        guard let columns = GenericTable.columns(of: sample), columns.isShop, !columns.isShortMessages else { return nil }
        return 85
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        GenericTable.read(text, options: options, into: &sink)
    }
}
