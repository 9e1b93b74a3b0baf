import FlyingSocks
import FoundationEssentials
import Ingestion

/// One connection of a browser: its requests come one after the other, and each is answered before the next is read.
struct HTTPConnection {
    private let socket: AsyncSocket
    /// What came and was not read yet.
    private var held: [UInt8] = []
    /// Longest body that is taken, in bytes; a longer one is read to its end and let go of.
    private let longestBody: Int

    init(_ socket: AsyncSocket, longestBody: Int) {
        self.socket = socket
        self.longestBody = longestBody
    }

    /// Answers until the browser closes the connection or sends what is no request.
    /// - Parameter answer: is told whether the body was too long, and is then not given it.
    mutating func run(_ answer: (_ request: HTTPRequest, _ isTooLong: Bool) async -> HTTPResponse) async throws {
        while let head = try await readHead() {
            guard var request = HTTPRequest(head: head) else {
                return try await write(HTTPResponse(status: 400), keepsOpen: false)
            }
            let isTooLong = request.length > longestBody
            var left = request.length
            if !isTooLong { request.body.reserveCapacity(left) }
            while left > 0 {
                if held.isEmpty { held = try await socket.read(atMost: left) }
                let count = min(left, held.count)
                if !isTooLong { request.body += held[..<count] }
                held.removeFirst(count)
                left -= count
            }
            let keepsOpen = request.keepsOpen
            try await write(await answer(request, isTooLong), keepsOpen: keepsOpen)
            if !keepsOpen { return }
        }
    }

    /// The next head without its empty line, or `nil` where the browser is done or sends too much of one.
    private mutating func readHead() async throws -> [UInt8]? {
        var searched = 0
        while true {
            if let end = Self.end(of: held, from: searched) {
                defer { held.removeFirst(end + 4) }
                return Array(held[..<end])
            }
            if held.count > HTTPRequest.longestHead { return nil }
            searched = max(0, held.count - 3)
            do {
                held += try await socket.read(atMost: 4_096)
            } catch SocketError.disconnected {
                return nil
            }
        }
    }

    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (start...bytes.count - 4).first {
            bytes[$0] == 0x0D && bytes[$0 + 1] == 0x0A && bytes[$0 + 2] == 0x0D && bytes[$0 + 3] == 0x0A
        }
    }

    private func write(_ response: HTTPResponse, keepsOpen: Bool) async throws {
        let head = response.head(keepsOpen: keepsOpen)
        switch response.body {
        // In one: a second small packet would wait until the first is acknowledged, which takes 40 ms.
        case .bytes(let bytes): try await socket.write(Data(head + bytes))
        case .file(let file):
            try await socket.write(Data(head))
            var at = 0
            while at < file.count {
                let end = min(file.count, at + 1 << 16)
                try await socket.write(Data(file.bytes(in: at..<end)))
                at = end
            }
        }
    }
}
