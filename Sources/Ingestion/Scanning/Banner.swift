/// Lines that stand before the records of a text and say what it is.
enum Banner {
    static func matches(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
        let range = text.trimmingBlanks(line)
        if range.isEmpty || isRule(range, text) { return true }
        guard range.count < 200 else { return false }
        return words.contains { text.hasPrefix($0, in: range) } || text.hasSuffix("聊天记录", in: range)
            || text.hasSuffix("消息记录", in: range)
    }

    /// A row of dashes, equals signs or the like.
    static func isRule(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
        guard range.count >= 3 else { return false }
        for i in range
        where !(text[i] == 0x2D || text[i] == 0x3D || text[i] == 0x2A || text[i] == 0x5F || text[i] == 0x23) {
            return false
        }
        return true
    }

    private static let words: [StaticString] = [
        "消息记录", "聊天记录", "消息分组", "消息对象", "导出时间", "联系人", "旺旺聊天记录", "阿里旺旺", "会话", "日期", "时间范围",
    ]
}
