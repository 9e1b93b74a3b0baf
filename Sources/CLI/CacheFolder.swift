#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import EvidencePipeline
import FoundationEssentials
import Reporting

/// The user's folder for what can be made again: `$XDG_CACHE_HOME/juzheng`, or else `~/.cache/juzheng`.
enum CacheFolder {
    static var path: String? {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["XDG_CACHE_HOME"], named.hasPrefix("/") { return named + "/juzheng" }
        return environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.cache/juzheng" : nil }
    }

    /// Opens the cache of what was scanned; `nil` where there is no place for one.
    /// - Parameter added: what the user added to what the program judges by.
    static func open(added: [ScanResult.Engine.Part]) -> ScanCache? {
        path.flatMap { ScanCache(folder: $0, program: build, added: added) }
    }

    /// Tells this build of the program from any other.
    private static var build: String {
        var status = stat()
        guard unsafe stat("/proc/self/exe", &status) == 0 else { return "" }
        return "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) "
    }
}
