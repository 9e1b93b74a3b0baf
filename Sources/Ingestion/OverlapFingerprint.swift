import Transcript

/// What two exports of one message have in common.
public struct OverlapFingerprint: Sendable {
    let body: UInt64
    let length: Int
    let seconds: Int64?
    let account: String?
    let name: String?
    private let timeText: UInt64

    public init(_ message: Message) {
        (body, length) = Self.body(message.text.utf8Span.span, message.kind)
        seconds = message.time?.secondsSinceEpoch
        account = message.senderID
        name = message.sender
        timeText = seconds == nil ? TextHash.of(message.timeText ?? "") : 0
    }

    /// Under what the message is looked up: text and moment, and the seconds beside that, by which the clocks of phone
    /// and computer may differ.
    public var keys: [UInt64] { Self.near(key, hasTime: seconds != nil) }

    /// Whether the moment is known.
    public var hasTime: Bool { seconds != nil }

    /// The key of the moment itself.
    public var key: UInt64 { Self.key(body, seconds, timeText) }

    /// The key of a message whose words lie elsewhere.
    /// - Parameter timeText: empty where there is none.
    public static func key(of message: borrowing Message, text: Span<UInt8>, timeText: Span<UInt8>) -> UInt64 {
        let seconds = message.time?.secondsSinceEpoch
        return key(body(text, message.kind).hash, seconds, seconds == nil ? TextHash.of(timeText) : 0)
    }

    private static func key(_ body: UInt64, _ seconds: Int64?, _ timeText: UInt64) -> UInt64 {
        guard let seconds else { return body ^ timeText &* 31 }
        return body &+ UInt64(bitPattern: seconds) &* Self.second
    }

    /// The hash and the length of a normalized text.
    private static func body(_ text: Span<UInt8>, _ kind: Message.Kind) -> (hash: UInt64, length: Int) {
        if text.isEmpty { return kind == .text ? (TextHash.of(text), 0) : (TextHash.of(medium.span), 0) }
        if isNormalized(text) { return (TextHash.of(text), text.count) }
        var normalized: [UInt8] = []
        normalize(text, into: &normalized)
        return (TextHash.of((normalized.isEmpty && kind != .text ? medium : normalized).span), normalized.count)
    }

    /// Whether nothing stands in a text that is normalized; `false` says nothing.
    private static func isNormalized(_ text: Span<UInt8>) -> Bool {
        for at in text.indices {
            let byte = text[at]
            if byte <= 0x20 || byte == 0x5B || byte == 0x7B || byte == 0xC2 { return false }
            if byte == 0xE3, at + 1 < text.count, text[at + 1] == 0x80 { return false }
        }
        return true
    }

    /// The keys of the moments that may be the same.
    public static func near(_ key: UInt64, hasTime: Bool) -> [UInt64] {
        hasTime ? [key &- second, key, key &+ second] : [key]
    }

    private static let second: UInt64 = 0x9E37_79B9_7F4A_7C15

    func equals(_ other: OverlapFingerprint) -> Bool {
        guard body == other.body, length == other.length else { return false }
        if let account, let theirs = other.account, account != theirs { return false }
        switch (seconds, other.seconds) {
        case (let a?, let b?): return abs(a - b) <= 1
        case (nil, nil): return timeText == other.timeText
        default: return false
        }
    }

    private static let medium = Array("[*]".utf8)

    /// The text without what differs from export to export: blanks, how media are written.
    private static func normalize(_ bytes: Span<UInt8>, into out: inout [UInt8]) {
        out.reserveCapacity(bytes.count)
        var i = 0
        while i < bytes.count {
            let byte = bytes[i]
            if byte == 0x5B || byte == 0x7B, let end = mediumEnd(at: i, bytes) {
                if !out.suffix(3).elementsEqual(medium) { out += medium }
                i = end
                continue
            }
            let rest = i..<bytes.count
            let isWide = byte == 0xE3 && bytes.hasPrefix("\u{3000}", in: rest)
            if byte == 0x20 || (0x09...0x0D).contains(byte) || isWide || byte == 0xC2 && bytes.hasPrefix("\u{A0}", in: rest) {
                if out.last != 0x20, !out.isEmpty { out.append(0x20) }
                i += isWide ? 3 : byte == 0xC2 ? 2 : 1
            } else {
                out.append(byte)
                i += 1
            }
        }
        if out.last == 0x20 { out.removeLast() }
    }

    /// The end of `[图片]`, `[图片:0A.jpg]` or `{GUID}.dat`, which is another on every export.
    private static func mediumEnd(at start: Int, _ text: Span<UInt8>) -> Int? {
        if text[start] == 0x7B {
            let end = start + 42
            return end <= text.count && text.hasPrefix("}.dat", in: start + 37..<end) ? end : nil
        }
        var close = start
        while close < text.count, close - start < 120, text[close] != 0x5D { close += 1 }
        guard close < text.count, text[close] == 0x5D else { return nil }
        return MediaWords.kind(of: text.extracting(start..<close + 1)) == .text ? nil : close + 1
    }
}
