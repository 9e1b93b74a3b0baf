/// Judges a chat that arrives message by message, with bounded memory.
///
/// A message is handed out once nothing that follows can bear on it; the outcome is the same as that of judging the chat
/// at once.
public struct ConversationClassifier: ~Copyable {
    private let classifier: Classifier
    private var pieces: ChatPieces<Classifier.Input>

    public init(_ classifier: Classifier) {
        self.classifier = classifier
        pieces = ChatPieces(reach: Classifier.reach)
    }

    /// Takes the next message; returns the judgements that are ready, in order.
    public mutating func push(_ input: Classifier.Input) -> [Judgement] {
        judgements(of: pieces.push(input))
    }

    /// Ends the chat; returns the judgements of all messages still held.
    public mutating func finish() -> [Judgement] {
        judgements(of: pieces.finish())
    }

    private func judgements(of piece: ChatPiece<Classifier.Input>?) -> [Judgement] {
        guard let piece else { return [] }
        return Array(classifier.judge(piece: piece.elements)[piece.judged])
    }
}
