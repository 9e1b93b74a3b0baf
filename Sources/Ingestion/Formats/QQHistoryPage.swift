import Transcript

/// The HTML page that QQ-History-Backup writes of a phone's QQ database.
///
/// One paragraph a message: the other's is `名字(12345678)-----2020-02-11 10:08:19` and the words below, one's own the
/// time first and then 我. The markup is broken (`</br>`), so the words of the page are read.
/// - `conversation`: not named.
/// - `sender`, `sender_id`: the name and the number in brackets; 我 is the owner, who is not named.
/// - `role`: 我 is the seller, the other the buyer.
/// - record: the markup of the header's line and the body's.
enum QQHistoryPage: ChatFormat {
    static let id = "qq-history-html"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        guard PageText.isPage(sample), sample.contains("-----", in: 0..<sample.count) else { return nil }
        let words = FlattenedPage(0..<sample.count, in: sample).bytes
        let text = words.span
        let survey = BoundarySurvey(text, limit: 20) { line, text, _ in
            header(TextLines.Line(start: line.lowerBound, end: line.upperBound, next: line.upperBound), in: text) != nil
        }
        return survey.headers >= 2 ? 92 : survey.headers == 1 ? 60 : nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        if PageText.isPage(text) {
            PageText.read(FlattenedPage(0..<text.count, in: text), of: text, as: QQHistoryPage.self, options, into: &sink)
        } else {
            HeaderedText(usesDateLines: false, countsBlanks: false).read(text, options, into: &sink) { line, text in
                header(line, in: text)
            }
        }
    }

    private static func header(_ line: TextLines.Line, in text: Span<UInt8>) -> HeaderedText.Header? {
        let range = text.trimmingBlanks(line.range)
        guard range.count < 512, let rule = text.firstIndex(of: "-----", in: range) else { return nil }
        var header = HeaderedText.Header(range: line.range, next: line.next)
        var own = DateTimeScanner(range.lowerBound..<rule)
        if let time = own.headerTime([.full], in: text), own.isAtEnd {
            guard text.equals("我", rule + 5..<range.upperBound) else { return nil }
            header.time = time
            header.role = .seller
            return header
        }
        // A name may hold dashes, the time does not.
        guard let time = text.trailingTime([.full], in: range), time.range.lowerBound >= range.lowerBound + 5,
            text.hasSuffix("-----", in: range.lowerBound..<time.range.lowerBound)
        else { return nil }
        let who = QQParticipant(range.lowerBound..<time.range.lowerBound - 5, in: text)
        guard let account = who.account else { return nil }
        header.time = time
        header.sender = who.name
        header.account = account
        header.title = who.title
        header.role = who.isSystem ? .system : .buyer
        return header
    }
}
