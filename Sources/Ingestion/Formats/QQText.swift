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
        var previousBlank = true
        while let line = lines.next(in: sample) {
            if sample.hasPrefix("消息记录（此消息记录为文本格式", in: line.range) { return 100 }
            if SectionHead(at: line, in: sample) != nil { return 95 }
            if previousBlank, Header(line.range, in: sample) != nil { headers += 1 }
            previousBlank = sample.isBlank(line.range)
        }
        // Without a head this could also be what WeChat exporters write.
        return headers >= 3 ? 30 : nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let needsBlank = blankLinePrecedesHeaders(text)
        if !needsBlank {
            sink.warnFile(code: "weak-boundary", "文件里消息之间没有空行（可能被另存过），消息的分界只能按时间行判断。")
        }
        var lines = TextLines()
        var conversation = ""
        var open: OpenMessage?
        var previousBlank = true

        while let line = lines.next(in: text) {
            if let head = SectionHead(at: line, in: text) {
                open?.close(conversation, options, text, &sink)
                open = nil
                conversation = head.object
                sink.structure(head.range)
                lines = TextLines(from: head.next)
                previousBlank = true
                continue
            }
            if previousBlank || !needsBlank, let header = Header(line.range, in: text) {
                open?.close(conversation, options, text, &sink)
                open = OpenMessage(header: header, line: line)
            } else if open != nil {
                open?.append(line, text)
            } else if text.hasPrefix("消息记录", in: line.range) || text.isBlank(line.range) {
                sink.structure(line.range)
            }
            previousBlank = text.isBlank(line.range)
        }
        open?.close(conversation, options, text, &sink)
    }

    /// Whether headers follow blank lines, as the client writes them; files that were saved anew may have lost those.
    private static func blankLinePrecedesHeaders(_ text: Span<UInt8>) -> Bool {
        var lines = TextLines()
        var previousBlank = true
        var headers = 0
        var preceded = 0
        while headers < 2_000, let line = lines.next(in: text) {
            if Header(line.range, in: text) != nil {
                headers += 1
                if previousBlank { preceded += 1 }
            }
            previousBlank = text.isBlank(line.range) || text[line.start] == 0x3D
        }
        return headers < 2 || preceded * 10 >= headers * 9 || preceded * 2 > headers && preceded < 10
    }
}

/// The five lines that begin a section: rule, 消息分组, rule, 消息对象, rule.
private struct SectionHead {
    var object: String
    var range: Range<Int>
    var next: Int

    init?(at first: TextLines.Line, in text: Span<UInt8>) {
        guard Self.isRule(first.range, text) else { return nil }
        var walk = TextLines(from: first.next)
        guard let group = walk.next(in: text), Self.value("消息分组", group.range, text) != nil,
            let second = walk.next(in: text), Self.isRule(second.range, text),
            let target = walk.next(in: text), let object = Self.value("消息对象", target.range, text),
            let third = walk.next(in: text), Self.isRule(third.range, text)
        else { return nil }
        self.object = object
        range = first.start..<third.end
        next = third.next
    }

    private static func isRule(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
        guard (40...80).contains(range.count) else { return false }
        for i in range where text[i] != 0x3D { return false }
        return true
    }

    private static func value(_ key: StaticString, _ range: Range<Int>, _ text: Span<UInt8>) -> String? {
        guard text.hasPrefix(key, in: range) else { return nil }
        let after = range.lowerBound + key.utf8CodeUnitCount
        if text.hasPrefix(":", in: after..<range.upperBound) { return text.string(after + 1..<range.upperBound) }
        if text.hasPrefix("：", in: after..<range.upperBound) { return text.string(after + 3..<range.upperBound) }
        return nil
    }
}

/// `2012-12-31 9:05:06 【管理员】名字(12345678)`
private struct Header {
    var date: (year: Int, month: Int, day: Int)
    var clock: DateTimeScanner.Clock
    var time: Range<Int>
    var who: Range<Int>

    init?(_ range: Range<Int>, in text: Span<UInt8>) {
        guard range.count >= 16, (0x31...0x32).contains(text[range.lowerBound]) else { return nil }
        var scan = DateTimeScanner(range)
        guard let date = scan.date(in: text), scan.skipSpaces(in: text) > 0,
            let clock = scan.clock(secondsOptional: false, in: text)
        else { return nil }
        time = range.lowerBound..<scan.position
        guard scan.take(0x20, in: text) else { return nil }
        who = scan.position..<range.upperBound
        // A bare time and a blank is a body line, not a header without a name.
        guard !text.isBlank(who) else { return nil }
        self.date = date
        self.clock = clock
    }
}

/// A message whose body may still go on.
private struct OpenMessage {
    var header: Header
    var start: Int
    /// The end of the header's line.
    var headerEnd: Int
    var bodyStart: Int
    /// The end of the last line that is not blank: blank lines inside a body count only once something follows them.
    var bodyEnd: Int

    init(header: Header, line: TextLines.Line) {
        self.header = header
        start = line.start
        headerEnd = line.end
        bodyStart = line.next
        bodyEnd = line.next
    }

    mutating func append(_ line: TextLines.Line, _ text: Span<UInt8>) {
        if !text.isBlank(line.range) { bodyEnd = line.end }
    }

    func close(
        _ conversation: String, _ options: ReadingOptions, _ text: Span<UInt8>, _ sink: inout RecordSink
    ) {
        let who = Participant(text.string(header.who))
        let body = bodyEnd > bodyStart ? text.body(bodyStart..<bodyEnd) : ""
        let time = Timestamp(
            year: header.date.year, month: header.date.month, day: header.date.day, hour: header.clock.hour,
            minute: header.clock.minute, second: header.clock.second ?? 0, offsetFromUTC: options.offsetFromUTC)
        let isSystem = who.account == "10000" || who.account == "1000000" || who.account == nil && who.name == "系统消息"
        let kind = MediaWords.kind(of: body)
        sink.message(
            Message(
                conversation: conversation, location: SourceLocation(line: 0, offset: 0, length: 0), time: time,
                timeText: text.string(header.time), sender: who.name, senderID: who.account, title: who.title,
                role: isSystem ? .system : .unknown, kind: isSystem && kind == .text ? .system : kind, text: body),
            at: start..<max(headerEnd, bodyEnd > bodyStart ? bodyEnd : headerEnd))
    }
}

/// `【管理员】名字(12345678)` or `名字<a@b.c>`, taken apart from the right.
private struct Participant {
    var title: String?
    var name: String
    var account: String?

    init(_ who: String) {
        name = who
        let trimmed = who.trimmingTrailingSpaces()
        if trimmed.hasSuffix(")"), let bracket = trimmed.lastIndex(of: "(") {
            let digits = trimmed[trimmed.index(after: bracket)...].dropLast()
            if digits.utf8.count >= 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                account = String(digits)
                name = String(trimmed[..<bracket])
            }
        } else if trimmed.hasSuffix(">"), let bracket = trimmed.lastIndex(of: "<") {
            let mail = trimmed[trimmed.index(after: bracket)...].dropLast()
            if mail.contains("@"), !mail.contains(" ") {
                account = String(mail)
                name = String(trimmed[..<bracket])
            }
        }
        guard account != nil else { return }
        var titles = ""
        while name.hasPrefix("【"), let close = name.firstIndex(of: "】") {
            let end = name.index(after: close)
            titles += name[..<end]
            name = String(name[end...])
        }
        if !titles.isEmpty { title = titles }
    }
}
