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
        let keys = sortedKeys()
        var chain = messages.map { ($0.key, $0.hasTime) }
        // Whether what is looked for under a key has a time.
        var wanted: [UInt64: Bool] = [:]
        var asked: Set<UInt64> = []
        var next = 0
        while next < chain.count {
            let (key, hasTime) = chain[next]
            next += 1
            guard asked.insert(key).inserted else { continue }
            for near in OverlapFingerprint.near(key, hasTime: hasTime) where wanted[near] == nil {
                wanted[near] = hasTime
                if Self.contains(near, in: keys) { chain.append((near, hasTime)) }
            }
        }
        var owners: [UInt64: Set<ChatPlace>] = [:]
        forEachEntry { key, place in
            guard let hasTime = wanted[key] else { return }
            let chat = ChatPlace(file: Int(place >> 32), chat: Int(place & 0xFFFF_FFFF))
            for near in OverlapFingerprint.near(key, hasTime: hasTime) { owners[near, default: []].insert(chat) }
        }
        return owners
    }

    private func forEachEntry(_ body: (_ key: UInt64, _ place: UInt64) -> Void) {
        state.withLock { state in
            state.entries.forEachStretch { numbers in
                for at in stride(from: numbers.startIndex, to: numbers.endIndex, by: 2) { body(numbers[at], numbers[at + 1]) }
                return true
            }
        }
    }

    /// Every key of the log, ascending: a chain of messages a second apart is followed in it without reading the log again.
    private func sortedKeys() -> [UInt64] {
        var keys: [UInt64] = []
        forEachEntry { key, _ in keys.append(key) }
        keys.sort()
        return keys
    }

    private static func contains(_ key: UInt64, in sorted: [UInt64]) -> Bool {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low] == key
    }
}
