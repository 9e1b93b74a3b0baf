import Hashing
import Reporting
import Testing
import Transcript

@Suite struct EvidenceIDTests {
    private func id(_ file: String, _ offset: Int, _ length: Int) -> EvidenceID {
        EvidenceID(
            sha256: SHA256.digest(of: file).hexadecimal,
            location: SourceLocation(line: 7, offset: offset, length: length))
    }

    @Test func `the published vectors hold`() {
        let hello = id("hello\n", 0, 5)
        let demand = id("2000解决", 4, 6)
        #expect(hello.description == "JZ-3YQ6-ZYTW-0Z75")
        #expect(demand.description == "JZ-YHH2-ZB91-5BD9")
        #expect(EvidenceID(incidentOf: [hello, demand]).description == "JZC-EZR4-APGS-NTPW")
        #expect(EvidenceID(incidentOf: [demand, hello]).description == "JZC-EZR4-APGS-NTPW")
        #expect(EvidenceID.incident(of: [demand.description, hello.description]) == "JZC-EZR4-APGS-NTPW")
    }

    @Test func `only IDs the program itself printed are found in a document`() {
        let document =
            "| `JZ-3YQ6-ZYTW-0Z75` | JZ\\-3YQ6\\-ZYTW\\-0Z76 |\n```text\n`JZ-3YQ6-ZYTW-0Z77`\n```\n>JZ-3YQ6-ZYTW-0Z78 `JZ-YHH2-ZB91-5BD9`"
        #expect(EvidenceID.printed(in: Array(document.utf8), isHTML: false) == ["JZ-3YQ6-ZYTW-0Z75", "JZ-YHH2-ZB91-5BD9"])
        let page =
            "<code>JZ-3YQ6-ZYTW-0Z75</code><div class=\"said\" dir=\"auto\">JZ-3YQ6-ZYTW-0Z76 `JZ-3YQ6-ZYTW-0Z77`\n```\n</div><code class=\"id\">JZ-YHH2-ZB91-5BD9</code>"
        #expect(EvidenceID.printed(in: Array(page.utf8), isHTML: true) == ["JZ-3YQ6-ZYTW-0Z75", "JZ-YHH2-ZB91-5BD9"])
    }
}
