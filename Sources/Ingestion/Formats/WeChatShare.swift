import Transcript

/// The text that WeChat writes when several messages are selected and sent by mail or shared.
///
/// A first line names the chat; rules hold the dates; each message is `name  16:21` (two blanks, minutes only), then its
/// paragraphs between blank lines. Pictures are named and attached.
/// - `conversation`: the group, or `A 和 B` as the first line has it.
/// - `sender`: the nickname, which may itself hold times and blanks.
/// - record: from the name to the last line of the body.
enum WeChatShare: ChatFormat {
    static let id = "wechat-share"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        let survey = Survey(sample)
        // Somebody may say such words in any chat; here they come first, or dates between rules follow.
        if survey.isIntroduced, survey.dates + survey.headers > 0 { return 96 }
        if survey.isIntroduced { return 45 }
        return survey.dates > 0 && survey.headers > 0 ? 88 : nil
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let survey = Survey(text)
        var reader = HeaderedText(conversation: survey.conversation, spacedBodies: true, countsBlanks: false)
        if survey.lostBlanks {
            reader.trusts = { header, last in
                let goesBack = if let last, let time = header.time { time.secondOfDay < last.secondOfDay } else { false }
                return !goesBack && (survey.isTight || survey.returns(header.sender ?? ""))
            }
        }
        reader.isFrame = { line, text in introduction(line, in: text) != nil }
        reader.read(text, options, into: &sink, date: { $1.ruledDate(in: $0) }) { line, text in
            guard let (name, time) = header(line.range, isSpaced: survey.isSpaced, in: text),
                survey.mayBeSpeaker(name, in: text)
            else { return nil }
            return HeaderedText.Header(sender: text.string(name), time: time, range: line.range, next: line.next)
        }
    }

    /// A name and, after two blanks, a time to the minute.
    private static func header(
        _ line: Range<Int>, isSpaced: Bool, in text: Span<UInt8>
    ) -> (name: Range<Int>, time: HeaderTime)? {
        guard line.count < 512, let time = text.trailingTime([.none], secondsOptional: true, in: line), !time.hasSeconds
        else { return nil }
        let before = line.lowerBound..<time.range.lowerBound
        var end = before.upperBound
        var blanks = 0
        while end > before.lowerBound {
            var last = end - 1
            while last > before.lowerBound, text[last] & 0xC0 == 0x80 { last -= 1 }
            let width = text.blankWidth(at: last, before: end)
            guard width == end - last else { break }
            // An ideographic blank is as wide as two.
            blanks += width == 3 ? 2 : 1
            end = last
        }
        guard blanks >= (isSpaced ? 2 : 1), end > before.lowerBound else { return nil }
        return (before.lowerBound..<end, time)
    }

    /// `A 和 B 在微信上的聊天记录如下，请查收。` or `微信群"X"的聊天记录如下:`; the part that names the chat.
    private static func introduction(_ line: Range<Int>, in text: Span<UInt8>) -> String? {
        guard line.count < 1 << 10, text.contains("聊天记录如下", in: line) else { return nil }
        let words = text.string(text.trimmingBlanks(line))
        if words.hasPrefix("微信群"), let end = words.range(of: "的聊天记录如下") {
            return String(words[..<end]).dropping("微信群").trimmingQuotes()
        }
        guard let end = words.range(of: "在微信上的聊天记录如下") ?? words.range(of: "的聊天记录如下") else { return nil }
        return String(words[..<end]).trimmingBlanks()
    }

    private struct Survey {
        var headers = 0
        var dates = 0
        /// The first line names the chat.
        var isIntroduced = false
        var conversation = ""
        /// Names and times are two blanks apart, as WeChat writes them; some programs make them one.
        var isSpaced = true
        /// The two of a private chat, as the first line names them, where both speak under these names.
        private var pair: [String] = []
        /// Headers right below another line that is not blank.
        private var crowded = 0
        private var names: [String: Int] = [:]

        /// Blank lines, which the program writes above every header, are missing above some.
        var lostBlanks: Bool { crowded * 10 > headers }
        /// Blank lines are missing above most headers.
        var isTight: Bool { crowded * 2 >= headers }

        func returns(_ name: String) -> Bool { names[name, default: 0] > 1 }

        func mayBeSpeaker(_ name: Range<Int>, in text: Span<UInt8>) -> Bool {
            pair.isEmpty || pair.contains(text.string(name))
        }

        init(_ text: Span<UInt8>) {
            var walk = TextLines()
            var spaced = 0
            var number = 0
            var previousBlank = true
            while headers < 4_000, let line = walk.next(in: text) {
                if text.isBlank(line.range) {
                    previousBlank = true
                    continue
                }
                number += 1
                var isBreak = false
                if number <= 5, conversation.isEmpty, let name = introduction(line.range, in: text) {
                    if number == 1 { isIntroduced = true }
                    conversation = name
                    isBreak = true
                } else if text.ruledDate(in: line.range) != nil {
                    dates += 1
                    isBreak = true
                } else if let (name, _) = header(line.range, isSpaced: false, in: text) {
                    headers += 1
                    if !previousBlank { crowded += 1 }
                    let name = text.string(name)
                    if names[name] != nil || names.count < 1_000 { names[name, default: 0] += 1 }
                    if header(line.range, isSpaced: true, in: text) != nil { spaced += 1 }
                }
                previousBlank = isBreak
            }
            isSpaced = spaced > 0
            // A name may itself hold 和, so every place to part the two is tried.
            let words = conversation.split(separator: " 和 " as String)
            for cut in words.indices.dropFirst() {
                let two = [words[..<cut].joined(separator: " 和 "), words[cut...].joined(separator: " 和 ")]
                if two.allSatisfy({ names[$0] != nil }) { pair = two }
            }
        }
    }
}

extension String {
    fileprivate func range(of word: String) -> Index? {
        var i = startIndex
        while i < endIndex {
            if self[i...].hasPrefix(word) { return i }
            i = index(after: i)
        }
        return nil
    }

    fileprivate func dropping(_ prefix: String) -> String { String(dropFirst(prefix.count)) }

    fileprivate func trimmingBlanks() -> String {
        String(String(self.drop { $0 == " " }).trimmingTrailingSpaces())
    }

    fileprivate func trimmingQuotes() -> String {
        var name = Substring(trimmingBlanks())
        if let first = name.first, "\"“「".contains(first) { name = name.dropFirst() }
        if let last = name.last, "\"”」".contains(last) { name = name.dropLast() }
        return String(name)
    }
}
