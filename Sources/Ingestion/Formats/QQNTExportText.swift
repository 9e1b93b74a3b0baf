import Transcript

/// The text files of QQNT_Export (Tealina28/QQNT_Export): a time and 收 or 发, or in groups a name, and below it every
/// element as a line with its kind, `[文本]`, and what it holds.
///
/// - `conversation`: not named; the exporter writes it into the file's name only.
/// - `sender`: in groups the member's name in the chat; in private chats nobody is named.
/// - `role`: 收 is the buyer, 发 the seller; `[提示]` alone is the system's.
/// - `text`: the lines `[文本]` themselves are not text; the marks of other elements are.
/// - record: from the time to the last element's last line.
enum QQNTExportText: ChatFormat {
    static let id = "qqnt-export"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var lines = TextLines()
        var headers = 0
        var marked = 0
        while let line = lines.next(in: sample) {
            guard header(line, in: sample) != nil else { continue }
            headers += 1
            if isMarked(after: line, in: sample) { marked += 1 }
        }
        guard marked > 0, marked * 2 > headers else { return nil }
        return marked >= 2 ? 90 : 60
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var lines = TextLines()
        var open = OpenRecord()
        var kinds: [Range<Int>] = []
        var followsBlank = true

        func close(_ sink: inout RecordSink) {
            let first = kinds.first { !text.equals("[文本]", $0) } ?? kinds.first
            let isNotice = !kinds.isEmpty && kinds.allSatisfy { text.equals("[提示]", $0) }
            open.close(separators: 1, text, into: &sink, finish: { message in
                message.text = Self.withoutMarks(message.text)
                if isNotice { message.role = .system }
                MediaWords.classify(&message)
                if message.kind == .text, let first, !kinds.contains(where: { text.equals("[文本]", $0) }) {
                    message.kind = isNotice ? .system : MediaWords.kind(of: text.string(first))
                }
            })
            kinds.removeAll(keepingCapacity: true)
        }

        while !sink.isCalledOff, let line = lines.next(in: text) {
            if followsBlank, let (time, who) = header(line, in: text), isMarked(after: line, in: text) {
                close(&sink)
                let words = text.string(who)
                let role: Message.Role = words == "收" ? .buyer : words == "发" ? .seller : .unknown
                let isDirection = ["收", "发", "转发", "未知"].contains(words)
                open.begin(
                    Message(
                        conversation: "", location: .unplaced, time: time.timestamp(options),
                        timeText: text.string(time.range), sender: isDirection ? nil : words, role: role, text: ""),
                    header: line.range)
            } else if open.isOpen {
                if isMark(line.range, in: text) { kinds.append(line.range) }
                open.append(line.range)
            }
            followsBlank = text.isBlank(line.range)
        }
        close(&sink)
    }

    /// `2025-01-02 10:20:30 收`
    private static func header(_ line: TextLines.Line, in text: Span<UInt8>) -> (HeaderTime, Range<Int>)? {
        guard (20...512).contains(line.range.count), (0x31...0x32).contains(text[line.start]) else { return nil }
        var scan = DateTimeScanner(line.range)
        guard let time = scan.headerTime([.full], halfAfter: false, in: text), scan.take(0x20, in: text),
            !text.isBlank(scan.position..<line.end)
        else { return nil }
        return (time, scan.position..<line.end)
    }

    private static func isMarked(after line: TextLines.Line, in text: Span<UInt8>) -> Bool {
        var lines = TextLines(from: line.next)
        guard line.next < text.count, let next = lines.next(in: text) else { return false }
        return isMark(next.range, in: text)
    }

    /// A line that says of what kind the element below it is.
    private static func isMark(_ line: Range<Int>, in text: Span<UInt8>) -> Bool {
        guard line.count >= 8, text[line.lowerBound] == 0x5B, line.count <= 400 else { return false }
        if text.hasPrefix("[被引用的消息]", in: line) || text.hasPrefix("[应用消息]", in: line) { return true }
        return marks.contains { text.equals($0, line) }
    }

    private static let marks: [StaticString] = [
        "[文本]", "[图片]", "[文件]", "[语音]", "[视频]", "[表情]", "[提示]", "[红包]", "[通话]", "[动态消息]",
    ]

    private static func withoutMarks(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).filter { $0 != "[文本]" }.joined(separator: "\n")
    }
}
