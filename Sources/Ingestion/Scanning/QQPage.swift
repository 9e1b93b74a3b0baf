import Transcript

/// The rows of the page in a QQ MHT file.
struct QQPage {
    static let maximumPictures = 1 << 20

    /// The places of pictures and faces, and the hashes of their names.
    private(set) var pictureCount = 0
    private(set) var pictures: Set<UInt64> = []
    private let options: ReadingOptions
    private let own: Set<String>
    private var conversation = ""
    private var date: CalendarDate?
    private let dateOrder: DateTimeScanner.DateForms

    /// - Parameter own: the accounts or names of the owner of the file.
    init(_ text: Span<UInt8>, _ options: ReadingOptions, own: Set<String>) {
        self.options = options
        self.own = own
        dateOrder = Self.dateOrder(text)
    }

    mutating func read(_ page: Range<Int>, in text: Span<UInt8>, into sink: inout RecordSink) {
        var position = page.lowerBound
        while !sink.isCalledOff, let row = Row(from: position, in: page, text) {
            position = row.range.upperBound
            guard row.isWhole else {
                sink.structure(before: row.range.lowerBound)
                sink.unparsed(row.range, code: "truncated", "这一行没有结尾，文件可能被截断；这一条没有读取。")
                continue
            }
            switch row.content(text) {
            case .message(let message): take(message, row.range, text, &sink)
            case .line(let line): take(line)
            }
        }
    }

    private mutating func take(_ line: String) {
        if line.hasPrefix("消息对象:") || line.hasPrefix("消息对象：") {
            conversation = String(line.dropFirst(5))
            date = nil
        } else if line.hasPrefix("日期:") || line.hasPrefix("日期：") {
            let bytes = Array(line.dropFirst(3).utf8)
            var scan = DateTimeScanner(bytes.span.trimmingBlanks(0..<bytes.count))
            if let found = scan.date(in: bytes.span) {
                date = CalendarDate(year: found.year, month: found.month, day: found.day)
            } else if let found = scan.yearLastDate(in: bytes.span) {
                let isMonthFirst = dateOrder == .monthFirst
                date = CalendarDate(
                    year: found.year, month: isMonthFirst ? found.first : found.second,
                    day: isMonthFirst ? found.second : found.first)
            } else {
                date = nil
            }
        }
    }

    private mutating func take(_ row: Row.Message, _ range: Range<Int>, _ text: Span<UInt8>, _ sink: inout RecordSink) {
        let who = QQParticipant(FlattenedPage(row.name, in: text, keepsSpaces: true).string)
        let body = FlattenedPage(row.body, in: text, keepsSpaces: true)
        note(picturesIn: row.body, text)
        var scan = DateTimeScanner(text.trimmingBlanks(row.time))
        let time = scan.headerTime([.full, .none], in: text)
        let hasName = who.account != nil || !who.name.isEmpty
        var message = Message(
            conversation: conversation, location: .unplaced, time: time?.timestamp(options, under: date),
            timeText: text.unescaped(text.trimmingBlanks(row.time)), sender: hasName ? who.name : nil,
            senderID: who.account, title: who.title, text: body.string)
        if who.isSystem {
            message.role = .system
        } else if !hasName {
            message.role = row.isGreen ? .seller : own.isEmpty ? .unknown : .buyer
        } else if !own.isEmpty {
            message.role = own.contains(who.key) ? .seller : .buyer
        }
        MediaWords.classify(&message)
        sink.structure(before: range.lowerBound)
        sink.message(message, at: range)
    }

    private mutating func note(picturesIn body: Range<Int>, _ text: Span<UInt8>) {
        var scanner = TagScanner(body)
        while let tag = scanner.next(in: text) {
            guard tag.form != .other, text.equals("IMG", tag.name) || text.equals("img", tag.name) else { continue }
            pictureCount += 1
            if let name = scanner.value("src", in: text), pictures.count < Self.maximumPictures {
                pictures.insert(text.fingerprint(name))
            }
        }
    }

    /// Who wrote the green rows: those of the owner. A day's first row may have the wrong colour, so most rows decide.
    static func ownKeys(_ page: Range<Int>, in text: Span<UInt8>) -> Set<String> {
        var counts: [String: (green: Int, blue: Int)] = [:]
        var rows = 0
        var position = page.lowerBound
        while rows < 4_000, let row = Row(from: position, in: page, text) {
            position = row.range.upperBound
            guard row.isWhole, case .message(let message) = row.content(text) else { continue }
            rows += 1
            let who = QQParticipant(FlattenedPage(message.name, in: text, keepsSpaces: true).string)
            guard !who.isSystem, who.account != nil || !who.name.isEmpty else { continue }
            if message.isGreen {
                counts[who.key, default: (0, 0)].green += 1
            } else {
                counts[who.key, default: (0, 0)].blue += 1
            }
        }
        return Set(counts.filter { $0.value.green > $0.value.blue }.keys)
    }

    /// Whether `4/11/2012` names the month first, decided by the first date that leaves no choice.
    private static func dateOrder(_ text: Span<UInt8>) -> DateTimeScanner.DateForms {
        var i = 0
        while i + 8 < text.count {
            guard text[i] == 0xE6, text.hasPrefix("日期:", in: i..<text.count) else {
                i += 1
                continue
            }
            var scan = DateTimeScanner(i + 7..<min(text.count, i + 32))
            scan.skipSpaces(in: text)
            if scan.date(in: text) != nil { return .monthFirst }
            if let date = scan.yearLastDate(in: text) {
                if date.first > 12 { return .dayFirst }
                if date.second > 12 { return .monthFirst }
            }
            i += 7
        }
        return .monthFirst
    }
}

extension QQPage {
    /// One `<tr>`.
    struct Row {
        struct Message {
            var name: Range<Int>
            var time: Range<Int>
            var body: Range<Int>
            var isGreen: Bool
        }

        enum Content {
            case message(Message)
            case line(String)
        }

        var range: Range<Int>
        /// The row has its end; `false` where the text or another row cuts it.
        var isWhole: Bool

        /// The next row at or after a position.
        init?(from position: Int, in page: Range<Int>, _ text: Span<UInt8>) {
            guard let start = text.firstIndex(of: "<tr>", in: position..<page.upperBound) else { return nil }
            var i = start + 4
            while i < page.upperBound {
                if text[i] == 0x3C {
                    if text.hasPrefix("</tr>", in: i..<page.upperBound) {
                        range = start..<i + 5
                        isWhole = true
                        return
                    }
                    if text.hasPrefix("<tr>", in: i..<page.upperBound) { break }
                }
                i += 1
            }
            range = text.trimmingLines(start..<i)
            isWhole = false
        }

        func content(_ text: Span<UInt8>) -> Content {
            message(text).map(Content.message) ?? .line(FlattenedPage(range, in: text).string)
        }

        /// A coloured block holding the name's block and the time, then the body's block.
        private func message(_ text: Span<UInt8>) -> Message? {
            var scanner = TagScanner(range)
            while let tag = scanner.next(in: text) {
                guard tag.form == .opening, text.equals("div", tag.name) else { continue }
                guard let style = scanner.value("style", in: text), text.hasPrefix("color:", in: style) else {
                    return nil
                }
                let isGreen = text.contains("#42B475", in: style) || text.contains("#42b475", in: style)
                guard let inner = scanner.next(in: text), inner.form == .opening, text.equals("div", inner.name),
                    let innerEnd = Self.close(&scanner, text)
                else { return nil }
                let name = inner.range.upperBound..<innerEnd.lowerBound
                guard let headEnd = Self.close(&scanner, text), let block = scanner.next(in: text),
                    block.form == .opening, text.equals("div", block.name)
                else { return nil }
                var end = range.upperBound
                while let next = scanner.next(in: text) {
                    if next.form == .closing, text.equals("div", next.name) { end = next.range.lowerBound }
                }
                return Message(
                    name: name, time: innerEnd.upperBound..<headEnd.lowerBound, body: block.range.upperBound..<end,
                    isGreen: isGreen)
            }
            return nil
        }

        private static func close(_ scanner: inout TagScanner, _ text: Span<UInt8>) -> Range<Int>? {
            while let tag = scanner.next(in: text) {
                if tag.form == .closing, text.equals("div", tag.name) { return tag.range }
            }
            return nil
        }
    }
}
