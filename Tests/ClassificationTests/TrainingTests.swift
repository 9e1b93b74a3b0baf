import Resources
import Testing
import Transcript

@testable import Classification

@Suite struct TrainingTests {
    private let chats = (0..<12).map { number in
        LabelledChat(
            name: "c\(number)", writer: "w\(number % 3)",
            lines: [
                .init(role: .buyer, text: "在吗 第\(number)单", labels: []),
                .init(role: .buyer, text: "不给\(number)00块就差评", labels: [.extortion], act: "threat"),
                .init(role: .seller, text: "不行的", labels: []),
                .init(role: .buyer, text: "什么时候发货", labels: []),
            ])
    }

    @Test func `The same chats give the same bytes`() {
        #expect(ShippedModel.train(on: chats) == ShippedModel.train(on: chats))
    }

    private func stored(_ bytes: ArraySlice<UInt8>) -> StoredBytes { unsafe bytes.withUnsafeBytes { unsafe StoredBytes(copying: $0) } }

    @Test func `A model is read back as it was written`() {
        let bytes = ShippedModel.train(on: chats)
        let model = ModelFile.decode(stored(bytes[...]))
        #expect(model.map(ModelFile.encode) == bytes)
    }

    @Test func `A damaged model is refused`() {
        let bytes = ShippedModel.train(on: chats)
        for length in stride(from: 0, to: bytes.count, by: 211) {
            let model = ModelFile.decode(stored(bytes[..<length]))
            #expect(model?.sequences.count == nil)
        }
    }

    @Test func `Only the groups that are asked for are judged`() {
        let outcome = CrossValidation(groups: 3, judgedGroups: 1).run(chats) { #expect($0 == 1) }
        for (chat, scores) in zip(chats, outcome.scores) {
            #expect(scores.count == (chat.writer == "w0" ? chat.lines.count : 0))
        }
    }

    @Test func `No variant mixes what two writers wrote`() {
        let chats = (0..<60).flatMap { number in
            let words = number % 2 == 0 ? "甲" : "乙"
            let hosts = ["在吗\(words)", "多大尺码\(words)", "您好\(words)", "蓝色\(words)"].map { LabelledChat.Line(role: .buyer, text: $0, labels: []) }
            let threat = LabelledChat.Line(role: .buyer, text: "不给500块就差评\(words)", labels: [.extortion], act: "threat")
            return [hosts, [threat]].map { LabelledChat(name: "c\(number)", writer: words, tier: "plain", lines: $0) }
        }
        let variants = TrainingVariants.of(chats)
        #expect(variants.contains { chat in chat.lines.count > 4 && chat.lines.contains { $0.text.contains("500块就差评") } })
        for chat in variants {
            let other = chat.writer == "甲" ? "乙" : "甲"
            #expect(chat.lines.allSatisfy { !$0.text.hasSuffix(other) })
        }
    }

    @Test func `A swapped word is of the same class, and nothing else changes`() {
        var lexicon = CueLexicon()
        lexicon.classes = [
            .init(name: "bad-review", entries: ["差评", "一星", "黑评…一条"]), .init(name: "goods", entries: ["鞋子", "灯"]),
        ]
        let swaps = CueSwaps(lexicon: lexicon, reader: MessageReader(CueTables(lexicon, rules: [])))
        let chats = (0..<40).map { number in
            LabelledChat(
                name: "c\(number)", writer: "w",
                lines: [
                    .init(role: .buyer, text: "鞋子到了", labels: []),
                    .init(role: .buyer, text: "不给钱就差评", labels: [.extortion], act: "threat"),
                    .init(role: .seller, text: "好的", labels: []),
                ])
        }
        let copies = swaps.copies(of: chats)
        #expect(copies.map { $0.lines.map(\.text) } == swaps.copies(of: chats).map { $0.lines.map(\.text) })
        #expect(!copies.isEmpty && copies.count < chats.count)
        for copy in copies {
            #expect(["鞋子到了", "灯到了"].contains(copy.lines[0].text))
            #expect(["不给钱就差评", "不给钱就一星"].contains(copy.lines[1].text))
            #expect(copy.lines[1].labels == [.extortion] && copy.lines[1].act == "threat" && copy.lines[1].role == .buyer)
            #expect(copy.lines[2].text == "好的")
        }
        #expect(copies.contains { $0.lines[1].text == "不给钱就一星" })
    }

    /// Values by the C library of one machine; the point is that every machine gives them.
    @Test func `The logistic function`() {
        #expect(Logistic.value(0) == 0.5)
        #expect(abs(Logistic.value(2) - 0.880_797_077_977_882_3) < 1e-12)
        #expect(abs(Logistic.value(-9.5) - 7.484_622_751_061_124e-05) < 1e-12)
    }
}
