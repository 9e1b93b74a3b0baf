import Testing
import Transcript

@testable import Ingestion

/// Damage costs what it hits and nothing before it; it never ends the program.
@Suite struct DamageTests {
    @Test(arguments: Fixture.all)
    func `a cut file keeps what is whole`(_ fixture: Fixture) {
        let bytes = fixture.bytes
        let whole = Parsed(bytes)
        for cut in Self.places(in: bytes, count: 61) {
            let damaged = Parsed(Array(bytes.prefix(cut)), format: fixture.format, encoding: whole.encoding)
            Self.check(damaged, against: whole, damagedAt: cut)
            // Nothing is known of it beforehand.
            if cut % 5 == 0 { _ = Parsed(Array(bytes.prefix(cut))) }
        }
    }

    @Test(arguments: Fixture.all)
    func `flipped bytes cost what they hit`(_ fixture: Fixture) {
        let bytes = fixture.bytes
        let whole = Parsed(bytes)
        var random = SplitMix(state: UInt64(bytes.count))
        for place in Self.places(in: bytes, count: 61) {
            var copy = bytes
            copy[place] ^= UInt8(truncatingIfNeeded: random.next() | 1)
            let damaged = Parsed(copy, format: fixture.format, encoding: whole.encoding)
            Self.check(damaged, against: whole, damagedAt: place)
            if place % 5 == 0 { _ = Parsed(copy) }
        }
    }

    /// The account adds up, and the messages that others follow before the damage are untouched.
    private static func check(_ damaged: Parsed, against whole: Parsed, damagedAt place: Int) {
        let lines = damaged.file.source.lines
        #expect(lines.messages + lines.structure + lines.unparsed == lines.total)
        let ends = whole.messages.map { $0.location.offset + $0.location.length }
        let safe = max(0, (ends.firstIndex { $0 >= place } ?? ends.count) - 1)
        #expect(damaged.messages.count >= safe, "damaged at \(place)")
        for (found, expected) in zip(damaged.messages.prefix(safe), whole.messages) {
            let isKept =
                found.location == expected.location && found.sender == expected.sender && found.text == expected.text
                && found.timeText == expected.timeText
            #expect(isKept, "damaged at \(place): \(found) for \(expected)")
            if !isKept { return }
        }
    }

    private static func places(in bytes: [UInt8], count: Int) -> [Int] {
        let step = max(1, bytes.count / count)
        return Array(stride(from: step / 2, to: bytes.count, by: step))
    }
}

/// A small generator whose numbers are the same on every machine.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
