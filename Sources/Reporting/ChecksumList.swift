/// `SHA256SUMS`, in the form `sha256sum -c` reads.
public struct ChecksumList: Equatable, Sendable {
    public struct Entry: Equatable, Sendable {
        public var path: String
        /// 64 lowercase hexadecimal digits.
        public var sha256: String

        public init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }
    }

    /// The file's name in an evidence folder.
    public static let name = "SHA256SUMS"

    /// In the order of the paths' bytes.
    public let entries: [Entry]

    public init(_ entries: [Entry]) {
        self.entries = entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Reads such a list; lines that are none are left out, and are found by writing the list again.
    public init(parsing bytes: [UInt8]) {
        entries = bytes.split(separator: 0x0A).compactMap { line in
            let isEscaped = line.first == 0x5C
            let rest = isEscaped ? line.dropFirst() : line
            guard rest.count > 66, rest.dropFirst(64).prefix(2).elementsEqual([0x20, 0x20]),
                let sha256 = String(validating: rest.prefix(64), as: UTF8.self),
                let path = String(validating: rest.dropFirst(66), as: UTF8.self)
            else { return nil }
            return Entry(path: isEscaped ? Self.unescape(path) : path, sha256: sha256)
        }
    }

    public var bytes: [UInt8] {
        Array(
            entries.map { entry in
                let escaped = Self.escape(entry.path)
                return "\(escaped == entry.path ? "" : "\\")\(entry.sha256)  \(escaped)\n"
            }.joined().utf8)
    }

    /// As GNU coreutils do: a name with a backslash or a line end is escaped, and its line begins with a backslash.
    private static func escape(_ path: String) -> String {
        var out = ""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static func unescape(_ path: String) -> String {
        var out = ""
        var isEscape = false
        for scalar in path.unicodeScalars {
            switch (isEscape, scalar) {
            case (false, "\\"): isEscape = true
            case (false, _): out.unicodeScalars.append(scalar)
            case (true, "n"): (out, isEscape) = (out + "\n", false)
            case (true, "r"): (out, isEscape) = (out + "\r", false)
            case (true, _):
                out.unicodeScalars.append(scalar)
                isEscape = false
            }
        }
        return out
    }
}
