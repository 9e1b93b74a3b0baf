#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import FoundationEssentials

/// The folder in which a seller's decisions, case and list of files outlive the program.
///
/// It lies in the user's state folder and is readable by him alone. It holds no words of the chats: decisions name
/// messages by content ID. One program at a time uses it; a second takes the next free number.
final class StateFolder: Sendable {
    let path: String
    private let lock: Int32

    /// - Parameter base: where programs keep their state, as `~/.local/state`.
    init(in base: String) throws(PageError) {
        let home = base + "/juzheng"
        for number in 1...99 {
            let path = home + (number == 1 ? "/page" : "/page-\(number)")
            do {
                try FileManager.default.createDirectory(
                    atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw PageError(.cannotWrite, path)
            }
            let lock = unsafe open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard lock >= 0 else { throw .writing(path) }
            guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
                close(lock)
                continue
            }
            self.path = path
            self.lock = lock
            return
        }
        throw PageError(.cannotWrite, home)
    }

    deinit { close(lock) }

    /// The user's state folder by the rules of XDG.
    static var userBase: String {
        func variable(_ name: String) -> String? {
            guard let value = unsafe getenv(name) else { return nil }
            let text = unsafe String(cString: value)
            return text.hasPrefix("/") ? text : nil
        }
        if let state = variable("XDG_STATE_HOME") { return state }
        return (variable("HOME") ?? "/tmp") + "/.local/state"
    }

    func file(_ name: String) -> String { path + "/" + name }

    func read(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: file(name)).map(Array.init)
    }

    func write(_ bytes: [UInt8], to name: String) throws(PageError) {
        try DurableFile.write(bytes, to: file(name))
    }

    func remove(_ name: String) {
        try? FileManager.default.removeItem(atPath: file(name))
    }
}
