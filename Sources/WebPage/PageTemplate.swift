import Reporting

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
            out += HTMLText.escape(value(String(rest[open.upperBound..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
        return out + rest
    }
}
