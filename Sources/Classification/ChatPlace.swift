/// One chat of one file; exports of the same chat are several.
public struct ChatPlace: Hashable, Sendable {
    public var file: Int
    public var conversation: String

    public init(file: Int, conversation: String) {
        self.file = file
        self.conversation = conversation
    }
}

/// Which chats of different files are the same one.
struct SameChats {
    private var parents: [ChatPlace: ChatPlace] = [:]

    init(_ pairs: [(ChatPlace, ChatPlace)]) {
        for (a, b) in pairs {
            let first = representative(of: a)
            let second = representative(of: b)
            if first == second { continue }
            // The one of the earlier file stands for both, so that the order of pairs does not matter.
            if first.file <= second.file { parents[second] = first } else { parents[first] = second }
        }
    }

    /// The chat that stands for all that are the same as this one.
    func representative(of chat: ChatPlace) -> ChatPlace {
        var chat = chat
        while let parent = parents[chat] { chat = parent }
        return chat
    }
}
