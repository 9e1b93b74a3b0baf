/// A speaker as QQ writes one: `【管理员】名字(12345678)` or `名字<a@b.c>`, taken apart from the right.
struct QQParticipant {
    var title: String?
    var name: String
    var account: String?

    init(_ who: String) {
        name = who
        let trimmed = who.trimmingTrailingSpaces()
        if trimmed.hasSuffix(")"), let bracket = trimmed.lastIndex(of: "(") {
            let digits = trimmed[trimmed.index(after: bracket)...].dropLast()
            if digits.utf8.count >= 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                account = String(digits)
                name = String(trimmed[..<bracket])
            }
        } else if trimmed.hasSuffix(">"), let bracket = trimmed.lastIndex(of: "<") {
            let mail = trimmed[trimmed.index(after: bracket)...].dropLast()
            if mail.contains("@"), !mail.contains(" "), mail.first != "@" {
                account = String(mail)
                name = String(trimmed[..<bracket])
            }
        }
        if account != nil { splitTitles() }
    }

    /// The account, or the name where there is none.
    var key: String { account ?? name }

    var isSystem: Bool { account == "10000" || account == "1000000" || account == nil && name == "系统消息" }

    /// Takes the titles of a group from the name; one that would leave no name is the name, unless QQ gives that title.
    private mutating func splitTitles() {
        var rest = Substring(name)
        var titles = ""
        while rest.hasPrefix("【"), let close = rest.firstIndex(of: "】") {
            let end = rest.index(after: close)
            let title = rest[..<end]
            if end == rest.endIndex, !Self.knownTitles.contains(String(title.dropFirst().dropLast())) { break }
            titles += title
            rest = rest[end...]
        }
        guard !titles.isEmpty else { return }
        title = titles
        name = String(rest)
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
