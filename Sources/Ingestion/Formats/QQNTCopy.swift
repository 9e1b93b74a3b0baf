import Transcript

/// Text copied from the message manager of QQNT: `nick: 08-20 20:31:50`, the text below, a blank line.
///
/// A time of the current year names no year, and the file does not tell which year that was: it is unknown unless the
/// user gives it.
/// - `conversation`: not named.
/// - `sender`: the nick; no account is given.
/// - record: from the nick to the last line of the body.
enum QQNTCopy: ChatFormat {
    static let id = "qqnt-copy"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        let survey = BoundarySurvey(sample) { line, text, _ in time(line, in: text) != nil }
        return survey.headers >= 3 ? 85 : survey.headers == 2 ? 65 : survey.headers == 1 ? 40 : nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        HeaderedText(usesDateLines: false).read(text, options, into: &sink) { line, text in
            guard let (name, time) = time(line.range, in: text) else { return nil }
            let sender = text.string(name)
            return HeaderedText.Header(
                sender: sender, role: sender == "系统消息" ? .system : .unknown, time: time, range: line.range,
                next: line.next)
        }
    }

    private static func time(_ line: Range<Int>, in text: Span<UInt8>) -> (name: Range<Int>, time: HeaderTime)? {
        guard line.count < 512, let time = text.trailingTime([.full, .withoutYear], in: line) else {
            return nil
        }
        let before = line.lowerBound..<time.range.lowerBound
        var end = before.upperBound
        while end > before.lowerBound, text[end - 1] == 0x20 { end -= 1 }
        guard end < before.upperBound, end - 1 > before.lowerBound, text[end - 1] == 0x3A else { return nil }
        let name = before.lowerBound..<end - 1
        guard !text.isBlank(name) else { return nil }
        // The colon before the time is the program's; those before that are the name's.
        var words = text.trimmingBlanks(name)
        while case let shorter = text.trimmingColon(words), shorter != words { words = shorter }
        return words.isEmpty || text.looksLikeName(words, mayEndWithDay: time.hasDate) ? (name, time) : nil
    }
}
