/// Lets in only who has the address of the page and stands on it.
///
/// Other pages in the same browser can send requests to this machine too. They do not know the token; a name of theirs
/// that leads here (DNS rebinding) shows in `Host`, a post of theirs in `Origin`.
struct RequestGate: Sendable {
    /// 130 random bits, as letters and digits.
    let token: String
    private let hosts: Set<String>

    init(port: UInt16) {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("abcdefghijkmnpqrstuvwxyz23456789")
        token = String((0..<26).map { _ in digits[Int.random(in: digits.indices, using: &generator)] })
        hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
    }

    /// The path below the token that a request asks for, or `nil` where it must be refused.
    func path(of request: HTTPRequest) -> String? {
        guard let host = request[header: "host"].first?.lowercased(), hosts.contains(host) else { return nil }
        let origins = request[header: "origin"]
        guard origins.allSatisfy({ $0.lowercased() == "http://" + host }) else { return nil }
        // What changes something comes from the page alone, and browsers then say from where.
        guard request.method == "GET" || !origins.isEmpty else { return nil }
        let path = request.path
        guard path.utf8.count > token.utf8.count + 1, path.first == "/",
            Self.isEqual(path.dropFirst().prefix(token.count), token)
        else { return nil }
        let rest = path.dropFirst(1 + token.count)
        return rest.first == "/" ? String(rest.dropFirst()) : nil
    }

    /// Compares in a time that does not depend on where two texts differ.
    private static func isEqual(_ a: Substring, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
