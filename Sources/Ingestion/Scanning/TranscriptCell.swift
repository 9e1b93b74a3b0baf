import Transcript

/// A cell that holds a whole chat: a line of time, then `sender：words` on one line or several, again and again.
struct TranscriptCell {
    struct Entry {
        /// From the time to the last line of the words.
        var range: Range<Int>
        var time: HeaderTime
        var sender: Range<Int>
        var said: [Range<Int>]
    }

    private(set) var entries: [Entry] = []

    init(_ cell: Range<Int>, in text: Span<UInt8>) {
        var walk = TextLines(from: cell.lowerBound)
        var time: (line: Range<Int>, time: HeaderTime)?
        while walk.position < cell.upperBound, let line = walk.next(in: text) {
            let range = line.start..<min(line.end, cell.upperBound)
            if let found = Self.time(range, in: text) {
                time = (range, found)
            } else if let open = time {
                guard let colon = Self.colon(range, in: text) else { continue }
                entries.append(
                    Entry(
                        range: open.line.lowerBound..<range.upperBound, time: open.time,
                        sender: text.trimmingBlanks(range.lowerBound..<colon.lowerBound),
                        said: [colon.upperBound..<range.upperBound]))
                time = nil
            } else if !entries.isEmpty, !text.isBlank(range) {
                entries[entries.count - 1].said.append(range)
                entries[entries.count - 1].range = entries[entries.count - 1].range.lowerBound..<range.upperBound
            }
        }
    }

    /// The message of an entry, but for its chat.
    /// - Parameter hasDoubledQuotes: whether `""` stands for a quote.
    func message(
        _ entry: Entry, conversation: String, hasDoubledQuotes: Bool = false, in text: Span<UInt8>, _ options: ReadingOptions
    ) -> Message {
        let said = text.lines(entry.said)
        let sender = WangWangAccount(text.string(entry.sender))
        var message = Message(
            conversation: conversation, location: .unplaced, time: entry.time.timestamp(options),
            timeText: text.string(entry.time.range), sender: sender.name, senderID: sender.longID,
            role: sender.isSystem ? .system : sender.name == conversation ? .buyer : sender.isSubaccount ? .seller : .unknown,
            text: hasDoubledQuotes ? said.replacing("\"\"", with: "\"") : said)
        MediaWords.classify(&message)
        return message
    }

    private static func time(_ line: Range<Int>, in text: Span<UInt8>) -> HeaderTime? {
        guard line.count <= 48 else { return nil }
        var scan = DateTimeScanner(text.trimmingBlanks(line))
        guard let time = scan.headerTime([.full, .withoutYear, .none], secondsOptional: true, in: text), scan.isAtEnd else {
            return nil
        }
        return time
    }

    /// The colon after the sender: the first wide one, or else the last narrow one that no sub-account explains.
    private static func colon(_ line: Range<Int>, in text: Span<UInt8>) -> Range<Int>? {
        if let wide = text.firstIndex(of: "：", in: line), wide > line.lowerBound { return wide..<wide + 3 }
        guard let first = text.firstIndex(of: ":", in: line), first > line.lowerBound else { return nil }
        if let second = text.firstIndex(of: ":", in: first + 1..<line.upperBound), second - first <= 48 {
            return second..<second + 1
        }
        return first..<first + 1
    }
}
