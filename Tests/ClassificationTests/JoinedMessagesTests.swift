import Testing
import Tokenization
import Transcript

@testable import Classification

/// Words that one speaker began in one message and ended in the next.
@Suite struct JoinedMessagesTests {
    private let reader = MessageReader(.shipped)

    private func read(_ chat: [(role: Message.Role, sender: String?, text: String)]) -> [String] {
        let inputs = chat.map { Classifier.Input(role: $0.role, sender: $0.sender, text: $0.text) }
        return inputs.indices.map { reader.read(inputs, at: $0).text.string }
    }

    @Test func `A word is read where it ends`() {
        #expect(read([(.buyer, nil, "给个好评返"), (.buyer, nil, "现5元")]).last == "好评返现5元")
        #expect(read([(.buyer, nil, "好"), (.buyer, nil, "评"), (.buyer, nil, "返"), (.buyer, nil, "现")]).last == "好评返现")
    }

    @Test func `Words of two speakers do not make one`() {
        #expect(read([(.buyer, nil, "给个好评返"), (.seller, nil, "现5元")]).last == "现5元")
        #expect(read([(.unknown, "甲", "给个好评返"), (.unknown, "乙", "现5元")]).last == "现5元")
        #expect(read([(.buyer, nil, "给个好评返"), (.seller, nil, "嗯"), (.buyer, nil, "现5元")]).last == "现5元")
    }

    @Test func `What was said before is quoted from its own message`() {
        let inputs = ["给个好评返", "现 5元"].map { Classifier.Input(role: .buyer, text: $0) }
        let message = reader.read(inputs, at: 1)
        #expect(message.text.originalRange(of: 0..<4) == 0..<1)
    }
}
