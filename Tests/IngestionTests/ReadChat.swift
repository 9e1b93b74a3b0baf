import Ingestion
import Testing
import Transcript

/// A chat read from bytes in a test, with what must hold for every one of them checked on the way.
struct ReadChat {
    var file: ChatFile
    var bytes: [UInt8]

    init(_ text: String, options: ReadingOptions = ReadingOptions(), sourceLocation: SourceLocation = #_sourceLocation) {
        self.init(bytes: Array(text.utf8), options: options, sourceLocation: sourceLocation)
    }

    typealias SourceLocation = Testing.SourceLocation

    init(bytes: [UInt8], options: ReadingOptions = ReadingOptions(), sourceLocation: SourceLocation = #_sourceLocation) {
        self.bytes = bytes
        file = ChatFile(FileBytes(bytes), name: "chat", options: options)
        let lines = file.source.lines
        #expect(
            lines.total == lines.messages + lines.structure + lines.unparsed, "every line is accounted for",
            sourceLocation: sourceLocation)
        for message in file.messages {
            let place = message.location
            #expect(place.offset >= 0 && place.length > 0 && place.offset + place.length <= bytes.count)
        }
    }

    var messages: [Message] { file.messages }
    var codes: [String] { file.diagnostics.map(\.code) }
    var format: String? { file.source.format }
    var texts: [String] { messages.map(\.text) }

    /// The bytes of a record, as the place of the message names them.
    func record(_ index: Int) -> String {
        let place = messages[index].location
        return String(decoding: bytes[place.offset..<place.offset + place.length], as: UTF8.self)
    }
}
