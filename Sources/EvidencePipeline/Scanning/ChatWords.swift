import Transcript

/// The words of the messages of a chat that are held, one message after the other.
struct ChatWords: Sendable {
    private var bytes: [UInt8] = []
    /// Bytes of the chat's words before those that are held.
    private var start = 0

    /// Takes words and says where they begin among all of the chat's.
    mutating func append(_ timeText: Span<UInt8>, _ text: Span<UInt8>) -> Int {
        let place = start + bytes.count
        unsafe timeText.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        return place
    }

    /// Lets go of all words before a place.
    mutating func drop(before place: Int) {
        guard place > start else { return }
        bytes = Array(bytes[(place - start)...])
        start = place
    }

    mutating func removeAll() {
        start += bytes.count
        bytes.removeAll()
    }

    func text(of line: ChatLine) -> String { string(line.words + line.timeCount, line.textCount) }

    /// `nil` where the message gives no time.
    func timeText(of line: ChatLine) -> String? { line.timeCount == 0 ? nil : string(line.words, line.timeCount) }

    private func string(_ place: Int, _ count: Int) -> String {
        String(decoding: bytes[place - start..<place - start + count], as: UTF8.self)
    }
}

/// Who speaks in a chat, each name once.
struct ChatVoices {
    struct Voice: Hashable, Sendable {
        var sender: String?
        var senderID: String?
        var title: String?

        /// Whether two are written with the same bytes.
        func isSame(as other: Voice) -> Bool {
            sender.hasSameBytes(as: other.sender) && senderID.hasSameBytes(as: other.senderID) && title.hasSameBytes(as: other.title)
        }
    }

    private(set) var all: [Voice] = []
    private var places: [Voice: Int] = [:]
    /// The two that spoke last: most chats have no more.
    private var last = (0, 0)

    mutating func place(sender: String?, senderID: String?, title: String?) -> Int {
        let voice = Voice(sender: sender, senderID: senderID, title: title)
        if last.0 < all.count, all[last.0].isSame(as: voice) { return last.0 }
        if last.1 < all.count, all[last.1].isSame(as: voice) {
            last = (last.1, last.0)
            return last.0
        }
        let place = places[voice] ?? all.count
        if place == all.count {
            places[voice] = place
            all.append(voice)
        }
        last = (place, last.0)
        return place
    }
}
