import Reporting
import Transcript

/// Who speaks in what was read, so that the seller can say which of them he is.
struct SpeakerNames: Sendable {
    struct Speaker: Sendable {
        var name: String?
        var account: String?
        var messages = 0
        var chats = 0
        /// Whether the reading took this one for the seller.
        var isGuess = false

        /// The word for `--me`.
        var key: String { account ?? name ?? "" }
    }

    /// Guesses first, then who speaks in most chats.
    let speakers: [Speaker]
    /// Chats whose export says which side is the owner's, without naming him.
    let unnamedOwnerChats: Int

    init(_ result: ScanResult) {
        struct Chat: Hashable {
            var file: Int
            var conversation: String
        }
        var found: [String: Speaker] = [:]
        var chats: [String: Set<Chat>] = [:]
        var unnamed: Set<Chat> = []
        for (file, messages) in result.messages.enumerated() {
            for message in messages where message.role != .system {
                let chat = Chat(file: file, conversation: message.conversation)
                guard let key = message.senderID ?? message.sender, !key.isEmpty else {
                    if message.role == .seller { unnamed.insert(chat) }
                    continue
                }
                found[key, default: Speaker(name: message.sender, account: message.senderID)].messages += 1
                if message.role == .seller { found[key]?.isGuess = true }
                chats[key, default: []].insert(chat)
            }
        }
        for key in found.keys { found[key]?.chats = chats[key]?.count ?? 0 }
        speakers = found.values.sorted {
            ($0.isGuess ? 0 : 1, -$0.chats, -$0.messages, $0.key) < ($1.isGuess ? 0 : 1, -$1.chats, -$1.messages, $1.key)
        }
        unnamedOwnerChats = unnamed.count
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("unnamedOwnerChats"); json.value(unnamedOwnerChats)
            json.key("speakers")
            json.array(speakers) { json, speaker in
                json.object { json in
                    json.key("key"); json.value(speaker.key)
                    json.key("name"); json.value(speaker.name)
                    json.key("account"); json.value(speaker.account)
                    json.key("messages"); json.value(speaker.messages)
                    json.key("chats"); json.value(speaker.chats)
                    json.key("guess"); json.value(speaker.isGuess)
                }
            }
        }
    }
}
