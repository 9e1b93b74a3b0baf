/// Decides by structure which format a text is in.
enum FormatDetection {
    /// Every format the program reads, one line each; a test compares this list with the files of `Formats/`.
    static let formats: [any ChatFormat.Type] = [
        QQText.self,
        QQMHT.self,
        QQCopy.self,
        QQNTCopy.self,
        QQHistoryPage.self,
        QQNTExportText.self,
        QQRootText.self,
        QQRootMarkdown.self,
        QCEText.self,
        WangWangText.self,
        QianniuCopy.self,
        QianniuWeb.self,
        WangWangPage.self,
        WeChatShare.self,
        WeChatText.self,
        IMessageText.self,
        SMSBackupXML.self,
        PlainJSONLines.self,
        QCEJSON.self,
        WeChatJSON.self,
        WangwangJSON.self,
        SMSVMG.self,
        SMSWindowsPhone.self,
        GoogleVoiceHTML.self,
        SMSCSV.self,
        SMSJSON.self,
        WeChatCSV.self,
        IMazingCSV.self,
        QianniuTable.self,
        GenericTable.self,
        GenericCopy.self,
    ]

    /// How much of a text is looked at, in bytes.
    static let sampleLength = 1 << 16

    /// The format that is surest of the text; of equals the one that stands first in the list.
    static func detect(_ text: Span<UInt8>) -> (any ChatFormat.Type)? {
        let sample = text.extracting(0..<sampleEnd(text))
        var best: (format: any ChatFormat.Type, confidence: Int)?
        for format in formats where format.most > best?.confidence ?? 0 {
            if let confidence = format.confidence(sample), confidence > best?.confidence ?? 0 {
                best = (format, confidence)
            }
        }
        return best?.format
    }

    static func format(named id: String) -> (any ChatFormat.Type)? {
        formats.first { $0.id == id }
    }

    /// The sample ends with a line, or where no character is cut.
    private static func sampleEnd(_ text: Span<UInt8>) -> Int {
        guard text.count > sampleLength else { return text.count }
        var end = sampleLength
        while end > sampleLength / 2, text[end - 1] != 0x0A { end -= 1 }
        if end > sampleLength / 2 { return end }
        end = sampleLength
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}

/// The formats by name, for users who overrule detection.
public enum ChatFormats {
    public static let ids = FormatDetection.formats.map { $0.id }
}
