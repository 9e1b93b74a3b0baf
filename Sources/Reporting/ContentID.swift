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

    /// - Parameter ordinal: how many equal messages stand before this one in its file.
    public init(_ message: Message, ordinal: Int) {
        description = "JZM-" + EvidenceID.digits(of: "juzheng-content-1\n" + Self.key(of: message) + "\(ordinal)\n")
    }

    /// What messages have in common that are equal in speaker, time and text, and with great probability nobody else.
    public static func equality(of message: Message) -> UInt64 {
        let timeText = message.timeText ?? ""
        return equality(of: message, text: message.text.utf8Span.span, timeText: timeText.utf8Span.span)
    }

    /// The same of a message whose words lie elsewhere.
    public static func equality(of message: borrowing Message, text: Span<UInt8>, timeText: Span<UInt8>) -> UInt64 {
        let hash = TextHash.of(timeText, seed: TextHash.of(message.senderID ?? message.sender ?? ""))
        for at in text.indices where text[at] == 0x5B {
            let text = unsafe text.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
            return TextHash.of(withMediaAsTokens(text), seed: hash)
        }
        return TextHash.of(text, seed: hash)
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
        guard text.utf8.contains(0x5B) else { return text }
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
