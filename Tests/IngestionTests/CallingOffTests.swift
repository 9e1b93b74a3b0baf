import Testing

@testable import Ingestion

/// Whoever calls a reading off is not kept waiting for the end of a long file.
@Suite struct CallingOffTests {
    /// Reads a text and calls it off at its first message; or does not, to see how much there is.
    private static func read(_ text: DecodedText, as format: any ChatFormat.Type, callingOff: Bool) -> (messages: Int, dropped: Int) {
        var count = 0
        var sink = RecordSink(file: "chat", text: text, calledOff: { callingOff && count > 0 }) { _, _, _ in count += 1 }
        text.withSpan { format.read($0, options: ReadingOptions(), into: &sink) }
        return (count, sink.droppedCount)
    }

    private static func text(of fixture: Fixture) throws -> DecodedText? {
        let bytes = FileBytes(Array(repeatElement(fixture.bytes, count: 8).joined()))
        guard case .text(let encoding) = bytes.withSpan({ TextEncoding.guess($0) }) else { return nil }
        return try DecodedText(bytes, encoding: encoding)
    }

    @Test(arguments: Fixture.all) func `A format leaves its loop when it is called off`(_ fixture: Fixture) throws {
        guard let format = FormatDetection.format(named: fixture.format), let text = try Self.text(of: fixture) else { return }
        let (messages, dropped) = Self.read(text, as: format, callingOff: true)
        #expect(messages <= 1)
        #expect(dropped <= 4)
    }

    @Test func `Most formats have a text in which a loop that goes on would be seen`() throws {
        let long = Set(
            try Fixture.all.filter { fixture in
                guard let format = FormatDetection.format(named: fixture.format), let text = try Self.text(of: fixture) else { return false }
                return Self.read(text, as: format, callingOff: false).messages > 5
            }.map(\.format))
        // The last reads by the loop of the other JSON formats, and its texts are short.
        #expect(FormatDetection.formats.map { $0.id }.filter { !long.contains($0) } == [WeChatJSON.id])
    }

    @Test func `Neither the hash nor the decoding goes on`() throws {
        let bytes = FileBytes([UInt8](repeating: 0x20, count: 3 << 21))
        var asked = 0
        _ = bytes.sha256(calledOff: { asked += 1; return asked > 1 })
        #expect(asked == 2)
        for encoding in [TextEncoding.utf8, .gb18030] {
            asked = 0
            let text = try DecodedText(bytes, encoding: encoding, calledOff: { asked += 1; return asked > 1 })
            #expect(asked == 2)
            #expect(text.count < bytes.count)
        }
    }
}
