import Transcript

/// A name for what was said that survives a new export of the same chat.
///
/// Twelve Crockford base-32 digits of the first 60 bits of a SHA-256, grouped as `JZM-XXXX-XXXX-XXXX`, over
/// ```
/// juzheng-content-1\n
/// <n>\n<speaker>\n
/// <n>\n<time>\n
/// <n>\n<text>\n
/// <ordinal>\n
/// ```
/// in UTF-8, where each `<n>` is the decimal count of UTF-8 bytes of what follows it: the account, or else the name, or
/// else nothing; the time as the file writes it, or nothing; the text with each bracketed medium (`[图片]`,
/// `[图片:a.jpg]`) as one U+FFFC. The ordinal counts, from 0 and in the order of the file, the messages that are equal
/// in all three.
public struct ContentID: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(key: String, ordinal: Int) {
        description = "JZM-" + EvidenceID.digits(of: "juzheng-content-1\n" + key + "\(ordinal)\n")
    }

    /// The content IDs of some of one file's messages, whose positions are given in ascending order.
    ///
    /// Only texts that are asked for are counted, so that a long file costs no memory of its size.
    public static func ids(of positions: [Int], in messages: [Message]) -> [ContentID] {
        let texts = Set(positions.map { messages[$0].text })
        let keys = Set(positions.map { key(of: messages[$0]) })
        var counts: [String: Int] = [:]
        var ids: [ContentID] = []
        for (position, message) in messages.enumerated() {
            // Two texts that differ in the name of a medium have one key.
            guard texts.contains(message.text) || message.text.utf8.contains(UInt8(ascii: "[")) else { continue }
            let key = key(of: message)
            guard keys.contains(key) else { continue }
            let ordinal = counts[key, default: 0]
            counts[key] = ordinal + 1
            if ids.count < positions.count, positions[ids.count] == position {
                ids.append(ContentID(key: key, ordinal: ordinal))
            }
        }
        return ids
    }

    /// The content IDs of all of one file's messages.
    public static func all(of messages: [Message]) -> [ContentID] {
        ids(of: Array(messages.indices), in: messages)
    }

    private static func key(of message: Message) -> String {
        [message.senderID ?? message.sender ?? "", message.timeText ?? "", withMediaAsTokens(message.text)]
            .map { "\($0.utf8.count)\n\($0)\n" }.joined()
    }

    private static let media = [
        "图片", "照片", "闪照", "语音", "视频", "文件", "表情", "动画表情", "表情包", "红包", "QQ红包", "转账", "名片", "链接", "位置",
    ]

    /// Names of saved pictures differ from export to export; the words around them do not.
    static func withMediaAsTokens(_ text: String) -> String {
        guard text.contains("[") else { return text }
        var out = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "[") {
            out += rest[..<open]
            rest = rest[open...]
            if let close = rest.firstIndex(of: "]"),
                media.contains(String(rest.dropFirst().prefix { $0 != "]" && $0 != ":" && $0 != "：" }))
            {
                out += "\u{FFFC}"
                rest = rest[rest.index(after: close)...]
            } else {
                out += "["
                rest = rest.dropFirst()
            }
        }
        return out + rest
    }
}
