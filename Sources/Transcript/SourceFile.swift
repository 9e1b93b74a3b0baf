/// One file, or one member of an archive, as it was read.
public struct SourceFile: Equatable, Sendable {
    /// How the lines of a file were used; the three parts add up to `total`.
    public struct LineAccounting: Equatable, Sendable {
        public var total = 0
        /// Lines that belong to a message, its header and continuation lines included.
        public var messages = 0
        /// Banners, separators, markup, blank lines.
        public var structure = 0
        /// Lines nobody understood; each stretch of them has a diagnostic.
        public var unparsed = 0

        public init(total: Int = 0, messages: Int = 0, structure: Int = 0, unparsed: Int = 0) {
            self.total = total
            self.messages = messages
            self.structure = structure
            self.unparsed = unparsed
        }
    }

    /// A picture, a recording or another medium that stands in the file itself and is not read.
    public struct Attachment: Equatable, Sendable {
        /// As the file names it.
        public var name: String?
        /// The MIME type the file gives it.
        public var type: String?
        /// Bytes before its data in the file.
        public var offset: Int
        /// Bytes of its data in the file, in the encoding they have there.
        public var length: Int
        /// SHA-256 of what the data hold once decoded; `nil` where they are damaged or cut.
        public var sha256: String?

        public init(name: String?, type: String?, offset: Int, length: Int, sha256: String?) {
            self.name = name
            self.type = type
            self.offset = offset
            self.length = length
            self.sha256 = sha256
        }
    }

    /// The name in every output: the argument's last component and the path below it.
    public var name: String
    /// The format's id, as `qq-txt`; `nil` where none claimed the file.
    public var format: String?
    /// The encoding's name, as `GB18030`; `nil` where the bytes are no text.
    public var encoding: String?
    /// SHA-256 of the bytes, 64 lowercase hexadecimal digits.
    public var sha256: String
    public var bytes: Int
    public var messageCount: Int
    public var lines: LineAccounting
    public var attachments: [Attachment] = []
    /// The first and the last moment that a message of the file tells.
    public var earliest: Timestamp?
    public var latest: Timestamp?

    public init(
        name: String, format: String?, encoding: String?, sha256: String, bytes: Int, messageCount: Int,
        lines: LineAccounting
    ) {
        self.name = name
        self.format = format
        self.encoding = encoding
        self.sha256 = sha256
        self.bytes = bytes
        self.messageCount = messageCount
        self.lines = lines
    }
}
