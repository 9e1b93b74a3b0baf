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
        /// Positions of its messages in the file.
        var positions: [Int]
        /// Positions of its findings in the result.
        var findings: [Int] = []
    }

    let result: ScanResult
    /// For each file all of its messages.
    let messages: [[Message]]
    let sources: [Source]
    let options: ReadingOptions
    let evidence: Evidence
    /// The graver first, then as they were read.
    let chats: [Chat]
    /// For each finding its chat, and its message's place there.
    let places: [(chat: Int, index: Int)]
    private let findings: [RecordPlace: Int]

    init(_ result: ScanResult, messages: [[Message]], sources: [Source], options: ReadingOptions) {
        self.result = result
        self.messages = messages
        self.sources = sources
        self.options = options
        evidence = Evidence(result)

        var findings: [RecordPlace: Int] = [:]
        for (position, finding) in result.findings.enumerated() {
            findings[RecordPlace(file: finding.file, location: finding.message.location)] = position
        }
        self.findings = findings

        var chats: [Chat] = []
        for (file, list) in messages.enumerated() {
            var known: [String: Int] = [:]
            for (position, message) in list.enumerated() {
                let chat = known[message.conversation] ?? chats.count
                if chat == chats.count {
                    known[message.conversation] = chat
                    chats.append(Chat(file: file, conversation: message.conversation, positions: []))
                }
                chats[chat].positions.append(position)
                if let finding = findings[RecordPlace(file: file, location: message.location)] {
                    chats[chat].findings.append(finding)
                }
            }
        }
        let order = chats.indices.sorted { a, b in
            let (x, y) = (Self.gravity(chats[a], result), Self.gravity(chats[b], result))
            return x == y ? a < b : y.lexicographicallyPrecedes(x)
        }
        chats = order.map { chats[$0] }
        self.chats = chats

        var places = [(chat: Int, index: Int)](repeating: (0, 0), count: result.findings.count)
        for (number, chat) in chats.enumerated() where !chat.findings.isEmpty {
            var next = 0
            for (index, position) in chat.positions.enumerated() where next < chat.findings.count {
                let finding = chat.findings[next]
                guard result.findings[finding].message.location == messages[chat.file][position].location else { continue }
                places[finding] = (number, index)
                next += 1
            }
        }
        self.places = places
    }

    /// What the worst finding against somebody else is, how far it is proven, how many there are.
    private static func gravity(_ chat: Chat, _ result: ScanResult) -> [Int] {
        let findings = chat.findings.map { result.findings[$0] }.filter(\.judgement.isFinding)
        let against = findings.filter(Evidence.isAgainstOthers)
        let label = against.compactMap { $0.judgement.labels.first.flatMap { Label.allCases.firstIndex(of: $0) } }.min()
        let level = against.compactMap { $0.judgement.level?.rawValue }.max() ?? -1
        return [label.map { Label.allCases.count - $0 } ?? 0, level, against.count, findings.count]
    }

    /// The position of a message's finding; `nil` where there is none.
    func finding(file: Int, _ message: Message) -> Int? {
        findings[RecordPlace(file: file, location: message.location)]
    }

    /// The other side of a chat: who speaks most among those that are not the seller.
    func partner(of chat: Chat) -> String {
        var counts: [String: Int] = [:]
        for position in chat.positions.prefix(2_000) {
            let message = messages[chat.file][position]
            guard message.role == .buyer || message.role == .unknown else { continue }
            counts[message.sender ?? message.senderID ?? "", default: 0] += 1
        }
        counts[""] = nil
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? chat.conversation
    }
}
