import Testing
import Transcript

@testable import Ingestion

/// What holds for every fixture, in every character set and with every line end.
@Suite struct PlaceTests {
    @Test(arguments: Fixture.all)
    func `the account of lines adds up`(_ fixture: Fixture) {
        let parsed = Parsed(fixture.bytes)
        let lines = parsed.file.source.lines
        #expect(lines.messages + lines.structure + lines.unparsed == lines.total)
        #expect(parsed.messages.count == parsed.file.source.messageCount)
        #expect(lines.total == Self.countLines(fixture.bytes, parsed.encoding))
    }

    @Test(arguments: Fixture.all)
    func `every message finds its bytes again`(_ fixture: Fixture) throws {
        let parsed = Parsed(fixture.bytes)
        let text = try Parsed.decode(fixture.bytes)
        let lineStarts = Self.lineStarts(text)
        var last = 0
        for message in parsed.messages {
            let place = message.location
            #expect(place.offset >= last, "records are in the order of the file")
            last = place.offset
            let record = try parsed.record(of: message)
            #expect(!record.isEmpty)
            let first = try #require(record.unicodeScalars.first)
            let final = try #require(record.unicodeScalars.last)
            #expect(!"\r\n\u{FEFF}".unicodeScalars.contains(first), "\(record.debugDescription)")
            // A body may end with a blank line of its own.
            let isClosed = "\r\n".unicodeScalars.contains(final) == message.text.hasSuffix("\n")
            #expect(isClosed, "\(record.debugDescription)")
            // The line is the one on which the record's first byte stands.
            let index = lineStarts.lastIndex { $0 <= place.offset } ?? 0
            #expect(index + 1 == place.line)
        }
    }

    @Test(arguments: Fixture.all, Reencoding.all)
    func `nothing changes in another character set`(_ fixture: Fixture, _ target: Reencoding) throws {
        let original = Parsed(fixture.bytes)
        guard original.encoding != nil, original.file.source.format == fixture.format,
            let bytes = target.apply(to: try Parsed.decode(fixture.bytes))
        else { return }
        let again = Parsed(bytes)
        #expect(again.encoding == target.encoding)
        #expect(again.file.source.format == fixture.format)
        #expect(again.messages.map(\.withoutPlace) == original.messages.map(\.withoutPlace))
        #expect(again.file.diagnostics.map(\.code) == original.file.diagnostics.map(\.code))
        #expect(again.file.source.lines == original.file.source.lines)
        for (a, b) in zip(again.messages, original.messages).prefix(40) {
            #expect(a.location.line == b.location.line)
            #expect(try Reencoding.unified(again.record(of: a)) == Reencoding.unified(original.record(of: b)))
        }
    }

    private static func countLines(_ bytes: [UInt8], _ encoding: TextEncoding?) -> Int {
        guard let encoding, let text = try? DecodedText(FileBytes(bytes), encoding: encoding) else { return 0 }
        return lineStarts(text).count
    }

    /// Where in the file each line begins.
    private static func lineStarts(_ text: DecodedText) -> [Int] {
        text.withSpan { span in
            var starts: [Int] = []
            var walk = TextLines()
            var position = 0
            while let line = walk.next(in: span) {
                starts.append(text.sourceRange(of: position..<position).lowerBound)
                position = line.next
            }
            return starts
        }
    }
}
