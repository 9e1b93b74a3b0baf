import Transcript

/// One form in which chats are exported.
///
/// A format is a pure function from text to records: it holds nothing, knows no other format, and pushes what it reads
/// into a sink in the order of the file.
public protocol ChatFormat: Sendable {
    /// The id in every output, as `qq-txt`.
    static var id: String { get }
    /// Says how sure the format is that a text is its own, by structure and never by name.
    ///
    /// `nil`: not mine. 100: a signature nobody else has. 50–90: the form of most lines. 10–40: a guess to be taken where
    /// nobody else claims the text.
    /// - Parameter sample: the text, cut after at most 64 KB at the end of a line.
    static func confidence(_ sample: Span<UInt8>) -> Int?
    /// The surest that it ever is: where another is surer, it need not look.
    static var most: Int { get }
    /// Reads the whole text.
    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink)
}

extension ChatFormat {
    public static var most: Int { 100 }
}

/// What the user told about the input beyond the bytes themselves.
public struct ReadingOptions: Sendable {
    /// The zone of wall-clock times, east of Greenwich, in seconds.
    public var offsetFromUTC: Int
    /// The year, month and day that a file does not name; `nil` parts are unknown.
    public var year: Int?
    public var month: Int?
    public var day: Int?
    /// Overrules detection.
    public var encoding: TextEncoding?
    public var format: String?
    /// What another file says about the chat of this one.
    public var chat: ChatDescription?

    public init(
        offsetFromUTC: Int = 8 * 3_600, year: Int? = nil, month: Int? = nil, day: Int? = nil,
        encoding: TextEncoding? = nil, format: String? = nil
    ) {
        self.offsetFromUTC = offsetFromUTC
        self.year = year
        self.month = month
        self.day = day
        self.encoding = encoding
        self.format = format
    }
}

/// What a file beside the messages says about their chat.
public struct ChatDescription: Equatable, Sendable {
    public var name: String
    /// The accounts and internal ids of whoever exported it.
    public var ownAccounts: [String]

    /// What the `manifest.json` of a QQ Chat Exporter folder says about the messages in its `chunks`; `nil` where the
    /// file is none.
    public init?(manifest bytes: FileBytes) {
        let found = bytes.withSpan { text -> ChatDescription? in
            let start = TextLines.firstContent(of: text)
            guard let members = JSONMembers(at: start..<text.count, in: text) else { return nil }
            return members.object("chatInfo", in: text).map { ChatDescription($0, in: text) }
        }
        guard let found else { return nil }
        self = found
    }

    /// Takes a `chatInfo` object.
    init(_ members: JSONMembers, in text: Span<UInt8>) {
        name = members.words("name", "peerUin", "peerUid", in: text) ?? ""
        ownAccounts = [members.words("selfUin", in: text), members.words("selfUid", in: text)].compactMap { $0 }
            .filter { $0 != "0" }
    }
}
