import Transcript

/// The saved page 聊天记录查询, whose parts are known by their classes.
enum QianniuPage {
    private enum Part {
        case date, time, text, name
    }

    /// A message some of whose parts are read.
    private struct Draft {
        var time: HeaderTime?
        var timeText: String?
        var name: String?
        var text: String?
        var last: Part?
        var range: Range<Int>

        func has(_ part: Part) -> Bool {
            switch part {
            case .time: timeText != nil
            case .name: name != nil
            // Several texts in a row are one message.
            case .text: text != nil && last != .text
            case .date: true
            }
        }
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var scanner = TagScanner(0..<text.count)
        var dates = DateBlock()
        var draft: Draft?
        let buyer = currentBuyer(text)

        while !sink.isCalledOff, let tag = scanner.next(in: text) {
            if scanner.skipRawContent(of: tag, in: text) { continue }
            guard tag.form == .opening, let part = part(scanner, text) else { continue }
            let element = element(from: tag, &scanner, text)
            if part == .date || draft?.has(part) == true {
                if let open = draft { finish(open, buyer, &dates, options, text, &sink) }
                draft = nil
            }
            let content = FlattenedPage(element.content, in: text)
            if part == .date {
                let bytes = content.bytes
                let day = bytes.span.trimmingLines(0..<bytes.count)
                if let date = bytes.span.dateLine(in: day) { dates.begin(date) }
                continue
            }
            var open = draft ?? Draft(range: element.range)
            open.range = open.range.lowerBound..<element.range.upperBound
            open.last = part
            switch part {
            case .time:
                open.timeText = content.string
                let bytes = content.bytes
                var scan = DateTimeScanner(bytes.span.trimmingBlanks(bytes.span.trimmingLines(0..<bytes.count)))
                open.time = scan.headerTime([.full, .none], in: bytes.span)
            case .name: open.name = content.string
            case .text: open.text = open.text.map { $0 + "\n" + content.string } ?? content.string
            case .date: break
            }
            draft = open
        }
        if let open = draft { finish(open, buyer, &dates, options, text, &sink) }
        sink.structure(before: text.count)
    }

    private static func finish(
        _ draft: Draft, _ buyer: String?, _ dates: inout DateBlock, _ options: ReadingOptions, _ text: Span<UInt8>,
        _ sink: inout RecordSink
    ) {
        guard draft.timeText != nil || draft.text != nil else { return }
        sink.structure(before: draft.range.lowerBound)
        let stamp = draft.time.map { dates.resolve($0, options) }
        if stamp?.isNextDay == true {
            sink.warn(at: draft.range.lowerBound, code: "midnight", "时间比上一条早 12 小时以上，按过了零点、日期加一天处理；请核对。")
        }
        let sender = draft.name.map(WangWangAccount.init)
        var message = Message(
            conversation: buyer ?? "", location: .unplaced, time: stamp?.0, timeText: draft.timeText,
            sender: sender?.name, senderID: sender?.longID, role: sender?.isSystem == true ? .system : .unknown,
            text: draft.text ?? "")
        MediaWords.classify(&message)
        sink.message(message, at: draft.range)
    }

    private static func part(_ scanner: TagScanner, _ text: Span<UInt8>) -> Part? {
        guard let value = scanner.value("class", in: text) else { return nil }
        if text.contains("groupTime", in: value) { return .date }
        if text.contains("chatTime", in: value) { return .time }
        if text.contains("chatName", in: value) { return .name }
        return text.contains("chatText", in: value) || text.contains("chatImg", in: value) ? .text : nil
    }

    /// The customer whose chat the page shows.
    private static func currentBuyer(_ text: Span<UInt8>) -> String? {
        var scanner = TagScanner(0..<text.count)
        while let tag = scanner.next(in: text) {
            guard tag.form == .opening, let value = scanner.value("class", in: text),
                text.contains("results-list-active", in: value)
            else { continue }
            let content = FlattenedPage(element(from: tag, &scanner, text).content, in: text).string
            return content.split(separator: "\n").first.map(String.init)
        }
        return nil
    }

    /// An element from its opening tag to the closing one of the same name and depth.
    private static func element(
        from tag: TagScanner.Tag, _ scanner: inout TagScanner, _ text: Span<UInt8>
    ) -> (range: Range<Int>, content: Range<Int>) {
        let name = text.string(tag.name)
        var depth = 1
        var end = tag.range.upperBound
        while let next = scanner.next(in: text) {
            end = next.range.upperBound
            guard text.string(next.name) == name else { continue }
            depth += next.form == .opening ? 1 : next.form == .closing ? -1 : 0
            if depth == 0 { return (tag.range.lowerBound..<end, tag.range.upperBound..<next.range.lowerBound) }
        }
        return (tag.range.lowerBound..<end, tag.range.upperBound..<end)
    }
}
