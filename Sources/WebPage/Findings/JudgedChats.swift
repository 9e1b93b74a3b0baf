import Classification
import EvidencePipeline
import Ingestion
import Reporting
import Transcript

/// What was read and judged, arranged by chats for looking at.
struct JudgedChats: Sendable {
    struct Chat: Sendable {
        var file: Int
        var conversation: String
        /// The other side: who speaks most among those that are not the seller.
        var partner: String
        /// Days of its first and last message that tell theirs.
        var days: (first: String, last: String)?
        /// Whether nobody knows who speaks at its beginning.
        var isUnknown: Bool
        /// Places of its messages in the log.
        var places: [Int]
        /// Positions of its findings in the result, and of their messages among its own.
        var findings: [(finding: Int, index: Int)] = []
    }

    let result: ScanResult
    let sources: [Source]
    let options: ReadingOptions
    let evidence: Evidence
    /// The graver first, then as they were read.
    let chats: [Chat]
    /// For each finding its chat, and its message's place there.
    let places: [(chat: Int, index: Int)]
    private let log: MessageLog

    private init(_ result: ScanResult, _ chats: [Chat], log: MessageLog, sources: [Source], options: ReadingOptions) {
        self.result = result
        self.sources = sources
        self.options = options
        self.log = log
        evidence = Evidence(result)
        let gravities = chats.map { Self.gravity($0, result) }
        let order = chats.indices.sorted { a, b in
            gravities[a] == gravities[b] ? a < b : gravities[b].lexicographicallyPrecedes(gravities[a])
        }
        self.chats = order.map { chats[$0] }
        var places = [(chat: Int, index: Int)](repeating: (0, 0), count: result.findings.count)
        for (number, chat) in self.chats.enumerated() {
            for (finding, index) in chat.findings { places[finding] = (number, index) }
        }
        self.places = places
    }

    /// What the worst finding against somebody else is, how far it is proven, how many there are.
    private static func gravity(_ chat: Chat, _ result: ScanResult) -> [Int] {
        let findings = chat.findings.map { result.findings[$0.finding] }.filter(\.judgement.isFinding)
        let against = findings.filter(Evidence.isAgainstOthers)
        let label = against.compactMap { $0.judgement.labels.first.flatMap { Label.allCases.firstIndex(of: $0) } }.min()
        let level = against.compactMap { $0.judgement.level?.rawValue }.max() ?? -1
        return [label.map { Label.allCases.count - $0 } ?? 0, level, against.count, findings.count]
    }

    /// Writes the keys of a chat's message and the position of its finding, if it has one.
    func message(_ index: Int, of chat: Chat) -> (keys: String, finding: Int?) {
        (log.keys(at: chat.places[index]), chat.findings.first { $0.index == index }?.finding)
    }

    /// Takes the messages of all files, one after the other, and arranges them by chats.
    final class Gathering {
        private struct Open {
            var chat: Chat
            var speakers: [String: Int] = [:]
        }

        private let result: ScanResult
        private let log: MessageLog
        private var findings: [RecordPlace: Int] = [:]
        private var chats: [Open] = []
        /// Chats of the file that is read, by name.
        private var known: [String: Int] = [:]
        private var file = 0
        private var failure: IngestionError?

        init(_ result: ScanResult) throws(IngestionError) {
            self.result = result
            log = try MessageLog()
            for (position, finding) in result.findings.enumerated() {
                findings[RecordPlace(file: finding.file, location: finding.message.location)] = position
            }
        }

        func add(_ message: Message) {
            guard failure == nil else { return }
            let at = known[message.conversation] ?? chats.count
            if at == chats.count {
                known[message.conversation] = at
                chats.append(Open(chat: Chat(file: file, conversation: message.conversation, partner: "", isUnknown: false, places: [])))
            }
            let index = chats[at].chat.places.count
            if let finding = findings[RecordPlace(file: file, location: message.location)] { chats[at].chat.findings.append((finding, index)) }
            if let day = message.time.map({ String($0.iso8601.prefix(10)) }) {
                chats[at].chat.days = (chats[at].chat.days?.first ?? day, day)
            }
            if index < 50, message.role == .unknown { chats[at].chat.isUnknown = true }
            if index < 2_000, message.role == .buyer || message.role == .unknown, let name = message.sender ?? message.senderID, !name.isEmpty {
                chats[at].speakers[name, default: 0] += 1
            }
            do throws(IngestionError) {
                chats[at].chat.places.append(try log.append(JudgedChats.keys(of: message)))
            } catch {
                failure = error
            }
        }

        /// Ends a file.
        func endFile() {
            known = [:]
            file += 1
        }

        /// - Throws: where there was no room for the messages.
        func finish(sources: [Source], options: ReadingOptions) throws(IngestionError) -> JudgedChats {
            if let failure { throw failure }
            try log.flush()
            let arranged = chats.map { open in
                var chat = open.chat
                chat.partner = open.speakers.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? chat.conversation
                return chat
            }
            return JudgedChats(result, arranged, log: log, sources: sources, options: options)
        }
    }
}
