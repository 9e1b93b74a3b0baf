import Testing

@testable import EvasionMatrix
@testable import Tokenization

/// What is told at a glance is what a full reading finds.
@Suite struct GlanceTests {
    private let folder = Folder()

    private func forEachLine(seed: UInt64, _ body: (FoldedText, String) -> Void) {
        var lines = DisguisedLines(seed: seed)
        for _ in 0..<4_000 {
            let line = lines.next()
            body(folder.fold(line), line)
        }
        for text in Words.clean { body(folder.fold(text), text) }
        for term in Words.protected {
            for carrier in term.carriers {
                let text = carrier.replacing("@", with: term.word)
                body(folder.fold(text), text)
            }
        }
    }

    @Test func `Readings are the same with and without short cuts`() {
        let reader = DisguiseReader()
        var read = 0
        var cleared = 0
        forEachLine(seed: UInt64.random(in: 0...UInt64.max)) { text, line in
            let readings = reader.readingsTheLongWay(in: text)
            #expect(reader.readings(in: text) == readings, "\(line.debugDescription)")
            let mayRead = reader.mayRead(in: text.scalars.span)
            #expect(mayRead || readings.isEmpty, "\(line.debugDescription)")
            if !mayRead { cleared += 1 }
            if !readings.isEmpty { read += 1 }
        }
        // Else nothing was compared.
        #expect(read > 0 && cleared > 0)
    }

    @Test func `Bytes fold as the text they are`() {
        forEachLine(seed: UInt64.random(in: 0...UInt64.max)) { text, line in
            let folded: [Unicode.Scalar]? = folder.withFolded(line.utf8.span) { folded in
                guard let folded else { return nil }
                return folded.indices.map { folded[$0] }
            }
            #expect(folded.map { $0 == text.scalars } ?? (text.scalars.count > line.utf8.count), "\(line.debugDescription)")
        }
    }

    @Test(arguments: [
        [0x80], [0xC0, 0x80], [0xE5, 0xA5], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80], [0x61, 0xFF], [0xE0, 0x80, 0x80],
        [0xC3, 0x28], [0xE5, 0x28, 0xBD],
    ] as [[UInt8]]) func `What is no UTF-8 does not fold`(bytes: [UInt8]) {
        let isFolded = folder.withFolded(bytes.span) { $0 == nil ? false : true }
        #expect(!isFolded)
    }

    @Test func `Separators and emoji are those of the characters' properties`() {
        for value in UInt32(0)...0x1FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(scalar.isSeparator == scalar.looksSeparating && scalar.isPictograph == scalar.looksPictographic, "\(String(value, radix: 16))")
        }
    }

    @Test func `A table of pairs knows its pairs and no others`() {
        var keys: [UInt64: UInt32] = [:]
        for number in 0..<5_000 {
            keys[PairTable.key(.random(in: 0x4E00...0x4E80), .random(in: 0...PairTable.none))] = UInt32(number)
        }
        let table = PairTable(keys.map { (key: $0.key, value: $0.value) })
        for first in UInt32(0x4E00)...0x4E80 {
            for second in stride(from: UInt32(0), to: PairTable.none, by: 997) {
                #expect(table[first, second] == keys[PairTable.key(first, second)])
            }
        }
        for (key, value) in keys { #expect(table[UInt32(key >> 21), UInt32(key & 0x1F_FFFF)] == value) }
    }
}
