import Ingestion

/// An answer to a request.
struct HTTPResponse: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        /// A file, sent piece by piece.
        case file(FileBytes)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(let file): file.count
            }
        }
    }

    var status = 200
    /// Neither names nor values hold line ends: they are all words of this program.
    var headers: [(name: String, value: String)] = []
    var body = Body.bytes([])

    /// The status line and the headers, up to the body.
    func head(keepsOpen: Bool) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(Self.phrases[status] ?? "Unknown")\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        text += "Content-Length: \(body.count)\r\nConnection: \(keepsOpen ? "keep-alive" : "close")\r\n\r\n"
        return Array(text.utf8)
    }

    private static let phrases = [
        200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 409: "Conflict", 413: "Content Too Large",
        500: "Internal Server Error", 507: "Insufficient Storage",
    ]
}
