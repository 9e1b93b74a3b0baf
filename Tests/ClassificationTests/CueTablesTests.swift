import Foundation
import Resources
import Testing

@testable import Classification

/// `cues.bin` is made of the lexicon and the rules of the program.
///
/// `JUZHENG_RECORD=1 swift test --filter CueTablesTests` writes it anew and fails, so that no run that records passes.
@Suite struct CueTablesTests {
    private let made = CueTables(.shipped, rules: RuleBook.shipped.rules)

    @Test func `Stored tables are those of the texts`() throws {
        if ProcessInfo.processInfo.environment["JUZHENG_RECORD"] != nil {
            let file = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../Sources/Classification/Resources/\(CueTables.name)")
            try Data(made.bytes).write(to: file)
            Issue.record("\(CueTables.name) was written anew")
        }
        // Compared outside: what is expected would be shown byte by byte.
        let isSame = EmbeddedResource(CueTables.name).bytes == made.bytes
        #expect(isSame, "JUZHENG_RECORD=1 swift test --filter CueTablesTests writes it anew")
    }

    @Test func `Stored tables find what fresh ones do`() throws {
        let stored = try #require(unsafe made.bytes.withUnsafeBytes { unsafe CueTables(StoredBytes(copying: $0)) })
        let isSame = stored.classes == made.classes && stored.bytes == made.bytes
        #expect(isSame)
        let text = Array("不给钱就差评，加微信聊，五星好评返现5元".unicodeScalars)
        #expect(stored.ofLexicon.matches(in: text) == made.ofLexicon.matches(in: text))
        #expect(stored.ofRules.matches(in: text) == made.ofRules.matches(in: text))
        #expect(!stored.ofLexicon.matches(in: text).isEmpty)
    }

    @Test(arguments: [0, 4, 64, 700, 50_000]) func `Bytes that are cut are no tables`(length: Int) {
        let cut = unsafe made.bytes[..<length].withUnsafeBytes { unsafe CueTables(StoredBytes(copying: $0)) }
        #expect(cut == nil)
    }

    @Test func `Tables of other words are made anew`() {
        var bytes = made.bytes
        bytes[64] ^= 1
        let other = unsafe bytes.withUnsafeBytes { unsafe CueTables(StoredBytes(copying: $0)) }
        #expect(other == nil)
    }
}
