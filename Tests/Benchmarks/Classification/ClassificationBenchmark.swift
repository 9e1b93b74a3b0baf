import Classification
import Foundation
import Tokenization
import Transcript

/// Measures classification and its stages in bytes of UTF-8 a second, and how many messages may matter to it.
///
/// `swift run -c release ClassificationBenchmark FILE…`: each file holds one JSON object a line, either a conversation with
/// `messages`, or a message with a `text` and perhaps a `conversation`.
@main
struct ClassificationBenchmark {
    private struct Line: Decodable {
        struct Message: Decodable {
            var text: String
            var role: String?
        }
        var text: String?
        var role: String?
        var conversation: String?
        var messages: [Message]?
    }

    static func main() throws {
        for file in CommandLine.arguments.dropFirst() { try measure(file) }
    }

    private static func chats(_ file: String) throws -> [[Classifier.Input]] {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        var chats: [[Classifier.Input]] = []
        var open: String?
        for line in data.split(separator: UInt8(ascii: "\n")) {
            let line = try JSONDecoder().decode(Line.self, from: line)
            func input(_ text: String, _ role: String?) -> Classifier.Input {
                Classifier.Input(role: role.flatMap(Message.Role.init(rawValue:)) ?? .unknown, text: text)
            }
            if let messages = line.messages {
                chats.append(messages.map { input($0.text, $0.role) })
            } else if line.conversation != nil, line.conversation == open {
                chats[chats.count - 1].append(input(line.text ?? "", line.role))
            } else {
                chats.append([input(line.text ?? "", line.role)])
            }
            open = line.conversation
        }
        return chats
    }

    private static func measure(_ file: String) throws {
        let chats = try chats(file)
        let messages = chats.flatMap { $0 }
        let bytes = messages.reduce(0) { $0 + $1.text.utf8.count }
        print("\(file): \(chats.count) chats, \(messages.count) messages, \(bytes) bytes")

        let clock = ContinuousClock()
        var checksum = 0
        func measure(_ name: String, _ body: () -> Int) {
            var best = Double.infinity
            for _ in 0..<7 {
                let time = clock.measure { checksum &+= body() }
                best = min(best, Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18)
            }
            print("  \(name):", String(format: "%.1f MB/s", Double(bytes) / best / 1e6))
        }
        func share(_ name: String, _ count: Int) {
            print("  \(name):", String(format: "%d, %.1f %%", count, 100 * Double(count) / Double(max(1, messages.count))))
        }

        let classifier = Classifier.shipped
        var awake = 0
        var telling = 0
        var near = 0
        var kept = 0
        for chat in chats {
            let glances = chat.map { message in classifier.glance(message.text.utf8.span) }
            awake += glances.count { $0.contains(.awake) }
            telling += glances.count { $0.contains(.telling) }
            near += Classifier.near(chat.count) { glances[$0] }.count
            kept += classifier.kept(chat).count { $0 }
        }
        share("the gate wakes", awake)
        share("networks read", kept)
        share("rules may tell", telling)
        share("near one of these", near)
        measure("glance") { messages.count { message in !classifier.glance(message.text.utf8.span).isEmpty } }
        measure("judge") { chats.reduce(0) { $0 + classifier.judge($1).count { $0.isFinding } } }

        let reader = MessageReader(.shipped)
        measure("read") { messages.reduce(0) { $0 + reader.read($1).traits.count } }
        let folder = Folder()
        let disguises = DisguiseReader()
        let entities = EntityReader()
        let matcher = CueMatcher(.shipped)
        measure("fold") { messages.reduce(0) { $0 + folder.fold($1.text).scalars.count } }
        let folded = messages.map { folder.fold($0.text) }
        measure("may read") { folded.count { text in disguises.mayRead(in: text.scalars.span) } }
        measure("readings") { folded.reduce(0) { $0 + disguises.readings(in: $1).count } }
        measure("cues") { folded.reduce(0) { $0 + matcher.matches(in: $1.scalars).count } }
        measure("entities") { folded.reduce(0) { $0 + entities.entities(in: $1).count } }
        print("  checksum", checksum)
    }
}
