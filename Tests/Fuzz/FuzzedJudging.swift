import Classification
import Transcript

/// Judges a chat of whatever lines libFuzzer makes, with and without the glances that spare most of the work: the
/// judgements must be the same.
enum FuzzedJudging {
    static func check(_ bytes: [UInt8]) {
        let classifier = Classifier.shipped
        let chat = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).flatMap(inputs)
        let glances = chat.map { classifier.glance($0.text.utf8Span.span) }
        let near = Classifier.near(chat.count) { glances[$0] }
        let seen = near.map { index in
            var message = chat[index]
            message.glance = glances[index]
            return message
        }
        var expected = [Judgement](repeating: Judgement(), count: chat.count)
        for (index, judgement) in zip(near, classifier.judge(piece: seen)) { expected[index] = judgement }
        precondition(classifier.judge(piece: chat) == expected, "what is passed over changes nothing")
    }

    /// A line begins with a letter for its speaker; others are the buyer's. `>` is a long stretch of which nothing is read.
    private static func inputs(_ line: Substring) -> [Classifier.Input] {
        if line == ">" { return Array(repeating: Classifier.Input(role: .buyer, text: "好的"), count: 50) }
        let role: Message.Role? = switch line.first {
        case "S": .seller
        case "Y": .system
        case "U": .unknown
        default: nil
        }
        return [Classifier.Input(role: role ?? .buyer, text: String(role == nil ? line : line.dropFirst()))]
    }
}
