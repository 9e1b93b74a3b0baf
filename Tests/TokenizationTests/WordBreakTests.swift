import CICU
import Foundation
import Testing
import Tokenization

/// What Unicode's annex 29 asks of word boundaries where no dictionary decides.
@Suite struct WordBreakTests {
    /// Unicode's own cases, of the version of the library's ICU or a near one: the Debian package unicode-data.
    private static let file = "/usr/share/unicode/auxiliary/WordBreakTest.txt"

    private struct Case {
        var line: [Unicode.Scalar] = []
        /// Where words end.
        var ends: [Int] = []
    }

    /// A case a line: `÷ 0061 × 0308 ÷ 0062 ÷`.
    private static func cases() throws -> [Case] {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            var found = Case()
            for word in line.prefix(while: { $0 != "#" }).split(whereSeparator: \.isWhitespace) {
                if word == "÷" {
                    if !found.line.isEmpty { found.ends.append(found.line.count) }
                } else if let scalar = UInt32(word, radix: 16).flatMap(Unicode.Scalar.init) {
                    found.line.append(scalar)
                }
            }
            // ICU follows CLDR, which lets a colon end a word everywhere but in Swedish and Finnish.
            return found.line.isEmpty || found.line.contains(":") ? nil : found
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: file), "needs the Debian package unicode-data"))
    func `ICU keeps what it promises`() throws {
        guard let breaker = unsafe jz_word_breaker_open() else {
            Issue.record("ICU has no data for words")
            return
        }
        defer { unsafe jz_word_breaker_close(breaker) }
        let cases = try Self.cases()
        #expect(cases.count > 1_000)
        for item in cases {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: item.line)
            let units = Array(String(view).utf16)
            var boundaries = [Int32](repeating: 0, count: units.count)
            let count = unsafe jz_word_breaker_boundaries(breaker, units, units.count, &boundaries)
            // Ends in UTF-16 units, as ICU counts.
            let expected = item.ends.map { end in item.line[..<end].reduce(0) { $0 + ($1.value > 0xFFFF ? 2 : 1) } }
            #expect(boundaries.prefix(Int(count)).map(Int.init) == expected, "\(item.line)")
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: file), "needs the Debian package unicode-data"))
    func `the tokenizer changes nothing there`() throws {
        let tokenizer = WordTokenizer()
        for item in try Self.cases() {
            // A sign written twice is one for us: 1..1.
            guard !zip(item.line, item.line.dropFirst()).contains(where: { $0 == "." && $1 == "." }) else { continue }
            var start = 0
            var expected: [Range<Int>] = []
            for end in item.ends {
                // A space belongs to no word and ends it, with whatever marks stand on it.
                for part in item.line[start..<end].split(separator: " ") { expected.append(part.startIndex..<part.endIndex) }
                start = end
            }
            #expect(tokenizer.words(item.line) == expected, "\(item.line)")
        }
    }

    @Test(arguments: [
        ("can't stop", "can't stop"), ("32.3", "32.3"), ("3,456.789", "3,456.789"), ("a_b", "a_b"), ("A.b", "A.b"), ("e\u{301}a", "e\u{301}a"), ("a\u{200D}b", "a\u{200D}b"),
        ("🇨🇳🇺🇸", "🇨🇳 🇺🇸"), ("👶🏿👶", "👶🏿 👶"), ("❤️", "❤️"), ("1️⃣2", "1️⃣2"), ("א\"א", "א\"א"), ("\u{AD}a", "\u{AD} a"), ("カタカナ", "カタカナ"), ("a\r\nb", "a \r\n b"), ("x\u{2060}y", "x\u{2060}y"),
        ("하나 둘", "하나 둘"), ("foo/bar", "foo / bar"), ("Ünïcöde", "Ünïcöde"),
    ]) func `cases of each kind`(line: String, words: String) {
        #expect(WordTokenizer().tokenizeLine(line) == words)
    }
}
