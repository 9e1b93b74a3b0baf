#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A path as the system has it: bytes, which need not be UTF-8.
public struct FilePath: Hashable, Sendable {
    public var bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(_ path: String) {
        bytes = Array(path.utf8)
    }

    /// The path of something in this folder.
    public func appending(_ name: [UInt8]) -> FilePath {
        FilePath(bytes + [0x2F] + name)
    }

    public var lastComponent: [UInt8] {
        bytes.split(separator: 0x2F).last.map(Array.init) ?? [0x2F]
    }

    /// The absolute path, links resolved where the file exists.
    public var absolute: FilePath {
        if let resolved = unsafe withCString({ unsafe realpath($0, nil) }) {
            defer { unsafe free(resolved) }
            return FilePath(unsafe Self.bytes(of: resolved))
        }
        var start: [UInt8] = []
        if bytes.first != 0x2F, let here = unsafe getcwd(nil, 0) {
            defer { unsafe free(here) }
            start = unsafe Self.bytes(of: here)
        }
        var parts: [ArraySlice<UInt8>] = []
        for part in (start + [0x2F] + bytes).split(separator: 0x2F) where part != [0x2E] {
            if part == [0x2E, 0x2E] { _ = parts.popLast() } else { parts.append(part) }
        }
        return FilePath(parts.reduce(into: []) { $0 += [0x2F] + $1 })
    }

    /// The path as text: UTF-8, else GB18030 (old disks and archives), else with percent escapes.
    public var displayName: String {
        if let name = String(validating: bytes, as: UTF8.self) { return name }
        if var decoder = ChunkDecoder(.gb18030) {
            let units = decoder.decode(bytes.span, last: true).units
            if !units.contains(0xFFFD) { return String(decoding: units, as: UTF16.self) }
        }
        return bytes.map { byte in
            byte < 0x80 ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// Whether a file or folder of this name is hidden, or one that systems leave behind and nobody means.
    static func isClutter(_ name: some StringProtocol) -> Bool {
        name.hasPrefix(".") || ["__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini"].contains(name.lowercased())
    }

    /// Bytes of the file that it names; 0 where there is none.
    public var fileSize: Int {
        var status = stat()
        return unsafe withCString { unsafe stat($0, &status) } == 0 ? Int(status.st_size) : 0
    }

    func withCString<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
        let characters = (bytes + [0]).map(CChar.init(bitPattern:))
        return unsafe characters.withUnsafeBufferPointer { buffer in
            var empty: CChar = 0
            return unsafe withUnsafePointer(to: &empty) { unsafe body(buffer.baseAddress ?? $0) }
        }
    }

    private static func bytes(of string: UnsafePointer<CChar>) -> [UInt8] {
        unsafe UnsafeBufferPointer(start: string, count: strlen(string)).map(UInt8.init(bitPattern:))
    }
}
