import Transcript

/// The words by which exports stand for what is no text.
enum MediaWords {
    /// The kind of a message by its body: made of nothing but words such as `[图片]`, or a notice of the program.
    static func kind(of body: String) -> Message.Kind { kind(of: body.utf8Span.span) }

    /// The same of the bytes of a body.
    static func kind(of bytes: Span<UInt8>) -> Message.Kind {
        if bytes.isEmpty || bytes.count > 400 { return .text }
        if bytes[0] == 0x5B || bytes[0] == 0x21, let kind = kind(ofWordsOnly: bytes) { return kind }
        return notice(bytes) ?? .text
    }

    /// Gives a message that somebody wrote the kind its text shows; the system's own are `system`.
    static func classify(_ message: inout Message) {
        let text = message.text
        classify(&message, text.utf8Span.span)
    }

    /// The same of a message whose text lies elsewhere.
    static func classify(_ message: inout Message, _ text: Span<UInt8>) {
        let kind = kind(of: text)
        message.kind = kind == .text && message.role == .system ? .system : kind
    }

    /// Of several media the first that is more than a face.
    private static func kind(ofWordsOnly body: Span<UInt8>) -> Message.Kind? {
        var i = 0
        var found: Message.Kind?
        while i < body.count {
            let blank = body[i] == 0x0A ? 1 : body.blankWidth(at: i, before: body.count)
            if blank > 0 {
                i += blank
                continue
            }
            if body[i] == 0x21 { i += 1 }
            guard i < body.count, body[i] == 0x5B else { return nil }
            var end = i + 1
            var wordEnd: Int?
            while end < body.count, body[end] != 0x5D {
                if wordEnd == nil, body[end] == 0x3A || body.hasPrefix("：", in: end..<body.count) { wordEnd = end }
                end += 1
            }
            guard end < body.count, let kind = words[body.string(i + 1..<(wordEnd ?? end))] else { return nil }
            if found == nil || found == .sticker { found = kind }
            i = end + 1
            // A link to the medium, as in Markdown.
            if i < body.count, body[i] == 0x28 {
                while i < body.count, body[i] != 0x29 { i += 1 }
                i = min(i + 1, body.count)
            }
        }
        return found
    }

    /// What QQ and WeChat write for themselves into the body of a message.
    private static func notice(_ body: Span<UInt8>) -> Message.Kind? {
        let all = 0..<body.count
        // What it wishes, or that another program shows it, stands behind the word.
        if body.hasPrefix("[QQ红包]", in: all) || body.hasPrefix("[微信红包]", in: all) { return .redPacket }
        if body.hasSuffix("撤回了一条消息", in: all) || body.hasSuffix("撤回了一条消息 重新编辑", in: all) { return .recall }
        if body.hasSuffix("了一个窗口抖动。", in: all) { return .other }
        // QQ puts an icon and, in pages, the time before a notice.
        var scan = DateTimeScanner(all)
        _ = scan.take("[图片]", in: body)
        _ = scan.clock(secondsOptional: false, halfAfter: false, in: body)
        scan.skipSpaces(in: body)
        let said = scan.position..<body.count
        // How it begins is looked at first, since a search costs more.
        if fileVerbs.contains(where: { body.hasPrefix($0, in: said) }), body.contains("“", in: said),
            fileWords.contains(where: { body.contains($0, in: said) })
        {
            return .file
        }
        if callVerbs.contains(where: { body.hasPrefix($0, in: said) }),
            body.contains("视频", in: said) || body.contains("语音通话", in: said)
        {
            return .call
        }
        return nil
    }

    private static let fileVerbs: [StaticString] = [
        "成功发送", "成功接收", "您拒绝", "您取消", "您中止", "对文件“", "对方中断", "对方拒绝", "对方已", "对方尝试", "对方取消", "文件“", "文件 “",
        "网络连接失败，“",
    ]
    private static let fileWords: [StaticString] = ["文件", "”的接收", ")的接收", "接收“", "发送中止"]
    private static let callVerbs: [StaticString] = [
        "您中止了", "视频请求", "对方于", "您拒绝了", "通话时长", "对方已取消", "对方取消了", "已取消",
    ]

    private static let words: [String: Message.Kind] = [
        "图片": .image, "照片": .image, "闪照": .image, "Photo": .image, "语音": .voice, "Voice": .voice, "Audio": .voice,
        "视频": .video, "短视频": .video, "Video": .video, "文件": .file, "File": .file, "表情": .sticker, "动画表情": .sticker,
        "表情包": .sticker, "Emoji": .sticker, "Sticker": .sticker, "QQ红包": .redPacket, "红包": .redPacket,
        "微信红包": .redPacket,
        "转账": .transfer, "名片": .card, "链接": .card, "位置": .card, "小程序": .card, "音乐分享": .card, "聊天记录": .card,
        "语音通话": .call, "视频通话": .call,
    ]
}
