import Testing
import Tokenization
import Transcript

@testable import Classification
@testable import EvasionMatrix

@Suite struct RuleGlanceTests {
    private let book = RuleBook.shipped
    private let cues = CueTables.shipped

    /// Chats of the rules' words, examples and disguised lines in any order, some lines labelled.
    private func chat(_ random: inout SplitMix, _ lines: inout DisguisedLines) -> (inputs: [Classifier.Input], labels: [[Label]]) {
        var inputs: [Classifier.Input] = []
        var labels: [[Label]] = []
        func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
        for _ in 0..<30 {
            let rule = book.rules[below(book.rules.count)]
            let words = (rule.words ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value)
            let examples = (rule.matching + rule.clean).flatMap { $0 }.map(\.text)
            let text = switch below(4) {
            case 0: words.isEmpty ? "" : words[below(words.count)].replacing("…", with: "一下")
            case 1: examples.isEmpty ? "" : examples[below(examples.count)]
            case 2: lines.next()
            default: (words.isEmpty ? "" : words[below(words.count)]) + lines.next()
            }
            inputs.append(
                Classifier.Input(
                    role: [.buyer, .buyer, .seller, .unknown, .system][below(5)], sender: ["甲", "乙"][below(2)],
                    kind: below(10) == 0 ? .system : .text, text: below(3) == 0 ? mangled(text, below) : text))
            labels.append(below(8) == 0 ? [Label.allCases[below(Label.allCases.count)]] : [])
        }
        return (inputs, labels)
    }

    /// Marks, signs and blanks put into a text, characters of it dropped, doubled or exchanged, as nobody foresees.
    private func mangled(_ text: String, _ below: (Int) -> Int) -> String {
        var scalars = Array(text.unicodeScalars)
        let strange = Array("\u{200B}\u{0301}\u{FE0F}\u{202E}.。 　\n·①１ｗⅣ㊣㎏微薇V➕😀𠮷\u{10FFFF}".unicodeScalars)
        for _ in 0...below(4) {
            let place = below(scalars.count + 1)
            switch below(4) {
            case 0: scalars.insert(strange[below(strange.count)], at: place)
            case 1: if place < scalars.count { scalars.insert(scalars[place], at: place) }
            case 2: if place < scalars.count { scalars.remove(at: place) }
            default: if place + 1 < scalars.count { scalars.swapAt(place, place + 1) }
            }
        }
        var mangled = String.UnicodeScalarView()
        mangled.append(contentsOf: scalars)
        return String(mangled)
    }

    @Test func `Rules find the same with and without the glance`() {
        let judge = RuleJudge(book, cues)
        let reader = MessageReader(cues)
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix(seed: seed)
        var lines = DisguisedLines(seed: ~seed)
        var alone = 0
        for _ in 0..<60 {
            let (inputs, labels) = chat(&random, &lines)
            let judgements = [true, false].map { glancing in
                var read = ReadChat(inputs, reader: reader, words: judge.words)
                var judgements = labels.map { Judgement(labels: $0) }
                judge.apply(to: &judgements, &read, glancing: glancing)
                return judgements
            }
            #expect(judgements[0] == judgements[1], "seed \(seed)")
            alone += judgements[1].count { $0.labels.isEmpty && $0.category != nil }
        }
        // Else nothing was compared.
        #expect(alone > 0, "seed \(seed)")
    }

    @Test(arguments: ["在吗", "这个尺码偏大吗", "好的亲", "什么时候发货呀", "", "13800138000", "质量太差了，我要退货"])
    func `Everyday lines are cleared`(line: String) {
        #expect(!RuleGlance(cues.telling).mayHold(line))
    }

    @Test func `Bytes that are no text are not cleared`() {
        let mayHold = RuleGlance(cues.telling).mayHold([0xE5, 0x28, 0xBD].span)
        #expect(mayHold)
    }
}
