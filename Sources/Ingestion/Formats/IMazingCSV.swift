import Transcript

/// The CSV iMazing writes of an iPhone's messages.
///
/// Versions seen: 13 to 16 columns, matched by name; Messages and, with `Sent Date` and no `Service`, WhatsApp.
/// - `conversation`: `Chat Session`.
/// - `sender`, `sender_id`: `Sender Name`, or else the id; `Sender ID` without separators and +86. The owner is not named.
/// - `role`: `Type`: `Incoming` is the buyer, `Outgoing` the seller, `Notification` the system.
/// - record: the row.
enum IMazingCSV: ChatFormat {
    static let id = "imazing-csv"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        header(sample) == nil ? nil : 100
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        guard let (range, start, index, delimiter) = header(text) else { return }
        sink.structure(before: range.lowerBound)
        sink.structure(range)
        var rows = DelimitedScanner(delimiter: delimiter, from: start)
        var media = 0
        while !sink.isCalledOff, let row = rows.nextRow(columns: index.count, in: text, &sink) {
            func cell(_ name: String) -> String? {
                guard let column = index[name], let cell = rows.text(column, in: text), !cell.isEmpty else { return nil }
                return cell
            }
            sink.structure(before: row.range.lowerBound)
            guard let textColumn = index["text"], rows.fields.count > textColumn else {
                sink.unparsed(row.range, code: "short-row", "这一行的列数不够，没有内容一列，未计入。")
                continue
            }
            let written = cell("messagedate") ?? cell("sentdate")
            let time = written.flatMap { Timestamp(cell: $0, options: options) }
            if time == nil { sink.warn(at: row.range.lowerBound, code: "bad-time", "这一行的时间读不出来，时间留空。") }
            let role: Message.Role =
                switch cell("type") {
                case "Incoming": .buyer
                case "Outgoing": .seller
                case "Notification": .system
                default: .unknown
                }
            var lines = [cell("subject"), cell("text")].compactMap { $0 }
            var kind: Message.Kind = role == .system ? .system : .text
            if let attachment = cell("attachment") {
                media += 1
                let medium = medium(of: attachment, type: cell("attachmenttype") ?? "")
                if lines.isEmpty { kind = medium }
                lines.append(MediaWords.word(for: medium))
            }
            sink.message(
                Message(
                    conversation: cell("chatsession") ?? "", location: SourceLocation(line: 0, offset: 0, length: 0),
                    time: time, timeText: written, sender: cell("sendername") ?? cell("senderid"),
                    senderID: cell("senderid").map(PhoneNumber.normalized), role: role, kind: kind,
                    text: lines.joined(separator: "\n")),
                at: row.range)
        }
        if media > 0 {
            sink.warnFile(code: "media-not-read", "有 \(media) 条消息带图片、语音等附件，其中的内容没有读取，请人工查看。")
        }
    }

    private static func medium(of name: String, type: String) -> Message.Kind {
        let type = type.lowercased()
        if type.hasPrefix("image") { return .image }
        if type.hasPrefix("audio") { return .voice }
        if type.hasPrefix("video") { return .video }
        switch name.lowercased().split(separator: ".").last ?? "" {
        case "jpg", "jpeg", "png", "gif", "heic", "webp": return .image
        case "amr", "caf", "m4a", "mp3", "wav": return .voice
        case "mov", "mp4", "3gp": return .video
        case "vcf": return .card
        default: return .file
        }
    }

    /// Between the columns stands what the system of the user sets for lists.
    private static func header(_ text: Span<UInt8>) -> (range: Range<Int>, start: Int, index: [String: Int], delimiter: UInt8)? {
        for delimiter in [0x2C, 0x3B, 0x09] as [UInt8] {
            if let (range, start, index) = header(text, delimiter) { return (range, start, index, delimiter) }
        }
        return nil
    }

    private static func header(
        _ text: Span<UInt8>, _ delimiter: UInt8
    ) -> (range: Range<Int>, start: Int, index: [String: Int])? {
        var rows = DelimitedScanner(delimiter: delimiter)
        guard let row = rows.next(in: text), row.range.count < 4_096 else { return nil }
        var index: [String: Int] = [:]
        for (position, name) in rows.texts(in: text).enumerated() { index[TableColumns.fold(name)] = position }
        guard index["chatsession"] != nil, index["text"] != nil, index["messagedate"] ?? index["sentdate"] != nil
        else { return nil }
        return (row.range, rows.position, index)
    }
}
