import Testing
import Transcript

@testable import Classification
@testable import EvasionMatrix

/// What is not read changes nothing.
@Suite struct SightTests {
    private static let everyday = [
        "在吗", "你好", "这个有货吗", "有的亲", "今天能发吗", "可以的", "好的谢谢", "尺码偏大还是偏小", "正常码数", "发什么快递", "默认中通", "大概几天到",
        "三天左右", "收到了", "颜色挺好看的", "有点薄", "洗了会缩水吗", "冷水手洗就行", "嗯嗯", "再看看",
    ]

    @Test func `Messages far from all that tell something can be left out`() {
        let classifier = Classifier.shipped
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix(seed: seed)
        var lines = DisguisedLines(seed: ~seed)
        let examples = RuleBook.shipped.rules.flatMap { $0.matching.flatMap { $0 } }
        func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
        var flagged = 0
        var left = 0
        for _ in 0..<8 {
            let chat = (0..<700).map { _ in
                let isTelling = below(150) == 0
                let example = examples[below(examples.count)]
                let text = isTelling ? (below(3) == 0 ? lines.next() : example.text) : Self.everyday[below(Self.everyday.count)]
                let role = isTelling ? Message.Role(rawValue: example.role) ?? .buyer : below(2) == 0 ? .buyer : .seller
                return Classifier.Input(role: role, text: text)
            }
            let glances = chat.map { classifier.glance($0.text.utf8Span.span) }
            let near = Classifier.near(chat.count) { glances[$0] }
            left += chat.count - near.count
            let judgements = classifier.judge(piece: chat)
            let seen = classifier.judge(
                piece: near.map { index in
                    var message = chat[index]
                    message.glance = glances[index]
                    return message
                })
            var expected = [Judgement](repeating: Judgement(), count: chat.count)
            for (index, judgement) in zip(near, seen) { expected[index] = judgement }
            #expect(judgements == expected, "seed \(seed)")
            flagged += judgements.count { $0.isFinding }
        }
        // Else nothing was compared.
        #expect(flagged > 0 && left > 0, "seed \(seed)")
    }
}
