import FlyingFox
import FlyingSocks
import FoundationEssentials

/// The local page: a face of the same pipeline for people who do not use a terminal.
///
/// It listens on the loopback interface alone and keeps what it is given on this machine.
public struct PageServer: Sendable {
    /// The page could not be brought up.
    public struct Failure: Error, Sendable {
        /// A short Chinese sentence that says what to do.
        public var message: String
    }

    /// The full address, token included.
    public let address: String
    private let server: HTTPServer
    private let work: Casework

    /// Takes up what an earlier run kept, and opens the port.
    /// - Parameters:
    ///   - port: 0 for any free one.
    ///   - version: of the program, as manifests name it.
    ///   - now: ISO 8601; the time of generation.
    ///   - end: called when the user ends the program from the page, after his files are removed.
    public init(
        port: UInt16, version: String, now: @escaping @Sendable () -> String, end: @escaping @Sendable () -> Void
    ) throws(Failure) {
        do throws(PageError) {
            work = try Casework(in: StateFolder(in: StateFolder.userBase), version: version)
        } catch {
            throw Failure(message: "写不了 \(error.subject)：\(error.code == .noSpace ? "磁盘空间不足，请腾出空间后再试。" : "请检查权限后再试。")")
        }
        let free: UInt16
        do {
            free = try port == 0 ? Self.freePort() : port
            let gate = RequestGate(port: free)
            address = "http://127.0.0.1:\(free)/\(gate.token)/"
            server = HTTPServer(
                // The longest pause is a person's: only pieces of files and finished documents go over the wire.
                config: .init(
                    address: try .inet(ip4: "127.0.0.1", port: free), timeout: 86_400,
                    sharedRequestReplaySize: PageHandler.longestBody, logger: .disabled),
                handler: PageHandler(gate: gate, work: work, now: now, end: end))
        } catch {
            throw Failure(message: "打不开本机端口，请重新运行。")
        }
    }

    /// Serves until the task is cancelled.
    /// - Parameter ready: called when the address can be opened.
    public func run(ready: @escaping @Sendable (String) -> Void) async throws(Failure) {
        let address = address
        let server = server
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask {
                    try await server.waitUntilListening()
                    ready(address)
                }
                try await group.waitForAll()
            }
        } catch {
            throw Failure(message: "端口 \(address.split(separator: ":").last?.prefix { $0 != "/" } ?? "") 用不了，可能正被别的程序占用。请用 --port 换一个，或不写 --port。")
        }
    }

    /// Removes the copies of the chosen files; what was decided stays.
    public func removeFiles() async {
        await work.end()
    }

    /// A port that nobody listens on.
    private static func freePort() throws -> UInt16 {
        let socket = try Socket(domain: Int32(2))
        defer { try? socket.close() }
        try socket.bind(to: .inet(ip4: "127.0.0.1", port: 0))
        guard case .ip4(_, let port) = try socket.sockname() else { throw SocketError.unsupportedAddress }
        return port
    }
}
