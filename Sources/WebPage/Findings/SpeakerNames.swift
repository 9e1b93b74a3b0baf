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

    /// What is seen of the speakers while messages pass.
    struct Counts {
        private struct Chat: Hashable {
            var file: String
            var conversation: String
        }

        fileprivate private(set) var found: [String: Speaker] = [:]
        private var chats: [String: Set<Chat>] = [:]
        private var unnamed: Set<Chat> = []

        fileprivate var unnamedCount: Int { unnamed.count }

        /// Takes a message of a file.
        mutating func add(_ message: Message, file: String) {
            guard message.role != .system else { return }
            let chat = Chat(file: file, conversation: message.conversation)
            guard let key = message.senderID ?? message.sender, !key.isEmpty else {
                if message.role == .seller { unnamed.insert(chat) }
                return
            }
            found[key, default: Speaker(name: message.sender, account: message.senderID)].messages += 1
            if message.role == .seller { found[key]?.isGuess = true }
            if chats[key, default: []].insert(chat).inserted { found[key]?.chats += 1 }
        }
    }

    init(_ counts: Counts) {
        speakers = counts.found.values.sorted {
            ($0.isGuess ? 0 : 1, -$0.chats, -$0.messages, $0.key) < ($1.isGuess ? 0 : 1, -$1.chats, -$1.messages, $1.key)
        }
        unnamedOwnerChats = counts.unnamedCount
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
