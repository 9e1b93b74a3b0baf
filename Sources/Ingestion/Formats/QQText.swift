import Transcript

/// The text file of the QQ client's message manager (消息管理器 → 导出 → 文本文件), before QQNT.
///
/// Versions seen: clients up to 9.7; friend, group and discussion chats, one or several in a file.
/// - `conversation`: 消息对象 of the section. A file whose head was cut off has one conversation without a name.
/// - `sender`, `sender_id`: the name and, in groups, the number or e-mail account in brackets. Friend chats name no account.
/// - record: from the header's date to the last line of the body.
enum QQText: ChatFormat {
    static let id = "qq-txt"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var lines = TextLines()
        var headers = 0
        var accounts = 0
        var unpadded = 0
        var previousBlank = true
        // Lines that begin like a header, and those below them that do not: a log of a program has no bodies.
        var alike = 0
        var bodies = 0
        // Names set off from the time, or with their words behind them, as others write them.
        var odd = 0
        var previousAlike = false
        let dates = QQHeader.dates(in: sample).forms
        while let line = lines.next(in: sample) {
            if sample.hasPrefix("消息记录（此消息记录为文本格式", in: line.range) { return 100 }
            if QQSectionHead(at: line, in: sample) != nil { return 95 }
            let header = QQHeader(line.range, dates, in: sample)
            let isBlank = sample.isBlank(line.range)
            if header != nil { alike += 1 } else if previousAlike, !isBlank { bodies += 1 }
            previousAlike = header != nil
            if previousBlank, let header {
                headers += 1
                if header.time.hour < 10, !sample.contains(" 0", in: header.time.range) { unpadded += 1 }
                if QQParticipant.hasAccount(header.who, in: sample) { accounts += 1 }
                if !sample.isNameAlone(header.who) { odd += 1 }
            }
            previousBlank = isBlank
        }
        if headers > 0, accounts * 2 > headers { return headers >= 2 ? 80 : 45 }
        if bodies * 2 < alike || odd * 2 > headers { return nil }
        // Without a head or accounts this is also what WeChat exporters write, who pad the hour as QQ does not.
        return unpadded > 0 ? headers >= 2 ? 50 : 30 : headers >= 3 ? 34 : headers > 0 ? 15 : nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var lines = TextLines()
        var others: [String: [Range<Int>]]?
        let dates = QQHeader.dates(in: text)
        if dates.isAmbiguous {
            sink.warnFile(code: "ambiguous-date", "日期里的月和日分不清先后，按“月/日/年”读取；请对照原文件核对。")
        }
        while !sink.isCalledOff, let line = lines.next(in: text) {
            if isBanner(line, in: text) {
                sink.structure(line.range)
            } else if let head = QQSectionHead(at: line, in: text) {
                sink.structure(head.range)
                lines = TextLines(from: head.next)
                guard head.isWhole else { break }
                let content = head.next..<end(from: head.next, in: text)
                if head.isRecent, others == nil { others = sections(in: text) }
                if head.isRecent, let same = others?[head.object], repeats(content, same, in: text) {
                    sink.structure(content)
                    sink.warnFile(code: "duplicate-section", "“\(head.group)”里的“\(head.object)”与另一组的内容相同，只读取一次。")
                } else {
                    QQSection(head.object, content, text, options, dates: dates.forms).read(text, into: &sink)
                }
                lines = TextLines(from: content.upperBound)
            } else if !text.isBlank(line.range) {
                // The head was cut off.
                let content = line.start..<end(from: line.start, in: text)
                QQSection("", content, text, options, dates: dates.forms).read(text, into: &sink)
                lines = TextLines(from: content.upperBound)
            }
        }
        if text.hasPrefix("消息记录（", in: TextLines.firstContent(of: text)..<text.count), !endsWithBlankLine(text) {
            sink.warnFile(code: "truncated", "文件没有以空行结尾，最后一条可能不完整；请对照原文件核对。")
        }
    }

    /// Whether the file ends as the client ends it, with a blank line after the last message.
    private static func endsWithBlankLine(_ text: Span<UInt8>) -> Bool {
        var lines = TextLines(from: text.trimmingLines(0..<text.count).upperBound)
        _ = lines.next(in: text)
        return lines.next(in: text) != nil
    }

    /// The first line of a file, which may also stand in the middle of one where files were joined: a head follows it.
    private static func isBanner(_ line: TextLines.Line, in text: Span<UInt8>) -> Bool {
        guard text.hasPrefix("消息记录", in: line.range) else { return false }
        var lines = TextLines(from: line.next)
        while let next = lines.next(in: text) {
            if !text.isBlank(next.range) { return QQSectionHead(at: next, in: text) != nil }
        }
        return line.start <= 3
    }

    /// Where the section ends that begins at `start`: at the next head or banner.
    private static func end(from start: Int, in text: Span<UInt8>) -> Int {
        var lines = TextLines(from: start)
        while let line = lines.next(in: text) {
            if !line.isEmpty, text[line.start] == 0x3D, QQSectionHead(at: line, in: text) != nil { return line.start }
            if isBanner(line, in: text) { return line.start }
        }
        return text.count
    }

    /// Whether one of the sections of the same name has the same content.
    private static func repeats(_ content: Range<Int>, _ others: [Range<Int>], in text: Span<UInt8>) -> Bool {
        let trimmed = text.trimmingLines(content)
        return others.contains { other in
            let other = text.trimmingLines(other)
            guard other.count == trimmed.count else { return false }
            for i in 0..<other.count where text[other.lowerBound + i] != text[trimmed.lowerBound + i] { return false }
            return true
        }
    }

    /// The contents of the sections under 我的好友 and the like, by 消息对象.
    private static func sections(in text: Span<UInt8>) -> [String: [Range<Int>]] {
        var sections: [String: [Range<Int>]] = [:]
        var open: (object: String, start: Int)?
        var lines = TextLines()
        while let line = lines.next(in: text) {
            guard !line.isEmpty, text[line.start] == 0x3D, let head = QQSectionHead(at: line, in: text) else {
                continue
            }
            if let open { sections[open.object, default: []].append(open.start..<line.start) }
            open = head.isRecent ? nil : (head.object, head.next)
            lines = TextLines(from: head.next)
        }
        if let open { sections[open.object, default: []].append(open.start..<text.count) }
        return sections
    }
}

/// The five lines that begin a section: rule, 消息分组, rule, 消息对象, rule.
struct QQSectionHead {
    var group = ""
    var object = ""
    var range: Range<Int>
    var next: Int
    /// The file ends inside the head where this is false.
    var isWhole = true

    /// The group of chats that stand in another one too.
    var isRecent: Bool { group.hasPrefix("最近联系人") }

    init?(at first: TextLines.Line, in text: Span<UInt8>) {
        guard Self.isRule(first.range, text) else { return nil }
        range = first.range
        next = first.next
        var walk = TextLines(from: first.next)
        for expected in [Self.groupKey, nil, Self.objectKey, nil] {
            guard let line = walk.next(in: text) else {
                isWhole = false
                return
            }
            if let expected {
                guard let value = Self.value(expected, line.range, text) else { return nil }
                if expected == Self.groupKey { group = value } else { object = value }
            } else if !Self.isRule(line.range, text) {
                guard line.next == text.count, line.end == text.count, Self.isShortRule(line.range, text) else {
                    return nil
                }
                isWhole = false
            }
            range = first.start..<line.end
            next = line.next
        }
    }

    private static let groupKey = "消息分组"
    private static let objectKey = "消息对象"

    private static func isRule(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
        let trimmed = text.trimmingBlanks(range)
        return (40...80).contains(trimmed.count) && isShortRule(trimmed, text)
    }

    private static func isShortRule(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
        for i in range where text[i] != 0x3D { return false }
        return true
    }

    private static func value(_ key: String, _ range: Range<Int>, _ text: Span<UInt8>) -> String? {
        guard range.count < 1 << 12 else { return nil }
        let line = text.string(range)
        guard line.hasPrefix(key), let mark = line.dropFirst(key.count).first, mark == ":" || mark == "：" else {
            return nil
        }
        return String(line.dropFirst(key.count + 1))
    }
}

/// `2012-12-31 9:05:06 【管理员】名字(12345678)`
struct QQHeader {
    var time: HeaderTime
    var who: Range<Int>
    /// Whether the words after the time may be PM as well as begin a name.
    var mayBeHalved = false
    private let range: Range<Int>
    private let dates: DateTimeScanner.DateForms

    /// - Parameter dates: how the file writes its days.
    init?(_ range: Range<Int>, _ dates: DateTimeScanner.DateForms, in text: Span<UInt8>) {
        guard range.count >= 16, range.count <= 1 << 10, (0x30...0x39).contains(text[range.lowerBound]) else { return nil }
        var plain = DateTimeScanner(range)
        let plainTime = dates.contains(.full) ? plain.plainTime(in: text) : nil
        guard let time = plainTime ?? plain.headerTime(dates, halfAfter: false, in: text), let who = Self.who(after: plain, in: text)
        else { return nil }
        self.range = range
        self.dates = dates
        self.time = time
        self.who = who
        mayBeHalved = DateTimeScanner(text.trimmingBlanks(who)).isAtDayHalf(in: text)
    }

    /// The same on a clock of twelve hours; `nil` where the words after the time are no part of it.
    func halved(in text: Span<UInt8>) -> (time: HeaderTime, who: Range<Int>)? {
        guard mayBeHalved else { return nil }
        var scan = DateTimeScanner(range)
        guard let time = scan.headerTime(dates, in: text), scan.position > self.time.range.upperBound,
            let who = Self.who(after: scan, in: text)
        else { return nil }
        return (time, who)
    }

    /// How a file writes its days, told by the first header that leaves no choice: the year first, or, as Windows may be
    /// set, last, and then the month or the day first.
    static func dates(in text: Span<UInt8>) -> (forms: DateTimeScanner.DateForms, isAmbiguous: Bool) {
        var lines = TextLines()
        var isAmbiguous = false
        var left = 20_000
        while left > 0, let line = lines.next(in: text) {
            left -= 1
            if !isAmbiguous, QQHeader(line.range, .full, in: text) != nil { return (.full, false) }
            if QQHeader(line.range, .monthFirst, in: text) ?? QQHeader(line.range, .dayFirst, in: text) == nil { continue }
            var scan = DateTimeScanner(line.range)
            guard let date = scan.yearLastDate(in: text) else { continue }
            if date.first > 12 { return (.dayFirst, false) }
            if date.second > 12 { return (.monthFirst, false) }
            isAmbiguous = true
        }
        return (isAmbiguous ? .monthFirst : .full, isAmbiguous)
    }

    /// A bare time and a blank is a body line, not a header without a name.
    private static func who(after scan: DateTimeScanner, in text: Span<UInt8>) -> Range<Int>? {
        guard scan.position < scan.end else { return nil }
        let width = text.blankWidth(at: scan.position, before: scan.end)
        let who = scan.position + width..<scan.end
        return width == 0 || text.isBlank(who) ? nil : who
    }
}
