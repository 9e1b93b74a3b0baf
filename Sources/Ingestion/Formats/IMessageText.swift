import Transcript

/// The text files of imessage-exporter.
///
/// Each message is a line of time, a line of sender, the body, and lines of reactions. A reply is printed twice, once
/// indented below the message it answers; only the other copy, at its own time, is read.
/// - `conversation`: not named; the program writes one file a chat.
/// - `sender`: the contact or number; Me is the owner, who is not named.
/// - record: from the time to the last line of the body.
enum IMessageText: ChatFormat {
    static let id = "imessage-txt"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var walk = TextLines()
        var headers = 0
        while let line = walk.next(in: sample) { if Header(line, in: sample) != nil { headers += 1 } }
        return headers >= 2 ? 90 : headers == 1 ? 70 : nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var walk = TextLines()
        while !sink.isCalledOff, let line = walk.next(in: text) {
            if let header = Header(line, in: text) {
                walk = TextLines(from: read(header, options, text, into: &sink))
            } else if text.hasPrefix("    ", in: line.range) || text.hasPrefix("\t", in: line.range) {
                // The other copy of a reply.
                sink.structure(line.range)
            }
        }
    }

    /// Reads one message and returns where the text goes on.
    private static func read(
        _ header: Header, _ options: ReadingOptions, _ text: Span<UInt8>, into sink: inout RecordSink
    ) -> Int {
        var message = Message(
            conversation: "", location: .unplaced, time: header.time.timestamp(options),
            timeText: text.string(header.time.range), text: "")
        if let announcement = header.announcement {
            message.role = .system
            message.kind = .system
            message.text = text.string(announcement)
            sink.message(message, at: header.line.range)
            return header.line.next
        }
        var walk = TextLines(from: header.line.next)
        guard let sender = walk.next(in: text), !text.isBlank(sender.range) else {
            sink.unparsed(header.line.range, code: "truncated", "这里只有时间，没有发送人和内容，文件可能不完整。")
            return header.line.next
        }
        if text.equals("Me", sender.range) {
            message.role = .seller
        } else {
            let name = text.string(sender.range)
            message.sender = name
            if name.contains("@")
                || PhoneNumber.normalized(name).utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
            {
                message.senderID = PhoneNumber.normalized(name)
            }
        }
        var body: [Range<Int>] = []
        var structure: [Range<Int>] = []
        var next = sender.next
        var inReactions = false
        while let line = walk.next(in: text) {
            if Header(line, in: text) != nil { break }
            if text.equals("Reactions:", line.range) { inReactions = true }
            // A reaction stays in the record's place; a reply below is another record's copy.
            let isReply = text.hasPrefix("    ", in: line.range) && Self.beginsReply(line, in: text)
            if isReply { break }
            if text.equals("This message responded to an earlier message.", line.range) || inReactions {
                if text.isBlank(line.range) { inReactions = false }
                structure.append(line.range)
            } else {
                body.append(line.range)
            }
            next = line.next
        }
        while let last = body.last, text.isBlank(last) { body.removeLast() }
        message.text = text.lines(body)
        if message.text == "This message was deleted from the conversation!" { message.kind = .recall }
        let end = body.last?.upperBound ?? sender.end
        sink.message(message, at: header.line.start..<end)
        for line in structure where line.lowerBound >= end { sink.structure(line) }
        return next
    }

    private static func beginsReply(_ line: TextLines.Line, in text: Span<UInt8>) -> Bool {
        let trimmed = text.trimmingBlanks(line.range)
        return Header(TextLines.Line(start: trimmed.lowerBound, end: trimmed.upperBound, next: line.next), in: text)
            != nil
    }

    /// `May 17, 2022  5:29:42 PM`, perhaps with when it was read, or with an announcement.
    private struct Header {
        var line: TextLines.Line
        var time: HeaderTime
        var announcement: Range<Int>?

        init?(_ line: TextLines.Line, in text: Span<UInt8>) {
            guard line.range.count >= 20, line.range.count < 1 << 10, (0x41...0x53).contains(text[line.start]) else {
                return nil
            }
            var scan = DateTimeScanner(line.range)
            guard let month = Self.month(&scan, text), scan.take(0x20, in: text),
                let day = scan.number(1...2, in: text), scan.take(0x2C, in: text), scan.skipSpaces(in: text) > 0,
                let year = scan.number(4...4, in: text), scan.skipSpaces(in: text) > 0,
                let clock = scan.clock(secondsOptional: false, in: text)
            else { return nil }
            self.line = line
            time = HeaderTime(
                year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second,
                range: line.start..<scan.position)
            let rest = text.trimmingBlanks(scan.position..<line.end)
            if rest.isEmpty || text[rest.lowerBound] == 0x28 { return }
            announcement = rest
        }

        private static func month(_ scan: inout DateTimeScanner, _ text: Span<UInt8>) -> Int? {
            let names: [StaticString] = [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            ]
            for (index, name) in names.enumerated() where scan.take(name, in: text) { return index + 1 }
            return nil
        }
    }
}
