import Transcript

/// The XML of Android's message backups.
///
/// Versions seen: SMS Backup & Restore (`smses`, with `mms`), Silence, TextSecure and Signal's plain text (`smses`, every
/// Chinese punctuation mark a reference), Super Backup 超级备份 (`allsms`). Calls are not messages and are skipped.
/// - `conversation`: the other side's number, without separators and +86; the numbers of a group joined by `~`.
/// - `sender`, `sender_id`: for what was received the contact's name, or else the number as written; and the number. The
///   owner of the phone is not named.
/// - `role`: received is the buyer, sent (drafts, outbox and failures included) the seller.
/// - `time`: `date`, in milliseconds, which knows no zone.
/// - record: the `sms` element, or the `mms` element with its parts.
enum SMSBackupXML: ChatFormat {
    static let id = "sms-backup-xml"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        var tags = TagScanner(0..<sample.count, vocabulary: vocabulary)
        guard sample.beginsWithMarkup else {
            // The head was cut off in the middle of a record, or somebody speaks of such tags.
            while let tag = tags.next(in: sample) {
                let isRecord = sample.isWord("sms", at: tag.name) || sample.isWord("mms", at: tag.name)
                if isRecord, tags.value("date", in: sample) != nil, tags.value("address", in: sample) != nil { return 90 }
            }
            return nil
        }
        while let tag = tags.next(in: sample) {
            if sample.isWord("smses", at: tag.name) || sample.isWord("allsms", at: tag.name) { return 100 }
            if sample.isWord("sms", at: tag.name) || sample.isWord("mms", at: tag.name) {
                return tags.value("date", in: sample) == nil ? nil : 90
            }
            if tag.form != .other { return nil }
        }
        return nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        var tags = TagScanner(0..<text.count, vocabulary: vocabulary)
        var reader = Reader(options: options)
        var between = 0
        while !sink.isCalledOff, var tag = tags.next(in: text) {
            reader.passText(between..<tag.range.lowerBound, text, &sink)
            var after = tags
            if tag.form == .opening, tag.isWhole, text.isWord("sms", at: tag.name), let close = after.next(in: text),
                close.form == .closing, close.isWhole, text.isWord("sms", at: close.name),
                text.isBlankMarkup(tag.range.upperBound..<close.range.lowerBound)
            {
                // `<sms …></sms>`
                tag.range = tag.range.lowerBound..<close.range.upperBound
            } else {
                after = tags
            }
            reader.take(tag, tags, text, &sink)
            tags = after
            between = tags.position
        }
        reader.passText(between..<text.count, text, &sink)
        reader.finish(text, &sink)
    }

    fileprivate static let vocabulary = TagScanner.Vocabulary(
        elements: ["sms", "mms", "smses", "allsms", "parts", "part", "addrs", "addr"],
        attributes: [
            "protocol", "address", "date", "type", "subject", "body", "toa", "sc_toa", "service_center", "read", "status",
            "locked", "date_sent", "sub_id", "readable_date", "contact_name", "time", "name", "seq", "ct", "chset", "cd",
            "fn", "cid", "cl", "ctt_s", "ctt_t", "text", "data", "charset", "msg_box", "m_type", "sub", "sub_cs", "m_id",
        ])
}

/// What is known while the elements pass by.
private struct Reader {
    let options: ReadingOptions
    /// The `count` of the root element.
    var promised: Int?
    var isClosed = false
    var sawRoot = false
    var found = 0
    var unsent = 0
    var media = 0
    var multimedia: MultimediaMessage?
    /// The end of the last tag that belongs to `multimedia`.
    var multimediaEnd = 0

    init(options: ReadingOptions) {
        self.options = options
    }

    /// Text between tags means nothing in this format, unless something was cut or damaged there.
    mutating func passText(_ range: Range<Int>, _ text: Span<UInt8>, _ sink: inout RecordSink) {
        guard !text.isBlankMarkup(range) else { return }
        closeMultimedia(isWhole: false, text, &sink)
        sink.structure(before: range.lowerBound)
        sink.unparsed(range, code: "damaged-record", "这里有一段不属于任何短信的内容，可能是损坏的记录，未计入。")
    }

    mutating func take(_ tag: TagScanner.Tag, _ tags: TagScanner, _ text: Span<UInt8>, _ sink: inout RecordSink) {
        if tag.form == .other {
            if !tag.isWhole { lose(tag.range, text, &sink) }
            return
        }
        if text.isWord("sms", at: tag.name) {
            guard tag.form != .closing else { return }
            closeMultimedia(isWhole: false, text, &sink)
            found += 1
            // A tag the file's end cuts may have lost half its text; one that only lacks its `/>` has not.
            let hasRecord = tag.range.upperBound < text.count || tag.isWhole
            guard hasRecord, tags.value("date", in: text) != nil || tags.value("body", in: text) != nil else {
                return lose(tag.range, text, &sink)
            }
            message(tag, tags, text, &sink)
        } else if text.isWord("mms", at: tag.name) {
            if tag.form == .closing {
                multimediaEnd = tag.range.upperBound
                closeMultimedia(isWhole: true, text, &sink)
                return
            }
            closeMultimedia(isWhole: false, text, &sink)
            found += 1
            guard tag.isWhole else { return lose(tag.range, text, &sink) }
            multimedia = MultimediaMessage(tag, tags, text)
            multimediaEnd = tag.range.upperBound
            if tag.form == .empty { closeMultimedia(isWhole: true, text, &sink) }
        } else if multimedia != nil, isMultimediaPart(tag.name, text) {
            if tag.isWhole {
                multimedia?.take(tag, tags, text)
                multimediaEnd = tag.range.upperBound
            }
        } else if text.isWord("smses", at: tag.name) || text.isWord("allsms", at: tag.name) {
            closeMultimedia(isWhole: false, text, &sink)
            if tag.form == .closing {
                isClosed = true
            } else {
                sawRoot = true
                // Files joined one after the other have several roots.
                isClosed = tag.form == .empty
                let count = tags.value("count", in: text).flatMap { Int(text.string($0)) }
                promised = count.map { $0 + (promised ?? 0) }
            }
        } else {
            closeMultimedia(isWhole: false, text, &sink)
            sink.structure(before: tag.range.lowerBound)
            sink.unparsed(
                tag.range, code: "unknown-element", "不认识的内容“\(text.string(tag.name))”，它不是短信，未计入。")
        }
    }

    mutating func finish(_ text: Span<UInt8>, _ sink: inout RecordSink) {
        closeMultimedia(isWhole: false, text, &sink)
        sink.structure(before: text.count)
        if sawRoot, !isClosed {
            sink.warnFile(code: "truncated", "文件没有结尾，可能被截断过；完整的短信都已读出，请尽量重新导出一份。")
        }
        if let promised, promised != found {
            sink.warnFile(
                code: "count-mismatch", "文件自称有 \(promised) 条短信，实际找到 \(found) 条；请核对是否导出完整。")
        }
        if unsent > 0 {
            sink.warnFile(code: "not-sent", "有 \(unsent) 条是草稿或没有发送成功的短信，对方没有收到，引用时请注意。")
        }
        if media > 0 {
            sink.warnFile(code: "media-not-read", "彩信里有 \(media) 个图片、语音等附件，其中的内容没有读取，只登记了位置和哈希；请人工查看。")
        }
    }

    // MARK: Records

    private mutating func message(
        _ tag: TagScanner.Tag, _ tags: TagScanner, _ text: Span<UInt8>, _ sink: inout RecordSink
    ) {
        let address = tags.text("address", in: text) ?? ""
        let name = tags.contact("contact_name", in: text) ?? tags.contact("name", in: text)
        let body = tags.text("body", in: text) ?? ""
        let subject = tags.text("subject", in: text).flatMap { $0.isEmpty ? nil : $0 }
        let isSent = role(type: tags.value("type", in: text), text)
        deliver(
            at: tag.range, address: address, name: name, isSent: isSent, from: nil,
            date: tags.text("date", in: text), written: tags.text("time", in: text),
            kind: .text, body: [subject, body].compactMap { $0 }.joined(separator: "\n"), text, &sink)
    }

    private mutating func closeMultimedia(isWhole: Bool, _ text: Span<UInt8>, _ sink: inout RecordSink) {
        guard let open = multimedia else { return }
        multimedia = nil
        let range = open.start..<multimediaEnd
        guard isWhole else { return lose(range, text, &sink) }
        media += open.media
        for attachment in open.attachments {
            sink.attachment(name: attachment.name, type: attachment.type, isBase64: true, at: attachment.data)
        }
        deliver(
            at: range, address: open.address, name: open.name, isSent: open.isSent, from: open.from, date: open.date,
            written: nil, kind: open.kind, body: open.body, text, &sink)
        if open.isUnsent { unsent += 1 }
    }

    private mutating func role(type: Range<Int>?, _ text: Span<UInt8>) -> Bool? {
        guard let type, let value = Int(text.string(type)) else { return nil }
        if (3...6).contains(value) { unsent += 1 }
        return value == 1 ? false : (2...6).contains(value) ? true : nil
    }

    private mutating func deliver(
        at range: Range<Int>, address: String, name: String?, isSent: Bool?, from: String?, date: String?,
        written: String?, kind: Message.Kind, body: String, _ text: Span<UInt8>, _ sink: inout RecordSink
    ) {
        sink.structure(before: range.lowerBound)
        var time = date.flatMap { Timestamp(writtenMilliseconds: $0, offsetFromUTC: options.offsetFromUTC) }
        var timeText = date ?? written
        if time == nil, let written {
            timeText = written
            time = Timestamp(written: written, options: options)
        }
        if time == nil { sink.warn(at: range.lowerBound, code: "bad-time", "这条短信的时间读不出来，时间留空。") }
        let parts = address.split { $0 == "~" || $0 == "," || $0 == ";" }.map { PhoneNumber.normalized(String($0)) }
        let speaker = from ?? (parts.count > 1 ? nil : address)
        let isReceived = isSent != true
        sink.message(
            Message(
                conversation: parts.isEmpty ? address : parts.joined(separator: "~"),
                location: SourceLocation(line: 0, offset: 0, length: 0), time: time, timeText: timeText,
                sender: isReceived ? (parts.count > 1 ? speaker : name ?? speaker) : nil,
                senderID: isReceived ? speaker.map(PhoneNumber.normalized) : nil,
                role: isSent == nil ? .unknown : isReceived ? .buyer : .seller, kind: kind, text: body),
            at: range)
    }

    private mutating func lose(_ range: Range<Int>, _ text: Span<UInt8>, _ sink: inout RecordSink) {
        sink.structure(before: range.lowerBound)
        sink.unparsed(range, code: "damaged-record", "这里有一条不完整的短信，未计入；请对照手机或重新导出。")
    }

    private func isMultimediaPart(_ name: Range<Int>, _ text: Span<UInt8>) -> Bool {
        text.isWord("part", at: name) || text.isWord("parts", at: name) || text.isWord("addr", at: name)
            || text.isWord("addrs", at: name)
    }
}

extension Span<UInt8> {
    /// Whether only blanks, byte-order marks included, stand between two tags.
    fileprivate func isBlankMarkup(_ range: Range<Int>) -> Bool {
        var i = range.lowerBound
        while i < range.upperBound {
            if TagScanner.isBlank(self[i]) {
                i += 1
            } else if hasPrefix("\u{FEFF}", in: i..<range.upperBound) {
                i += 3
            } else {
                return false
            }
        }
        return true
    }
}
