import Hashing
import Transcript

/// Receives what a file holds, message by message and in its order.
///
/// Strings of all words cost more than reading them, so the words come as bytes: what was said, and the words of the time,
/// which are empty where there are none. They hold until the call ends; the message's own may be missing.
public typealias MessageReceiver = (_ message: consuming Message, _ text: Span<UInt8>, _ timeText: Span<UInt8>) -> Void

/// Takes what a format reads and keeps the account of every line.
///
/// A format reports messages, structure and what it could not read, in the order of the file and by ranges of the
/// decoded text. Lines that it passes over are accounted for here: blank ones as structure, others as unparsed with a
/// diagnostic. So nothing of the input can be dropped in silence, whatever a format forgets.
public struct RecordSink: ~Copyable {
    /// The account so far; complete after `finish()`.
    public private(set) var lines = SourceFile.LineAccounting()
    public private(set) var messageCount = 0
    /// The first and the last moment that a message tells.
    private(set) var earliest: Timestamp?
    private(set) var latest: Timestamp?
    public private(set) var diagnostics: [Diagnostic] = []
    /// Media that stand in the file and are not read.
    public private(set) var attachments: [SourceFile.Attachment] = []
    /// Whether a file without messages is something to tell about.
    public private(set) var expectsMessages = true

    /// Whether nobody wants the rest of the file any more: then what comes is dropped, and a format leaves its loop.
    public var isCalledOff: Bool { calledOff?() ?? false }
    /// Records and structure that came after that; a format that leaves in time sends few.
    private(set) var droppedCount = 0

    let calledOff: (() -> Bool)?
    private let file: String
    private let text: DecodedText
    private let deliver: MessageReceiver
    /// Everything before this position of the text is accounted for; it is always the beginning of a line.
    private var cursor = 0
    /// Where the line before `cursor` begins; records may share it.
    private var previousLineStart = 0
    /// 1-based number of the line that begins at `cursor`.
    private var line = 1
    /// Where the record begins that was claimed last, and the number of its line.
    private var record = (start: 0, line: 1)
    /// A position ahead of the account, and the number of its line.
    private var counted = (position: 0, line: 1)
    private var indexes: [String: Int] = [:]
    /// The conversation of the last message and the index of the next, which `indexes` learns when another begins.
    private var current = (conversation: "", index: 0)
    /// The stretch of unparsed lines that is still open.
    private var gap: (firstLine: Int, count: Int)?

    /// - Parameters:
    ///   - calledOff: asked again and again whether the rest of the file is still wanted.
    ///   - deliver: receives each message, its place and index filled in.
    init(file: String, text: DecodedText, calledOff: (() -> Bool)? = nil, deliver: @escaping MessageReceiver) {
        self.file = file
        self.text = text
        self.calledOff = calledOff
        self.deliver = deliver
    }

    private enum Use {
        case message, structure, unparsed, unclaimed
    }

    /// Takes a message whose record covers `range` of the text; place and index are filled in here.
    public mutating func message(_ message: consuming Message, at range: Range<Int>) {
        let text = message.text
        self.message(message, text: text.utf8Span.span, timeText: Span(), at: range)
    }

    /// The same of a message whose words still lie in the file and are empty in the value.
    /// - Parameter timeText: empty where the message has none.
    mutating func message(_ message: consuming Message, text words: Span<UInt8>, timeText: Span<UInt8>, at range: Range<Int>) {
        guard let firstLine = claim(range, as: .message) else { return }
        let place = text.sourceRange(of: range)
        message.location = SourceLocation(line: firstLine, offset: place.lowerBound, length: place.count)
        if message.conversation != current.conversation {
            indexes[current.conversation] = current.index
            current = (message.conversation, indexes[message.conversation, default: 0])
        }
        message.index = current.index
        current.index += 1
        messageCount += 1
        if let time = message.time {
            if earliest.map({ time < $0 }) ?? true { earliest = time }
            if latest.map({ $0 < time }) ?? true { latest = time }
        }
        if timeText.isEmpty, let own = message.timeText {
            deliver(message, words, own.utf8Span.span)
        } else {
            deliver(message, words, timeText)
        }
    }

    /// Accounts for a banner, a separator, markup.
    public mutating func structure(_ range: Range<Int>) {
        claim(range, as: .structure)
    }

    /// Accounts for the lines before the one that holds `position`, the frame around records; past the end, for all.
    ///
    /// A line that a frame shares with a record is the record's.
    public mutating func structure(before position: Int) {
        let start = text.withSpan { bytes in
            if position >= bytes.count { return bytes.count }
            var start = position
            while start > cursor, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
            return start
        }
        if start > cursor { claim(cursor..<start, as: .structure) }
    }

    /// Accounts for a stretch that should have been a record and could not be read.
    public mutating func unparsed(
        _ range: Range<Int>, _ severity: Diagnostic.Severity = .warning, code: String, _ message: String
    ) {
        guard let firstLine = claim(range, as: .unparsed) else { return }
        diagnose(line: firstLine, severity, code, message)
    }

    /// Lists a medium whose data stand in `range`; it says nothing about the account of those lines.
    ///
    /// - Parameter isWhole: whether the file holds all of its data, so that their hash means something.
    public mutating func attachment(
        name: String?, type: String?, isBase64: Bool, isWhole: Bool = true, at range: Range<Int>
    ) {
        guard attachments.count < Self.maximumAttachments else {
            if !hasDiagnostic(code: "attachments-not-listed") {
                warnFile(code: "attachments-not-listed", "附件太多，只登记了前 \(Self.maximumAttachments) 个的位置和哈希。")
            }
            return
        }
        let place = text.sourceRange(of: range)
        var digest: String?
        if isWhole {
            digest =
                isBase64
                ? text.withSpan { Base64.digest(of: range, in: $0) }
                : text.withSource(in: place) { SHA256.digest(of: $0).hexadecimal }
        }
        attachments.append(
            SourceFile.Attachment(name: name, type: type, offset: place.lowerBound, length: place.count, sha256: digest))
    }

    private static let maximumAttachments = 100_000

    /// Tells something about the place of a position without accounting for it.
    public mutating func warn(at position: Int, code: String, _ message: String) {
        diagnose(line: lineNumber(of: position), .warning, code, message)
    }

    /// The number of the line that holds a position, unless that lies behind the account.
    private mutating func lineNumber(of position: Int) -> Int? {
        guard position >= cursor else { return position >= previousLineStart ? line - 1 : nil }
        // Much may be told of one long record.
        if position < counted.position || counted.position < cursor { counted = (cursor, line) }
        counted = (position, counted.line + lineEnds(counted.position..<position))
        return counted.line
    }

    /// Tells something about the whole file.
    public mutating func warnFile(_ severity: Diagnostic.Severity = .warning, code: String, _ message: String) {
        diagnose(line: nil, severity, code, message)
    }

    /// Says that the file only describes others and rightly holds no message.
    public mutating func hasNoMessagesOfItsOwn() { expectsMessages = false }

    /// Accounts for a whole text that is known and not read.
    mutating func refuse(_ refusal: Refusal) {
        claim(0..<text.count, as: .unparsed)
        diagnostics.append(refusal.diagnostic(file: file))
        expectsMessages = false
    }

    /// Whether something was told under `code`.
    func hasDiagnostic(code: String) -> Bool { diagnostics.contains { $0.code == code } }

    /// Accounts for what is left after the last record.
    mutating func finish() {
        claim(text.count..<text.count, as: .unclaimed)
        closeGap()
    }

    private mutating func diagnose(line: Int?, _ severity: Diagnostic.Severity, _ code: String, _ message: String) {
        diagnostics.append(Diagnostic(file: file, line: line, severity: severity, code: code, message: message))
    }

    private mutating func closeGap() {
        guard let open = gap else { return }
        gap = nil
        let extent = open.count == 1 ? "第 \(open.firstLine) 行" : "从第 \(open.firstLine) 行起的 \(open.count) 行"
        diagnose(line: open.firstLine, .warning, "not-understood", "\(extent)没有看懂，未计入任何消息；请对照原文件核对。")
    }

    /// Accounts for the lines up to and including those of `range`; returns the number of the line it begins on, or `nil`
    /// where the reading was called off.
    @discardableResult
    private mutating func claim(_ range: Range<Int>, as use: Use) -> Int? {
        if isCalledOff {
            droppedCount += 1
            return nil
        }
        // A record may begin on a line that is already accounted for.
        let beginsEarlier = range.lowerBound < cursor
        var first = beginsEarlier ? earlierLine(of: range.lowerBound) : line
        defer { record = (range.lowerBound, first) }
        // Many records may share one line, and the line after it may be as long.
        if beginsEarlier, range.upperBound <= cursor { return first }
        text.withSpan { bytes in
            var walk = TextLines(from: cursor)
            var found = false
            while cursor < bytes.count, let next = walk.next(in: bytes) {
                if next.next <= range.lowerBound || use == .unclaimed {
                    // Passed over by the format.
                    lines.total += 1
                    if bytes.isBlank(next.range) {
                        lines.structure += 1
                    } else {
                        lines.unparsed += 1
                        gap = (gap?.firstLine ?? line, (gap?.count ?? 0) + 1)
                    }
                } else {
                    if !found {
                        closeGap()
                        found = true
                        if !beginsEarlier { first = line }
                    }
                    guard next.start < range.upperBound || range.isEmpty && next.start <= range.lowerBound else {
                        break
                    }
                    lines.total += 1
                    switch use {
                    case .message: lines.messages += 1
                    case .structure: lines.structure += 1
                    case .unparsed, .unclaimed: lines.unparsed += 1
                    }
                }
                previousLineStart = cursor
                cursor = next.next
                line += 1
            }
        }
        return first
    }

    /// The number of the line of a position behind the account, on the line before it or in the record claimed last, as
    /// where a row of a sheet holds a whole chat.
    private func earlierLine(of position: Int) -> Int {
        position >= previousLineStart || position < record.start ? line - 1 : record.line + lineEnds(record.start..<position)
    }

    private func lineEnds(_ range: Range<Int>) -> Int {
        text.withSpan { bytes in
            var walk = TextLines(from: range.lowerBound)
            var count = 0
            while let next = walk.next(in: bytes), next.next <= range.upperBound { count += 1 }
            return count
        }
    }
}
