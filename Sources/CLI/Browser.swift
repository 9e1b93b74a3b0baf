#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The user's browser: that of the desktop, or under WSL that of Windows.
enum Browser {
    /// Opens an address; `false` where no program for it is found.
    static func open(_ address: String) -> Bool {
        // Each takes an address and hands it to the browser.
        let programs = [["xdg-open"], ["wslview"], ["rundll32.exe", "url.dll,FileProtocolHandler"], ["explorer.exe"]]
        return programs.contains { start($0 + [address]) }
    }

    /// Starts a program beside this one, its output thrown away.
    private static func start(_ command: [String]) -> Bool {
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
        return unsafe posix_spawn(&child, path, &actions, nil, &words, environ) == 0
    }

    private static func executable(_ name: String) -> String? {
        let folders = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
        return folders.split(separator: ":").map { "\($0)/\(name)" }.first { unsafe access($0, X_OK) == 0 }
    }
}
