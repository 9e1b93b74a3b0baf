import Ingestion
import Testing
import Transcript

@testable import EvidencePipeline

@Suite struct OverlapLogTests {
    @Test func `a chain of messages a second apart is followed to its end, and no further`() {
        let log = OverlapLog()
        let writers = [log.newFile(), log.newFile()]
        let messages = (0..<100).map { number in
            // After the sixtieth there is a gap.
            Message(
                conversation: "", location: SourceLocation(line: 1, offset: number, length: 1),
                time: Timestamp(secondsSinceEpoch: 1_700_000_000 + Int64(number < 60 ? number : number + 5), offsetFromUTC: 0),
                sender: "甲", text: "在吗")
        }
        for (number, message) in messages.enumerated() {
            writers[number % 2].add(message, message.text.utf8Span.span, "".utf8Span.span, chat: 0)
        }
        for writer in writers { writer.flush() }
        let owners = log.owners(of: [OverlapFingerprint(messages[0])])
        for (number, message) in messages.enumerated() {
            let files = Set((owners[OverlapFingerprint(message).key] ?? []).map(\.file))
            #expect(files == (number < 60 ? [0, 1] : []), "\(number)")
        }
    }
}
