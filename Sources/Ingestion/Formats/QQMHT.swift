import Transcript

/// The MHT file of the QQ client's message manager, before QQNT: a page of one row a message, then its pictures.
///
/// Versions seen: clients of 2011 to 9.7. The page is raw UTF-8 whatever its part says. It is read row by row, so its
/// size does not matter; pictures are listed with place and hash and not looked into. The client does not export voice, video and files.
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
        let present = file.listPictures(in: text, into: &sink)
        sink.structure(before: text.count)
        tell(page, present, file, into: &sink)
    }

    private static func tell(
        _ page: QQPage, _ present: Set<UInt64>, _ file: MHTFile, into sink: inout RecordSink
    ) {
        if page.pictureCount > 0 || !present.isEmpty {
            let missing = page.pictures.subtracting(present).count
            let lost = missing > 0 ? "，其中 \(missing) 张在文件里缺失" : ""
            sink.warnFile(code: "pictures-not-read", "聊天里有 \(page.pictureCount) 处图片或表情，程序不读图片内容，只登记文件里每张的位置和哈希\(lost)；需要时请附上原图。")
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

    /// Hands over the parts after the page, and returns the hashes of their names.
    func listPictures(in text: Span<UInt8>, into sink: inout RecordSink) -> Set<UInt64> {
        var walk = TextLines(from: page.upperBound)
        var present: Set<UInt64> = []
        var part: Part?
        while !sink.isCalledOff, let line = walk.next(in: text) {
            if Self.isBoundary(line.range, boundary, text) {
                part?.list(upTo: line.start, isWhole: true, text, &sink)
                part = Part()
            } else if part?.take(line, text) == true, let name = part?.name, present.count < QQPage.maximumPictures {
                present.insert(text.fingerprint(name))
            }
        }
        part?.list(upTo: text.count, isWhole: false, text, &sink)
        return present
    }

    /// A part whose lines are still coming.
    private struct Part {
        var name: Range<Int>?
        private var type: Range<Int>?
        private var isBase64 = false
        private var start: Int?

        /// Takes a line of the head; returns whether it is the one that ends it.
        mutating func take(_ line: TextLines.Line, _ text: Span<UInt8>) -> Bool {
            guard start == nil else { return false }
            if line.isEmpty {
                start = line.next
                return true
            }
            if text.hasPrefix("Content-Location:", in: line.range) {
                name = text.trimmingBlanks(line.start + 17..<line.end)
            } else if text.hasPrefix("Content-Type:", in: line.range) {
                type = text.trimmingBlanks(line.start + 13..<line.end)
            } else if text.hasPrefix("Content-Transfer-Encoding:", in: line.range) {
                isBase64 = text.contains("base64", in: line.range)
            }
            return false
        }

        func list(upTo end: Int, isWhole: Bool, _ text: Span<UInt8>, _ sink: inout RecordSink) {
            guard let start, start < end else { return }
            // The line end before a boundary belongs to that.
            var data = start..<end
            if isBase64 {
                data = text.trimmingLines(data)
            } else if isWhole, text[end - 1] == 0x0A {
                data = start..<(end - 2 >= start && text[end - 2] == 0x0D ? end - 2 : end - 1)
            }
            guard !data.isEmpty else { return }
            sink.attachment(
                name: name.map { text.string($0) }, type: type.map { text.string($0) }, isBase64: isBase64,
                isWhole: isWhole, at: data)
        }
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
