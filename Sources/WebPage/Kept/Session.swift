import FoundationEssentials

/// Which files were chosen and who the seller said he is.
struct Session: Codable, Sendable {
    static let name = "session.json"

    /// One argument of a scan: a file, or a folder with what is in it.
    struct Input: Codable, Sendable {
        struct File: Codable, Sendable {
            /// Beginning with the input's name, `/` between its parts.
            var path: String
            var bytes: Int
        }

        var id: Int
        var name: String
        var isFolder: Bool
        var files: [File]
        var isComplete = false

        var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
    }

    /// Where the files lie for as long as the program works on them.
    var uploads: String?
    var inputs: [Input] = []
    /// What an earlier run had, and which are gone with its end.
    var earlier: [Input] = []
    var own: [String] = []
    var isOwnConfirmed = false

    init() {}

    init?(json bytes: [UInt8]) {
        guard let session = try? JSONDecoder().decode(Session.self, from: Data(bytes)) else { return nil }
        self = session
    }

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return (try? Array(encoder.encode(self))) ?? []
    }
}
