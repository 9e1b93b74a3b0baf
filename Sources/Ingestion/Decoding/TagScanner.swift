/// Walks the tags of XML and HTML in place, damaged ones included, and tells the exact bytes of each.
///
/// Real exports break the rules of XML: raw `<` and quotes inside attributes, quotes that never close, references to
/// half characters, a cut at any byte. This scanner takes from them what can be taken. It resolves no entity, loads
/// nothing and keeps nothing, so a bomb is a text like any other.
struct TagScanner {
    /// The words by which a damaged tag is told from text that only looks like one.
    struct Vocabulary: Sendable {
        /// Elements whose tag ends a quoted value that was left open.
        var elements: [StaticString] = []
        /// Attributes whose `name="` ends a quoted value that was left open.
        var attributes: [StaticString] = []
    }

    enum Form {
        case opening, closing
        /// Closed by itself, as `<br/>`.
        case empty
        /// A comment, a declaration, an instruction.
        case other
    }

    struct Tag {
        var form: Form
        /// From `<` to just past `>`.
        var range: Range<Int>
        var name: Range<Int>
        /// Whether the tag has its end; `false` where the text or another tag cuts it.
        var isWhole: Bool
    }

    private(set) var position: Int
    let end: Int
    /// The attributes of the tag read last, quotes left out.
    private(set) var attributes: [(name: Range<Int>, value: Range<Int>)] = []
    private let vocabulary: Vocabulary

    init(_ range: Range<Int>, vocabulary: Vocabulary = Vocabulary()) {
        position = range.lowerBound
        end = range.upperBound
        self.vocabulary = vocabulary
    }

    /// The next tag; the text between it and the one before begins where `position` was.
    mutating func next(in text: Span<UInt8>) -> Tag? {
        var i = position
        while i < end {
            guard text[i] == 0x3C, i + 1 < end else {
                i += 1
                continue
            }
            switch text[i + 1] {
            case 0x21, 0x3F: return special(at: i, text)
            case 0x2F where i + 2 < end && Self.isNameStart(text[i + 2]): return tag(at: i, nameAt: i + 2, text)
            case let byte where Self.isNameStart(byte): return tag(at: i, nameAt: i + 1, text)
            default: i += 1
            }
        }
        position = end
        return nil
    }

    /// Moves past the content of a script or a style sheet, whose opening tag was read last; `false` for other tags.
    mutating func skipRawContent(of tag: Tag, in text: Span<UInt8>) -> Bool {
        guard tag.form == .opening, tag.name.count == 5 || tag.name.count == 6 else { return false }
        let name = text.string(tag.name).lowercased()
        guard name == "script" || name == "style" || name == "title" else { return false }
        while let next = next(in: text) {
            if next.form == .closing, text.string(next.name).lowercased() == name { break }
        }
        return true
    }

    /// The value of an attribute of the tag read last.
    func value(_ name: StaticString, in text: Span<UInt8>) -> Range<Int>? {
        attributes.first { text.isWord(name, at: $0.name) }?.value
    }

    // MARK: Tags

    private mutating func tag(at start: Int, nameAt: Int, _ text: Span<UInt8>) -> Tag {
        attributes.removeAll(keepingCapacity: true)
        var i = nameAt
        while i < end, Self.isName(text[i]) { i += 1 }
        let name = nameAt..<i
        var form = nameAt == start + 2 ? Form.closing : .opening
        while true {
            while i < end, Self.isBlank(text[i]) { i += 1 }
            guard i < end else { break }
            switch text[i] {
            case 0x3E:
                return finish(form, start..<i + 1, name)
            case 0x2F where i + 1 < end && text[i + 1] == 0x3E:
                if form == .opening { form = .empty }
                return finish(form, start..<i + 2, name)
            case 0x3C:
                let cut = finish(form, start..<trimmed(start, i, text), name, isWhole: false)
                position = i
                return cut
            default:
                let before = i
                while i < end, Self.isName(text[i]) { i += 1 }
                let attribute = before..<i
                while i < end, Self.isBlank(text[i]) { i += 1 }
                guard i < end else { break }
                guard !attribute.isEmpty, text[i] == 0x3D else {
                    // An attribute without a value, or a byte that has no business here.
                    if attribute.isEmpty { i += 1 }
                    continue
                }
                i += 1
                while i < end, Self.isBlank(text[i]) { i += 1 }
                guard let value = value(at: &i, text) else { return finish(form, start..<end, name, isWhole: false) }
                attributes.append((attribute, value))
            }
        }
        return finish(form, start..<end, name, isWhole: false)
    }

    private mutating func finish(_ form: Form, _ range: Range<Int>, _ name: Range<Int>, isWhole: Bool = true) -> Tag {
        position = range.upperBound
        return Tag(form: form, range: range, name: name, isWhole: isWhole)
    }

    /// A comment, an instruction, a declaration with what stands in its brackets; none of it is looked into.
    private mutating func special(at start: Int, _ text: Span<UInt8>) -> Tag {
        let rest = start..<end
        if text.hasPrefix("<!--", in: rest) { return finish(past: "-->", from: start + 4, start, text) }
        if text.hasPrefix("<?", in: rest) { return finish(past: "?>", from: start + 2, start, text) }
        if text.hasPrefix("<![CDATA[", in: rest) { return finish(past: "]]>", from: start + 9, start, text) }
        var brackets = 0
        var i = start + 2
        while i < end {
            switch text[i] {
            case 0x5B: brackets += 1
            case 0x5D: brackets -= 1
            case 0x3E where brackets <= 0: return finish(.other, start..<i + 1, start..<start)
            default: break
            }
            i += 1
        }
        return finish(.other, start..<end, start..<start, isWhole: false)
    }

    private mutating func finish(
        past close: StaticString, from: Int, _ start: Int, _ text: Span<UInt8>
    ) -> Tag {
        var i = from
        while i < end {
            if text.hasPrefix(close, in: i..<end) {
                return finish(.other, start..<i + close.utf8CodeUnitCount, start..<start)
            }
            i += 1
        }
        return finish(.other, start..<end, start..<start, isWhole: false)
    }

    // MARK: Values

    /// Reads a value and moves past it; `nil` where the text ends first.
    private func value(at i: inout Int, _ text: Span<UInt8>) -> Range<Int>? {
        guard i < end else { return nil }
        let start = i
        guard text[i] == 0x22 || text[i] == 0x27 else {
            while i < end, !Self.isBlank(text[i]), text[i] != 0x3E,
                !(text[i] == 0x2F && i + 1 < end && text[i + 1] == 0x3E)
            { i += 1 }
            return start..<i
        }
        let quote = text[i]
        i += 1
        while i < end {
            let byte = text[i]
            if byte == quote {
                if isClosing(i, text) {
                    i += 1
                    return start + 1..<i - 1
                }
                if let name = attributeName(before: i, text), name > start + 1 {
                    i = name
                    return start + 1..<trimmed(start + 1, name, text)
                }
            } else if byte == 0x3C, isKnownTag(i, text) {
                var close = trimmed(start + 1, i, text)
                if close > start + 1, text[close - 1] == 0x3E {
                    close -= 1
                    if close > start + 1, text[close - 1] == 0x2F { close -= 1 }
                }
                i = close
                return start + 1..<trimmed(start + 1, close, text)
            }
            i += 1
        }
        return nil
    }

    /// Whether the quote at `i` ends its value, that is, whether a tag goes on or ends after it.
    private func isClosing(_ i: Int, _ text: Span<UInt8>) -> Bool {
        // Where no vocabulary tells what to expect, the first quote closes, as the standards say.
        if vocabulary.elements.isEmpty { return true }
        var at = i + 1
        while at < end, Self.isBlank(text[at]) { at += 1 }
        guard at < end else { return true }
        switch text[at] {
        case 0x2F, 0x3E, 0x3F:
            if text[at] != 0x3E { at += 1 }
            guard at < end else { return true }
            guard text[at] == 0x3E else { return false }
            at += 1
            while at < end, Self.isBlank(text[at]) { at += 1 }
            return at == end || text[at] == 0x3C
        default:
            let name = at
            while at < end, Self.isName(text[at]) { at += 1 }
            guard at < end else { return true }
            guard at > name else { return false }
            while at < end, Self.isBlank(text[at]) { at += 1 }
            guard at < end else { return true }
            guard text[at] == 0x3D else { return false }
            at += 1
            while at < end, Self.isBlank(text[at]) { at += 1 }
            return at == end || text[at] == 0x22 || text[at] == 0x27
        }
    }

    /// Where the known attribute name begins whose `=` stands just before the quote at `i`.
    private func attributeName(before i: Int, _ text: Span<UInt8>) -> Int? {
        guard text[i - 1] == 0x3D else { return nil }
        for name in vocabulary.attributes {
            let start = i - 1 - name.utf8CodeUnitCount
            if start > 0, Self.isBlank(text[start - 1]), text.isWord(name, at: start..<i - 1) { return start }
        }
        return nil
    }

    /// Whether one of the known elements begins or ends at `i`.
    private func isKnownTag(_ i: Int, _ text: Span<UInt8>) -> Bool {
        guard i + 1 < end else { return false }
        let isClosing = text[i + 1] == 0x2F
        let rest = i + (isClosing ? 2 : 1)..<end
        for name in vocabulary.elements where text.hasPrefix(name, in: rest) {
            var at = rest.lowerBound + name.utf8CodeUnitCount
            guard at < end else { return true }
            if isClosing { return text[at] == 0x3E }
            guard Self.isBlank(text[at]) else { continue }
            while at < end, Self.isBlank(text[at]) { at += 1 }
            let attribute = at
            while at < end, Self.isName(text[at]) { at += 1 }
            guard at < end, text[at] == 0x3D else { return at == end }
            return vocabulary.attributes.contains { text.isWord($0, at: attribute..<at) }
        }
        return false
    }

    private func trimmed(_ start: Int, _ end: Int, _ text: Span<UInt8>) -> Int {
        var end = end
        while end > start, Self.isBlank(text[end - 1]) { end -= 1 }
        return end
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte >= 0x80
    }

    private static func isName(_ byte: UInt8) -> Bool {
        isNameStart(byte) || (0x30...0x3A).contains(byte) || byte == 0x2D || byte == 0x2E
    }
}

extension Span<UInt8> {
    /// Whether the bytes at `range` are exactly `word`.
    func isWord(_ word: StaticString, at range: Range<Int>) -> Bool {
        range.count == word.utf8CodeUnitCount && hasPrefix(word, in: range)
    }
}

extension Span<UInt8> {
    /// Whether the first byte that is no blank is `<`.
    var beginsWithMarkup: Bool {
        var i = 0
        while i < count, TagScanner.isBlank(self[i]) || self[i] == 0xEF || self[i] == 0xBB || self[i] == 0xBF { i += 1 }
        return i < count && self[i] == 0x3C
    }
}
