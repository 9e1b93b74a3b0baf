import Transcript

@testable import Ingestion

/// A fixture's bytes, perhaps changed, as they were read.
struct Parsed {
    var file: ChatFile
    var bytes: [UInt8]

    init(_ bytes: [UInt8], format: String? = nil, encoding: TextEncoding? = nil) {
        self.bytes = bytes
        var options = ReadingOptions()
        options.format = format
        options.encoding = encoding
        file = ChatFile(FileBytes(bytes), name: "chat", options: options)
    }

    var messages: [Message] { file.messages }
    var encoding: TextEncoding? { file.source.encoding.flatMap(TextEncoding.init(rawValue:)) }

    /// The record of a message in the file, decoded.
    func record(of message: Message) throws -> String {
        let place = message.location
        let raw = Array(bytes[place.offset..<place.offset + place.length])
        let text = try DecodedText(FileBytes(raw), encoding: encoding ?? .utf8)
        return text.withSpan { $0.string(0..<$0.count) }
    }

    static func decode(_ bytes: [UInt8]) throws -> DecodedText {
        guard case .text(let encoding) = bytes.span.guessedEncoding else {
            return try DecodedText(FileBytes([]), encoding: .utf8)
        }
        return try DecodedText(FileBytes(bytes), encoding: encoding)
    }
}

extension Span<UInt8> {
    var guessedEncoding: TextEncoding.Guess { TextEncoding.guess(self) }
}

extension Message {
    /// The message without its place, to be compared with the same one of another file.
    var withoutPlace: Message {
        var copy = self
        copy.location = .unplaced
        return copy
    }
}
