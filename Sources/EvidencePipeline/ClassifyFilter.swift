import Classification
import Ingestion
import Reporting
import Transcript

/// The filter behind `juzheng classify`: JSON lines in, JSON lines out, in the same order.
public struct ClassifyFilter: ~Copyable {
    /// Lines that were no object with a text.
    public private(set) var errorCount = 0

    private let classifier: Classifier
    private var session: ConversationClassifier
    /// The chat that is open: file and conversation.
    private var chat: Chat?
    /// The ids, as written, of messages that wait for their judgement.
    private var waiting: [String] = []

    private struct Chat: Equatable {
        var file: String?
        var conversation: String
    }

    public init(_ classifier: Classifier) {
        self.classifier = classifier
        session = ConversationClassifier(classifier)
    }

    /// Takes one line, without its end, and writes what is ready.
    public mutating func push(_ line: Span<UInt8>, to json: inout JSONWriter) {
        let record = Record(line)
        guard let text = record.text else {
            finishChat(to: &json)
            errorCount += 1
            ClassifyLines.write(error: "这一行不是带 text 的 JSON 对象", id: record.id, to: &json)
            return
        }
        let next = record.conversation.map { Chat(file: record.file, conversation: $0) }
        if next == nil || next != chat { finishChat(to: &json) }
        chat = next
        waiting.append(record.id ?? "null")
        let role = record.role.flatMap(Message.Role.init(rawValue:)) ?? .unknown
        write(session.push(Classifier.Input(role: role, sender: record.sender, text: text)), to: &json)
        if next == nil { finishChat(to: &json) }
    }

    /// Writes what still waits.
    public mutating func finishChat(to json: inout JSONWriter) {
        write(session.finish(), to: &json)
        chat = nil
    }

    private mutating func write(_ judgements: [Judgement], to json: inout JSONWriter) {
        for (id, judgement) in zip(waiting, judgements) {
            ClassifyLines.write(judgement, id: id, to: &json)
        }
        waiting.removeFirst(judgements.count)
    }
}

/// The keys of an input line that matter; others are allowed and passed over.
private struct Record {
    /// As it was written, so that it can be echoed character for character.
    var id: String?
    var text: String?
    var conversation: String?
    var file: String?
    var role: String?
    var sender: String?

    init(_ line: Span<UInt8>) {
        guard (try? UTF8Span(validating: line)) != nil else { return }
        var json = JSONScanner(0..<line.count)
        guard json.enterObject(in: line) else { return }
        while let key = json.nextKey(in: line), let value = json.skipValue(in: line) {
            if line.isJSONString("id", at: key) { id = line.string(value) }
            if line.isJSONString("text", at: key) { text = line.jsonString(value) }
            if line.isJSONString("conversation", at: key) { conversation = line.jsonString(value) }
            if line.isJSONString("file", at: key) { file = line.jsonString(value) }
            if line.isJSONString("role", at: key) { role = line.jsonString(value) }
            if line.isJSONString("sender", at: key) { sender = line.jsonString(value) }
        }
        if json.problem != nil || !json.isAtEnd(in: line) { text = nil }
    }
}
