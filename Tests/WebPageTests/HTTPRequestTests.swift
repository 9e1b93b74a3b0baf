import Testing

@testable import WebPage

@Suite struct HTTPRequestTests {
    private func read(_ head: String) -> HTTPRequest? { HTTPRequest(head: Array(head.utf8)) }

    @Test func `A request of a browser is read`() throws {
        let request = try #require(
            read("GET /t/messages?chat=0&from=9&x HTTP/1.1\r\nHost: 127.0.0.1:80\r\nORIGIN:\thttp://a  \r\nContent-Length: 12"))
        #expect(request.method == "GET" && request.path == "/t/messages" && request.length == 12 && request.keepsOpen)
        #expect(request.value("from") == "9" && request.value("x") == "" && request.value("y") == nil)
        #expect(request[header: "origin"] == ["http://a"] && request[header: "host"] == ["127.0.0.1:80"])
        #expect(try #require(read("GET / HTTP/1.0")).keepsOpen == false)
        #expect(try #require(read("GET / HTTP/1.1\r\nConnection: Close")).keepsOpen == false)
    }

    @Test(
        "What could be read in two ways is refused",
        arguments: [
            "", "GET", "GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", "GET / HTTP/2", "GET a HTTP/1.1", "GET http://x/ HTTP/1.1",
            "G\u{1}T / HTTP/1.1", "GET /\t HTTP/1.1", "GET /é HTTP/1.1", "GET / HTTP/1.1\nHost: x", "GET / HTTP/1.1\r\nHost: x\ry",
            "GET / HTTP/1.1\r\nHost : x", "GET / HTTP/1.1\r\n Host: x", "GET / HTTP/1.1\r\nHost: x\r\n y", "GET / HTTP/1.1\r\nHost",
            "GET / HTTP/1.1\r\n: x", "GET / HTTP/1.1\r\nHost: x\r\nhost: y", "GET / HTTP/1.1\r\nA: \u{0}",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1", "POST / HTTP/1.1\r\nContent-Length: +1",
            "POST / HTTP/1.1\r\nContent-Length: 1, 1", "POST / HTTP/1.1\r\nContent-Length: -1", "POST / HTTP/1.1\r\nContent-Length:",
            "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: identity",
        ]) func refused(head: String) { #expect(read(head) == nil) }

    @Test func `No bytes make it fail`() {
        var random = SystemRandomNumberGenerator()
        let plain = Array("POST /t/a?b=1 HTTP/1.1\r\nHost: h:1\r\nContent-Length: 2\r\nOrigin: o".utf8)
        for _ in 0..<2_000 {
            var head = plain
            for _ in 0..<Int.random(in: 1...4) { head[Int.random(in: head.indices)] = UInt8.random(in: 0...255, using: &random) }
            guard let request = HTTPRequest(head: head) else { continue }
            #expect(request.length >= 0 && request.path.first == "/")
            #expect(request[header: "host"].allSatisfy { !$0.contains { $0.isNewline } })
        }
    }
}
