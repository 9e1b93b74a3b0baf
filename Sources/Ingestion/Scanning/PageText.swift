import Transcript

/// Reads a saved page by its words, as one of the text formats, and finds the markup of every record again.
enum PageText {
    static func read(
        _ page: FlattenedPage, of text: Span<UInt8>, as format: any ChatFormat.Type, _ options: ReadingOptions,
        into sink: inout RecordSink
    ) {
        guard let flat = try? DecodedText(FileBytes(page.bytes), encoding: .utf8) else { return }
        var messages: [Message] = []
        var inner = RecordSink(file: "", text: flat, calledOff: sink.calledOff) { messages.append($0.with(text: $1, timeText: $2)) }
        flat.withSpan { format.read($0, options: options, into: &inner) }
        inner.finish()

        let notes = inner.diagnostics.map { note in
            (
                note: note,
                place: page.lines.isEmpty
                    ? nil : note.line.map { page.lines[min(max(0, $0 - 1), page.lines.count - 1)].markup.lowerBound }
            )
        }
        var told = 0
        for message in messages {
            if sink.isCalledOff { break }
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
    static func isPage(_ sample: Span<UInt8>) -> Bool {
        let start = sample.trimmingBlanks(0..<min(sample.count, 1 << 10)).lowerBound
        var scanner = TagScanner(start..<sample.count)
        var isFirst = true
        var left = 64
        while left > 0, let tag = scanner.next(in: sample) {
            if isFirst, sample.trimmingLines(start..<tag.range.lowerBound).count > 0 { return false }
            isFirst = false
            left -= 1
            let name = sample.string(tag.name).lowercased()
            if ["html", "body", "div", "p", "br", "table", "span", "font", "ul", "li", "center"].contains(name) {
                return true
            }
        }
        return false
    }
}
