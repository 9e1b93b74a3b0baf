import Transcript

/// The text file of QQ Chat Exporter (shuakami/qq-chat-exporter), versions 4 to 6.
///
/// - `conversation`: 聊天名称 of the head.
/// - `sender`, `title`: the name before the colon and the group title in brackets before it; no account is given.
/// - record: from the name, or the number above it, to the last line of the block.
enum QCEText: ChatFormat {
    static let id = "qce-txt"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var walk = TextLines()
        var left = 40
        var isQCE = false
        while left > 0, let line = walk.next(in: sample) {
            left -= 1
            if sample.hasPrefix("[QQChatExporter V", in: line.range) { isQCE = true }
            if sample.contains("QQ聊天记录导出文件", in: line.range) { return 98 }
        }
        if isQCE { return 98 }
        walk = TextLines()
        var blocks = 0
        while let line = walk.next(in: sample) { if Block(at: line, in: sample) != nil { blocks += 1 } }
        return blocks >= 2 ? 86 : blocks == 1 ? 50 : nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var walk = TextLines()
        var conversation = ""
        var announced: Int?
        var count = 0
        while !sink.isCalledOff, let line = walk.next(in: text) {
            if let block = Block(at: line, in: text) {
                sink.message(block.message(conversation, options, text), at: block.range)
                count += 1
                walk = TextLines(from: block.next)
                continue
            }
            if count == 0 {
                if let value = text.value(of: "聊天名称:", in: line.range) { conversation = value }
                if let value = text.value(of: "消息总数:", in: line.range) { announced = Int(value) }
            }
            if isFrame(line.range, in: text) { sink.structure(line.range) }
        }
        if let announced, announced > count {
            sink.warnFile(code: "truncated", "文件说有 \(announced) 条消息，只读到 \(count) 条，文件可能不完整；请重新导出。")
        }
    }

    /// The lines of head and foot.
    private static func isFrame(_ line: Range<Int>, in text: Span<UInt8>) -> Bool {
        if Banner.matches(line, text) || text.hasPrefix("[", in: line) { return true }
        let words = text.string(text.trimmingBlanks(line))
        return words == "导出完成" || words == "QQ聊天记录导出文件"
            || ["聊天名称:", "聊天类型:", "参与人数:", "导出时间:", "消息总数:", "时间范围:", "总计导出"].contains { words.hasPrefix($0) }
    }

    /// One message: a line that ends with a colon, directly followed by 时间.
    private struct Block {
        var name: Range<Int>
        var time: Range<Int>
        var body: [Range<Int>] = []
        var range: Range<Int>
        var next: Int

        init?(at first: TextLines.Line, in text: Span<UInt8>) {
            var line = first
            var walk = TextLines(from: first.next)
            if Self.isNumber(first.range, text), let second = walk.next(in: text) { line = second }
            guard let header = Self.header(line, &walk, in: text) else { return nil }
            (name, time) = header
            range = first.start..<time.upperBound
            next = walk.position
            readBody(text)
        }

        private mutating func readBody(_ text: Span<UInt8>) {
            var walk = TextLines(from: next)
            var lines: [Range<Int>] = []
            var said = false
            var blanks = 0
            while let line = walk.next(in: text) {
                if !said {
                    if text.hasPrefix("类型:", in: line.range) {
                        range = range.lowerBound..<line.end
                        next = line.next
                        continue
                    }
                    guard text.hasPrefix("内容:", in: line.range) else { break }
                    said = true
                    let skip = text.hasPrefix("内容: ", in: line.range) ? 8 : 7
                    lines.append(line.start + skip..<line.end)
                    next = line.next
                    range = range.lowerBound..<line.end
                    continue
                }
                if text.isBlank(line.range) {
                    blanks += 1
                    lines.append(line.range)
                    continue
                }
                if blanks > 0, Self.begins(at: line, in: text) || Self.isFoot(line, in: text) { break }
                blanks = 0
                lines.append(line.range)
                next = line.next
                range = range.lowerBound..<line.end
            }
            while let last = lines.last, lines.count > 1, text.isBlank(last) { lines.removeLast() }
            body = Self.withoutTrailer(lines, text)
        }

        func message(_ conversation: String, _ options: ReadingOptions, _ text: Span<UInt8>) -> Message {
            var sender = text.string(name)
            var title: String?
            if sender.hasPrefix("["), let close = sender.firstIndex(of: "]") {
                let rest = sender[sender.index(after: close)...]
                if rest.hasPrefix(" "), rest.count > 1 {
                    title = String(sender[...close])
                    sender = String(rest.dropFirst())
                }
            }
            let words = text.trimmingBlanks(time)
            var scan = DateTimeScanner(words)
            let moment = scan.headerTime([.full, .withoutYear, .none], in: text)
            var message = Message(
                conversation: conversation, location: .unplaced,
                time: scan.isAtEnd ? moment?.timestamp(options) : nil, timeText: text.string(words), sender: sender,
                title: title, text: text.lines(body))
            MediaWords.classify(&message)
            if message.text == "[系统消息]" || sender == "系统消息" {
                message.role = .system
                message.kind = .system
            }
            return message
        }

        /// What stands at the end of a block and was not said: resources, mentions, the quoted message.
        private static func withoutTrailer(_ lines: [Range<Int>], _ text: Span<UInt8>) -> [Range<Int>] {
            var end = lines.count
            var candidate = end
            while candidate > 1 {
                let line = lines[candidate - 1]
                if text.hasPrefix("  - ", in: line) {
                    candidate -= 1
                } else if text.hasPrefix("资源: ", in: line) || text.hasPrefix("提及: ", in: line)
                    || text.hasPrefix("回复: ", in: line)
                {
                    candidate -= 1
                    end = candidate
                } else {
                    break
                }
            }
            return Array(lines[..<end])
        }

        private static func begins(at line: TextLines.Line, in text: Span<UInt8>) -> Bool {
            var walk = TextLines(from: line.next)
            if isNumber(line.range, text), let second = walk.next(in: text) {
                return header(second, &walk, in: text) != nil
            }
            return header(line, &walk, in: text) != nil
        }

        private static func header(
            _ line: TextLines.Line, _ walk: inout TextLines, in text: Span<UInt8>
        ) -> (Range<Int>, Range<Int>)? {
            guard line.range.count > 1, line.range.count < 1 << 10, text[line.end - 1] == 0x3A,
                let second = walk.next(in: text),
                text.hasPrefix("时间: ", in: second.range)
            else { return nil }
            var rest = walk
            guard let third = rest.next(in: text),
                text.hasPrefix("内容:", in: third.range) || text.hasPrefix("类型:", in: third.range)
            else { return nil }
            return (line.start..<line.end - 1, second.start + 8..<second.end)
        }

        /// `[12]`
        private static func isNumber(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
            guard line.count > 2, line.count < 16, text[line.lowerBound] == 0x5B, text[line.upperBound - 1] == 0x5D
            else {
                return false
            }
            for i in line.lowerBound + 1..<line.upperBound - 1 where !(0x30...0x39).contains(text[i]) { return false }
            return true
        }

        /// The rule above 导出完成.
        private static func isFoot(_ line: TextLines.Line, in text: Span<UInt8>) -> Bool {
            guard Banner.isRule(text.trimmingBlanks(line.range), text) else { return false }
            var walk = TextLines(from: line.next)
            guard let below = walk.next(in: text) else { return true }
            return text.equals("导出完成", text.trimmingBlanks(below.range))
        }
    }
}

extension Span<UInt8> {
    /// What follows `key` at the beginning of a line, blanks left out.
    fileprivate func value(of key: StaticString, in line: Range<Int>) -> String? {
        guard hasPrefix(key, in: line) else { return nil }
        return string(trimmingBlanks(line.lowerBound + key.utf8CodeUnitCount..<line.upperBound))
    }
}
