import Transcript

/// The Markdown files of QQRootFastDecrypt's `export_chats.py`: `# 2025-06-28`, `### 名字`, `* 21:00:00 文本`, and below
/// an answer the quotation as `  > …`.
///
/// - `conversation`, `sender`, `text`: as in its text files; the quotation, with its mark, is the text's last line.
/// - record: the line that begins with `*`, and the quotation.
enum QQRootMarkdown: ChatFormat {
    static let id = "qqroot-md"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var lines = TextLines()
        var hasDate = false
        var hasName = false
        var said = 0
        while let line = lines.next(in: sample) {
            if day(line.range, in: sample) != nil { hasDate = true }
            if hasDate, sample.hasPrefix("### ", in: line.range) { hasName = true }
            if hasName, entry(line.range, in: sample) != nil { said += 1 }
        }
        return said == 0 ? nil : said >= 2 ? 95 : 60
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var lines = TextLines()
        var open = OpenRecord()
        var date: CalendarDate?
        var speaker: (sender: String, receiver: String?)?
        var followsEntry = false
        while !sink.isCalledOff, let line = lines.next(in: text) {
            if let day = day(line.range, in: text) {
                open.close(separators: nil, text, into: &sink, finish: QQRootFile.finish)
                (date, speaker) = (day, nil)
                sink.structure(line.range)
            } else if date != nil, text.hasPrefix("### ", in: line.range) {
                open.close(separators: nil, text, into: &sink, finish: QQRootFile.finish)
                let name = line.start + 4..<line.end
                if let (sender, receiver) = QQRootFile.parties(name, in: text) {
                    speaker = (text.string(sender), text.string(receiver))
                } else {
                    speaker = (text.string(name), nil)
                }
                sink.structure(line.range)
            } else if let speaker, let (time, said) = entry(line.range, in: text) {
                open.close(separators: nil, text, into: &sink, finish: QQRootFile.finish)
                var message = QQRootFile.message(
                    time, sender: speaker.sender, receiver: speaker.receiver, text, options, under: date)
                message.timeText = text.string(time.range)
                open.begin(message, header: line.range, inline: said)
                followsEntry = true
                continue
            } else if open.isOpen {
                // Older versions do not replace line ends.
                let isQuotation = followsEntry && text.hasPrefix("  > ", in: line.range)
                open.append(isQuotation ? line.start + 2..<line.end : line.range)
            } else if QQRootFile.isHead(line.range, in: text) {
                sink.structure(line.range)
            }
            followsEntry = false
        }
        open.close(separators: nil, text, into: &sink, finish: QQRootFile.finish)
    }

    private static func day(_ line: Range<Int>, in text: Span<UInt8>) -> CalendarDate? {
        text.hasPrefix("# ", in: line) ? text.dateLine(in: line.lowerBound + 2..<line.upperBound) : nil
    }

    private static func entry(_ line: Range<Int>, in text: Span<UInt8>) -> (HeaderTime, Range<Int>)? {
        guard text.hasPrefix("* ", in: line) else { return nil }
        var scan = DateTimeScanner(line.lowerBound + 2..<line.upperBound)
        guard let time = scan.headerTime([.none], halfAfter: false, in: text), scan.isAtEnd || scan.take(0x20, in: text)
        else { return nil }
        return (time, scan.position..<line.upperBound)
    }
}
