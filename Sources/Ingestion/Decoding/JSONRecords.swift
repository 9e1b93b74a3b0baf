/// The members of one JSON object, as ranges of the text.
struct JSONMembers {
    private(set) var range: Range<Int>
    private var members: [(key: Range<Int>, value: Range<Int>)] = []

    /// Reads the object the scanner stands at, and leaves it past that.
    init?(_ json: inout JSONScanner, in text: Span<UInt8>) {
        guard json.enterObject(in: text) else { return nil }
        let start = json.position - 1
        while let key = json.nextKey(in: text) {
            guard let value = json.skipValue(in: text) else { return nil }
            members.append((key, value))
        }
        guard json.problem == nil else { return nil }
        range = start..<json.position
    }

    /// Reads the object that fills `range`.
    init?(at range: Range<Int>, in text: Span<UInt8>) {
        var json = JSONScanner(range)
        self.init(&json, in: text)
    }

    /// The value of a member, whatever it is; `null` counts as absent.
    func value(_ name: StaticString, in text: Span<UInt8>) -> Range<Int>? {
        for member in members where text.isJSONString(name, at: member.key) {
            return text.isWord("null", at: member.value) ? nil : member.value
        }
        return nil
    }

    /// The first of several names that is present.
    func value(_ names: [StaticString], in text: Span<UInt8>) -> Range<Int>? {
        for name in names {
            if let value = value(name, in: text) { return value }
        }
        return nil
    }

    /// The text of a string, or a number as written.
    func string(_ names: StaticString..., in text: Span<UInt8>) -> String? { string(names, in: text) }

    func string(_ names: [StaticString], in text: Span<UInt8>) -> String? {
        value(names, in: text).flatMap { text.jsonWords($0) }
    }

    /// As `string`, but an empty one counts as absent.
    func words(_ names: StaticString..., in text: Span<UInt8>) -> String? { words(names, in: text) }

    func words(_ names: [StaticString], in text: Span<UInt8>) -> String? {
        for name in names {
            if let words = string(name, in: text), !words.isEmpty { return words }
        }
        return nil
    }

    func integer(_ names: StaticString..., in text: Span<UInt8>) -> Int64? {
        value(names, in: text).flatMap { text.jsonInteger($0) }
    }

    /// Whether a flag is set: `true`, 1 or "1"; `nil` where it is absent or anything else.
    func flag(_ names: StaticString..., in text: Span<UInt8>) -> Bool? { flag(names, in: text) }

    func flag(_ names: [StaticString], in text: Span<UInt8>) -> Bool? {
        guard let range = value(names, in: text), let words = text.jsonWords(range, booleans: true) else { return nil }
        switch words {
        case "true", "1": return true
        case "false", "0": return false
        default: return nil
        }
    }

    func object(_ name: StaticString, in text: Span<UInt8>) -> JSONMembers? {
        value(name, in: text).flatMap { JSONMembers(at: $0, in: text) }
    }

    func has(_ name: StaticString, in text: Span<UInt8>) -> Bool {
        members.contains { text.isJSONString(name, at: $0.key) }
    }
}

extension Span<UInt8> {
    /// A string's text, its line ends made `\n`, or a number as written.
    fileprivate func jsonWords(_ range: Range<Int>, booleans: Bool = false) -> String? {
        if let said = jsonString(range) { return said.utf8.contains(0x0D) ? said.replacingReturns() : said }
        guard let first = range.first, self[first] == 0x2D || self[first] &- 0x30 < 10 || booleans && self[first] > 0x60
        else { return nil }
        return string(range)
    }
}

extension String {
    /// The text with every line end made `\n`.
    func replacingReturns() -> String {
        let bytes = Array(utf8)
        return bytes.span.body(0..<bytes.count)
    }
}

/// The objects of a JSON array, or of lines that are objects, one after the other.
///
/// Where one is damaged the walk goes on at the next that looks like a record.
struct JSONRecords {
    enum Element {
        case record(JSONMembers)
        case damaged(Range<Int>)
        /// A value that is no object.
        case other(Range<Int>)
    }

    private var json: JSONScanner
    private let end: Int
    private let marks: [StaticString]
    /// How often the walk may still look for a place to go on; garbage must not cost more than reading does.
    private var searches = 256
    private var isDone = false
    /// Whether the end of the array was reached.
    private(set) var isClosed = false

    /// - Parameters:
    ///   - start: where the array's `[` stands.
    ///   - marks: keys one of which every record has.
    init(array start: Int, end: Int, marks: [StaticString], in text: Span<UInt8>) {
        json = JSONScanner(start..<end)
        self.end = end
        self.marks = marks
        if !json.enterArray(in: text) { isDone = true }
    }

    var position: Int { json.position }

    mutating func next(in text: Span<UInt8>) -> Element? {
        guard !isDone else { return nil }
        let before = json.position
        guard json.nextElement(in: text) else {
            isDone = true
            if json.problem == nil {
                isClosed = true
                return nil
            }
            return recover(from: before, text)
        }
        let start = json.position
        if json.kind(in: text) == .object {
            if let members = JSONMembers(&json, in: text) { return .record(members) }
        } else if let value = json.skipValue(in: text) {
            // A quote that was lost makes a string of the next record's beginning; then no comma follows.
            var after = json
            _ = after.nextElement(in: text)
            if after.problem == nil { return .other(value) }
        }
        return recover(from: start, text)
    }

    /// Takes up the walk at the next record after `start`; the stretch before it is damaged.
    private mutating func recover(from start: Int, _ text: Span<UInt8>) -> Element? {
        var i = start
        while i < end, text[i] <= 0x20 || text[i] == 0x2C { i += 1 }
        guard i < end else {
            isDone = true
            return nil
        }
        let damaged = i
        i += 1
        while i < end, searches > 0 {
            if text[i] == 0x7B, beginsRecord(at: i, after: damaged, text) {
                searches -= 1
                var trial = JSONScanner(i..<Swift.min(end, i + 1 << 20))
                if let members = JSONMembers(&trial, in: text), members.value(marks, in: text) != nil {
                    json = JSONScanner(i..<end)
                    isDone = false
                    return .damaged(trimmed(damaged..<i, text))
                }
            }
            i += 1
        }
        isDone = true
        return .damaged(trimmed(damaged..<end, text))
    }

    /// Whether a `{` stands at the beginning of a line or after `},`.
    private func beginsRecord(at i: Int, after start: Int, _ text: Span<UInt8>) -> Bool {
        var before = i - 1
        var sawBreak = false
        while before > start, text[before] <= 0x20 {
            sawBreak = sawBreak || text[before] == 0x0A
            before -= 1
        }
        if sawBreak { return true }
        guard before > start, text[before] == 0x2C else { return false }
        before -= 1
        while before > start, text[before] <= 0x20 { before -= 1 }
        return text[before] == 0x7D
    }

    private func trimmed(_ range: Range<Int>, _ text: Span<UInt8>) -> Range<Int> {
        var upper = range.upperBound
        while upper > range.lowerBound + 1, text[upper - 1] <= 0x20 || text[upper - 1] == 0x2C { upper -= 1 }
        return range.lowerBound..<upper
    }
}
