import ArgumentParser
import Ingestion

/// The place of an evidence folder.
struct OutputTarget {
    /// Absolute.
    let path: FilePath
    /// As the user will recognise it.
    let shown: String

    /// The path to write to: absolute, unless a folder above it has a name that is no text.
    var writable: String { String(validating: path.bytes, as: UTF8.self) ?? shown }

    /// - Parameters:
    ///   - named: what `-o` says.
    ///   - inputs: the inputs; the folder must not lie inside one of them, or be one.
    init(_ named: String?, for inputs: [String]) throws {
        shown = named ?? Self.defaultName(for: inputs)
        path = Self.absolute(shown)
        for input in inputs where input != "-" {
            let folder = FilePath(input).absolute
            guard path == folder || path.bytes.starts(with: folder.bytes + [0x2F]) else { continue }
            let beside = FilePath(folder.bytes + Array("-证据".utf8))
            throw ValidationError(
                .say(
                    "输出位置 \(shown) 在输入 \(input) 里面，会把报告混进原始记录。请换一个位置，例如：-o \(beside.displayName)",
                    en: "The output \(shown) lies inside the input \(input) and would mix with it. Choose another place, as -o \(beside.displayName)"))
        }
    }

    /// The folder's parent exists, as a rule, and the folder does not: links are resolved in the parent.
    private static func absolute(_ path: String) -> FilePath {
        let plain = FilePath(path).absolute
        guard let slash = plain.bytes.lastIndex(of: 0x2F), slash > 0 else { return plain }
        return FilePath(Array(plain.bytes[..<slash])).absolute.appending(plain.lastComponent)
    }

    private static func defaultName(for inputs: [String]) -> String {
        guard let first = inputs.first else { return "evidence" }
        let name = first == "-" ? "stdin" : FilePath(FilePath(first).absolute.lastComponent).displayName
        return "evidence-" + (name == "/" ? "root" : name) + (inputs.count > 1 ? "-等\(inputs.count)项" : "")
    }
}
