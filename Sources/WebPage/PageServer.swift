import FlyingSocks
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

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
    private let listener: AsyncSocket
    private let pool: any AsyncSocketPool
    private let handler: PageHandler

    /// Opens the port, and takes up what an earlier run kept.
    /// - Parameters:
    ///   - port: 0 for any free one.
    ///   - version: of the program, as manifests name it.
    ///   - now: ISO 8601; the time of generation.
    ///   - end: called when the user ends the program from the page, after his files are removed.
    public init(
        port: UInt16, version: String, now: @escaping @Sendable () -> String, end: @escaping @Sendable () -> Void
    ) throws(Failure) {
        let gate: RequestGate
        do {
            let loopback = try sockaddr_in.inet(ip4: "127.0.0.1", port: port)
            let socket = try Socket(domain: Int32(sockaddr_in.family))
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: loopback)
            try socket.listen()
            guard case .ip4(_, let bound) = try socket.sockname() else { throw SocketError.unsupportedAddress }
            let pool = SocketPool<Poll>.make()
            self.pool = pool
            listener = try AsyncSocket(socket: socket, pool: pool)
            gate = RequestGate(port: bound)
            address = "http://127.0.0.1:\(bound)/\(gate.token)/"
        } catch {
            throw Failure(
                message: port == 0
                    ? "打不开本机端口，请重新运行。" : "端口 \(port) 用不了，可能正被别的程序占用。请用 --port 换一个，或不写 --port。")
        }
        do throws(PageError) {
            let work = try Casework(in: StateFolder(in: StateFolder.userBase), version: version)
            handler = PageHandler(gate: gate, work: work, now: now, end: end)
        } catch {
            throw Failure(message: "写不了 \(error.subject)：\(error.code == .noSpace ? "磁盘空间不足，请腾出空间后再试。" : "请检查权限后再试。")")
        }
    }

    /// Serves until the task is cancelled.
    /// - Parameter ready: called when the address can be opened.
    public func run(ready: @escaping @Sendable (String) -> Void) async throws(Failure) {
        let (pool, listener, handler) = (pool, listener, handler)
        do {
            try await pool.prepare()
            ready(address)
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { try await pool.run() }
                while !Task.isCancelled {
                    guard let socket = try? await listener.accept() else {
                        // Too many connections, or one that was closed again: the next may be luckier.
                        try await Task.sleep(for: .milliseconds(50))
                        continue
                    }
                    // No packet waits until the one before is acknowledged.
                    try? socket.socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
                    group.addTask {
                        var connection = HTTPConnection(socket, longestBody: PageHandler.longestBody)
                        // A browser that goes away in the middle is none of the others' concern.
                        try? await connection.run(handler.answer)
                        try? socket.close()
                    }
                }
            }
        } catch {
            throw Failure(message: "本机网页停止了工作，请重新运行；核对过的都还在。")
        }
    }

    /// Removes the copies of the chosen files; what was decided stays.
    public func removeFiles() async {
        await handler.work.end()
    }
}
