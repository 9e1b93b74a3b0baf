import Classification
import Foundation
import Tokenization
import Transcript

/// Measures the stages before the model in bytes of UTF-8 a second, and how many messages the prefilter lets through.
///
/// `swift run -c release ClassificationBenchmark FILE…`: each file holds one JSON object a line, either a message with a
/// `text` or a conversation with `messages` that have one.
@main
struct ClassificationBenchmark {
    private struct Line: Decodable {
        struct Message: Decodable { var text: String }
        var text: String?
        var messages: [Message]?
    }

    static func main() throws {
        for file in CommandLine.arguments.dropFirst() { try measure(file) }
    }

    private static func measure(_ file: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        let texts = try data.split(separator: UInt8(ascii: "\n")).flatMap { line in
            let line = try JSONDecoder().decode(Line.self, from: line)
            return line.messages.map { $0.map(\.text) } ?? [line.text ?? ""]
        }
        let bytes = texts.reduce(0) { $0 + $1.utf8.count }
        print("\(file): \(texts.count) messages, \(bytes) bytes")

        let clock = ContinuousClock()
        func measure(_ name: String, _ body: (String) -> Int) -> Int {
            var best = Double.infinity
            var sum = 0
            for _ in 0..<7 {
                sum = 0
                let time = clock.measure { for text in texts { sum += body(text) } }
                best = min(best, Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18)
            }
            print("  \(name):", String(format: "%.1f MB/s", Double(bytes) / best / 1e6))
            return sum
        }

        let reader = MessageReader(lexicon: .shipped)
        _ = measure("read") { reader.read(Classifier.Input(role: .buyer, text: $0)).traits.count }
        let folder = Folder()
        let disguises = DisguiseReader()
        let entities = EntityReader()
        let matcher = CueMatcher(.shipped)
        _ = measure("fold") { folder.fold($0).scalars.count }
        let all = texts.map { folder.fold($0) }
        func measureFolded(_ name: String, _ body: (FoldedText) -> Int) {
            var next = 0
            let sum = measure(name) { _ in
                defer { next = next + 1 == all.count ? 0 : next + 1 }
                return body(all[next])
            }
            print("    sum", sum)
        }
        measureFolded("may read") { disguises.mayRead(in: $0.scalars.span) ? 1 : 0 }
        measureFolded("readings") { disguises.readings(in: $0).isEmpty ? 0 : 1 }
        measureFolded("cues") { matcher.matches(in: $0.scalars).count }
        measureFolded("may hold contact") { entities.mayHoldContact($0.scalars.span) ? 1 : 0 }
        measureFolded("entities") { entities.entities(in: $0).count }
        // Which words let messages through, the most frequent first.
        let lexicon = CueLexicon.shipped
        var counts: [String: Int] = [:]
        for text in all {
            for cueClass in Set(matcher.matches(in: text.scalars).map(\.cueClass)) { counts[lexicon.classes[cueClass].name, default: 0] += 1 }
        }
        for (name, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            print(String(format: "    %.2f %%", 100 * Double(count) / Double(all.count)), name)
        }
    }
}
