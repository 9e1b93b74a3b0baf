import CICU
import Foundation
import Resources
import Testing

/// `folds.txt` is what ICU says.
///
/// `JUZHENG_RECORD=1 swift test --filter FoldingFileTests` writes it anew and fails, so that no run that records passes.
@Suite struct FoldingFileTests {
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

    @Test func `The file is ICU's`() throws {
        let text = text()
        if ProcessInfo.processInfo.environment["JUZHENG_RECORD"] != nil {
            let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Tokenization/Resources/folds.txt")
            try Data(text.utf8).write(to: file)
            Issue.record("folds.txt was written anew")
        }
        #expect(EmbeddedResource("folds.txt").text == text, "JUZHENG_RECORD=1 swift test --filter FoldingFileTests writes it anew")
    }
}
