import CResources

/// A data file that is part of the program itself.
///
/// Data belongs to the module that reads it (`Sources/MODULE/Resources/FILE`) and gets into the binary through
/// `Sources/CResources/resources.c`, which says how to add one. Looking one up costs nothing: the bytes are mapped with
/// the program and read when they are touched.
@safe public struct EmbeddedResource: @unchecked Sendable {  // It points at constant data of the program.
    public let name: String
    private let base: UnsafePointer<UInt8>
    public let count: Int

    /// Finds the resource of that file name.
    /// - Precondition: the program carries it: resources are part of the source, so a wrong name is a mistake in it.
    public init(_ name: String) {
        var count = 0
        guard let base = unsafe jz_resource(name, &count) else { preconditionFailure("no resource \(name)") }
        self.name = name
        unsafe self.base = base
        self.count = count
    }

    /// Calls `body` with the bytes, which are valid for as long as the program runs.
    public func withBytes<Result, Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Result) throws(Failure) -> Result {
        let buffer = unsafe UnsafeBufferPointer(start: base, count: count)
        return try unsafe body(buffer.span)
    }

    /// The bytes where they lie, for tables that are read in place; they are there as long as the program runs.
    public var unsafeBytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: count) }

    /// A copy of the bytes.
    public var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: base, count: count)) }

    /// The text of a resource that is UTF-8.
    public var text: String { unsafe String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self) }

    /// The lines of a text that are neither empty nor comments (`#` at their beginning).
    public var lines: [Substring] {
        text.utf8.split(separator: UInt8(ascii: "\n")).filter { $0.first != UInt8(ascii: "#") }.map { Substring($0) }
    }

    /// Calls `body` with the scalars of each line that is neither empty nor a comment; the fast way to read a table.
    public func forEachLine(_ body: (Span<Unicode.Scalar>) -> Void) {
        let bytes = unsafe UnsafeBufferPointer(start: base, count: count)
        // Room for the longest line there can be; only as much is touched as the longest one needs.
        unsafe withUnsafeTemporaryAllocation(of: Unicode.Scalar.self, capacity: count + 1) { line in
            var at = 0
            while at < count {
                // A comment is passed over undecoded; a resource is valid UTF-8, so a first byte says how many follow.
                if unsafe bytes[at] == UInt8(ascii: "#") {
                    while at < count, unsafe bytes[at] != UInt8(ascii: "\n") { at += 1 }
                }
                var length = 0
                while at < count, unsafe bytes[at] != UInt8(ascii: "\n") {
                    let lead = unsafe UInt32(bytes[at])
                    let size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
                    guard at + size <= count else { return }
                    var value = size == 1 ? lead : lead & (0x7F >> UInt32(size))
                    for offset in 1..<max(1, size) { unsafe value = value << 6 | UInt32(bytes[at + offset] & 0x3F) }
                    if let scalar = Unicode.Scalar(value) {
                        unsafe line[length] = scalar
                        length += 1
                    }
                    at += size
                }
                at += 1
                if length > 0 { unsafe body(UnsafeBufferPointer(rebasing: line[..<length]).span) }
            }
        }
    }

    /// The names of all resources, in the order of `resources.c`.
    public static var names: [String] {
        var names: [String] = []
        while let name = unsafe jz_resource_name(names.count) { unsafe names.append(String(cString: name)) }
        return names
    }
}

extension Span<Unicode.Scalar> {
    /// Calls `body` with each of the words that spaces part.
    public func forEachWord(_ body: (Span<Unicode.Scalar>) -> Void) {
        var start = 0
        for at in 0...count where at == count || self[at] == " " {
            if at > start { body(extracting(start..<at)) }
            start = at + 1
        }
    }
}
