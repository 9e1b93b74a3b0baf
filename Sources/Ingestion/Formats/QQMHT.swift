import Transcript

/// The MHT file of the QQ client's message manager, before QQNT: a page of one row a message, then its pictures.
///
/// Versions seen: clients of 2011 to 9.7. The page is raw UTF-8 whatever its part says. It is read row by row, so its
/// size does not matter; pictures are counted and left alone. The client does not export voice, video and files.
/// - `conversation`: 消息对象 of the section.
/// - `sender`, `sender_id`: as in `qq-txt`; blanks the page writes as `&nbsp;` are blanks.
/// - `role`: the seller is whose rows are mostly green, the colour of one's own; single rows may have the wrong one.
/// - record: the row, from `<tr>` to `</tr>`.
enum QQMHT: ChatFormat {
    static let id = "qq-mht"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        sample.contains("Save by Tencent MsgMgr", in: 0..<min(sample.count, 1 << 10)) ? 100 : nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let file = MHTFile(text)
        var page = QQPage(text, options, own: QQPage.ownKeys(file.page, in: text))
        page.read(file.page, in: text, into: &sink)
        sink.structure(before: file.page.upperBound)
        let pictures = file.pictures(in: text)
        sink.structure(before: text.count)
        tell(page, pictures, file, into: &sink)
    }

    private static func tell(
        _ page: QQPage, _ pictures: (present: Set<UInt64>, count: Int), _ file: MHTFile, into sink: inout RecordSink
    ) {
        if page.pictureCount > 0 || pictures.count > 0 {
            let missing = page.pictures.subtracting(pictures.present).count
            let lost = missing > 0 ? "，其中 \(missing) 张在文件里缺失" : ""
            sink.warnFile(code: "pictures-not-read", "聊天里有 \(page.pictureCount) 处图片或表情，程序不读图片内容\(lost)；需要时请附上原图。")
        }
        if !file.isWhole {
            sink.warnFile(code: "truncated", "文件没有正常的结尾，可能没有导出完或被截断；已读取完整的部分。")
        }
    }
}

/// The parts of a file as MIME sets them apart.
private struct MHTFile {
    /// The HTML.
    var page: Range<Int>
    /// Whether the closing boundary is there.
    var isWhole = false
    private let boundary: [UInt8]

    init(_ text: Span<UInt8>) {
        var walk = TextLines()
        var boundary: [UInt8] = []
        var start: Int?
        var inBody = false
        while start == nil, let line = walk.next(in: text) {
            if boundary.isEmpty, let value = Self.boundary(line.range, text) { boundary = value }
            if !boundary.isEmpty, Self.isBoundary(line.range, boundary, text) { inBody = true }
            if inBody, line.isEmpty { start = line.next }
            if text.hasPrefix("<html", in: line.range) || text.hasPrefix("<tr>", in: line.range) { start = line.start }
        }
        self.boundary = boundary
        let from = start ?? text.count
        page = from..<text.count
        guard !boundary.isEmpty else { return }
        walk = TextLines(from: from)
        while let line = walk.next(in: text) {
            if Self.isBoundary(line.range, boundary, text) {
                page = from..<line.start
                break
            }
        }
        isWhole = Self.endsWithBoundary(text, boundary)
    }

    /// The pictures after the page, by the hash of their names.
    func pictures(in text: Span<UInt8>) -> (present: Set<UInt64>, count: Int) {
        var walk = TextLines(from: page.upperBound)
        var present: Set<UInt64> = []
        var count = 0
        while let line = walk.next(in: text) {
            guard text.hasPrefix("Content-Location:", in: line.range) else { continue }
            count += 1
            let name = text.trimmingBlanks(line.start + 17..<line.end)
            if present.count < QQPage.maximumPictures { present.insert(text.fingerprint(name)) }
        }
        return (present, count)
    }

    private static func boundary(_ line: Range<Int>, _ text: Span<UInt8>) -> [UInt8]? {
        guard line.count < 1 << 10, text.contains("boundary=\"", in: line) else { return nil }
        var i = line.lowerBound
        while !text.hasPrefix("boundary=\"", in: i..<line.upperBound) { i += 1 }
        i += 10
        var value: [UInt8] = []
        while i < line.upperBound, text[i] != 0x22 {
            value.append(text[i])
            i += 1
        }
        return value.count >= 4 ? value : nil
    }

    private static func isBoundary(_ line: Range<Int>, _ boundary: [UInt8], _ text: Span<UInt8>) -> Bool {
        guard line.count >= boundary.count + 2, text[line.lowerBound] == 0x2D, text[line.lowerBound + 1] == 0x2D else {
            return false
        }
        for i in boundary.indices where text[line.lowerBound + 2 + i] != boundary[i] { return false }
        return true
    }

    private static func endsWithBoundary(_ text: Span<UInt8>, _ boundary: [UInt8]) -> Bool {
        let end = text.trimmingLines(0..<text.count).upperBound
        let start = end - boundary.count - 4
        guard start >= 0, text[end - 1] == 0x2D, text[end - 2] == 0x2D else { return false }
        return isBoundary(start..<end, boundary, text)
    }
}

extension Span<UInt8> {
    /// FNV-1a of a range's bytes.
    func fingerprint(_ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for i in range { hash = (hash ^ UInt64(self[i])) &* 0x100_0000_01B3 }
        return hash
    }
}
