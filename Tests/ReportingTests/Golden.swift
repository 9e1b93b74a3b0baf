import Foundation
import Testing

/// Files that outputs are compared with.
///
/// `JUZHENG_RECORD=1 swift test --filter ReportingTests` writes them anew and fails, so that no run that records passes.
enum Golden {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    static func check(_ bytes: [UInt8], _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["JUZHENG_RECORD"] != nil {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
            Issue.record("recorded \(name): look at it, then run again", sourceLocation: sourceLocation)
            return
        }
        let expected = try Data(contentsOf: file)
        guard Data(bytes) != expected else { return }
        let (new, old) = (String(decoding: bytes, as: UTF8.self), String(decoding: expected, as: UTF8.self))
        let difference = zip(new.split(separator: "\n"), old.split(separator: "\n")).first { $0 != $1 }
        Issue.record(
            "\(name) differs: “\(difference?.0 ?? "")” instead of “\(difference?.1 ?? "")”",
            sourceLocation: sourceLocation)
    }
}
