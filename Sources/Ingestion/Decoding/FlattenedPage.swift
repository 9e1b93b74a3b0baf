/// The words of a saved page as lines of plain text, with the way back to the markup each line came from.
///
/// Blocks and `<br>` end lines, pictures become `[图片]`, references are resolved, scripts and styles are left out. The
/// markup may be damaged in any way; nothing is loaded.
struct FlattenedPage {
    private(set) var bytes: [UInt8] = []
    /// For each line of `bytes`: where it begins there, and the markup it came from.
    private(set) var lines: [(start: Int, markup: Range<Int>)] = []

    private let keepsSpaces: Bool
    private var lineStart = 0
    private var markupStart: Int?
    private var markupEnd = 0
    private var pendingSpace = false

    /// - Parameter keepsSpaces: whether blanks at the ends of a line are text; in pages written by hand they are layout.
    init(_ range: Range<Int>, in text: Span<UInt8>, keepsSpaces: Bool = false) {
        self.keepsSpaces = keepsSpaces
        var scanner = TagScanner(range)
        var before = range.lowerBound
        while let tag = scanner.next(in: text) {
            take(before..<tag.range.lowerBound, text)
            before = take(tag, &scanner, text)
        }
        take(before..<range.upperBound, text)
        breakLine(force: false)
    }

    var string: String {
        var end = bytes.count
        if end > 0, bytes[end - 1] == 0x0A { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// The markup of the lines that a range of `bytes` lies on.
    func markup(of range: Range<Int>) -> Range<Int> {
        let first = max(0, lines.partitioningIndex { $0.start > range.lowerBound } - 1)
        let last = max(first, lines.partitioningIndex { $0.start >= max(range.upperBound, range.lowerBound + 1) } - 1)
        guard first < lines.count, last < lines.count else { return 0..<0 }
        return lines[first].markup.lowerBound..<max(lines[first].markup.upperBound, lines[last].markup.upperBound)
    }

    // MARK: Tags

    /// Takes a tag and returns where the text after it begins.
    private mutating func take(_ tag: TagScanner.Tag, _ scanner: inout TagScanner, _ text: Span<UInt8>) -> Int {
        if scanner.skipRawContent(of: tag, in: text) { return scanner.position }
        let name = Self.lowercased(tag.name, text)
        switch name {
        case "html", "head", "body", "!":
            breakLine(force: false)
            markupStart = nil
        case "br":
            breakLine(force: true)
        case "img":
            begin(at: tag.range.lowerBound)
            flushSpace()
            bytes.append(contentsOf: (alternative(scanner, text) ?? "[图片]").utf8)
            markupEnd = tag.range.upperBound
        case _ where Self.blocks.contains(name):
            if tag.form == .closing {
                if bytes.count > lineStart { markupEnd = tag.range.upperBound }
                breakLine(force: false)
                markupStart = nil
            } else {
                breakLine(force: false)
                begin(at: tag.range.lowerBound)
            }
        case _ where tag.form == .closing:
            if bytes.count > lineStart { markupEnd = tag.range.upperBound }
        case _ where tag.form != .other:
            begin(at: tag.range.lowerBound)
        default:
            break
        }
        return tag.range.upperBound
    }

    private func alternative(_ scanner: TagScanner, _ text: Span<UInt8>) -> String? {
        guard let value = scanner.value("alt", in: text), value.count > 2,
            text[value.lowerBound] == 0x5B || text[value.lowerBound] == 0x2F
        else { return nil }
        return text.unescaped(value)
    }

    private static func lowercased(_ range: Range<Int>, _ text: Span<UInt8>) -> String {
        range.isEmpty ? "!" : text.string(range).lowercased()
    }

    private static let blocks: Set = [
        "div", "p", "tr", "li", "table", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "section",
        "article", "header", "footer", "blockquote", "pre", "tbody", "thead", "td", "th", "center", "form",
    ]

    // MARK: Text

    private mutating func begin(at position: Int) {
        if markupStart == nil { markupStart = position }
    }

    private mutating func flushSpace() {
        if pendingSpace, keepsSpaces || bytes.count > lineStart { bytes.append(0x20) }
        pendingSpace = false
    }

    private mutating func breakLine(force: Bool) {
        pendingSpace = false
        if !keepsSpaces {
            while bytes.count > lineStart, bytes[bytes.count - 1] == 0x20 { bytes.removeLast() }
        }
        guard force || bytes.count > lineStart else { return }
        let start = markupStart ?? markupEnd
        lines.append((lineStart, start..<max(start, markupEnd)))
        bytes.append(0x0A)
        lineStart = bytes.count
        markupStart = nil
    }

    private mutating func take(_ range: Range<Int>, _ text: Span<UInt8>) {
        var i = range.lowerBound
        while i < range.upperBound {
            switch text[i] {
            case 0x09, 0x0A, 0x0D, 0x20:
                let start = i
                var hasBreak = false
                while i < range.upperBound, text[i] == 0x20 || (0x09...0x0D).contains(text[i]) {
                    if text[i] == 0x0A || text[i] == 0x0D { hasBreak = true }
                    i += 1
                }
                if hasBreak || !keepsSpaces && bytes.count == lineStart {
                    // A line end of the markup is layout.
                    if !keepsSpaces || start > range.lowerBound && i < range.upperBound { pendingSpace = true }
                } else {
                    flushSpace()
                    begin(at: start)
                    for at in start..<i { bytes.append(text[at]) }
                    markupEnd = i
                }
            case 0x26:
                let end = referenceEnd(i, range.upperBound, text)
                flushSpace()
                begin(at: i)
                let resolved = text.unescaped(i..<end)
                bytes.append(contentsOf: (resolved == "\u{A0}" ? " " : resolved).utf8)
                i = end
                markupEnd = i
            case 0xEF where bytes.count == lineStart && text.hasPrefix("\u{FEFF}", in: i..<range.upperBound):
                i += 3
            default:
                flushSpace()
                begin(at: i)
                bytes.append(text[i])
                i += 1
                markupEnd = i
            }
        }
    }

    /// The end of a reference that begins at `i`, or of two that may be the halves of one character.
    private func referenceEnd(_ i: Int, _ limit: Int, _ text: Span<UInt8>) -> Int {
        var end = i + 1
        while end < limit, end - i < 12, text[end] != 0x3B, text[end] > 0x20, text[end] < 0x80 { end += 1 }
        guard end < limit, text[end] == 0x3B else { return i + 1 }
        end += 1
        guard text.hasPrefix("&#", in: i..<limit), text.hasPrefix("&#", in: end..<limit) else { return end }
        var second = end + 2
        while second < limit, second - end < 12, text[second] != 0x3B, text[second] > 0x20, text[second] < 0x80 {
            second += 1
        }
        guard second < limit, text[second] == 0x3B else { return end }
        let first = text.unescaped(i..<end)
        return first == "\u{FFFD}" ? second + 1 : end
    }
}
