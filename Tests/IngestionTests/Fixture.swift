import Foundation
import Testing

/// One chat file of the fixtures, under the id of its format.
struct Fixture: CustomTestStringConvertible, Sendable {
    var format: String
    var name: String
    var path: String

    var testDescription: String { "\(format)/\(name)" }
    var goldenPath: String { path + ".golden.jsonl" }
    var bytes: [UInt8] { FileManager.default.contents(atPath: path).map(Array.init) ?? [] }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path
    static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/Ingestion").path

    /// Every fixture, ordered by format and name.
    static let all: [Fixture] = folders.flatMap { format in
        files(in: "\(root)/\(format)").filter { !$0.hasSuffix(".golden.jsonl") }.map { name in
            Fixture(format: format, name: name, path: "\(root)/\(format)/\(name)")
        }
    }

    /// The formats that have a folder.
    static let folders = files(in: root)

    static func files(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }
}
