import Transcript

/// A kind of file that is known and not read, with what the user can do instead.
struct Refusal: Equatable {
    var code: String
    /// One or two Chinese sentences.
    var message: String
    /// Pictures and sound belong to a chat; that they are not read is told, but is no mistake.
    var isMedia = false

    func diagnostic(file: String) -> Diagnostic {
        Diagnostic(file: file, severity: isMedia ? .warning : .error, code: code, message: message)
    }

    private static func media(_ what: String) -> Refusal {
        Refusal(code: "media-not-read", message: "这是\(what)，里面的内容没有读取，只登记了文件和哈希；请人工查看。", isMedia: true)
    }

    private static func unsupported(_ message: String) -> Refusal { Refusal(code: "not-supported", message: message) }

    // MARK: By bytes

    /// What the first bytes say, where they say something.
    static func ofBytes(_ bytes: Span<UInt8>) -> Refusal? {
        for (place, signature, refusal) in signatures where bytes.holds(signature, at: place) { return refusal }
        if bytes.holds("RIFF", at: 0) {
            if bytes.holds("WEBP", at: 8) { return media("图片") }
            if bytes.holds("WAVE", at: 8) { return media("录音") }
            if bytes.holds("AVI ", at: 8) { return media("视频") }
        }
        if bytes.holds("ftyp", at: 4), bytes[0] == 0 {
            if bytes.holds("heic", at: 8) || bytes.holds("mif1", at: 8) || bytes.holds("avif", at: 8) { return media("图片") }
            return bytes.holds("M4A", at: 8) ? media("录音") : media("视频")
        }
        if bytes.count > 3, bytes[0] == 0xFF, bytes[1] & 0xE6 == 0xE2, bytes[2] != 0 { return media("录音") }
        return ofMagic(bytes)
    }

    /// What a file that is no text may be, judged by its name.
    static func ofBinary(name: String) -> Refusal {
        let name = name.lowercased()
        if name.hasSuffix(".bak") {
            return unsupported("这是 QQ 消息管理器的 .bak 加密备份，只有 QQ 能打开；请在消息管理器里重新导出为“文本文件(*.txt)”。")
        }
        if let dot = name.lastIndex(of: "."), name[dot...].hasPrefix(".crypt") {
            return unsupported("这是 WhatsApp 的加密备份，无法读取；请在聊天里用“导出聊天”得到文本（目前也不支持 WhatsApp 文本）。")
        }
        if name.hasSuffix(".db") || name.hasSuffix(".sqlite") {
            return unsupported("这是加密的聊天数据库，无法读取；请用聊天软件自带的导出功能导出为文本、CSV 或 HTML。")
        }
        return Refusal(
            code: "binary", message: "这不是文字形式的聊天记录（看起来是压缩、加密或程序数据）。请从聊天软件里导出为文本再试。")
    }

    private static let signatures: [(place: Int, signature: StaticString, refusal: Refusal)] = [
        (0, "SQLite format 3", unsupported("这是数据库文件，不是导出的聊天记录；请用聊天软件或取证工具导出为文本、CSV 或 JSON 再试。")),
        (0, "SQLite header 3", unsupported("这是新版 QQ 的加密数据库；请用 QQ Chat Exporter 等工具导出为 TXT 或 JSON，或从聊天窗口复制粘贴。")),
        (0, "%PDF-", unsupported("这是 PDF 文档，里面的文字没有可靠的顺序；请从聊天软件里导出为文本，或把聊天内容复制到文本文件再试。")),
        (0, "{\\rtf", unsupported("这是 RTF 文档；请用写字板或 Word 打开，另存为“纯文本”再试。")),
        (0, "bplist00", unsupported("这是苹果设备的备份文件；请用 iMazing 等工具把短信导出为 CSV 再试。")),
        (0, "MZ\u{0}", unsupported("这是程序文件，不是聊天记录。")), (0, "\u{7F}ELF", unsupported("这是程序文件，不是聊天记录。")),
        (1, "PNG\r\n", media("图片")), (0, "GIF87a", media("图片")), (0, "GIF89a", media("图片")),
        (0, "#!AMR", media("录音")), (0, "#!SILK", media("录音")), (1, "#!SILK", media("录音")),
        (0, "ID3\u{3}", media("录音")), (0, "ID3\u{4}", media("录音")), (0, "ID3\u{2}", media("录音")), (0, "OggS", media("录音")), (0, "fLaC", media("录音")), (0, "FLV\u{1}", media("视频")),
    ]

    /// Signatures that are no text: JPEG without a marker's name, Office before 2007, Matroska, bitmaps.
    private static func ofMagic(_ bytes: Span<UInt8>) -> Refusal? {
        guard bytes.count >= 8 else { return nil }
        switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
        case (0xFF, 0xD8, 0xFF, _), (0x49, 0x49, 0x2A, 0x00), (0x4D, 0x4D, 0x00, 0x2A): return media("图片")
        case (0x42, 0x4D, _, _) where bytes[6] == 0 && bytes[7] == 0: return media("图片")
        case (0x1A, 0x45, 0xDF, 0xA3): return media("视频")
        case (0xD0, 0xCF, 0x11, 0xE0):
            return unsupported("这是旧版 Office 文档（.xls、.doc）或旧版 QQ 的消息数据库；表格请另存为 .xlsx 或 CSV，文档请另存为纯文本再试。")
        default: return nil
        }
    }

    // MARK: By text

    /// What a text says that is a chat of an app whose exports are not read.
    static func ofText(_ text: Span<UInt8>) -> Refusal? {
        var lines = TextLines()
        var first: Range<Int>?
        var whatsApp = 0
        var seen = 0
        while seen < 20, let line = lines.next(in: text) {
            if text.isBlank(line.range) { continue }
            first = first ?? line.range
            seen += 1
            if isWhatsApp(line.range, text) { whatsApp += 1 }
        }
        guard let first else { return nil }
        if whatsApp * 2 > seen || whatsApp >= 2 && isWhatsApp(first, text) {
            return unsupported("这是 WhatsApp 导出的聊天，目前不支持；请把对话整理成“时间,发送人,内容”的 CSV 表格，再读取一次。")
        }
        if text.hasPrefix("[LINE]", in: first) {
            return unsupported("这是 LINE 导出的聊天，目前不支持；请把对话整理成“时间,发送人,内容”的 CSV 表格，再读取一次。")
        }
        if text.hasPrefix("BEGIN:VCARD", in: first), !text.contains("BEGIN:VMSG") {
            return unsupported("这是通讯录（vCard），里面没有聊天内容。")
        }
        return ofMarkup(text, first)
    }

    private static func ofMarkup(_ text: Span<UInt8>, _ first: Range<Int>) -> Refusal? {
        if text[first.lowerBound] == 0x7B { return ofJSON(text) }
        guard text[first.lowerBound] == 0x3C else { return nil }
        let head = text.extracting(0..<Swift.min(text.count, 1 << 16))
        var tags = TagScanner(0..<head.count)
        while let tag = tags.next(in: head) {
            if head.isWord("calls", at: tag.name) || head.isWord("alllogs", at: tag.name) {
                return unsupported("这是通话记录的备份，里面没有聊天内容；请备份并导出“短信”再试。")
            }
            if tag.form == .opening, head.isWord("div", at: tag.name), let name = tags.value("class", in: head),
                head.hasPrefix("message default clearfix", in: name)
            {
                return telegram
            }
            if tag.range.lowerBound > 1 << 15 { break }
        }
        return nil
    }

    private static let telegram = unsupported(
        "这是 Telegram 导出的聊天，目前不支持；请把对话整理成“时间,发送人,内容”的 CSV 表格，再读取一次。")

    private static func ofJSON(_ text: Span<UInt8>) -> Refusal? {
        var json = JSONScanner(0..<text.count)
        guard json.enterObject(in: text) else { return nil }
        var kind: Range<Int>?
        var hasParticipants = false
        while let key = json.nextKey(in: text) {
            if text.isJSONString("participants", at: key) { hasParticipants = true }
            if text.isJSONString("messages", at: key), json.kind(in: text) == .array {
                let head = text.extracting(json.position..<Swift.min(text.count, json.position + 4_096))
                if let kind, head.contains("\"date\"") || head.contains("\"date_unixtime\""),
                    ["personal_chat", "private_group", "private_supergroup", "public_supergroup", "saved_messages", "bot_chat"]
                        .contains(where: { text.isJSONString($0, at: kind) })
                {
                    return telegram
                }
                if hasParticipants, head.contains("\"timestamp_ms\"") {
                    return unsupported("这是 Facebook 或 Instagram 导出的聊天，目前不支持；请把对话整理成“时间,发送人,内容”的 CSV 表格，再读取一次。")
                }
                return nil
            }
            guard let value = json.skipValue(in: text) else { return nil }
            if text.isJSONString("type", at: key) { kind = value }
            if text.isJSONString("chats", at: key), text.extracting(value).contains("\"list\""),
                text.extracting(value).contains("\"personal_chat\"")
            {
                return telegram
            }
        }
        return nil
    }

    /// `[2024/10/31 15:50:46] X: …` or `31/10/24, 15:50 - X: …`; in brackets the app writes seconds or a comma, others need not.
    private static func isWhatsApp(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
        var scan = DateTimeScanner(range)
        // A left-to-right mark stands before lines with attachments.
        if text.hasPrefix("\u{200E}", in: range) { scan.position += 3 }
        let isBracketed = scan.take(0x5B, in: text)
        guard scan.number(1...4, in: text) != nil, scan.take(0x2F, in: text), scan.number(1...2, in: text) != nil,
            scan.take(0x2F, in: text), scan.number(2...4, in: text) != nil
        else { return false }
        let hasComma = scan.take(0x2C, in: text)
        guard scan.skipSpaces(in: text) > 0, let clock = scan.clock(secondsOptional: true, in: text) else { return false }
        if isBracketed {
            scan.skipSpaces(in: text)
            for letter in [0x41, 0x50, 0x4D] as [UInt8] { _ = scan.take(letter, in: text) }
            return scan.take(0x5D, in: text) && (hasComma || clock.second != nil)
        }
        scan.skipSpaces(in: text)
        return hasComma && scan.take(0x2D, in: text)
    }
}

extension Span<UInt8> {
    fileprivate func holds(_ word: StaticString, at place: Int) -> Bool {
        count >= place + word.utf8CodeUnitCount && hasPrefix(word, in: place..<count)
    }

    fileprivate func contains(_ word: StaticString) -> Bool {
        guard count >= word.utf8CodeUnitCount else { return false }
        for i in 0...count - word.utf8CodeUnitCount where hasPrefix(word, in: i..<count) { return true }
        return false
    }
}
