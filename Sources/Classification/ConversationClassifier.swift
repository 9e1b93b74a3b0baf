/// Judges a chat that arrives message by message, with bounded memory.
///
/// A judgement depends on the messages within `Classifier.reach` on either side and on nothing else, so a message is
/// handed out once that many have followed it; the outcome is the same as that of judging the chat at once.
public struct ConversationClassifier: ~Copyable {
    private let classifier: Classifier
    private var buffer: [Classifier.Input] = []
    /// Messages at the head of the buffer that were handed out and are kept as context.
    private var done = 0
    /// Messages judged at once, beyond the context on either side.
    private static let batch = 512

    public init(_ classifier: Classifier) {
        self.classifier = classifier
    }

    /// Takes the next message; returns the judgements that are ready, in order.
    public mutating func push(_ input: Classifier.Input) -> [Judgement] {
        buffer.append(input)
        guard buffer.count >= done + Self.batch + classifier.reach else { return [] }
        return take(buffer.count - classifier.reach)
    }

    /// Ends the chat; returns the judgements of all messages still held.
    public mutating func finish() -> [Judgement] {
        defer {
            buffer.removeAll()
            done = 0
        }
        return take(buffer.count)
    }

    private mutating func take(_ end: Int) -> [Judgement] {
        guard end > done else { return [] }
        let judged = Array(classifier.judge(buffer)[done..<end])
        let kept = max(0, end - classifier.reach)
        buffer.removeFirst(kept)
        done = end - kept
        return judged
    }
}
