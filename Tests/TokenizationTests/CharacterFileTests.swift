import CICU
import Foundation
import Resources
import Testing

@testable import Tokenization

/// `folds.txt` and `signs.txt` are what the libraries say, and `tables.bin` is made of the texts beside it.
///
/// `JUZHENG_RECORD=1 swift test --filter CharacterFileTests` writes them anew and fails, so that no run that records passes.
@Suite struct CharacterFileTests {
    private static let ranges: [ClosedRange<UInt32>] = [0x00...0x33FF, 0xA000...0xABFF, 0xF900...0xFFFF]

    /// What ICU folds a character to, as the file says it; `nil` where it folds to itself.
    private func fold(_ scalar: UInt32) -> [UInt32]? {
        var folded = [UInt32](repeating: 0, count: 32)
        let count = unsafe jz_fold_scalar(scalar, &folded, 32)
        if count < 0 || count == 1 && folded[0] == scalar { return nil }
        return Array(folded.prefix(Int(count)))
    }

    private func text() -> String {
        var lines: [(first: UInt32, last: UInt32, result: String, next: UInt32?)] = []
        for scalar in Self.ranges.joined() {
            guard let folded = fold(scalar) else { continue }
            if folded.count == 1 {
                if let last = lines.last, last.last + 1 == scalar, last.next == folded[0] {
                    lines[lines.count - 1].last = scalar
                    lines[lines.count - 1].next = folded[0] + 1
                } else {
                    lines.append((scalar, scalar, hexadecimal(folded[0]), folded[0] + 1))
                }
                continue
            }
            let result = folded.isEmpty ? (jz_is_mark(scalar) ? "mark" : "none") : folded.map(hexadecimal).joined(separator: " ")
            if folded.isEmpty, let last = lines.last, last.last + 1 == scalar, last.result == result {
                lines[lines.count - 1].last = scalar
            } else {
                lines.append((scalar, scalar, result, nil))
            }
        }
        let head = """
            # What characters of the first plane fold to: NFKC_Casefold of ICU without marks and invisible characters, in
            # hexadecimal. A range folds to a range. `mark` belongs to the character before it, `none` is not seen. Ideographs,
            # syllables and private characters are their own folds. A test compares this file with ICU and says how to remake it.

            """
        return head + lines.map { line in
            (line.first == line.last ? hexadecimal(line.first) : "\(hexadecimal(line.first))-\(hexadecimal(line.last))") + " " + line.result + "\n"
        }.joined()
    }

    private func hexadecimal(_ value: UInt32) -> String { String(value, radix: 16, uppercase: true) }

    private func check(_ name: String, _ text: String) throws { try check(name, Array(text.utf8)) }

    private func check(_ name: String, _ bytes: [UInt8]) throws {
        if ProcessInfo.processInfo.environment["JUZHENG_RECORD"] != nil {
            let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Tokenization/Resources/\(name)")
            try Data(bytes).write(to: file)
            Issue.record("\(name) was written anew")
        }
        // Compared outside: what is expected would be shown byte by byte.
        let isSame = EmbeddedResource(name).bytes == bytes
        #expect(isSame, "JUZHENG_RECORD=1 swift test --filter CharacterFileTests writes it anew")
    }

    @Test func `Folds are ICU's`() throws { try check("folds.txt", text()) }

    @Test func `Stored tables are those of the texts`() throws { try check("tables.bin", StoredTables().bytes) }

    @Test func `Signs are those of Unicode's properties`() throws {
        var text = """
            # Characters of the first plane that may be put between those of a word (s: no letters, digits or ideographs), and
            # emoji (p), by their properties in Unicode. A test compares this file with them and says how to remake it.

            """
        for (mark, holds) in [("s", \Unicode.Scalar.looksSeparating), ("p", \.looksPictographic)] {
            var first: UInt32?
            for value in UInt32(0)...0x10000 {
                let isIn = value < 0x10000 && Unicode.Scalar(value).map { $0[keyPath: holds] } ?? false
                if isIn, first == nil { first = value }
                guard !isIn, let start = first else { continue }
                first = nil
                text += (start == value - 1 ? hexadecimal(start) : "\(hexadecimal(start))-\(hexadecimal(value - 1))") + " \(mark)\n"
            }
        }
        try check("signs.txt", text)
    }
}
