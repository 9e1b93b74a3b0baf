import Transcript

/// The messages that stand in more than one file, because somebody exported the same chat several times.
///
/// Text exports carry no ids, so two exports are aligned by their longest common runs of equal messages. Equal messages
/// of one file stay as many as they are: a message has at most one counterpart in each other file, and counterparts keep
/// the order of both. Nothing is dropped here; the caller decides which place of a group to show.
public struct Overlap: Sendable {
    /// A message, by the position of its file and its position in that.
    public struct Place: Hashable, Comparable, Sendable {
        public var file: Int
        public var message: Int

        public init(file: Int, message: Int) {
            self.file = file
            self.message = message
        }

        public static func < (a: Place, b: Place) -> Bool { (a.file, a.message) < (b.file, b.message) }
    }

    /// The places of each message that has several, in the order of the input.
    public private(set) var groups: [[Place]] = []
    private var groupOfPlace: [Place: Int] = [:]

    /// Aligns the chats of all files; `files` holds the messages of each in the order of the file.
    /// - Complexity: about O(*n*) for exports that overlap in runs.
    public init(_ files: [[Message]]) {
        guard files.count > 1 else { return }
        let chats = Chat.all(in: files)
        var clusters = Clusters()
        for (first, second) in Self.candidates(chats) {
            let alignment = Alignment(chats[first], chats[second])
            guard alignment.isConvincing else { continue }
            for (i, j) in alignment.pairs { clusters.join(chats[first].places[i], chats[second].places[j]) }
        }
        groups = clusters.groups
        for (index, group) in groups.enumerated() { for place in group { groupOfPlace[place] = index } }
    }

    /// The other places of a message.
    public func others(of place: Place) -> [Place] {
        groupOfPlace[place].map { groups[$0].filter { $0 != place } } ?? []
    }

    /// Pairs of chats of different files that share a message.
    private static func candidates(_ chats: [Chat]) -> [(Int, Int)] {
        var owners: [UInt64: [Int]] = [:]
        for (index, chat) in chats.enumerated() {
            for key in Set(chat.messages.flatMap(\.keys)) { owners[key, default: []].append(index) }
        }
        var pairs: Set<[Int]> = []
        for list in owners.values where list.count > 1 && list.count <= 64 {
            for (position, first) in list.enumerated() {
                for second in list[(position + 1)...] where chats[first].file != chats[second].file {
                    pairs.insert([min(first, second), max(first, second)])
                }
            }
        }
        return pairs.map { ($0[0], $0[1]) }.sorted { $0 < $1 }
    }
}

/// One conversation of one file.
private struct Chat {
    let file: Int
    let name: String
    var places: [Overlap.Place] = []
    var messages: [Fingerprint] = []

    static func all(in files: [[Message]]) -> [Chat] {
        var chats: [Chat] = []
        for (file, messages) in files.enumerated() {
            var index: [String: Int] = [:]
            for (position, message) in messages.enumerated() {
                let chat = index[message.conversation] ?? chats.count
                if chat == chats.count {
                    index[message.conversation] = chat
                    chats.append(Chat(file: file, name: message.conversation))
                }
                chats[chat].places.append(Overlap.Place(file: file, message: position))
                chats[chat].messages.append(Fingerprint(message))
            }
        }
        return chats
    }
}

/// What two exports of one message have in common.
private struct Fingerprint {
    let body: UInt64
    let length: Int
    let seconds: Int64?
    let account: String?
    let name: String?
    private let timeText: UInt64

    init(_ message: Message) {
        let normalized = Self.normalized(message.text)
        body = Self.hash(normalized.isEmpty && message.kind != .text ? Self.medium : normalized)
        length = normalized.count
        seconds = message.time?.secondsSinceEpoch
        account = message.senderID
        name = message.sender
        timeText = Self.hash(Array((message.timeText ?? "").utf8))
    }

    /// Under what the message is looked up: text and moment, and the seconds beside that, by which the clocks of phone
    /// and computer may differ.
    var keys: [UInt64] {
        guard let seconds else { return [body ^ timeText &* 31] }
        return [-1, 0, 1].map { body &+ UInt64(bitPattern: seconds + $0) &* 0x9E37_79B9_7F4A_7C15 }
    }

    /// The key of the moment itself.
    var key: UInt64 { seconds == nil ? keys[0] : keys[1] }

    func equals(_ other: Fingerprint) -> Bool {
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
    private static func normalized(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        let span = bytes.span
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var i = 0
        while i < bytes.count {
            let byte = bytes[i]
            if byte == 0x5B || byte == 0x7B, let end = mediumEnd(at: i, span) {
                if !out.suffix(3).elementsEqual(medium) { out += medium }
                i = end
                continue
            }
            let rest = i..<bytes.count
            let isWide = byte == 0xE3 && span.hasPrefix("\u{3000}", in: rest)
            if byte == 0x20 || (0x09...0x0D).contains(byte) || isWide || byte == 0xC2 && span.hasPrefix("\u{A0}", in: rest) {
                if out.last != 0x20, !out.isEmpty { out.append(0x20) }
                i += isWide ? 3 : byte == 0xC2 ? 2 : 1
            } else {
                out.append(byte)
                i += 1
            }
        }
        if out.last == 0x20 { out.removeLast() }
        return out
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
        return MediaWords.kind(of: text.string(start..<close + 1)) == .text ? nil : close + 1
    }

    /// FNV-1a, the same in every run.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

/// The counterparts of two chats.
private struct Alignment {
    private(set) var pairs: [(Int, Int)] = []
    private let a: Chat
    private let b: Chat
    private var longest = 0

    init(_ a: Chat, _ b: Chat) {
        self.a = a
        self.b = b
        let runs = Self.runs(a, b)
        longest = runs.first?.count ?? 0
        // The longest runs first; a shorter one must fit between those that are taken.
        var taken: [Run] = []
        for run in runs.prefix(10_000) {
            guard let fitting = run.trimmed(by: taken) else { continue }
            let place = taken.firstIndex { $0.a > fitting.a } ?? taken.count
            taken.insert(fitting, at: place)
        }
        pairs = taken.flatMap { run in (0..<run.count).map { (run.a + $0, run.b + $0) } }
    }

    /// Whether the two are one chat, and not two in which somebody said the same.
    var isConvincing: Bool {
        let known = pairs.filter { a.messages[$0.0].seconds != nil }
        if a.name == b.name, !a.name.isEmpty { return !known.isEmpty || longest >= 3 }
        if known.isEmpty { return longest >= 4 }
        if longest >= 3 { return true }
        let isNameless = a.name.isEmpty || b.name.isEmpty
        let said = pairs.reduce(0) { $0 + a.messages[$1.0].length }
        let sameSpeakers = pairs.allSatisfy { a.messages[$0.0].name == b.messages[$0.1].name }
        return (isNameless || longest == 2) && sameSpeakers && said >= 24
    }

    /// Equal messages that follow one another in both.
    struct Run {
        var a: Int
        var b: Int
        var count: Int

        /// The part that keeps the order of the runs that are taken already.
        func trimmed(by taken: [Run]) -> Run? {
            var run = self
            for other in taken {
                let isBefore = run.a < other.a && run.b < other.b
                let isAfter = run.a > other.a && run.b > other.b
                if isBefore {
                    run.count = min(run.count, other.a - run.a, other.b - run.b)
                } else if isAfter {
                    let skip = max(0, other.a + other.count - run.a, other.b + other.count - run.b)
                    run.a += skip
                    run.b += skip
                    run.count -= skip
                } else {
                    return nil
                }
                if run.count <= 0 { return nil }
            }
            return run
        }
    }

    /// The common runs, the longest first.
    private static func runs(_ a: Chat, _ b: Chat) -> [Run] {
        var positions: [UInt64: [Int]] = [:]
        for (j, message) in b.messages.enumerated() { positions[message.key, default: []].append(j) }
        var finished: [Run] = []
        // The runs that reach the message before, by where they stand in b.
        var open: [Int: Run] = [:]
        for (i, message) in a.messages.enumerated() {
            var next: [Int: Run] = [:]
            for (j, run) in open {
                if j + 1 < b.messages.count, message.equals(b.messages[j + 1]) {
                    next[j + 1] = Run(a: run.a, b: run.b, count: run.count + 1)
                } else {
                    finished.append(run)
                }
            }
            for key in message.keys where next.count < 256 {
                // Many equal messages in one second say nothing about where the chats meet.
                for j in (positions[key] ?? []).prefix(32) where next[j] == nil && message.equals(b.messages[j]) {
                    next[j] = Run(a: i, b: j, count: 1)
                }
            }
            open = next
        }
        finished += open.values
        return finished.sorted { ($1.count, $0.a, $0.b) < ($0.count, $1.a, $1.b) }
    }
}

/// Places that are one message.
private struct Clusters {
    private var cluster: [Overlap.Place: Int] = [:]
    private var members: [[Overlap.Place]] = []

    mutating func join(_ a: Overlap.Place, _ b: Overlap.Place) {
        let first = index(of: a)
        let second = index(of: b)
        guard first != second else { return }
        // Two of one file stay two, whatever a third file seems to say.
        let files = Set(members[first].map(\.file))
        guard !members[second].contains(where: { files.contains($0.file) }) else { return }
        for place in members[second] { cluster[place] = first }
        members[first] += members[second]
        members[second] = []
    }

    private mutating func index(of place: Overlap.Place) -> Int {
        if let known = cluster[place] { return known }
        cluster[place] = members.count
        members.append([place])
        return members.count - 1
    }

    var groups: [[Overlap.Place]] {
        members.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    }
}
