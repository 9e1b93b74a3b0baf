import Transcript

/// A saved or exported HTML page whose words are a WangWang or Qianniu chat.
///
/// No page of the old message manager is public, so only its words are relied on: they are read as the text forms are.
/// - `conversation`, `sender`: as in `wangwang-txt` and `qianniu-copy`.
/// - record: from the tag that opens the header's line to the last tag that closes the body's.
enum WangWangPage: ChatFormat {
    static let id = "wangwang-html"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        guard PageText.isPage(sample) else { return nil }
        return form(of: FlattenedPage(0..<sample.count, in: sample)).map { 82 + $0.confidence / 20 }
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let page = FlattenedPage(0..<text.count, in: text)
        let form = form(of: page)?.format ?? WangWangText.self
        PageText.read(page, of: text, as: form, options, into: &sink)
    }

    /// The text form that the page's words have.
    private static func form(of page: FlattenedPage) -> (format: any ChatFormat.Type, confidence: Int)? {
        let forms: [any ChatFormat.Type] = [WangWangText.self, QianniuCopy.self, QianniuWeb.self]
        let bytes = page.bytes
        var best: (format: any ChatFormat.Type, confidence: Int)?
        for form in forms {
            if let confidence = form.confidence(bytes.span), confidence >= 40, confidence > best?.confidence ?? 0 {
                best = (form, confidence)
            }
        }
        return best
    }
}
