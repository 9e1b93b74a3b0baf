import EvidencePipeline
import Foundation
import Ingestion
import Reporting
import Testing

/// Compares what is read from each fixture with the lines beside it.
///
/// `JUZHENG_RECORD_GOLDEN=1 swift test --filter GoldenTests` writes the lines anew; the run that records fails, so that
/// nobody takes it for a check.
@Suite struct GoldenTests {
    @Test(arguments: Fixture.all)
    func `is read as recorded`(_ fixture: Fixture) throws {
        let lines = Self.parseLines(fixture)
        if ProcessInfo.processInfo.environment["JUZHENG_RECORD_GOLDEN"] != nil {
            try Data(lines.utf8).write(to: URL(filePath: fixture.goldenPath))
            Issue.record("recorded \(fixture.goldenPath); look at the difference, then run again without recording")
            return
        }
        let golden = try #require(
            FileManager.default.contents(atPath: fixture.goldenPath), "no golden file; see the comment of this suite")
        let expected = String(decoding: golden, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let found = lines.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, pair) in zip(expected, found).enumerated() where pair.0 != pair.1 {
            Issue.record("line \(index + 1)\nexpected \(pair.0)\nfound    \(pair.1)")
            return
        }
        #expect(expected.count == found.count)
    }

    /// What `juzheng parse` prints.
    static func parseLines(_ fixture: Fixture) -> String {
        var json = JSONWriter()
        _ = InputReading().parse([fixture.path], standardInput: { FileBytes([]) }) { message, file in
            ParseLines.write(message, of: file, to: &json)
        } close: { file, diagnostics in
            for diagnostic in diagnostics { ParseLines.write(diagnostic, to: &json) }
            ParseLines.write(file, to: &json)
        }
        return json.string
    }
}
