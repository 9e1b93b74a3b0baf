/// The speakers of one chat of QQ, each taken apart once however often he speaks.
///
/// Speakers are known by the bytes of their headers; two names of one account share a count.
struct QQSpeakers {
    private var participants: [QQParticipant] = []
    private var places: [Range<Int>] = []
    /// For each participant the index of the first with the same account, or name.
    private var identities: [Int] = []
    private var firstOfKey: [String: Int] = [:]
    /// How often each identity stands in a header.
    private var counts: [Int] = []
    /// Indexes of `participants` by the hash of their bytes; -1 where none is.
    private var slots = [Int32](repeating: -1, count: 64)

    /// More than any chat has; beyond, speakers are no longer counted.
    private static let limit = 50_000

    subscript(index: Int) -> QQParticipant { participants[index] }

    /// How often the account, or the name, of a speaker stands in headers.
    func count(of index: Int) -> Int { counts[identities[index]] }

    func identity(of index: Int) -> Int { identities[index] }

    mutating func count(_ index: Int) { counts[identities[index]] += 1 }

    /// The index of a speaker; a stranger is added, unless there are too many.
    mutating func index(of who: Range<Int>, in text: Span<UInt8>) -> Int? {
        if let known = lookUp(who, in: text) { return known }
        guard participants.count < Self.limit else { return nil }
        let index = participants.count
        let participant = QQParticipant(who, in: text)
        participants.append(participant)
        places.append(who)
        let identity = firstOfKey[participant.key] ?? index
        if identity == index { firstOfKey[participant.key] = index }
        identities.append(identity)
        counts.append(0)
        if 2 * participants.count > slots.count { grow(text) } else { insert(index, text) }
        return index
    }

    /// Whether a speaker, or one with the same account, stands in a header that was counted.
    func knows(_ who: Range<Int>, in text: Span<UInt8>) -> Bool {
        if let index = lookUp(who, in: text) { return count(of: index) > 0 }
        return firstOfKey[QQParticipant(who, in: text).key] != nil
    }

    /// Whether `name` is all that stands after the time of some header.
    func stands(_ name: String, in text: Span<UInt8>) -> Bool {
        let bytes = Array(name.utf8)
        return places.contains { place in
            place.count == bytes.count && bytes.indices.allSatisfy { text[place.lowerBound + $0] == bytes[$0] }
        }
    }

    /// Whether at least two accounts of people speak.
    var hasTwoAccounts: Bool {
        var first: String?
        for participant in participants where !participant.isSystem {
            guard let account = participant.account else { continue }
            if let first, first != account { return true }
            first = account
        }
        return false
    }

    /// Reads every name as a whole, brackets included.
    mutating func dropAccounts(in text: Span<UInt8>) {
        for index in participants.indices {
            participants[index] = QQParticipant(withoutAccount: places[index], in: text)
        }
    }

    /// The index of a speaker who is known.
    func lookUp(_ who: Range<Int>, in text: Span<UInt8>) -> Int? {
        var slot = start(of: who, text)
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if text.equal(places[index], who) { return index }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func start(of who: Range<Int>, _ text: Span<UInt8>) -> Int {
        Int(truncatingIfNeeded: text.fingerprint(who)) & (slots.count - 1)
    }

    private mutating func insert(_ index: Int, _ text: Span<UInt8>) {
        var slot = start(of: places[index], text)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(index)
    }

    private mutating func grow(_ text: Span<UInt8>) {
        slots = [Int32](repeating: -1, count: 4 * slots.count)
        for index in participants.indices { insert(index, text) }
    }
}
