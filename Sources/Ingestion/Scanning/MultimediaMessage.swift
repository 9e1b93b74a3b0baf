import Transcript

/// An `mms` element whose parts are still coming.
struct MultimediaMessage {
    var start: Int
    var address: String
    var name: String?
    var date: String?
    var isSent: Bool?
    var isUnsent = false
    var from: String?
    var media = 0
    /// The media whose data stand in the file, in base64.
    private(set) var attachments: [(name: String?, type: String, data: Range<Int>)] = []
    var kind: Message.Kind { lines.contains { !$0.isMedium } ? .text : firstMedium ?? .text }
    var body: String { lines.map(\.text).joined(separator: "\n") }
    private var lines: [(text: String, isMedium: Bool)] = []
    private var firstMedium: Message.Kind?

    init(_ tag: TagScanner.Tag, _ tags: TagScanner, _ text: Span<UInt8>) {
        start = tag.range.lowerBound
        address = tags.text("address", in: text) ?? ""
        name = tags.contact("contact_name", in: text)
        date = tags.text("date", in: text)
        switch tags.text("msg_box", in: text) {
        case "1": isSent = false
        case "2": isSent = true
        case "3", "4", "5":
            isSent = true
            isUnsent = true
        default:
            switch tags.text("m_type", in: text) {
            case "132": isSent = false
            case "128": isSent = true
            default: break
            }
        }
        if let subject = tags.text("sub", in: text), !subject.isEmpty { lines.append((subject, false)) }
    }

    mutating func take(_ tag: TagScanner.Tag, _ tags: TagScanner, _ text: Span<UInt8>) {
        guard tag.form != .closing else { return }
        if text.isWord("addr", at: tag.name) {
            // 137 is From; the placeholder stands for the owner of the phone.
            if tags.text("type", in: text) == "137", let address = tags.text("address", in: text),
                address != "insert-address-token"
            {
                from = address
            }
        } else if text.isWord("part", at: tag.name) {
            let type = tags.text("ct", in: text) ?? ""
            if tags.text("seq", in: text) == "-1" || type == "application/smil" { return }
            if type == "text/plain" || type.isEmpty {
                if let words = tags.text("text", in: text) { lines.append((words, false)) }
                return
            }
            media += 1
            if let data = tags.value("data", in: text), !text.isWord("null", at: data), !data.isEmpty {
                let name = tags.text("name", in: text) ?? tags.text("cl", in: text) ?? tags.text("fn", in: text)
                attachments.append((name, type, data))
            }
            let kind = MediaWords.kind(ofType: type)
            firstMedium = firstMedium ?? kind
            lines.append((MediaWords.word(for: kind), true))
        }
    }
}

extension TagScanner {
    /// An attribute's text; `nil` also for the word `null`, as Android writes what is absent.
    func text(_ name: StaticString, in text: Span<UInt8>) -> String? {
        guard let range = value(name, in: text), !text.isWord("null", at: range) else { return nil }
        return text.unescaped(range)
    }

    /// A contact's name, where the phone knows it.
    func contact(_ name: StaticString, in text: Span<UInt8>) -> String? {
        self.text(name, in: text).flatMap { $0.isEmpty || $0 == "(Unknown)" ? nil : $0 }
    }
}
