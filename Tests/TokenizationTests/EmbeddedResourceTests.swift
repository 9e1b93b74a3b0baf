import Foundation
import Resources
import Testing

/// The repository's root, found from this file.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Suite struct EmbeddedResourceTests {
    // The rules lie in folders of their own and have a test of their own.
    @Test(arguments: EmbeddedResource.names.filter { !$0.hasPrefix("rules/") }) func isTheFileInTheRepository(name: String) throws {
        let sources = repository.appending(path: "Sources")
        let found = try FileManager.default.contentsOfDirectory(atPath: sources.path)
            .map { sources.appending(path: "\($0)/Resources/\(name)") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
        try #require(found.count == 1, "\(name) must lie in the Resources folder of one module")
        let file = try Data(contentsOf: found[0])
        let isSame = Array(file) == EmbeddedResource(name).bytes
        #expect(isSame, "stale: build again; if that does not help, touch Sources/CResources/resources.c")
    }

    @Test func everyFileIsEmbedded() throws {
        let sources = repository.appending(path: "Sources")
        for module in try FileManager.default.contentsOfDirectory(atPath: sources.path) where module != "Resources" {
            let folder = sources.appending(path: "\(module)/Resources").path
            guard let files = try? FileManager.default.subpathsOfDirectory(atPath: folder) else { continue }
            for file in files where file.contains(".") {
                #expect(EmbeddedResource.names.contains(file), "embed \(module)/Resources/\(file) in Sources/CResources/resources.c")
            }
        }
    }
}
