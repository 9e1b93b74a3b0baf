import Ingestion
import Synchronization
import Transcript

/// Remembers under which keys the messages of all files can be found in other exports of their chats.
final class OverlapLog: Sendable {
    /// A chat of a file; files are numbered in the order in which they were begun, chats in that of their first message.
    struct ChatPlace: Hashable, Sendable {
        var file: Int
        var chat: Int
    }

    private struct State {
        var entries = NumberLog()
        var files = 0
    }

    private let state = Mutex(State())

    /// Takes the messages of one file.
    final class Writer {
        let file: Int
        private let log: OverlapLog
        private var entries: [UInt64] = []

        fileprivate init(_ log: OverlapLog, file: Int) {
            self.log = log
            self.file = file
        }

        func add(_ message: borrowing Message, _ text: Span<UInt8>, _ timeText: Span<UInt8>, chat: Int) {
            entries.append(OverlapFingerprint.key(of: message, text: text, timeText: timeText))
            entries.append(UInt64(file) << 32 | UInt64(chat))
            if entries.count >= 1 << 14 { flush() }
        }

        func flush() {
            log.add(entries)
            entries.removeAll(keepingCapacity: true)
        }
    }

    func newFile() -> Writer {
        let file = state.withLock { state in
            state.files += 1
            return state.files - 1
        }
        return Writer(self, file: file)
    }

    private func add(_ entries: [UInt64]) {
        state.withLock { $0.entries.append(contentsOf: entries) }
    }

    /// For each key the chats that hold a message under it or under one beside it, beginning with the messages given and
    /// going on with what is found so.
    func owners(of messages: [OverlapFingerprint]) -> [UInt64: Set<ChatPlace>] {
        var wanted: [UInt64: [UInt64]] = [:]
        var isTimed: [UInt64: Bool] = [:]
        func want(_ key: UInt64, _ hasTime: Bool) {
            guard isTimed[key] == nil else { return }
            isTimed[key] = hasTime
            for near in OverlapFingerprint.near(key, hasTime: hasTime) { wanted[near, default: []].append(key) }
        }
        for message in messages { want(message.key, message.hasTime) }
        var owners: [UInt64: Set<ChatPlace>] = [:]
        var known = 0
        while known < isTimed.count {
            known = isTimed.count
            owners = [:]
            var found: [UInt64: Bool] = [:]
            state.withLock { state in
                state.entries.forEachStretch { numbers in
                    var at = numbers.startIndex
                    while at < numbers.endIndex {
                        let (key, place) = (numbers[at], numbers[at + 1])
                        at += 2
                        guard let source = wanted[key]?.first else { continue }
                        let hasTime = isTimed[source] ?? true
                        found[key] = hasTime
                        let chat = ChatPlace(file: Int(place >> 32), chat: Int(place & 0xFFFF_FFFF))
                        for near in OverlapFingerprint.near(key, hasTime: hasTime) { owners[near, default: []].insert(chat) }
                    }
                    return true
                }
            }
            for (key, hasTime) in found { want(key, hasTime) }
        }
        return owners
    }
}
