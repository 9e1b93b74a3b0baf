import Transcript

/// A saved or exported HTML page whose words are a WangWang or Qianniu chat.
///
/// No page of the old message manager is public, so only its words are relied on: they are read as the text forms are.
/// - `conversation`, `sender`: as in `wangwang-txt` and `qianniu-copy`.
/// - record: from the tag that opens the header's line to the last tag that closes the body's.
enum WangWangPage: ChatFormat {
    static let id = "wangwang-html"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        guard looksLikePage(sample) else { return nil }
        let page = FlattenedPage(0..<sample.count, in: sample)
        return form(of: page).map { 82 + $0.confidence / 20 }
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let page = FlattenedPage(0..<text.count, in: text)
        let form = form(of: page)?.format ?? WangWangText.self
        guard let flat = try? DecodedText(FileBytes(page.bytes), encoding: .utf8) else { return }
        var messages: [Message] = []
        var inner = RecordSink(file: "", text: flat) { messages.append($0) }
        flat.withSpan { form.read($0, options: options, into: &inner) }
        inner.finish()

        let notes = inner.diagnostics.map { note in
            (note: note, place: page.lines.isEmpty ? nil : note.line.map { page.lines[min(max(0, $0 - 1), page.lines.count - 1)].markup.lowerBound })
        }
        var told = 0
        for message in messages {
            let range = page.markup(of: message.location.offset..<message.location.offset + message.location.length)
            while told < notes.count, let place = notes[told].place, place <= range.lowerBound {
                sink.warn(at: place, code: notes[told].note.code, notes[told].note.message)
                told += 1
            }
            sink.structure(before: range.lowerBound)
            sink.message(message, at: range)
        }
        for (note, place) in notes[told...] {
            if let place {
                sink.warn(at: place, code: note.code, note.message)
            } else {
                sink.warnFile(note.severity, code: note.code, note.message)
            }
        }
        sink.structure(before: text.count)
    }

    /// Whether the text is markup from its first character on: words between angle brackets may stand in any chat.
    private static func looksLikePage(_ sample: Span<UInt8>) -> Bool {
        let start = sample.trimmingBlanks(0..<min(sample.count, 1 << 10)).lowerBound
        var scanner = TagScanner(start..<sample.count)
        var isFirst = true
        var left = 64
        while left > 0, let tag = scanner.next(in: sample) {
            if isFirst, sample.trimmingLines(start..<tag.range.lowerBound).count > 0 { return false }
            isFirst = false
            left -= 1
            let name = sample.string(tag.name).lowercased()
            if ["html", "body", "div", "p", "br", "table", "span", "font", "ul", "li", "center"].contains(name) { return true }
        }
        return false
    }

    /// The text form that the page's words have.
    private static func form(of page: FlattenedPage) -> (format: any ChatFormat.Type, confidence: Int)? {
        let forms: [any ChatFormat.Type] = [WangWangText.self, QianniuCopy.self]
        let bytes = page.bytes
        var best: (format: any ChatFormat.Type, confidence: Int)?
        for form in forms {
            if let confidence = form.confidence(bytes.span), confidence >= 40, confidence > best?.confidence ?? 0 {
                best = (form, confidence)
            }
        }
        return best
    }
}
