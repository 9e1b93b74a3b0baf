import Transcript

/// What a WeChat record holds, by the type and the content its database keeps.
///
/// For anything but text the content is XML of WeChat's own, of which only the title is said to people.
struct WeChatContent {
    var kind: Message.Kind
    var text: String
    var isSystem = false

    /// - Parameters:
    ///   - type: the number of the database, or a tool's word for it.
    ///   - subtype: for type 49 the number inside, as 57 for an answer that quotes.
    init(type: String?, subtype: String?, text written: String) {
        let kind = Self.kind(type: type ?? "", subtype: subtype ?? "")
        isSystem = kind == .system || kind == .recall
        let isMarkup = written.utf8.first == 0x3C && written.contains(">")
        text = written
        self.kind = kind
        switch kind {
        case .text, .system, .recall, .other:
            if isMarkup, let title = Self.title(of: written) { text = title }
            if kind == .text { self.kind = MediaWords.kind(of: text) }
            if kind == .system, MediaWords.kind(of: text) == .recall { self.kind = .recall }
        case .card, .file, .transfer, .redPacket:
            if isMarkup || written.isEmpty { text = MediaWords.word(for: kind, isLink: kind == .card) + (Self.title(of: written) ?? "") }
        default:
            if isMarkup || written.isEmpty { text = MediaWords.word(for: kind) }
        }
    }

    private static func kind(type: String, subtype: String) -> Message.Kind {
        switch type {
        case "", "1", "文本", "文本消息", "text": .text
        case "3": .image
        case "34": .voice
        case "43", "62": .video
        case "47": .sticker
        case "42", "48": .card
        case "50": .call
        case "10000", "10002": .system
        case "49":
            switch subtype {
            case "57", "1", "": .text
            case "6": .file
            case "2000": .transfer
            case "2001": .redPacket
            case "8": .sticker
            default: .card
            }
        default: words.first { type.contains($0.word) }?.kind ?? .text
        }
    }

    /// The words tools use for types; of those that contain another the longer stands first.
    private static let words: [(word: String, kind: Message.Kind)] = [
        ("系统", .system), ("撤回", .recall), ("引用", .text), ("图片", .image), ("语音通话", .call), ("视频通话", .call),
        ("通话", .call), ("语音", .voice), ("视频", .video), ("表情", .sticker), ("文件", .file), ("转账", .transfer),
        ("红包", .redPacket), ("名片", .card), ("位置", .card), ("链接", .card), ("卡片", .card), ("小程序", .card),
        ("音乐", .card), ("合并转发", .card), ("聊天记录", .card),
    ]

    /// The text of the first `title` element, or of a system message's `content`.
    private static func title(of markup: String) -> String? {
        let bytes = Array(markup.utf8)
        let text = bytes.span
        var tags = TagScanner(0..<bytes.count)
        while let tag = tags.next(in: text) {
            guard tag.form == .opening, text.isWord("title", at: tag.name) || text.isWord("replacemsg", at: tag.name)
            else { continue }
            let start = tags.position
            guard let close = tags.next(in: text) else { return nil }
            if close.form == .other {
                let marked = text.string(close.range)
                if marked.hasPrefix("<![CDATA["), marked.hasSuffix("]]>") { return String(marked.dropFirst(9).dropLast(3)) }
            }
            let title = text.unescaped(start..<close.range.lowerBound)
            return title.isEmpty ? nil : title
        }
        return nil
    }
}

extension MediaWords {
    fileprivate static func word(for kind: Message.Kind, isLink: Bool) -> String {
        isLink ? "[链接]" : word(for: kind)
    }
}
