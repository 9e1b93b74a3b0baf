import Reporting
import Testing

@Suite struct ChecksumListTests {
    private let hash = String(repeating: "0a", count: 32)

    @Test func `it is what sha256sum writes, in the order of the names`() {
        let list = ChecksumList([.init(path: "b", sha256: hash), .init(path: "a/é 中.txt", sha256: hash)])
        #expect(String(decoding: list.bytes, as: UTF8.self) == "\(hash)  a/é 中.txt\n\(hash)  b\n")
    }

    @Test(arguments: ["a", "a b", "a\\b", "a\nb", "a\rb", "\\n", "中/文", " x "]) func `every name comes back`(
        _ name: String
    ) {
        let list = ChecksumList([.init(path: name, sha256: hash)])
        #expect(ChecksumList(parsing: list.bytes) == list)
        #expect(list.bytes.filter { $0 == 0x0A }.count == 1)
    }

    @Test(arguments: ["", "x", "0a0a  short", "\n\n"]) func `what is no line is left out`(_ text: String) {
        #expect(ChecksumList(parsing: Array(text.utf8)).entries.isEmpty)
    }
}
