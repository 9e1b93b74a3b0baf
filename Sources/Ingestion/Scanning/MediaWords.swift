import Transcript

/// The words by which exports stand for what is no text.
enum MediaWords {
    /// The kind of a message by its body: made of nothing but words such as `[图片]`, or a notice of the program.
    static func kind(of body: String) -> Message.Kind {
        if body.isEmpty || body.utf8.count > 400 { return .text }
        if body.utf8.first == 0x5B || body.hasPrefix("!["), let kind = kind(ofWordsOnly: body) { return kind }
        return notice(body) ?? .text
    }

    /// Gives a message that somebody wrote the kind its text shows; the system's own are `system`.
    static func classify(_ message: inout Message) {
        let kind = kind(of: message.text)
        message.kind = kind == .text && message.role == .system ? .system : kind
    }

    /// Of several media the first that is more than a face.
    private static func kind(ofWordsOnly body: String) -> Message.Kind? {
        var rest = Substring(body)
        var found: Message.Kind?
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
                continue
            }
            if rest.hasPrefix("![") { rest = rest.dropFirst() }
            guard rest.first == "[", let close = rest.firstIndex(of: "]") else { return nil }
            let word = rest[rest.index(after: rest.startIndex)..<close].prefix { $0 != ":" && $0 != "：" }
            guard let kind = words[String(word)] else { return nil }
            if found == nil || found == .sticker { found = kind }
            rest = rest[rest.index(after: close)...]
            // A link to the medium, as in Markdown.
            if rest.first == "(", let end = rest.firstIndex(of: ")") { rest = rest[rest.index(after: end)...] }
        }
        return found
    }

    /// What QQ and WeChat write for themselves into the body of a message.
    private static func notice(_ body: String) -> Message.Kind? {
        if body.hasSuffix("撤回了一条消息") || body.hasSuffix("撤回了一条消息 重新编辑") { return .recall }
        // How it begins is looked at first, since a search costs more.
        if fileVerbs.contains(where: { body.hasPrefix($0) }), body.contains("文件“") || body.contains("文件 “") {
            return .file
        }
        if body.hasSuffix("了一个窗口抖动。") { return .other }
        if callVerbs.contains(where: { body.hasPrefix($0) }), body.contains("视频") || body.contains("语音通话") {
            return .call
        }
        return nil
    }

    private static let fileVerbs = [
        "成功发送", "成功接收", "您拒绝", "您取消", "您中止", "对文件“", "对方中断", "对方拒绝", "对方已", "对方尝试", "对方取消", "文件“", "文件 “",
    ]
    private static let callVerbs = ["您中止了", "视频请求", "对方于", "您拒绝了", "通话时长", "对方已取消", "对方取消了", "已取消"]

    private static let words: [String: Message.Kind] = [
        "图片": .image, "照片": .image, "闪照": .image, "Photo": .image, "语音": .voice, "Voice": .voice, "Audio": .voice,
        "视频": .video, "短视频": .video, "Video": .video, "文件": .file, "File": .file, "表情": .sticker, "动画表情": .sticker,
        "表情包": .sticker, "Emoji": .sticker, "Sticker": .sticker, "QQ红包": .redPacket, "红包": .redPacket,
        "微信红包": .redPacket,
        "转账": .transfer, "名片": .card, "链接": .card, "位置": .card, "小程序": .card, "音乐分享": .card, "聊天记录": .card,
        "语音通话": .call, "视频通话": .call,
    ]
}
