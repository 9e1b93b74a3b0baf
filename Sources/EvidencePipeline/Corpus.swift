import Classification
import FoundationEssentials
import Transcript

/// Labelled conversations as files: one JSON object a line.
public enum Corpus {
    private struct Record: Decodable {
        struct Line: Decodable {
            var role: String
            var sender: String?
            var text: String
            var labels: [String]
            var direction: String?
            var act: String?
        }

        var conv: String
        var channel: String?
        var writer: String?
        var tier: String?
        var messages: [Line]
    }

    /// Reads the lines of one file.
    public static func chats(_ json: [UInt8]) throws -> [LabelledChat] {
        let decoder = JSONDecoder()
        return try json.split(separator: 0x0A).map { line in
            let record = try decoder.decode(Record.self, from: Data(line))
            return LabelledChat(
                name: record.conv, channel: record.channel, writer: record.writer, tier: record.tier,
                lines: record.messages.map { line in
                    LabelledChat.Line(
                        role: Message.Role(rawValue: line.role) ?? .unknown, sender: line.sender, text: line.text,
                        labels: line.labels.compactMap(Label.init(rawValue:)).sorted(),
                        isUnsure: line.labels.contains("unsure"),
                        direction: line.direction.flatMap(Direction.init(rawValue:)), act: line.act)
                })
        }
    }
}
