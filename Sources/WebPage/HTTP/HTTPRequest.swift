/// One request of a browser, by HTTP/1.1 (RFC 9112).
///
/// What two readers could take for different things is refused: headers folded over lines, lengths or hosts that stand
/// twice, any transfer coding. So nothing of a body is ever taken for the next request.
struct HTTPRequest: Sendable {
    let method: String
    /// What stands before `?`, as it was sent.
    let path: String
    /// What follows it, cut at `&` and the first `=`; nothing is decoded, for the page sends numbers and plain words.
    private let query: [(name: Substring, value: Substring)]
    private let headers: [(name: String, value: String)]
    /// Bytes of the body.
    let length: Int
    /// Whether another request may follow on the same connection.
    let keepsOpen: Bool
    var body: [UInt8] = []

    /// Longest head that is read, in bytes; browsers send less than a tenth.
    static let longestHead = 16_384

    /// Reads a head, its empty line left out.
    /// - Returns: `nil` where it is none that is answered.
    init?(head: [UInt8]) {
        var lines = Self.lines(of: head)
        guard !lines.isEmpty else { return nil }
        let words = lines.removeFirst().split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0].utf8.allSatisfy(Self.isTokenByte), !words[0].isEmpty, words[1].first == "/",
            words[1].utf8.allSatisfy({ (0x21...0x7E).contains($0) }), words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0"
        else { return nil }
        method = String(words[0])
        let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(target[0])
        query = (target.count > 1 ? target[1] : "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
        var headers: [(name: String, value: String)] = []
        for line in lines {
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].utf8.allSatisfy(Self.isTokenByte)
            else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { return nil }
            let end = value.lastIndex { $0 != " " && $0 != "\t" }
            headers.append((line[..<colon].lowercased(), end.map { String(value[...$0]) } ?? ""))
        }
        self.headers = headers
        func all(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }
        let lengths = all("content-length")
        guard lengths.count <= 1, all("host").count <= 1, all("transfer-encoding").isEmpty,
            lengths.allSatisfy({ (1...15).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        length = lengths.first.flatMap { Int($0) } ?? 0
        let wish = all("connection").joined(separator: ",").lowercased()
        keepsOpen = words[2] == "HTTP/1.1" && !wish.contains("close")
    }

    /// The values of all headers of a name, which is given in small letters.
    subscript(header name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

    /// The first value of that name in the query.
    func value(_ name: String) -> Substring? { query.first { $0.name == name }?.value }

    /// The lines of a head, which end with CR LF; what is no UTF-8 or holds either alone is none.
    private static func lines(of head: [UInt8]) -> [Substring] {
        guard let text = String(validating: head, as: UTF8.self) else { return [] }
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        let isPlain = lines.allSatisfy { $0.utf8.allSatisfy { $0 != 0x0A && $0 != 0x0D } }
        return isPlain ? lines : []
    }

    /// What names of methods and headers are made of (RFC 9110, 5.6.2).
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
