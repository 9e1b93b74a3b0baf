/// HTML with places to fill in: `{{key}}`. Whatever is filled in is escaped, with no way around it.
struct PageTemplate: Sendable {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The HTML with each place filled in by what `value` gives for its key.
    func filled(_ value: (String) -> String) -> String {
        var out = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            out += rest[..<open.lowerBound]
            out += Self.escape(value(String(rest[open.upperBound..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
        return out + rest
    }

    /// Text between tags and inside quoted attributes.
    private static func escape(_ text: String) -> String {
        var out = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }
}
