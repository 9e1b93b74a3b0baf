import Transcript

/// Who speaks in one chat, and which of them is the seller as far as the messages seen so far tell.
public struct ChatRoles: Sendable {
    public typealias Sign = RoleResolution.Sign

    /// A speaker by the order of appearance; `nil` where a message is the system's or names nobody.
    public typealias Speaker = Int

    private struct Traits {
        /// The account, the name: every folded form by which he goes.
        var keys: Set<String> = []
        var isTold = false
        /// Whether the chat is named after him.
        var isObject = false
        var isShop = false
    }

    private struct Counts {
        var told = 0
        var objects = 0
        var shops = 0
    }

    private struct Name: Hashable {
        var id: String?
        var name: String?

        /// Whether a message names its speaker by the same bytes.
        func isSame(as message: borrowing Message) -> Bool {
            name.hasSameBytes(as: message.sender) && id.hasSameBytes(as: message.senderID)
        }

        func hash(into hasher: inout Hasher) {
            for part in [id, name] { hasher.combine(part.map { TextHash.of($0) }) }
        }
    }

    private let own: Set<String>
    private let object: String
    private var traits: [Traits] = []
    /// The hash of each speaker's first key: the account, or else the name.
    private var keys: [UInt64] = []
    private var places: [UInt64: Speaker] = [:]
    private var known: [Name: Speaker?] = [:]
    /// The two that spoke last: most chats have no more.
    private var last: (name: Name, speaker: Speaker?)?
    private var beforeLast: (name: Name, speaker: Speaker?)?
    private var counts = Counts()
    private var shopAccounts: Set<String> = []
    /// Whether somebody speaks with a role that the format gives.
    public private(set) var hasRoles = false
    /// Grows whenever what was known of an earlier speaker changes.
    public private(set) var changes = 0

    init(name: String, own: Set<String>) {
        self.own = own
        object = RoleResolution.fold(name)
    }

    /// Takes a message into account and says who speaks.
    public mutating func add(_ message: borrowing Message) -> Speaker? {
        switch message.role {
        case .seller, .buyer: hasRoles = true
        case .system: return nil
        case .unknown: if message.kind == .system { return nil }
        }
        if let last, last.name.isSame(as: message) { return last.speaker }
        swap(&last, &beforeLast)
        if let last, last.name.isSame(as: message) { return last.speaker }
        let name = Name(id: message.senderID, name: message.sender)
        let speaker: Speaker?
        if let seen = known[name] {
            speaker = seen
        } else {
            speaker = newName(RoleResolution.keys(of: copy message))
            known[name] = .some(speaker)
        }
        last = (name, speaker)
        return speaker
    }

    private mutating func newName(_ names: [String]) -> Speaker? {
        guard let first = names.first else { return nil }
        let key = TextHash.of(first)
        let speaker = places[key] ?? traits.count
        let isNew = speaker == traits.count
        if isNew {
            places[key] = speaker
            keys.append(key)
            traits.append(Traits())
        }
        var isChanged = false
        func set(_ trait: WritableKeyPath<Traits, Bool>, _ count: WritableKeyPath<Counts, Int>, of speaker: Speaker) {
            guard !traits[speaker][keyPath: trait] else { return }
            traits[speaker][keyPath: trait] = true
            counts[keyPath: count] += 1
            isChanged = true
        }
        for name in names where traits[speaker].keys.insert(name).inserted {
            if own.contains(name) || own.contains(RoleResolution.account(of: name)) { set(\.isTold, \.told, of: speaker) }
            if name == object { set(\.isObject, \.objects, of: speaker) }
            if RoleResolution.looksLikeShop(name) { set(\.isShop, \.shops, of: speaker) }
            if shopAccounts.contains(name) { set(\.isShop, \.shops, of: speaker) }
        }
        if isChanged, !isNew { changes += 1 }
        isChanged = false
        // The shop's main account is the same seller as its sub-accounts.
        if traits[speaker].keys.contains(where: RoleResolution.looksLikeShop) {
            let accounts = traits[speaker].keys.map(RoleResolution.account(of:)).filter { shopAccounts.insert($0).inserted }
            for other in traits.indices where other != speaker && !traits[other].keys.isDisjoint(with: accounts) {
                set(\.isShop, \.shops, of: other)
            }
        }
        if isChanged { changes += 1 }
        return speaker
    }

    /// How many speak.
    public var speakerCount: Int { traits.count }

    /// The surest sign.
    /// - Parameter frequent: the one who is in most chats, where that is known.
    public func sign(frequent: UInt64?) -> Sign {
        if counts.told > 0 { return .told }
        if hasRoles { return .format }
        if traits.count == 2, counts.objects == 1 { return .counterpart }
        if counts.shops > 0, counts.shops < traits.count { return .shopName }
        if let frequent, places[frequent] != nil { return .mostChats }
        return .none
    }

    /// Roles as a sign decides them.
    public func decision(by sign: Sign, frequent: UInt64?) -> Decision {
        let roles = traits.indices.map { speaker in
            let isSeller =
                switch sign {
                case .told: traits[speaker].isTold
                case .format: false
                case .counterpart: !traits[speaker].isObject
                case .shopName: traits[speaker].isShop
                case .mostChats: keys[speaker] == frequent
                case .none: false
                }
            return sign == .none ? Message.Role.unknown : isSeller ? .seller : .buyer
        }
        return Decision(roles: roles, overrules: sign == .told)
    }

    /// The role of each speaker of a chat.
    public struct Decision: Sendable {
        fileprivate let roles: [Message.Role]
        /// What the user tells wins over what a format infers, where it is about somebody of this chat.
        fileprivate let overrules: Bool

        /// Nothing is known of anybody.
        public static let none = Decision(roles: [], overrules: false)

        /// How many speakers it knows.
        public var count: Int { roles.count }

        public func role(of message: Message, by speaker: Speaker?) -> Message.Role {
            role(of: message.role, message.kind, by: speaker)
        }

        /// The role of a message that the format says is of `role`.
        public func role(of role: Message.Role, _ kind: Message.Kind, by speaker: Speaker?) -> Message.Role {
            let decided = speaker.flatMap { roles.indices.contains($0) ? roles[$0] : nil }
            switch role {
            case .system: return .system
            case .unknown: return kind == .system ? .system : decided ?? .unknown
            case .seller, .buyer: return overrules ? decided ?? role : role
            }
        }
    }

    /// Adds the chat's speakers to the counts of all chats.
    public func count(in all: inout SpeakerCounts) {
        guard !hasRoles else { return }
        for key in keys { all.add(key) }
    }
}

/// In how many chats each speaker is, of those chats in which nobody has a role that the format gives.
public struct SpeakerCounts: Sendable {
    private var counts: [UInt64: Int32] = [:]

    public init() {}

    mutating func add(_ key: UInt64) { counts[key, default: 0] += 1 }

    public mutating func add(_ other: SpeakerCounts) {
        counts.merge(other.counts) { $0 + $1 }
    }

    /// The one that is in more chats than any other, and in at least two.
    public var mostFrequent: UInt64? {
        var most: (key: UInt64, count: Int32)?
        var isAlone = true
        for (key, count) in counts {
            if count > most?.count ?? 1 {
                most = (key, count)
                isAlone = true
            } else if count == most?.count {
                isAlone = false
            }
        }
        return isAlone ? most?.key : nil
    }
}
