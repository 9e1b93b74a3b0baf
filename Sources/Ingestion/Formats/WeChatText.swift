import Transcript

/// Text that tools write from WeChat's database, and copies of its window.
///
/// - MemoTrace (留痕): `2022-12-25 19:33:20 名字`, the body, a blank line; notices stand on the line of the time
///   (version 1) or below it (version 2). Without notices this is also how a QQ friend chat without its head looks.
/// - WechatExporter: a first line `名字 - 微信聊天记录`, then `名字 (2022-12-25 19:33:20):内容`.
/// - chatlog: `名字(wxid) 12-25 19:33:20` or `我 19:33:20`, its times as short as the range asked for.
/// - copies of the window: `名字 2023/09/16 14:51`.
///
/// `conversation`: what WechatExporter's first line names, else nothing. `sender`: the name; 我 is the owner, who is not
/// named. Record: from the header to the last line of the body.
enum WeChatText: ChatFormat {
    static let id = "wechat-txt"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        Dialect(sample)?.confidence
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let form = Dialect(text)?.form ?? .memoTrace
        var reader = HeaderedText(usesDateLines: false)
        switch form {
        case .memoTrace: break
        case .exporter(let name):
            reader.conversation = name
            reader.isFrame = { line, text in Dialect.title(line, in: text) != nil }
        case .chatlog, .window: reader.usesDateLines = true
        }
        reader.read(text, options, into: &sink) { line, text in header(line, form, in: text) }
    }

    private static func header(_ line: TextLines.Line, _ form: Dialect.Form, in text: Span<UInt8>) -> HeaderedText
        .Header?
    {
        guard line.range.count < 1 << 12 || form.isInline else { return nil }
        switch form {
        case .memoTrace: return memoTrace(line, in: text)
        case .exporter: return exporter(line, in: text)
        case .chatlog: return chatlog(line, in: text)
        case .window: return window(line, in: text)
        }
    }

    /// `2022-12-25 19:33:20 名字`; without a name, or with a notice in its place, the program speaks.
    fileprivate static func memoTrace(_ line: TextLines.Line, in text: Span<UInt8>) -> HeaderedText.Header? {
        var scan = DateTimeScanner(line.range)
        guard let time = scan.headerTime([.full], halfAfter: false, in: text) else { return nil }
        var header = HeaderedText.Header(time: time, range: line.range, next: line.next)
        let rest = scan.position..<line.end
        if text.isBlank(rest) {
            // A body may be a time; a notice below it makes it a header.
            var walk = TextLines(from: line.next)
            guard let below = walk.next(in: text), !text.isBlank(below.range) else { return nil }
            header.role = .system
            return header
        }
        guard text[rest.lowerBound] == 0x20 else { return nil }
        let name = rest.lowerBound + 1..<rest.upperBound
        if isNotice(name, in: text) || !hasBody(after: line, in: text) {
            header.role = .system
            header.inline = name
        } else {
            header.sender = text.string(name)
        }
        return header
    }

    /// Whether a body follows, be it an empty one: two blank lines. Every message has one, notices have not.
    private static func hasBody(after line: TextLines.Line, in text: Span<UInt8>) -> Bool {
        var walk = TextLines(from: line.next)
        guard let below = walk.next(in: text) else { return false }
        if !text.isBlank(below.range) { return true }
        guard let second = walk.next(in: text) else { return false }
        return text.isBlank(second.range)
    }

    fileprivate static func isNotice(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
        noticeWords.contains { text.contains($0, in: range) }
            || text.hasPrefix("你已添加了", in: range) || text.hasPrefix("以上是打招呼的内容", in: range)
    }

    private static let noticeWords: [StaticString] = ["撤回了一条消息", "加入了群聊", "移出了群聊", "修改群名为", "拍了拍"]

    /// `名字 (2022-12-25 19:33:20):内容`
    private static func exporter(_ line: TextLines.Line, in text: Span<UInt8>) -> HeaderedText.Header? {
        for (word, length) in [("System Message:" as StaticString, 15), ("系统消息:", 13), ("系统消息：", 15)]
        where text.hasPrefix(word, in: line.range) {
            var header = HeaderedText.Header(role: .system, range: line.range, next: line.next)
            let said = text.trimmingBlanks(line.start + length..<line.end)
            header.inline = said.lowerBound..<line.end
            return header
        }
        var i = line.start
        while i < line.end {
            if text[i] == 0x28, i > line.start, text[i - 1] == 0x20 {
                var scan = DateTimeScanner(i + 1..<line.end)
                if let time = scan.headerTime([.full], in: text), scan.take(0x29, in: text),
                    scan.take(0x3A, in: text) || scan.take("：", in: text)
                {
                    let end = i - 1
                    guard end > line.start else { return nil }
                    return HeaderedText.Header(
                        sender: text.string(line.start..<end), time: time, inline: scan.position..<line.end,
                        range: line.range, next: line.next)
                }
            }
            i += 1
        }
        return nil
    }

    /// `名字(wxid) 12-25 19:33:20`
    fileprivate static func chatlog(_ line: TextLines.Line, in text: Span<UInt8>) -> HeaderedText.Header? {
        guard let time = text.trailingTime([.full, .withoutYear, .none], in: line.range),
            text.hasSuffixBlank(line.start..<time.range.lowerBound)
        else { return nil }
        let name = text.trimmingBlanks(line.start..<time.range.lowerBound)
        var header = HeaderedText.Header(time: time, range: line.range, next: line.next)
        if text.equals("我", name) {
            header.role = .seller
            return header
        }
        if text.equals("系统消息", name) {
            header.role = .system
            header.sender = "系统消息"
            return header
        }
        guard name.count > 2, text[name.upperBound - 1] == 0x29 else { return nil }
        var open = name.upperBound - 2
        while open > name.lowerBound, text[open] != 0x28 { open -= 1 }
        guard text[open] == 0x28, name.upperBound - 1 - open > 5 else { return nil }
        for i in open + 1..<name.upperBound - 1 {
            let byte = text[i]
            guard
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x2D
                    || byte == 0x40
            else { return nil }
        }
        // A number alone is a QQ account.
        guard (open + 1..<name.upperBound - 1).contains(where: { text[$0] >= 0x40 }) else { return nil }
        header.sender = text.string(name.lowerBound..<open)
        header.account = text.string(open + 1..<name.upperBound - 1)
        return header
    }

    /// `名字 2023/09/16 14:51`
    fileprivate static func window(_ line: TextLines.Line, in text: Span<UInt8>) -> HeaderedText.Header? {
        guard let time = text.trailingTime([.full], secondsOptional: true, in: line.range), !time.hasSeconds,
            text.contains("/", in: time.range), text.hasSuffixBlank(line.start..<time.range.lowerBound)
        else { return nil }
        let name = text.trimmingBlanks(line.start..<time.range.lowerBound)
        guard text.looksLikeName(name, mayEndWithDay: time.hasDate), text.isNameAlone(name, before: time) else { return nil }
        return HeaderedText.Header(sender: text.string(name), time: time, range: line.range, next: line.next)
    }
}

/// Which tool wrote a text, seen from its lines.
private struct Dialect {
    enum Form: Equatable {
        case memoTrace, chatlog, window
        case exporter(String)

        /// A header's line holds what is said, so it may be long.
        var isInline: Bool { if case .exporter = self { true } else { false } }
    }

    var form: Form
    var confidence: Int

    init?(_ text: Span<UInt8>) {
        var walk = TextLines()
        var first = true
        var previousBlank = true
        var memo = (headers: 0, named: 0, bare: 0, marks: 0, padded: 0, unpadded: 0, alike: 0, odd: 0)
        // Words with blanks behind a time, nothing below them, that no tool's notice says.
        var said = 0
        var chatlog = 0
        var window = 0
        var lines = 0
        while lines < 20_000, let line = walk.next(in: text) {
            lines += 1
            if first, !text.isBlank(line.range) {
                first = false
                if let name = Self.title(line.range, in: text) {
                    form = .exporter(name)
                    confidence = 97
                    return
                }
            }
            guard line.range.count < 512 else { continue }
            let memoHeader = WeChatText.memoTrace(line, in: text)
            if memoHeader != nil { memo.alike += 1 }
            if previousBlank, let header = memoHeader, let time = header.time {
                memo.headers += 1
                if header.role == .system { memo.marks += 1 } else { memo.named += 1 }
                let rest = time.range.upperBound..<line.end
                if !text.isBlank(rest), !text.isNameAlone(rest.lowerBound + 1..<rest.upperBound) { memo.odd += 1 }
                if let inline = header.inline, !WeChatText.isNotice(inline, in: text), text.holdsBlank(inline) { said += 1 }
                // A time alone on its line: other programs write the name below it.
                if header.role == .system, header.inline == nil { memo.bare += 1 }
                // QQ never pads the hour, these tools always do.
                if time.hour < 10 {
                    if text.contains(" 0", in: time.range) { memo.padded += 1 } else { memo.unpadded += 1 }
                }
            } else if text.hasPrefix("引用:", in: line.range) || text.hasPrefix("            [链接]", in: line.range)
                || text.equals("[表情包]", line.range)
            {
                memo.marks += 1
            }
            if WeChatText.chatlog(line, in: text) != nil { chatlog += 1 }
            if WeChatText.window(line, in: text) != nil { window += 1 }
            previousBlank = text.isBlank(line.range)
        }
        if chatlog >= 2, chatlog * 2 > memo.headers {
            form = .chatlog
            confidence = 83
        } else if window >= 1, window > memo.headers {
            form = .window
            confidence = window >= 2 ? 78 : 48
        } else if memo.headers > 0, memo.headers * 2 >= memo.alike, memo.unpadded == 0, memo.named > 0 || memo.marks > memo.bare,
            // Others set the name off, or write what was said behind it.
            memo.odd * 2 <= memo.headers, said * 2 <= memo.headers
        {
            form = .memoTrace
            confidence =
                memo.marks > 0 && memo.headers >= 2
                ? 62 : memo.padded > 0 ? memo.headers >= 3 ? 38 : 18 : memo.headers >= 3 ? 25 : 10
        } else {
            return nil
        }
    }

    /// The chat's name in WechatExporter's first line.
    static func title(_ line: Range<Int>, in text: Span<UInt8>) -> String? {
        guard line.count < 512 else { return nil }
        let words = text.string(text.trimmingBlanks(line))
        for suffix in [" - 微信聊天记录", " - WeChat Chat History"] where words.hasSuffix(suffix) {
            return String(words.dropLast(suffix.count))
        }
        return nil
    }
}
