import Transcript

/// A speaker as QQ writes one: `【管理员】名字(12345678)` or `名字<a@b.c>`, taken apart from the right.
struct QQParticipant {
    var title: String?
    var name: String
    var account: String?
    let isSystem: Bool

    init(_ who: String) {
        let bytes = who.utf8Span.span
        self.init(0..<bytes.count, in: bytes)
    }

    init(_ who: Range<Int>, in text: Span<UInt8>) {
        guard let bracket = Self.account(who, in: text) else {
            name = text.string(who)
            isSystem = name == "系统消息"
            return
        }
        account = text.string(bracket.account)
        let titles = Self.titles(who.lowerBound..<bracket.start, in: text)
        if !titles.isEmpty { title = text.string(titles) }
        name = text.string(titles.upperBound..<bracket.start)
        isSystem = account == "10000" || account == "1000000"
    }

    /// A speaker in a chat that names no accounts, where brackets are part of the name.
    init(withoutAccount who: Range<Int>, in text: Span<UInt8>) {
        self.init(who, in: text)
        if isSystem { return }
        self = QQParticipant(name: text.string(who))
    }

    private init(name: String) {
        self.name = name
        isSystem = name == "系统消息"
    }

    /// The account, or the name where there is none.
    var key: String { account ?? name }

    /// Whether such a speaker's words end with an account.
    static func hasAccount(_ who: Range<Int>, in text: Span<UInt8>) -> Bool { account(who, in: text) != nil }

    /// The account at the end of a range, and where its bracket stands.
    private static func account(_ who: Range<Int>, in text: Span<UInt8>) -> (start: Int, account: Range<Int>)? {
        var end = who.upperBound
        while end > who.lowerBound, text[end - 1] == 0x20 { end -= 1 }
        guard end - who.lowerBound >= 5 else { return nil }
        let close = end - 1
        var open = close - 1
        switch text[close] {
        case 0x29:
            while open > who.lowerBound, (0x30...0x39).contains(text[open]) { open -= 1 }
            return text[open] == 0x28 && close - open > 4 ? (open, open + 1..<close) : nil
        case 0x3E:
            var at: Int?
            while open > who.lowerBound, text[open] != 0x3C {
                if text[open] == 0x20 { return nil }
                if text[open] == 0x40 { at = open }
                open -= 1
            }
            guard text[open] == 0x3C, let at, at > open + 1 else { return nil }
            return (open, open + 1..<close)
        default: return nil
        }
    }

    /// The titles of a group before a name; one that would leave no name is the name, unless QQ gives that title.
    private static func titles(_ name: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
        var end = name.lowerBound
        while text.hasPrefix("【", in: end..<name.upperBound),
            let close = text.firstIndex(of: "】", in: end..<name.upperBound)
        {
            if close + 3 == name.upperBound, !knownTitles.contains(text.string(end + 3..<close)) { break }
            end = close + 3
        }
        return name.lowerBound..<end
    }

    private static let knownTitles: Set = ["群主", "管理员", "潜水", "冒泡", "吐槽", "活跃", "话唠", "传说"]
}

extension String {
    func trimmingTrailingSpaces() -> Substring {
        var end = endIndex
        while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
        return self[..<end]
    }
}
