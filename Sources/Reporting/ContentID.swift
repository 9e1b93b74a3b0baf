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
        return unsafe text.withUnsafeBufferPointer { text in
            guard unsafe text.contains(UInt8(ascii: "[")) else { return unsafe TextHash.of(text.span, seed: hash) }
            return unsafe TextHash.of(withMediaAsTokens(text).span, seed: hash)
        }
    }

    private static func key(of message: Message) -> String {
        let text = String(decoding: withMediaAsTokens(message.text.utf8), as: UTF8.self)
        return [message.senderID ?? message.sender ?? "", message.timeText ?? "", text]
            .map { "\($0.utf8.count)\n\($0)\n" }.joined()
    }

    private static let media = [
        "图片", "照片", "闪照", "语音", "视频", "文件", "表情", "动画表情", "表情包", "红包", "QQ红包", "转账", "名片", "链接", "位置",
    ].map { Array($0.utf8) }

    /// Names of saved pictures differ from export to export; the words around them do not.
    private static func withMediaAsTokens<Text: BidirectionalCollection<UInt8>>(_ text: Text) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var rest = text[...]
        var close = text.startIndex
        while let open = rest.firstIndex(of: UInt8(ascii: "[")) {
            // The same for many that open before it.
            if close <= open { close = rest[open...].firstIndex(of: UInt8(ascii: "]")) ?? text.endIndex }
            guard close < text.endIndex else { break }
            out += rest[..<open]
            let inside = rest[rest.index(after: open)..<close]
            if media.contains(where: { names(inside, $0) }) {
                out += "\u{FFFC}".utf8
                rest = rest[rest.index(after: close)...]
            } else {
                out.append(rest[open])
                rest = rest[rest.index(after: open)...]
            }
        }
        return out + rest
    }

    /// Whether what stands in brackets is a medium, alone or before a colon.
    private static func names(_ inside: some Collection<UInt8>, _ medium: [UInt8]) -> Bool {
        guard inside.starts(with: medium) else { return false }
        let rest = inside.dropFirst(medium.count)
        return rest.isEmpty || rest.first == UInt8(ascii: ":") || rest.starts(with: "：".utf8)
    }
}
