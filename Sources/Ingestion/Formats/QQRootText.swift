import Transcript

/// The text files of QQRootFastDecrypt's `export_chats.py`: `[2025-06-28 21:00:00] 名字: 文本`, and in its time line of
/// all chats `[2025-06-28 21:00:00] 甲 -> 乙: 文本`.
///
/// - `conversation`: not named; in a time line the two names, in the order of their bytes.
/// - `sender`: the name, remark or number the exporter was set to write. `[系统提示]` is the system's.
/// - `text`: newer versions write a line end as `[%\n%]`, which is undone.
/// - record: from the bracket to the last line.
enum QQRootText: ChatFormat {
    static let id = "qqroot-txt"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var lines = TextLines()
        var headers = 0
        var notices = 0
        var quotes = 0
        var hasHead = false
        while let line = lines.next(in: sample) {
            if QQRootFile.isTitle(line.range, in: sample), headers == 0 { hasHead = true }
            guard let header = Header(line.range, isTimeLine: false, in: sample) else { continue }
            headers += 1
            if sample.equals("[系统提示]", header.name) { notices += 1 }
            if sample.contains("[引用-> [", in: header.said) { quotes += 1 }
        }
        guard headers > 0 else { return nil }
        if hasHead { return 96 }
        // Elsewhere nothing but its own words tells it from other logs of this form, as WhatsApp's.
        if isTimeLine(sample) || notices + quotes > 0 { return headers >= 2 ? 82 : 50 }
        return nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let isTimeLine = isTimeLine(text)
        var lines = TextLines()
        var open = OpenRecord()
        while !sink.isCalledOff, let line = lines.next(in: text) {
            if let header = Header(line.range, isTimeLine: isTimeLine, in: text) {
                open.close(separators: nil, text, into: &sink, finish: QQRootFile.finish)
                open.begin(
                    QQRootFile.message(
                        header.time, sender: text.string(header.name), receiver: header.receiver.map { text.string($0) },
                        text, options),
                    header: line.range, inline: header.said)
            } else if open.isOpen {
                open.append(line.range)
            } else if QQRootFile.isHead(line.range, in: text) {
                sink.structure(line.range)
            }
        }
        open.close(separators: nil, text, into: &sink, finish: QQRootFile.finish)
    }

    /// Whether the names of those who are spoken to stand in the headers.
    private static func isTimeLine(_ text: Span<UInt8>) -> Bool {
        var lines = TextLines()
        var headers = 0
        var arrows = 0
        while headers < 4_000, let line = lines.next(in: text) {
            guard let header = Header(line.range, isTimeLine: false, in: text) else { continue }
            headers += 1
            if header.receiver != nil || text.equals("[系统提示]", header.name) { arrows += 1 }
        }
        return headers >= 2 && arrows * 2 > headers
    }

    private struct Header {
        var time: HeaderTime
        var name: Range<Int>
        var receiver: Range<Int>?
        var said: Range<Int>

        init?(_ line: Range<Int>, isTimeLine: Bool, in text: Span<UInt8>) {
            guard line.count >= 24, text[line.lowerBound] == 0x5B else { return nil }
            var scan = DateTimeScanner(line.lowerBound + 1..<line.upperBound)
            guard let time = scan.headerTime([.full], halfAfter: false, in: text), scan.take(0x5D, in: text),
                scan.take(0x20, in: text)
            else { return nil }
            // The first colon with a blank behind it, in a time line behind the arrow; a name may hold others.
            var i = scan.position
            let end = min(line.upperBound, i + 256)
            if isTimeLine, let (_, receiver) = QQRootFile.parties(i..<end, in: text) { i = receiver.lowerBound }
            while i < end, !text.hasPrefix(": ", in: i..<line.upperBound),
                !(text[i] == 0x3A && i + 1 == line.upperBound)
            { i += 1 }
            guard i < end, i > scan.position else { return nil }
            self.time = time
            name = scan.position..<i
            said = min(i + 2, line.upperBound)..<line.upperBound
            if let (sender, receiver) = QQRootFile.parties(name, in: text) { (name, self.receiver) = (sender, receiver) }
        }
    }
}
