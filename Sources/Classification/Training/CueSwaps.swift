import Tokenization
import Transcript

/// Copies of chats in which some words give way to others of their class, 差评 to 一星: what chats of one hand have in
/// common is then less its words than what they stand for. They are trained on and never counted or measured.
struct CueSwaps {
    /// The share of words that give way.
    private static let share: Float = 0.4

    private let reader: MessageReader
    /// Of each class the words without a gap, by their length in characters.
    private let words: [[Int: [String.UnicodeScalarView]]]

    init(lexicon: CueLexicon, reader: MessageReader) {
        self.reader = reader
        words = lexicon.classes.map { cueClass in
            Dictionary(grouping: cueClass.entries.lazy.filter { !$0.contains("…") }.map(\.unicodeScalars), by: \.count)
        }
    }

    /// A copy of each chat that has words to swap, folded and with disguises undone where it was changed.
    func copies(of chats: [LabelledChat]) -> [LabelledChat] {
        var random = SplitMix(seed: 99)
        return chats.compactMap { chat in
            let inputs = chat.lines.map { Classifier.Input(role: $0.role, sender: $0.sender, text: $0.text) }
            var copy = chat
            for index in inputs.indices {
                if let text = swapped(reader.read(inputs, at: index), &random) { copy.lines[index].text = text }
            }
            return copy.lines.map(\.text) == chat.lines.map(\.text) ? nil : copy
        }
    }

    /// The text of a message with other words in it, `nil` where none was chosen.
    private func swapped(_ message: ReadMessage, _ random: inout SplitMix) -> String? {
        var scalars = message.text.scalars
        // From the last to the first, so that the places of those before stay; of words that overlap one gives way.
        var end = scalars.count
        var isChanged = false
        for match in message.matches.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) where match.range.upperBound <= end {
            guard random.isBelow(Self.share) else { continue }
            let choices = [0, -1, 1].flatMap { words[match.cueClass][match.range.count + $0] ?? [] }
            guard !choices.isEmpty else { continue }
            scalars.replaceSubrange(match.range, with: choices[Int(random.next() % UInt64(choices.count))])
            end = match.range.lowerBound
            isChanged = true
        }
        guard isChanged else { return nil }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
