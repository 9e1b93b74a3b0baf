import Transcript

/// Text copied from QQ before QQNT: chat window, message manager, phone.
///
/// The window writes `nick 2020/2/14 21:16:13` in the short date of Windows, and only the time on the same day; the
/// message manager writes the account and no date; the phone writes lines of date, and blanks around the time. A copy
/// with pictures is a page of such lines.
/// - `conversation`: not named.
/// - `sender`, `sender_id`, `title`: as in `qq-txt`; the window gives titles without accounts.
/// - record: from the name to the last line of the body.
enum QQCopy: ChatFormat {
    static let id = "qq-copy"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        if PageText.isPage(sample) {
            let words = FlattenedPage(0..<sample.count, in: sample).bytes
            return confidence(ofText: words.span)
        }
        return confidence(ofText: sample)
    }

    private static func confidence(ofText sample: Span<UInt8>) -> Int? {
        let survey = Survey(sample)
        guard survey.headers > 0, survey.odd * 2 <= survey.headers, !survey.bodies.isEmpty else { return nil }
        if survey.phoneDates > 0 { return 90 }
        if survey.accounts * 4 >= survey.headers * 3 { return survey.headers > 1 ? 82 : 50 }
        let isSpaced = survey.afterBlank * 10 >= survey.headers * 9
        // Other windows write dates with dashes, and times alone.
        guard survey.slashes * 2 > survey.headers || isSpaced else { return nil }
        if survey.slashes * 2 > survey.headers { return survey.headers > 2 ? 72 : survey.headers > 1 ? 60 : 35 }
        guard survey.colons == 0 else { return nil }
        // Windows writes 2020-2-4 where it writes dashes at all; others write 2020-02-04.
        if survey.isPadded { return 16 }
        return survey.headers > 2 ? 52 : 22
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        if PageText.isPage(text) {
            PageText.read(FlattenedPage(0..<text.count, in: text), of: text, as: QQCopy.self, options, into: &sink)
            return
        }
        let survey = Survey(text)
        let reader = HeaderedText(spacedBodies: survey.phoneDates > 0, countsBlanks: survey.phoneDates == 0)
        reader.read(text, options, into: &sink, date: phoneDate, notice: isNotice) { line, text in
            guard let (name, time) = header(line.range, dates: survey.dates, in: text) else { return nil }
            let who = QQParticipant(copied: text.string(name))
            if survey.needsAccount, who.account == nil, !who.isSystem { return nil }
            return HeaderedText.Header(
                sender: who.name, account: who.account, title: who.title, role: who.isSystem ? .system : .unknown,
                time: time, range: line.range, next: line.next)
        }
    }

    /// A name, a blank and a time to the second at the end of a line.
    private static func header(
        _ line: Range<Int>, dates: DateTimeScanner.DateForms, in text: Span<UInt8>
    ) -> (name: Range<Int>, time: HeaderTime)? {
        guard line.count < 512, let time = text.trailingTime([.full, .none, dates], in: line),
            text.hasSuffixBlank(line.lowerBound..<time.range.lowerBound)
        else { return nil }
        let name = text.trimmingBlanks(line.lowerBound..<time.range.lowerBound)
        guard !name.isEmpty, text[name.upperBound - 1] != 0x3A, text.looksLikeName(name, mayEndWithDay: time.hasDate) else { return nil }
        return (name, time)
    }

    /// `— —  2020-2-21  — —`, or a date alone.
    private static func phoneDate(_ line: Range<Int>, _ text: Span<UInt8>) -> CalendarDate? {
        text.ruledDate(in: line) ?? text.dateLine(in: line)
    }

    private static func isNotice(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
        guard line.count < 200 else { return false }
        let words = text.string(text.trimmingBlanks(line))
        return ["撤回了一条消息", "加入本群。", "加入了本群。", "退出了本群。", "窗口抖动。", "点击添加好友。"].contains { words.hasSuffix($0) }
            || words.hasPrefix("以上是历史消息") || words.hasPrefix("你已经是群成员了")
    }

    private struct Survey {
        var headers = 0
        var accounts = 0
        var slashes = 0
        var colons = 0
        /// Names that a stroke or a heading sets off, as others write them.
        var odd = 0
        var afterBlank = 0
        var phoneDates = 0
        var bodies = BodyCount()
        var isPadded = false
        /// Whether `4/11/2012` names the month first; one date that leaves no choice decides for the file.
        var dates: DateTimeScanner.DateForms = .monthFirst

        init(_ text: Span<UInt8>) {
            var walk = TextLines()
            var previousBlank = true
            var isDecided = false
            while headers < 20_000, let line = walk.next(in: text) {
                if text.ruledDate(in: line.range) != nil {
                    phoneDates += 1
                } else if let (name, time) = header(line.range, dates: .monthFirst, in: text)
                    ?? header(line.range, dates: .dayFirst, in: text)
                {
                    headers += 1
                    bodies.header()
                    if time.isPadded(in: text) == true { isPadded = true }
                    if previousBlank { afterBlank += 1 }
                    if QQParticipant(copied: text.string(name)).account != nil { accounts += 1 }
                    if text.contains(":", in: name) || text.contains("：", in: name) { colons += 1 }
                    if !text.isNameAlone(name, before: time) { odd += 1 }
                    if text.contains("/", in: time.range) {
                        slashes += 1
                        var scan = DateTimeScanner(time.range)
                        if !isDecided, let date = scan.yearLastDate(in: text), date.first > 12 || date.second > 12 {
                            dates = date.first > 12 ? .dayFirst : .monthFirst
                            isDecided = true
                        }
                    }
                } else if !text.isBlank(line.range) {
                    bodies.line()
                }
                previousBlank = text.isBlank(line.range)
            }
        }

        /// The message manager's copy has no blank lines, but an account in every header.
        var needsAccount: Bool { accounts >= 2 && accounts * 4 >= headers * 3 }
    }
}

extension QQParticipant {
    /// A speaker in copied text, where titles stand before names without accounts too.
    init(copied who: String) {
        self.init(who)
        guard account == nil, title == nil, name.hasPrefix("【"), let close = name.firstIndex(of: "】") else { return }
        let end = name.index(after: close)
        guard end < name.endIndex else { return }
        title = String(name[..<end])
        name = String(name[end...])
    }
}
