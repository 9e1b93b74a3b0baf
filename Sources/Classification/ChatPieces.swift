/// A stretch of a chat with the messages on either side that may bear on it.
public struct ChatPiece<Element: Sendable>: Sendable {
    public var elements: [Element]
    /// Those that are judged with this piece; the others are context.
    public var judged: Range<Int>
}

/// Cuts a chat, as it arrives, into pieces that can each be judged alone.
///
/// A judgement depends on the messages within `Classifier.reach` on either side and on nothing else, so pieces that hold
/// these messages too can be judged in any order and by several threads; the outcome is the same.
public struct ChatPieces<Element: Sendable>: Sendable {
    private let reach: Int
    private var buffer: [Element] = []
    /// Elements at the head of the buffer that went out with the piece before and are kept as context.
    private var done = 0
    /// Messages judged at once, beyond the context on either side.
    private static var batch: Int { 512 }

    public init(reach: Int) {
        self.reach = reach
    }

    /// Elements that are held.
    public var count: Int { buffer.count }

    /// Takes the next message; returns a piece where one is complete.
    public mutating func push(_ element: Element) -> ChatPiece<Element>? {
        buffer.append(element)
        guard buffer.count >= done + Self.batch + reach else { return nil }
        return take(buffer.count - reach)
    }

    /// Ends the chat; returns what is still held.
    public mutating func finish() -> ChatPiece<Element>? {
        defer {
            buffer.removeAll()
            done = 0
        }
        return take(buffer.count)
    }

    private mutating func take(_ end: Int) -> ChatPiece<Element>? {
        guard end > done else { return nil }
        let piece = ChatPiece(elements: buffer, judged: done..<end)
        let kept = max(0, end - reach)
        buffer.removeFirst(kept)
        done = end - kept
        return piece
    }
}
