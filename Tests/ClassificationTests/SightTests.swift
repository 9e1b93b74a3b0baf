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

    @Test func `The texts of messages far from all that may matter can be left out`() {
        let classifier = Classifier.shipped
        var random = SplitMix(seed: UInt64.random(in: 0...UInt64.max))
        var lines = DisguisedLines(seed: UInt64.random(in: 0...UInt64.max))
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
            let matters = chat.map { message in
                var text = message.text
                text.makeContiguousUTF8()
                return classifier.mayMatter(text.utf8.span)
            }
            var far = chat
            for index in chat.indices {
                let beside = max(0, index - Classifier.sight)..<min(chat.count, index + Classifier.sight + 1)
                if !matters[beside].contains(true) {
                    far[index].text = ""
                    far[index].isFar = true
                    left += 1
                }
            }
            let judgements = classifier.judge(chat)
            #expect(classifier.judge(far) == judgements)
            flagged += judgements.count { $0.isFinding }
        }
        #expect(flagged > 8 && left > 400)
    }
}
