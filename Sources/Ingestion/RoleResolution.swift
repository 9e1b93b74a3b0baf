import Transcript

/// Decides who is the seller, from the surest sign to the weakest, and says which sign decided.
///
/// Each chat is decided by those who speak in it (`ChatRoles`); only the weakest sign, who is in most chats, needs to have
/// seen all of them (`SpeakerCounts`).
public struct RoleResolution: Sendable {
    /// The sign that decided about a chat.
    public enum Sign: String, Sendable, CaseIterable {
        /// The user named his accounts.
        case told
        /// The format says it: direction of a short message, colour of the own line, an owner field.
        case format
        /// The chat is named after the other one (消息对象).
        case counterpart
        /// A colon sub-account, 旗舰店, 客服.
        case shopName
        /// The one who is in most chats.
        case mostChats
        /// Nobody can tell.
        case none

        /// What the report says, one sentence.
        public var explanation: String {
            switch self {
            case .told: "按 --me 给出的账号认定卖家"
            case .format: "按导出文件自带的收发方向认定卖家"
            case .counterpart: "按聊天的对象名推断：另一方为卖家，请核对"
            case .shopName: "按店铺样式的名字（子账号、旗舰店、客服等）推断卖家，请核对"
            case .mostChats: "按出现在最多聊天里的账号推断卖家，请核对"
            case .none: "无法判断谁是卖家，请用 --me 写明自己的账号后重试"
            }
        }
    }

    /// The user's accounts, folded.
    private let own: Set<String>
    /// The same as the user wrote them.
    private let names: [String]

    public init(own: [String]) {
        names = own
        self.own = Set(own.map(Self.fold))
    }

    /// Begins a chat of which nothing is known yet but its name.
    public func chat(named name: String) -> ChatRoles { ChatRoles(name: name, own: own) }

    /// What reports say of how the sellers were told, one sentence a sign.
    public func notes(_ chats: [Sign: Int]) -> [String] {
        var notes = Sign.allCases.compactMap { sign in chats[sign].map { "\(sign.explanation)（\($0) 个聊天）" } }
        if !own.isEmpty, chats[.told] == nil {
            notes.insert("聊天里没有 --me 写的账号（\(names.joined(separator: "、"))），请检查写法", at: 0)
        }
        return notes
    }

    /// The folded forms by which a speaker can be named, the account first.
    static func keys(of message: Message) -> [String] {
        [message.senderID, message.sender].compactMap { $0.map(fold) }.filter { !$0.isEmpty }
    }

    /// The shop before a sub-account's colon: all of a shop's sub-accounts are one seller.
    ///
    /// A colon within a time (`08:00-22:00`) or before a blank is part of a nickname.
    static func account(of name: String) -> String {
        guard let colon = name.firstIndex(where: { $0 == ":" || $0 == "：" }), colon > name.startIndex,
            let after = name[name.index(after: colon)...].first, !after.isWhitespace,
            !(after.isNumber && name[name.index(before: colon)].isNumber)
        else { return name }
        return String(name[..<colon])
    }

    static func looksLikeShop(_ name: String) -> Bool {
        if account(of: name) != name { return true }
        let words = name.utf8Span.span
        return shopWords.contains { words.contains($0, in: 0..<words.count) }
    }

    private static let shopWords: [StaticString] = [
        "旗舰店", "专卖店", "专营店", "企业店", "客服", "售后", "售前", "官方店", "直营店", "店小二", "店铺", "小店", "掌柜",
    ]

    /// Width, case, prefixes of long ids and spaces at the ends do not distinguish accounts.
    static func fold(_ name: String) -> String {
        var folded = name.lowercased()
        for prefix in ["cntaobao", "cnalichn", "enaliint", "+86"] where folded.hasPrefix(prefix) {
            folded.removeFirst(prefix.count)
        }
        while folded.first == " " { folded.removeFirst() }
        while folded.last == " " { folded.removeLast() }
        return folded
    }
}
