#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import FoundationEssentials

/// The user's browser: that of the desktop, or under WSL that of Windows.
struct Browser {
    private let environment: [String: String]
    /// Where Windows keeps its programs, for shells that leave them out of `PATH`.
    private let windows: String

    init(environment: [String: String] = ProcessInfo.processInfo.environment, windows: String = "/mnt/c/Windows") {
        self.environment = environment
        self.windows = windows
    }

    /// Opens an address; `false` where nothing would take it.
    func open(_ address: String) -> Bool {
        commands(address).contains { start($0) }
    }

    /// Programs that take an address and hand it to a browser, the likeliest first.
    private func commands(_ address: String) -> [[String]] {
        let desktop = [["xdg-open", address], ["sensible-browser", address]]
        guard environment["WSL_DISTRO_NAME"] != nil || environment["WSL_INTEROP"] != nil else { return desktop }
        // Windows hands the ports of WSL on under this name.
        let shared = address.replacing("//127.0.0.1:", with: "//localhost:")
        let fromWindows = [
            ["wslview", shared],
            // The empty word is the title of a window: else the address would be taken for one.
            ["cmd.exe", "/c", "start", "", shared],
            ["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", "Start-Process '\(shared)'"],
            ["rundll32.exe", "url.dll,FileProtocolHandler", shared],
        ]
        return fromWindows + desktop
    }

    /// Starts a program beside this one, its output thrown away.
    /// - Returns: whether it is there and did not fail at once; one that is still at work has found a browser.
    private func start(_ command: [String]) -> Bool {
        guard let path = executable(command[0]) else { return false }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 0...2 {
            unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY, 0)
        }
        var words: [UnsafeMutablePointer<CChar>?] = unsafe ([path] + command.dropFirst()).map { unsafe strdup($0) } + [nil]
        defer { for unsafe word in unsafe words { unsafe free(word) } }
        var child: pid_t = 0
        guard unsafe posix_spawn(&child, path, &actions, nil, &words, environ) == 0 else { return false }
        for _ in 0..<60 {
            var status: Int32 = 0
            if unsafe waitpid(child, &status, WNOHANG) == child { return status == 0 }
            usleep(50_000)
        }
        return true
    }

    private func executable(_ name: String) -> String? {
        var folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        if name.hasSuffix(".exe") { folders += [windows + "/System32", windows + "/System32/WindowsPowerShell/v1.0"] }
        return folders.map { "\($0)/\(name)" }.first { unsafe access($0, X_OK) == 0 }
    }
}
