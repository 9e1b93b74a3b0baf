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

    /// Values by the C library of one machine; the point is that every machine gives them.
    @Test func `The logistic function`() {
        #expect(Logistic.value(0) == 0.5)
        #expect(abs(Logistic.value(2) - 0.880_797_077_977_882_3) < 1e-12)
        #expect(abs(Logistic.value(-9.5) - 7.484_622_751_061_124e-05) < 1e-12)
    }
}
