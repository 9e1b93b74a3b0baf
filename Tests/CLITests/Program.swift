import Foundation

/// The real executable, as its users run it.
enum Program {
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The executable stands beside the test bundle.
    static let executable = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "juzheng")

    /// Where the programs under test keep what can be made again.
    private static let cache = FileManager.default.temporaryDirectory.appending(path: "juzheng-test-cache")

    static func run(
        _ arguments: String..., input: String = "", from source: FileHandle? = nil, in folder: URL? = nil,
        executable: URL = executable
    ) throws -> Result {
        try run(arguments, input: input, from: source, in: folder, executable: executable)
    }

    /// - Parameter source: standard input itself, instead of a pipe with `input`.
    static func run(
        _ arguments: [String], input: String = "", from source: FileHandle? = nil, in folder: URL? = nil, executable: URL = executable
    ) throws -> Result {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // Tests leave nothing in the user's own folders.
        process.environment = ProcessInfo.processInfo.environment.merging(["XDG_CACHE_HOME": cache.path]) { _, own in own }
        let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = source ?? standardInput
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaints = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: complaints, as: UTF8.self))
    }

    static func withFolder<R>(_ body: (URL) throws -> R) throws -> R {
        let folder = FileManager.default.temporaryDirectory.appending(path: "juzheng-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
