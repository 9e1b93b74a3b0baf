import Transcript

/// What the text and the Markdown files of QQRootFastDecrypt share.
enum QQRootFile {
    static func isTitle(_ line: Range<Int>, in text: Span<UInt8>) -> Bool {
        text.equals("QQ 聊天记录归档", text.trimmingBlanks(line))
    }

    /// A line of the summary above the chat.
    static func isHead(_ line: Range<Int>, in text: Span<UInt8>) -> Bool {
        if isTitle(line, in: text) || Banner.matches(line, text) { return true }
        return heads.contains { text.hasPrefix($0, in: line) }
    }

    private static let heads: [StaticString] = [
        "数据来源:", "- nt_msg.db (sha256):", "- profile_info.db (sha256):", "文件生成时间:", "记录开始时间:", "记录结束时间:", "主人账号:",
        "好友范围:", "用户标识:", "提示:", "--------------------",
    ]

    /// `甲 -> 乙`
    static func parties(_ name: Range<Int>, in text: Span<UInt8>) -> (sender: Range<Int>, receiver: Range<Int>)? {
        var i = name.lowerBound + 1
        while i + 4 < name.upperBound {
            if text.hasPrefix(" -> ", in: i..<name.upperBound) { return (name.lowerBound..<i, i + 4..<name.upperBound) }
            i += 1
        }
        return nil
    }

    static func message(
        _ time: HeaderTime, sender: String, receiver: String?, _ text: Span<UInt8>, _ options: ReadingOptions,
        under date: CalendarDate? = nil
    ) -> Message {
        let isSystem = sender == "[系统提示]"
        return Message(
            conversation: receiver.map { [sender, $0].sorted().joined(separator: " / ") } ?? "", location: .unplaced,
            time: time.timestamp(options, under: date), timeText: text.string(time.range),
            sender: isSystem ? nil : sender, role: isSystem ? .system : sender == "我" ? .seller : .unknown, text: "")
    }

    static func finish(_ message: inout Message) {
        if message.text.contains("[%\\n%]") { message.text = message.text.replacing("[%\\n%]", with: "\n") }
        MediaWords.classify(&message)
    }
}
