import Transcript

/// Lines of the Qianniu window that nobody wrote.
enum QianniuNotice {
    static func isDeliveryMark(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
        guard (6...12).contains(line.count) else { return false }
        let range = text.trimmingBlanks(line)
        return text.equals("已读", range) || text.equals("未读", range) || text.equals("发送中", range)
            || text.equals("千牛", range)
    }

    /// A range without the mark of delivery that stands behind a blank, or in brackets, at its end.
    static func trimmingDeliveryMark(_ range: Range<Int>, _ text: Span<UInt8>) -> Range<Int> {
        let inner = text.openedBracket(endingAt: range) ?? range
        for mark in ["已读", "未读", "发送中"] as [StaticString] where text.hasSuffix(mark, in: inner) {
            var before = inner.lowerBound..<inner.upperBound - mark.utf8CodeUnitCount
            if inner != range {
                guard let open = text.openingBracketStart(endingAt: before) else { return range }
                before = before.lowerBound..<open
            } else if !text.hasSuffixBlank(before) {
                return range
            }
            return text.trimmingBlanks(before)
        }
        return range
    }

    /// Who took a message back, where the line says only that.
    static func recaller(_ line: Range<Int>, _ text: Span<UInt8>) -> String? {
        guard line.count <= 160 else { return nil }
        let words = text.string(text.trimmingBlanks(line))
        guard words.hasSuffix("撤回了一条消息") else { return nil }
        return String(String(words.dropLast("撤回了一条消息".count)).trimmingTrailingSpaces())
    }

    static func isPronoun(_ name: String) -> Bool { ["你", "您", "对方", ""].contains(name) }

    /// Whether a notice or a product card begins here.
    static func begins(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
        let range = text.trimmingBlanks(line)
        if text.equals("商品推荐", range) || text.equals("系统关闭会话", range) || text.equals("客服超时", range) { return true }
        if text.hasPrefix("当前用户来自", in: range) || text.hasPrefix("【即将超时】", in: range) { return true }
        if text.hasPrefix("这些非常适合您的商品可以一起看看", in: range) { return true }
        return text.hasPrefix("由", in: range) && text.contains("转交给", in: range) && range.count < 160
    }

    static func classify(_ message: inout Message, _ text: Span<UInt8>) {
        let all = 0..<text.count
        if text.hasPrefix("当前用户来自", in: all) || text.hasPrefix("商品推荐", in: all)
            || text.hasPrefix("这些非常适合您的商品可以一起看看", in: all)
        {
            message.kind = .card
        } else {
            MediaWords.classify(&message, text)
        }
    }
}
