/// Walks JSON values in place, from left to right, and tells the exact bytes of each.
///
/// Nothing is built: a caller steps into objects and arrays it knows, takes the ranges of the values it wants and skips
/// the rest, so a document of any size needs no memory. The grammar is that of RFC 8259, except that control characters
/// inside strings, which exporters write raw, are let through.
///
///     var json = JSONScanner(line)
///     guard json.enterObject(in: text) else { … }
///     while let key = json.nextKey(in: text) {
///         if text.isJSONString("id", at: key) { id = json.skipValue(in: text) } else { json.skipValue(in: text) }
///     }
///     if let problem = json.problem { … }
public struct JSONScanner {
    public enum Kind: Sendable {
        case object, array, string, number, boolean, null
    }

    /// Why a walk ended before the end of a value.
    public enum Problem: Equatable, Sendable {
        /// The text ends inside a value.
        case truncated
        /// The byte at the position cannot stand there.
        case malformed
        /// Values are nested deeper than `maximumDepth`.
        case tooDeep
    }

    /// Values nested deeper are a bomb, not a chat.
    public static let maximumDepth = 128

    /// The next byte to look at; after a problem, the byte that caused it.
    public private(set) var position: Int
    public let end: Int
    /// What stopped the walk; once set, every call fails.
    public private(set) var problem: Problem?
    /// Whether a value of the innermost container was just passed, so that a comma must follow.
    private var hasPassedValue = false

    public init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    /// The kind of the value that begins here, judged by its first byte.
    public mutating func kind(in text: Span<UInt8>) -> Kind? {
        skipBlanks(in: text)
        guard problem == nil, position < end else { return nil }
        switch text[position] {
        case 0x7B: return .object
        case 0x5B: return .array
        case 0x22: return .string
        case 0x2D, 0x30...0x39: return .number
        case 0x74, 0x66: return .boolean
        case 0x6E: return .null
        default: return nil
        }
    }

    /// Steps over `{`; `false` where no object begins here.
    public mutating func enterObject(in text: Span<UInt8>) -> Bool { enter(0x7B, in: text) }

    /// Steps over `[`; `false` where no array begins here.
    public mutating func enterArray(in text: Span<UInt8>) -> Bool { enter(0x5B, in: text) }

    /// The next key of the object entered last, quotes included, with the position set to its value; `nil` past `}`.
    public mutating func nextKey(in text: Span<UInt8>) -> Range<Int>? {
        guard step(closing: 0x7D, in: text) else { return nil }
        guard position < end, text[position] == 0x22 else { return fail(text) }
        guard let key = skipString(in: text) else { return nil }
        skipBlanks(in: text)
        guard position < end, text[position] == 0x3A else { return fail(text) }
        position += 1
        skipBlanks(in: text)
        return key
    }

    /// Steps to the next element of the array entered last; `false` past `]`.
    public mutating func nextElement(in text: Span<UInt8>) -> Bool {
        step(closing: 0x5D, in: text)
    }

    /// Steps over the value that begins here, whatever it holds, and returns its bytes.
    @discardableResult
    public mutating func skipValue(in text: Span<UInt8>) -> Range<Int>? {
        skipBlanks(in: text)
        guard problem == nil else { return nil }
        let start = position
        // One bit a level, the innermost lowest: 1 for an object.
        var levels: UInt128 = 0
        var depth = 0
        repeat {
            guard position < end else { return fail(text) }
            switch text[position] {
            case 0x7B, 0x5B:
                guard depth < Self.maximumDepth else {
                    problem = .tooDeep
                    return nil
                }
                levels = levels << 1 | (text[position] == 0x7B ? 1 : 0)
                depth += 1
                position += 1
                hasPassedValue = false
            case 0x22:
                guard skipString(in: text) != nil else { return nil }
                hasPassedValue = true
            default:
                guard skipScalar(in: text) else { return nil }
                hasPassedValue = true
            }
            // To the next value of the innermost container, out of every container that ends here.
            while depth > 0 {
                let isObject = levels & 1 == 1
                if isObject ? nextKey(in: text) != nil : nextElement(in: text) { break }
                guard problem == nil else { return nil }
                levels >>= 1
                depth -= 1
            }
        } while depth > 0
        hasPassedValue = true
        return start..<position
    }

    /// Whether nothing but blanks follows.
    public mutating func isAtEnd(in text: Span<UInt8>) -> Bool {
        skipBlanks(in: text)
        return problem == nil && position >= end
    }

    // MARK: Steps

    private mutating func enter(_ opening: UInt8, in text: Span<UInt8>) -> Bool {
        skipBlanks(in: text)
        guard problem == nil, position < end, text[position] == opening else { return false }
        position += 1
        hasPassedValue = false
        return true
    }

    /// To the next key or element; `false` past the closing bracket or at a problem.
    private mutating func step(closing: UInt8, in text: Span<UInt8>) -> Bool {
        skipBlanks(in: text)
        guard problem == nil else { return false }
        guard position < end else { return fail(text) != nil }
        if text[position] == closing {
            position += 1
            hasPassedValue = true
            return false
        }
        if hasPassedValue {
            guard text[position] == 0x2C else { return fail(text) != nil }
            position += 1
            skipBlanks(in: text)
            guard position < end, text[position] != closing else { return fail(text) != nil }
        }
        return true
    }

    private mutating func skipString(in text: Span<UInt8>) -> Range<Int>? {
        let start = position
        var i = position + 1
        while i < end {
            if text[i] == 0x22 {
                position = i + 1
                return start..<position
            }
            i += text[i] == 0x5C ? 2 : 1
        }
        position = end
        return fail(text)
    }

    private mutating func skipScalar(in text: Span<UInt8>) -> Bool {
        switch text[position] {
        case 0x74: return skipWord("true", in: text)
        case 0x66: return skipWord("false", in: text)
        case 0x6E: return skipWord("null", in: text)
        default: return skipNumber(in: text)
        }
    }

    private mutating func skipWord(_ word: StaticString, in text: Span<UInt8>) -> Bool {
        var matched = 0
        while matched < word.utf8CodeUnitCount, position < end, unsafe text[position] == word.utf8Start[matched] {
            matched += 1
            position += 1
        }
        return matched == word.utf8CodeUnitCount || fail(text) != nil
    }

    private mutating func skipNumber(in text: Span<UInt8>) -> Bool {
        var i = position
        if i < end, text[i] == 0x2D { i += 1 }
        let digits = i
        while i < end, Self.isDigit(text[i]), i == digits || text[digits] != 0x30 { i += 1 }
        guard i > digits, i == end || !Self.isDigit(text[i]) else { return failNumber(at: i, text) }
        if i < end, text[i] == 0x2E {
            i += 1
            let fraction = i
            while i < end, Self.isDigit(text[i]) { i += 1 }
            guard i > fraction else { return failNumber(at: i, text) }
        }
        if i < end, text[i] | 0x20 == 0x65 {
            i += 1
            if i < end, text[i] == 0x2B || text[i] == 0x2D { i += 1 }
            let exponent = i
            while i < end, Self.isDigit(text[i]) { i += 1 }
            guard i > exponent else { return failNumber(at: i, text) }
        }
        position = i
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private mutating func failNumber(at place: Int, _ text: Span<UInt8>) -> Bool {
        position = place
        return fail(text) != nil
    }

    private mutating func fail(_ text: Span<UInt8>) -> Range<Int>? {
        problem = position >= end ? .truncated : .malformed
        return nil
    }

    /// Skips blanks, and byte-order marks, which joined files have in the middle.
    private mutating func skipBlanks(in text: Span<UInt8>) {
        while position < end {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            case 0xEF where text.hasPrefix("\u{FEFF}", in: position..<end): position += 3
            default: return
            }
        }
    }
}
