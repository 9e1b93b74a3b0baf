import Transcript

/// The part of what was read that is judged: `--since`, `--until` (both inclusive) and `--with`.
///
/// Hashes, line accounting and diagnostics stay those of everything.
public struct Scope: Equatable, Sendable {
    public var since: Day?
    public var until: Day?
    /// A name or account; chats in which it takes part, or which are named after it.
    public var with: String?

    public init(since: Day? = nil, until: Day? = nil, with: String? = nil) {
        self.since = since
        self.until = until
        self.with = with
    }

    public var isEverything: Bool { self == Scope() }

    /// Whether a message of a chat in question is judged. One without a known time is never left out for its time.
    public func holds(_ message: Message) -> Bool {
        guard let time = message.time, since != nil || until != nil else { return true }
        let day = Day(time)
        return since.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
    }

    /// Whether a message shows that its chat is one with the person asked for.
    public func concerns(_ message: Message) -> Bool {
        guard let with else { return true }
        return message.conversation == with || message.sender == with || message.senderID == with
    }

    /// What the report says of it.
    var sentence: String? {
        guard !isEverything else { return nil }
        var parts: [String] = []
        if let since { parts.append("自 \(since) 起") }
        if let until { parts.append("到 \(until) 止") }
        if with != nil { parts.append("只看指定的对方") }
        return "本次只判断了一部分内容（\(parts.joined(separator: "，"))）；没有时间的消息都判断了；所有文件都计算了哈希。"
    }
}
