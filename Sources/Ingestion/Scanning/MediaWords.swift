import Transcript

/// The words by which exports stand for what is no text.
enum MediaWords {
    /// The kind of a message whose body is only such a word.
    static func kind(of body: String) -> Message.Kind {
        if body.utf8.count > 200 { return .text }
        if body.hasSuffix("撤回了一条消息") || body.hasSuffix("撤回了一条消息 重新编辑") { return .recall }
        guard body.hasPrefix("["), body.hasSuffix("]"), !body.dropFirst().contains("[") else { return .text }
        let word = body.dropFirst().dropLast().prefix { $0 != ":" && $0 != "：" }
        return words[String(word)] ?? .text
    }

    /// Gives a message that somebody wrote the kind its text shows; the system's own are `system`.
    static func classify(_ message: inout Message) {
        let kind = kind(of: message.text)
        message.kind = kind == .text && message.role == .system ? .system : kind
    }

    private static let words: [String: Message.Kind] = [
        "图片": .image, "照片": .image, "闪照": .image, "Photo": .image, "语音": .voice, "Voice": .voice, "Audio": .voice,
        "视频": .video, "Video": .video, "文件": .file, "File": .file, "表情": .sticker, "动画表情": .sticker,
        "表情包": .sticker, "Emoji": .sticker, "Sticker": .sticker, "QQ红包": .redPacket, "红包": .redPacket,
        "转账": .transfer, "名片": .card, "链接": .card, "位置": .card, "语音通话": .call, "视频通话": .call,
    ]
}

extension String {
    func trimmingTrailingSpaces() -> Substring {
        var end = endIndex
        while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
        return self[..<end]
    }
}

extension Span<UInt8> {
    /// The text of body lines, their line ends made `\n`.
    func body(_ range: Range<Int>) -> String {
        var hasReturn = false
        for i in range where self[i] == 0x0D {
            hasReturn = true
            break
        }
        guard hasReturn else { return string(range) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var i = range.lowerBound
        while i < range.upperBound {
            if self[i] == 0x0D {
                bytes.append(0x0A)
                if i + 1 < range.upperBound, self[i + 1] == 0x0A { i += 1 }
            } else {
                bytes.append(self[i])
            }
            i += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
