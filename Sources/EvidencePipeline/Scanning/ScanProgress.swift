import Synchronization

/// How far a scan is, to be looked at from another thread.
public final class ScanProgress: Sendable {
    private let total = Atomic(0)
    private let read = Atomic(0)
    private let files = Atomic(0)
    private let found = Atomic(0)
    private let cancelled = Atomic(false)

    public init() {}

    /// Bytes that are to be read; it may grow, for some files are read twice.
    public var totalBytes: Int { total.load(ordering: .relaxed) }
    public var readBytes: Int { read.load(ordering: .relaxed) }
    /// Files, members of archives among them, that were read.
    public var fileCount: Int { files.load(ordering: .relaxed) }
    public var findingCount: Int { found.load(ordering: .relaxed) }

    /// Whether the scan was called off.
    public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    /// The same, to be asked for while a file is read.
    var cancellation: @Sendable () -> Bool { { self.isCancelled } }

    /// Calls the scan off: nothing more is judged and no file read further; what it returns is not whole.
    public func cancel() { cancelled.store(true, ordering: .relaxed) }

    func expect(bytes: Int) { total.add(bytes, ordering: .relaxed) }
    func advance(bytes: Int) { read.add(bytes, ordering: .relaxed) }
    func finishFile() { files.add(1, ordering: .relaxed) }
    func find(_ count: Int) { found.add(count, ordering: .relaxed) }
}
