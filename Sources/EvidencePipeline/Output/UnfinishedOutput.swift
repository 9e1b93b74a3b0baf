import FoundationEssentials
import Synchronization

/// What this process is writing and has not finished, so that an interruption can take it away.
public enum UnfinishedOutput {
    private static let paths = Mutex<Set<String>>([])

    /// Removes it all and ends the process; whoever is writing stands still meanwhile.
    public static func discard(thenEnd end: () -> Never) -> Never {
        paths.withLock { paths in
            for path in paths { try? FileManager.default.removeItem(atPath: path) }
            end()
        }
    }

    static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }
    static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Does one step of writing, not while all is being taken away.
    static func step<R>(_ body: () -> R) -> R {
        paths.withLock { _ in body() }
    }
}
