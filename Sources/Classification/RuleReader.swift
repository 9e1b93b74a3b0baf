import Resources

/// Reads the rules that the program carries, ten times as fast as Foundation's decoder, which would take up a third of a
/// short run.
///
/// It knows the form in which they are written: plain keys, strings in double quotes without escapes, whole numbers, commas
/// wherever JSON5 allows them. A test compares it with the decoder on every rule; what users write goes through the decoder.
struct RuleReader {
    private let bytes: [UInt8]
    private var at = 0

    /// Reads the one rule of a file; `nil` where it is written in another form.
    static func rule(_ resource: EmbeddedResource) -> Rule? {
        var reader = RuleReader(bytes: resource.bytes)
        guard let rule = reader.rule() else { return nil }
        return reader.next() == nil ? rule : nil
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func rule() -> Rule? {
        var rule = Rule(
            id: "", category: "", speaker: "", name: "", flags: "", why: "", policy: [], cues: [:], lookalikes: [], matching: [], clean: [])
        let isWhole = object { reader, key in
            switch key {
            case "id": reader.read(&rule.id) { $0.string() }
            case "category": reader.read(&rule.category) { $0.string() }
            case "label": reader.read(&rule.label) { $0.string() }
            case "speaker": reader.read(&rule.speaker) { $0.string() }
            case "name": reader.read(&rule.name) { $0.string() }
            case "flags": reader.read(&rule.flags) { $0.string() }
            case "why": reader.read(&rule.why) { $0.string() }
            case "english": reader.read(&rule.english) { $0.english() }
            case "policy": reader.read(&rule.policy) { $0.strings() }
            case "words": reader.read(&rule.words) { $0.table { $0.strings() } }
            case "cues": reader.read(&rule.cues) { $0.table { $0.strings() } }
            case "telling": reader.read(&rule.telling) { $0.table { $0.integer() } }
            case "isDefault": reader.read(&rule.isDefault) { $0.boolean() }
            case "when": reader.read(&rule.when) { $0.list { $0.string().flatMap(Rule.Situation.init(rawValue:)) } }
            case "requires": reader.read(&rule.requires) { $0.list { $0.strings() } }
            case "within": reader.read(&rule.within) { $0.integer() }
            case "after": reader.read(&rule.after) { $0.string() }
            case "excludes": reader.read(&rule.excludes) { $0.strings() }
            case "level": reader.read(&rule.level) { $0.string() }
            case "lookalikes": reader.read(&rule.lookalikes) { $0.list { $0.lookalike() } }
            case "matching": reader.read(&rule.matching) { $0.list { $0.list { $0.line() } } }
            case "clean": reader.read(&rule.clean) { $0.list { $0.list { $0.line() } } }
            default: false
            }
        }
        return isWhole ? rule : nil
    }

    private mutating func english() -> Rule.English? {
        var english = Rule.English(name: "", why: "")
        let isWhole = object { reader, key in
            switch key {
            case "name": reader.read(&english.name) { $0.string() }
            case "why": reader.read(&english.why) { $0.string() }
            default: false
            }
        }
        return isWhole ? english : nil
    }

    private mutating func lookalike() -> Rule.Lookalike? {
        var lookalike = Rule.Lookalike(name: "")
        let isWhole = object { reader, key in
            switch key {
            case "id": reader.read(&lookalike.id) { $0.string() }
            case "name": reader.read(&lookalike.name) { $0.string() }
            case "cues": reader.read(&lookalike.cues) { $0.strings() }
            default: false
            }
        }
        return isWhole ? lookalike : nil
    }

    private mutating func line() -> Rule.ExampleLine? {
        var line = Rule.ExampleLine(role: "", text: "")
        let isWhole = object { reader, key in
            switch key {
            case "role": reader.read(&line.role) { $0.string() }
            case "text": reader.read(&line.text) { $0.string() }
            case "flagged": reader.read(&line.flagged) { $0.boolean() }
            case "labels": reader.read(&line.labels) { $0.strings() }
            default: false
            }
        }
        return isWhole ? line : nil
    }

    // MARK: Values

    private mutating func read<Value>(_ target: inout Value, _ value: (inout RuleReader) -> Value?) -> Bool {
        guard let value = value(&self) else { return false }
        target = value
        return true
    }

    private mutating func object(_ body: (inout RuleReader, _ key: String) -> Bool) -> Bool {
        guard take("{") else { return false }
        while !take("}") {
            guard let key = key(), take(":"), body(&self, key) else { return false }
        }
        return true
    }

    private mutating func table<Value>(_ value: (inout RuleReader) -> Value?) -> [String: Value]? {
        var table: [String: Value] = [:]
        let isWhole = object { reader, key in
            table[key] = value(&reader)
            return table[key] != nil
        }
        return isWhole ? table : nil
    }

    private mutating func list<Value>(_ element: (inout RuleReader) -> Value?) -> [Value]? {
        guard take("[") else { return nil }
        var list: [Value] = []
        while !take("]") {
            guard let value = element(&self) else { return nil }
            list.append(value)
        }
        return list
    }

    private mutating func strings() -> [String]? { list { $0.string() } }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"), bytes[at] != 0x0A { at += 1 }
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
        defer { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    /// A word of letters, digits, `-`, `_`, or a string.
    private mutating func key() -> String? {
        if next() == UInt8(ascii: "\"") { return string() }
        let start = at
        while at < bytes.count, Self.isWordByte(bytes[at]) { at += 1 }
        return at > start ? String(decoding: bytes[start..<at], as: UTF8.self) : nil
    }

    private mutating func integer() -> Int? {
        _ = next()
        return key().flatMap { Int($0) }
    }

    private mutating func boolean() -> Bool? {
        _ = next()
        return key().flatMap { Bool($0) }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// The next byte that says something: blanks, commas and comments to the end of a line are passed over.
    private mutating func next() -> UInt8? {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","): at += 1
            case UInt8(ascii: "/") where at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "/"):
                while at < bytes.count, bytes[at] != 0x0A { at += 1 }
            default: return bytes[at]
            }
        }
        return nil
    }

    /// Passes over a sign where it comes next.
    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard next() == UInt8(ascii: sign) else { return false }
        at += 1
        return true
    }
}
