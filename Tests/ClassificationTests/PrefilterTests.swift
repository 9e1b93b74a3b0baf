import Testing
import Tokenization
import Transcript

@testable import Classification
@testable import EvasionMatrix

@Suite struct PrefilterTests {
    private let classes: Set<String> = ["bad-review", "contact-noun", "group-link", "gambling"]

    @Test func `What is cleared has no reading, no waking word, no account and no link`() {
        let lexicon = CueLexicon.shipped
        let prefilter = Prefilter(lexicon: lexicon, classes: classes)
        let reader = MessageReader(lexicon: lexicon)
        var lines = DisguisedLines(seed: UInt64.random(in: 0...UInt64.max))
        let entries = lexicon.classes.flatMap { $0.entries.prefix(8) }
        var cleared = 0
        for number in 0..<4_000 {
            let line = lines.next() + (number % 2 == 0 ? "" : entries[number % entries.count])
            if prefilter.mayBeAwake(line) { continue }
            cleared += 1
            let read = reader.read(Classifier.Input(role: .buyer, text: line))
            #expect(read.disguised.isEmpty, "\(line.debugDescription)")
            #expect(!read.matches.contains { classes.contains(lexicon.classes[$0.cueClass].name) }, "\(line.debugDescription)")
            #expect(!read.entities.contains { EntityReader.contactKinds.contains($0.kind) }, "\(line.debugDescription)")
        }
        #expect(cleared > 400)
    }

    @Test(arguments: ["在吗", "这个尺码偏大吗", "好的亲", "什么时候发货呀", ""]) func `Everyday lines are cleared`(line: String) {
        #expect(!Prefilter.shipped.mayBeAwake(line))
    }

    @Test(arguments: ["给你差评", "給伱差.評", "加我薇❤", "haoping fanxian", "13800138000", "www.abc.com"]) func `Telling lines are not`(line: String) {
        #expect(Prefilter.shipped.mayBeAwake(line))
    }

    @Test func `Bytes that are no text may be anything`() {
        let isAwake = Prefilter.shipped.mayBeAwake([0xE5, 0x28, 0xBD].span)
        #expect(isAwake)
    }
}
