/// Why an input could not be read at all.
public struct IngestionError: Error, Equatable, Sendable {
    public enum Code: String, Sendable {
        /// The system refused; `systemCode` says why.
        case unreadable
        case notARegularFile = "not-a-file"
        /// No room for a decoded copy.
        case noRoom = "no-room"
        /// The character set asked for does not exist.
        case unknownEncoding = "unknown-encoding"
    }

    public var code: Code
    /// The path or word it is about.
    public var subject: String
    /// `errno`, or 0.
    public var systemCode: Int32

    public init(_ code: Code, _ subject: String, systemCode: Int32 = 0) {
        self.code = code
        self.subject = subject
        self.systemCode = systemCode
    }
}
