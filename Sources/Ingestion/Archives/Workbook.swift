/// What the sheets of an XLSX file share: their names and order, the strings, and which styles are dates.
public struct Workbook: Sendable {
    /// A sheet and the part of the archive that holds it.
    struct Sheet: Sendable {
        var name: String
        var part: String
    }

    private(set) var sheets: [Sheet] = []
    private(set) var strings: [String] = []
    /// For each style of a cell whether it shows a number as a date.
    private var isDate: [Bool] = []
    private(set) var uses1904 = false

    init(_ parts: [String: FileBytes]) {
        var targets: [String: String] = [:]
        parts["xl/_rels/workbook.xml.rels"]?.withSpan { text in
            var tags = TagScanner(0..<text.count)
            while let tag = tags.next(in: text) {
                guard text.isLocalName("Relationship", at: tag.name), let id = tags.value("Id", in: text),
                    let target = tags.value("Target", in: text)
                else { continue }
                let path = text.unescaped(target)
                targets[text.unescaped(id)] = path.hasPrefix("/") ? String(path.dropFirst()) : "xl/" + path
            }
        }
        parts["xl/workbook.xml"]?.withSpan { text in
            var tags = TagScanner(0..<text.count)
            while let tag = tags.next(in: text) {
                if text.isLocalName("sheet", at: tag.name), let name = tags.value("name", in: text),
                    let id = tags.value("r:id", in: text) ?? tags.value("id", in: text), let part = targets[text.unescaped(id)]
                {
                    sheets.append(Sheet(name: text.unescaped(name), part: part))
                } else if text.isLocalName("workbookPr", at: tag.name), let value = tags.value("date1904", in: text) {
                    uses1904 = text.isWord("1", at: value) || text.isWord("true", at: value)
                }
            }
        }
        // Without the relations the parts themselves tell, in the order of their numbers.
        if sheets.isEmpty {
            let found = parts.keys.filter { $0.hasPrefix("xl/worksheets/") && $0.hasSuffix(".xml") }
            sheets = found.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.map { Sheet(name: "", part: $0) }
        }
        strings = parts["xl/sharedStrings.xml"]?.withSpan(Self.strings) ?? []
        isDate = parts["xl/styles.xml"]?.withSpan(Self.dateStyles) ?? []
    }

    func showsDate(style: Int) -> Bool { isDate.indices.contains(style) && isDate[style] }

    func sheetName(part name: String) -> String {
        sheets.first { name.hasSuffix("!/" + $0.part) }?.name ?? ""
    }

    /// The shared strings: each `si` with its runs joined, without the phonetic ones.
    private static func strings(_ text: Span<UInt8>) -> [String] {
        var strings: [String] = []
        var current: String?
        var isPhonetic = false
        var tags = TagScanner(0..<text.count)
        while let tag = tags.next(in: text) {
            if text.isLocalName("si", at: tag.name) {
                if tag.form == .opening { current = "" }
                if tag.form == .closing || tag.form == .empty {
                    strings.append(current ?? "")
                    current = nil
                }
            } else if text.isLocalName("rPh", at: tag.name) {
                isPhonetic = tag.form == .opening
            } else if text.isLocalName("t", at: tag.name), tag.form == .opening {
                let start = tags.position
                guard let close = tags.next(in: text) else { break }
                if !isPhonetic { current? += text.unescaped(start..<close.range.lowerBound).unescapingControls() }
            }
        }
        return strings
    }

    private static func dateStyles(_ text: Span<UInt8>) -> [Bool] {
        var formats: [Int: Bool] = [:]
        var styles: [Bool] = []
        var isInCells = false
        var tags = TagScanner(0..<text.count)
        while let tag = tags.next(in: text) {
            if text.isLocalName("numFmt", at: tag.name), let id = tags.value("numFmtId", in: text),
                let code = tags.value("formatCode", in: text), let number = Int(text.string(id))
            {
                formats[number] = isDateCode(text.unescaped(code))
            } else if text.isLocalName("cellXfs", at: tag.name) {
                isInCells = tag.form == .opening
            } else if isInCells, text.isLocalName("xf", at: tag.name), tag.form != .closing {
                let id = tags.value("numFmtId", in: text).flatMap { Int(text.string($0)) } ?? 0
                let isBuiltIn = (14...22).contains(id) || (27...36).contains(id) || (45...47).contains(id) || (50...58).contains(id)
                styles.append(formats[id] ?? isBuiltIn)
            }
        }
        return styles
    }

    /// Whether a number format shows a date or a time, outside of quotes and brackets.
    private static func isDateCode(_ code: String) -> Bool {
        var isQuoted = false
        var isBracketed = false
        for character in code.lowercased() {
            switch character {
            case "\"": isQuoted.toggle()
            case "[": isBracketed = true
            case "]": isBracketed = false
            case "y", "d", "h", "s", "年", "月", "日": if !isQuoted && !isBracketed { return true }
            default: continue
            }
        }
        return false
    }
}

extension Span<UInt8> {
    /// Whether an element's name, its prefix aside, is `word`.
    func isLocalName(_ word: StaticString, at range: Range<Int>) -> Bool {
        if isWord(word, at: range) { return true }
        let length = word.utf8CodeUnitCount
        return range.count > length && self[range.upperBound - length - 1] == 0x3A
            && hasPrefix(word, in: range.upperBound - length..<range.upperBound)
    }
}

extension String {
    /// Excel writes a control character as `_x000D_`, which is read back; line ends become `\n`.
    func unescapingControls() -> String {
        guard contains("_x") else { return self }
        let bytes = Array(utf8)
        var out: [UInt8] = []
        var i = 0
        while i < bytes.count {
            if bytes[i] == 0x5F, i + 6 < bytes.count, bytes[i + 1] == 0x78, bytes[i + 6] == 0x5F,
                let value = UInt8(String(decoding: bytes[i + 2...i + 5], as: UTF8.self), radix: 16), value < 0x80
            {
                if value != 0x0D { out.append(value) }
                i += 7
            } else {
                out.append(bytes[i])
                i += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
