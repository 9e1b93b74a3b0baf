/// One record of a chat: what one participant, or the system, put into it at one time.
public struct Message: Equatable, Sendable {
    /// The speaker's part in the chat.
    public enum Role: String, Sendable, CaseIterable {
        case seller, buyer, system, unknown
    }

    /// What the record carries.
    public enum Kind: String, Sendable, CaseIterable {
        case text, image, voice, video, file, sticker
        case redPacket = "red-packet"
        case transfer, recall, card, call, system, other
    }

    /// Name of the chat inside its file; the format's documentation says what it is taken from.
    public var conversation: String
    /// 0-based position within the conversation in its file.
    public var index: Int
    public var location: SourceLocation
    /// `nil` unless year, month, day, hour and minute are known.
    public var time: Timestamp?
    /// The words the file gives the time in.
    public var timeText: String?
    /// The speaker's name without titles and account; `nil` for an owner the file does not name.
    public var sender: String?
    /// The speaker's account: QQ number, phone number, user id.
    public var senderID: String?
    /// What stood before the name, as a group's 【管理员】.
    public var title: String?
    public var role: Role
    public var kind: Kind
    /// What was said: decoded, and otherwise untouched. Line ends inside are `\n`.
    public var text: String

    public init(
        conversation: String, index: Int = 0, location: SourceLocation, time: Timestamp? = nil, timeText: String? = nil,
        sender: String? = nil, senderID: String? = nil, title: String? = nil, role: Role = .unknown, kind: Kind = .text,
        text: String
    ) {
        self.conversation = conversation
        self.index = index
        self.location = location
        self.time = time
        self.timeText = timeText
        self.sender = sender
        self.senderID = senderID
        self.title = title
        self.role = role
        self.kind = kind
        self.text = text
    }
}
