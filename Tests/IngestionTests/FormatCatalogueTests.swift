import Foundation
import Testing

@testable import Ingestion

/// Keeps the list of formats, the files of `Formats/` and the fixture folders in step.
@Suite struct FormatCatalogueTests {
    private static let listed = FormatDetection.formats.map { $0.id }

    @Test(arguments: Fixture.files(in: Fixture.sources + "/Formats").filter { $0.hasSuffix(".swift") })
    func `every format is listed and has fixtures`(_ file: String) throws {
        let source = try String(contentsOfFile: "\(Fixture.sources)/Formats/\(file)", encoding: .utf8)
        let ids = source.matches(of: /static let id = "([^"]+)"/).map { String($0.1) }
        #expect(!ids.isEmpty, "\(file) declares no format; what formats share belongs to Scanning/")
        for id in ids {
            #expect(Self.listed.contains(id), "add \(id) to FormatDetection.formats")
            #expect(
                !Fixture.files(in: "\(Fixture.root)/\(id)").isEmpty,
                "put a chat into Tests/IngestionTests/Fixtures/\(id)/")
        }
    }

    @Test func `no format is listed twice`() {
        #expect(Set(Self.listed).count == Self.listed.count)
    }

    @Test(arguments: Fixture.all)
    func `is claimed by exactly one format`(_ fixture: Fixture) throws {
        let text = try Parsed.decode(fixture.bytes)
        let claims = text.withSpan { span in
            FormatDetection.formats.compactMap { format in
                format.confidence(span).map { (id: format.id, confidence: $0) }
            }
        }
        let best = claims.map { $0.confidence }.max() ?? 0
        #expect(claims.filter { $0.confidence == best }.map { $0.id } == [fixture.format], "claims: \(claims)")
        for (id, confidence) in claims { #expect(confidence <= FormatDetection.format(named: id)?.most ?? 0, "\(id) is surer than it says") }
        #expect(text.withSpan { FormatDetection.detect($0)?.id } == fixture.format)
    }
}
