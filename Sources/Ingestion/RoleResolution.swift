import Transcript

/// Decides who is the seller, from the surest sign to the weakest, and says which sign decided.
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

    public init(own: [String]) {
        self.own = Set(own.map(Self.fold))
    }

    /// Fills in the roles of the messages of several files and counts the chats that each sign decided.
    public func resolve(_ files: inout [[Message]]) -> [(sign: Sign, chats: Int)] {
        var keys = SpeakerKeys()
        var chats = Self.chats(of: files, &keys)
        let frequent = Self.mostFrequent(in: chats)
        var counts: [Sign: Int] = [:]
        for index in chats.indices {
            counts[decide(&chats[index], files, frequent), default: 0] += 1
            let chat = chats[index]
            for position in chat.positions {
                let message = files[chat.file][position]
                switch message.role {
                case .unknown where message.kind == .system: files[chat.file][position].role = .system
                case .unknown: files[chat.file][position].role = chat.role(of: keys.of(message).keys)
                // What the user tells wins over what a format infers, where it is about somebody of this chat.
                case .seller, .buyer:
                    guard chat.isTold, case let names = keys.of(message).keys, !names.isEmpty else { continue }
                    files[chat.file][position].role = chat.role(of: names)
                case .system: continue
                }
            }
        }
        return Sign.allCases.compactMap { sign in counts[sign].map { (sign, $0) } }
    }

    /// One conversation of one file.
    private struct Chat {
        var file: Int
        var name: String
        var positions: [Int] = []
        /// Those who speak without a role of their own: the account, or else the name, with every key it goes by.
        var speakers: [String: Set<String>] = [:]
        var hasRoles = false
        /// Those whom the format gives a role.
        var cast: [String: Set<String>] = [:]
        /// The user named one of the speakers.
        var isTold = false
        var sellers: Set<String> = []
        var isDecided = false

        init(file: Int, name: String) {
            self.file = file
            self.name = name
        }

        /// Speakers noted last, by the number of their keys and where they were noted.
        private var noted: [(number: Int, cast: Bool)] = []

        /// - Parameter isCast: whether the format gives the speaker a role.
        mutating func note(_ speaker: SpeakerKeys.Entry, isCast: Bool) {
            if noted.contains(where: { $0 == (speaker.number, isCast) }) { return }
            if noted.count < 16 { noted.append((speaker.number, isCast)) }
            guard let first = speaker.keys.first else { return }
            if isCast {
                cast[first, default: []].formUnion(speaker.keys)
            } else {
                speakers[first, default: []].formUnion(speaker.keys)
            }
        }

        /// - Parameter keys: those of the speaker.
        func role(of keys: [String]) -> Message.Role {
            guard isDecided, let key = keys.first else { return .unknown }
            return sellers.contains(key) ? .seller : .buyer
        }
    }

    private static func chats(of files: [[Message]], _ keys: inout SpeakerKeys) -> [Chat] {
        var chats: [Chat] = []
        for (file, messages) in files.enumerated() {
            var known: [String: Int] = [:]
            var index = -1
            for (position, message) in messages.enumerated() {
                // Messages of one chat mostly follow one another.
                if index < 0 || chats[index].name != message.conversation {
                    index = known[message.conversation] ?? chats.count
                    if index == chats.count {
                        chats.append(Chat(file: file, name: message.conversation))
                        known[message.conversation] = index
                    }
                }
                chats[index].positions.append(position)
                switch message.role {
                case .seller, .buyer:
                    chats[index].hasRoles = true
                    chats[index].note(keys.of(message), isCast: true)
                case .unknown where message.kind != .system: chats[index].note(keys.of(message), isCast: false)
                case .unknown, .system: break
                }
            }
        }
        return chats
    }

    private func decide(_ chat: inout Chat, _ files: [[Message]], _ frequent: String?) -> Sign {
        func settle(_ sellers: Set<String>, _ sign: Sign) -> Sign {
            chat.sellers = sellers
            chat.isDecided = true
            return sign
        }
        func speakers(_ isSeller: (String) -> Bool) -> Set<String> {
            Set(chat.speakers.filter { $0.value.contains(where: isSeller) }.keys)
        }
        func isTold(_ key: String) -> Bool { own.contains(key) || own.contains(Self.account(of: key)) }
        let told = speakers(isTold).union(chat.cast.filter { $0.value.contains(where: isTold) }.keys)
        if !told.isEmpty {
            chat.isTold = true
            return settle(told, .told)
        }
        if chat.hasRoles { return settle([], .format) }
        let object = Self.fold(chat.name)
        if chat.speakers.count == 2, speakers({ $0 == object }).count == 1 {
            return settle(speakers { $0 != object }.subtracting(speakers { $0 == object }), .counterpart)
        }
        var shops = speakers(Self.looksLikeShop)
        // The shop's main account is the same seller as its sub-accounts.
        let accounts = Set(shops.flatMap { chat.speakers[$0] ?? [] }.map(Self.account(of:)))
        shops.formUnion(speakers { accounts.contains($0) })
        if !shops.isEmpty, shops.count < chat.speakers.count { return settle(shops, .shopName) }
        if let frequent, chat.speakers[frequent] != nil { return settle([frequent], .mostChats) }
        return .none
    }

    /// The one name that is in more chats than any other, and in at least two.
    private static func mostFrequent(in chats: [Chat]) -> String? {
        var counts: [String: Int] = [:]
        for chat in chats where !chat.hasRoles {
            for speaker in chat.speakers.keys { counts[speaker, default: 0] += 1 }
        }
        let most = counts.values.max() ?? 0
        let names = counts.filter { $0.value == most }.keys
        return most >= 2 && names.count == 1 ? names.first : nil
    }

    /// The keys of the speakers met last: a chat has few, and folding costs more than looking through them.
    private struct SpeakerKeys {
        struct Entry {
            var id: String?
            var name: String?
            var keys: [String]
            var number: Int
        }

        private var recent: [Entry] = []
        private var count = 0

        mutating func of(_ message: Message) -> Entry {
            for known in recent where Self.same(known.id, message.senderID) && Self.same(known.name, message.sender) {
                return known
            }
            let entry = Entry(
                id: message.senderID, name: message.sender, keys: RoleResolution.keys(of: message), number: count)
            if recent.count < 8 { recent.append(entry) } else { recent[count % 8] = entry }
            count += 1
            return entry
        }

        /// Whether two words are the same bytes, which takes less than comparing them as text.
        private static func same(_ a: String?, _ b: String?) -> Bool {
            switch (a, b) {
            case (nil, nil): true
            case (let a?, let b?): a.utf8.count == b.utf8.count && a.utf8.elementsEqual(b.utf8)
            default: false
            }
        }
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
        return shopWords.contains { name.contains($0) }
    }

    private static let shopWords = [
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
