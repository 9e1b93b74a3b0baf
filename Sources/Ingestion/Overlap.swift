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
        var chats: [OverlapChat] = []
        for (file, messages) in files.enumerated() {
            var index: [String: Int] = [:]
            for (position, message) in messages.enumerated() {
                let chat = index[message.conversation] ?? chats.count
                if chat == chats.count {
                    index[message.conversation] = chat
                    chats.append(OverlapChat(file: file, name: message.conversation))
                }
                chats[chat].append(OverlapFingerprint(message), at: position)
            }
        }
        self.init(chats, pairs: Self.candidates(chats))
    }

    /// Aligns pairs of chats, each pair of two files, in ascending order.
    public init(_ chats: [OverlapChat], pairs: [(Int, Int)]) {
        var clusters = Clusters()
        for (first, second) in pairs {
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
    private static func candidates(_ chats: [OverlapChat]) -> [(Int, Int)] {
        var owners: [UInt64: [Int]] = [:]
        for (index, chat) in chats.enumerated() {
            for key in Set(chat.messages.flatMap(\.keys)) { owners[key, default: []].append(index) }
        }
        return pairs(of: owners.values, file: { chats[$0].file }, name: { chats[$0].name })
    }

    /// The pairs of different files among chats that share a key.
    ///
    /// What very many chats share, as an advertisement sent to all at once, makes pairs only of chats of one name.
    public static func pairs(
        of owners: some Sequence<[Int]>, file: (Int) -> Int, name: (Int) -> String
    ) -> [(Int, Int)] {
        var pairs: Set<[Int]> = []
        func pair(_ list: [Int]) {
            for (position, first) in list.enumerated() {
                for second in list[(position + 1)...].prefix(limit) where file(first) != file(second) {
                    pairs.insert([min(first, second), max(first, second)])
                }
            }
        }
        for list in owners where list.count > 1 {
            if list.count <= limit {
                pair(list)
            } else {
                for group in Dictionary(grouping: list, by: name).values where group.count > 1 { pair(group.sorted()) }
            }
        }
        return pairs.map { ($0[0], $0[1]) }.sorted { $0 < $1 }
    }

    private static let limit = 64
}

/// One conversation of one file, as far as other exports of it are concerned.
public struct OverlapChat: Sendable {
    let file: Int
    let name: String
    private(set) var places: [Overlap.Place] = []
    private(set) var messages: [OverlapFingerprint] = []

    public init(file: Int, name: String) {
        self.file = file
        self.name = name
    }

    /// Takes the chat's next message.
    /// - Parameter position: its place among all messages of the file.
    public mutating func append(_ print: OverlapFingerprint, at position: Int) {
        places.append(Overlap.Place(file: file, message: position))
        messages.append(print)
    }
}

/// The counterparts of two chats.
private struct Alignment {
    private(set) var pairs: [(Int, Int)] = []
    private let a: OverlapChat
    private let b: OverlapChat
    private var longest = 0

    init(_ a: OverlapChat, _ b: OverlapChat) {
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
    private static func runs(_ a: OverlapChat, _ b: OverlapChat) -> [Run] {
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
