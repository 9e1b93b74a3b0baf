import Classification
import Reporting
import Synchronization
import Transcript

/// Gathers what is found in one file while its chats are judged, in whatever order that happens.
final class FileFindings: Sendable {
    private struct State {
        /// By chat.
        var found: [Int: [FoundLine]] = [:]
        var shown: [Int: [ShownLine]] = [:]
        var outstanding = 0
        /// Chats that are to be judged again, once the file is read to its end.
        var dropped: Set<Int>?
        var equalities: NumberLog?
        var result = Result()
    }

    /// In the order of the file.
    struct Result: Sendable {
        var found: [FoundLine] = []
        var shown: [ShownLine] = []
        /// By position; of found lines that have equal ones before them, how many.
        var ordinals: [Int: Int] = [:]

        /// Takes in what was found in other chats of the same file.
        mutating func add(_ other: Result) {
            found = (found + other.found).sorted { $0.position < $1.position }
            shown = (shown + other.shown).sorted { $0.position < $1.position }
            ordinals.merge(other.ordinals) { first, _ in first }
        }
    }

    private let state = Mutex(State())
    private let whenDone: (@Sendable ([FoundLine]) -> Void)?

    /// - Parameter whenDone: receives all that was found, in the order of the file.
    init(whenDone: (@Sendable ([FoundLine]) -> Void)? = nil) {
        self.whenDone = whenDone
    }

    /// Complete once the file is read and every piece judged.
    var result: Result { state.withLock { $0.result } }

    func begin() {
        state.withLock { $0.outstanding += 1 }
    }

    /// Takes the outcome of one piece.
    func end(_ chat: Int, _ outcome: (found: [FoundLine], shown: [ShownLine])) {
        state.withLock { state in
            if !outcome.found.isEmpty {
                state.found[chat, default: []] += outcome.found
                state.shown[chat, default: []] += outcome.shown
            }
            state.outstanding -= 1
            assemble(&state)
        }
    }

    /// Says that no more pieces follow.
    /// - Parameters:
    ///   - dropped: chats whose outcome does not hold.
    ///   - equalities: of each message of the file, in its order, what equal messages have in common.
    func finish(dropping dropped: Set<Int>, equalities: NumberLog) {
        state.withLock { state in
            state.dropped = dropped
            state.equalities = equalities
            assemble(&state)
        }
    }

    private func assemble(_ state: inout State) {
        guard let dropped = state.dropped, state.outstanding == 0 else { return }
        for (chat, lines) in state.found where !dropped.contains(chat) {
            // A refusal in a chat where nothing happened says nothing.
            guard lines.contains(where: \.judgement.isFinding) else { continue }
            state.result.found += lines
            state.result.shown += state.shown[chat] ?? []
        }
        state.found = [:]
        state.shown = [:]
        state.result.found.sort { $0.position < $1.position }
        state.result.shown.sort { $0.position < $1.position }
        // Two pieces may show the same line.
        var last = -1
        state.result.shown.removeAll { line in
            defer { last = line.position }
            return line.position == last
        }
        Self.countEqual(&state)
        state.equalities = nil
        whenDone?(state.result.found)
    }

    /// Counts for each found line the equal messages before it.
    private static func countEqual(_ state: inout State) {
        guard let last = state.result.found.last?.position, let log = state.equalities else { return }
        var counts = Dictionary(
            state.result.found.map { (ContentID.equality(of: $0.message), 0) }, uniquingKeysWith: { first, _ in first })
        var position = 0
        var next = 0
        log.forEachStretch { numbers in
            for number in numbers {
                if let count = counts[number] {
                    counts[number] = count + 1
                    if next < state.result.found.count, state.result.found[next].position == position {
                        if count > 0 { state.result.ordinals[position] = count }
                        next += 1
                    }
                }
                position += 1
            }
            return position <= last
        }
    }
}
