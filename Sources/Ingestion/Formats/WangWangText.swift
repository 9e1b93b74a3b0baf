import Transcript

/// Text of AliWangWang and 1688 chats: exports of the message manager and copies of the chat window.
///
/// No file of the old message manager is public, so every form that parsers of real logs know is taken, and a file may
/// mix them: `name (time):`, `buyer --> seller time` with the seller's lines as `seller time` (the blank may be
/// missing), and `[name] time`.
/// - `conversation`: the buyer a line is addressed from; without arrows, the one participant who is no sub-account.
/// - `sender`: the nick; a `cntaobao` before it is dropped and kept in `sender_id`.
/// - record: from the name, or the time where that stands first, to the last line of the body.
enum WangWangText: ChatFormat {
    static let id = "wangwang-txt"

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        let survey = Survey(sample)
        let headers = survey.paren + survey.arrow + survey.bracket
        guard headers > 0, !survey.bodies.isEmpty else { return nil }
        if survey.bracket > survey.paren + survey.arrow {
            return headers >= 2 ? 55 : 30
        }
        return headers >= 2 ? 80 : survey.arrow > 0 ? 60 : 45
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        let survey = Survey(text)
        let boundary = BoundarySurvey(text) { line, text, _ in Header(line, survey.forms, in: text) != nil }
        var walk = TextLines()
        var open = OpenRecord()
        var followsBlank = true
        var dates = DateBlock()
        var buyer = survey.buyer ?? ""
        var quotation = QuotedChat()
        /// Up to here headers are quoted.
        var quotedUntil = 0

        while !sink.isCalledOff, let line = walk.next(in: text) {
            let isBlank = text.isBlank(line.range)
            if line.start < quotedUntil {
                open.append(line.range)
                followsBlank = isBlank
                continue
            }
            if followsBlank || !boundary.needsBlank, let header = Header(line.range, survey.forms, in: text),
                survey.trusts(header, in: text)
            {
                let name = WangWangAccount(text.string(header.name)).name
                if open.isOpen,
                    let end = quotation.end(
                        from: (name, header.time, line.next), needsBlank: boundary.needsBlank, in: text,
                        header: { line, text in
                            guard let header = Header(line.range, survey.forms, in: text), survey.trusts(header, in: text)
                            else { return nil }
                            return (WangWangAccount(text.string(header.name)).name, header.time, line.next)
                        })
                {
                    quotedUntil = end
                    open.append(line.range)
                    followsBlank = false
                    sink.warn(
                        at: line.start, code: "header-like",
                        "这里像消息头，但说话人只在这里出现、时间与前后不合，按上一条的正文处理；请对照原文件核对。")
                    continue
                }
                quotation.begin(name, header.time)
                open.close(separators: boundary.separators, text, into: &sink, classify: MediaWords.classify)
                let sender = WangWangAccount(text.string(header.name))
                var role = Message.Role.unknown
                if let receiver = header.receiver {
                    let receiver = WangWangAccount(text.string(receiver))
                    let isToSeller = receiver.isSubaccount || !sender.isSubaccount
                    role = isToSeller ? .buyer : .seller
                    buyer = survey.whole(isToSeller ? sender.name : receiver.name)
                } else if survey.arrow > 0 {
                    role = sender.name == buyer ? .buyer : .seller
                }
                if sender.isSystem { role = .system }
                let (stamp, isNextDay) = dates.resolve(header.time, options)
                if isNextDay {
                    sink.warn(at: line.start, code: "midnight", "时间比上一条早 12 小时以上，按过了零点、日期加一天处理；请核对。")
                }
                open.begin(
                    Message(
                        conversation: buyer, location: .unplaced, time: stamp,
                        timeText: text.string(header.time.range), sender: sender.name, senderID: sender.longID,
                        role: role, text: ""),
                    header: line.range, inline: header.inline)
            } else if followsBlank || !open.isOpen, let found = text.dateLine(in: line.range),
                survey.hasBareTimes || !open.isOpen
            {
                open.close(separators: nil, text, into: &sink, classify: MediaWords.classify)
                dates.begin(found)
                sink.structure(line.range)
                followsBlank = true
                continue
            } else if open.isOpen, QianniuNotice.isDeliveryMark(line.range, text) {
                // It ends what was said, as a blank line does.
                open.mark(line.range)
                followsBlank = true
                continue
            } else if open.isOpen {
                open.append(line.range)
            } else if Banner.matches(line.range, text) {
                sink.structure(line.range)
            }
            followsBlank = isBlank
        }
        open.close(separators: nil, text, into: &sink, classify: MediaWords.classify)
    }

    /// Which forms of header a text has, and who speaks in it.
    private struct Survey {
        var paren = 0
        var arrow = 0
        var bracket = 0
        var hasBareTimes = false
        var bodies = BodyCount()
        var forms: Header.Forms = []
        /// The only participant who is not of the shop.
        var buyer: String?
        private var receivers: Set<String> = []
        private var names: [String: Int] = [:]
        private var aliases: [String: String] = [:]

        init(_ text: Span<UInt8>) {
            var walk = TextLines()
            var headers = 0
            while headers < 4_000, let line = walk.next(in: text) {
                guard let header = Header(line.range, [.paren, .arrow, .bracket, .plain], in: text) else {
                    if !text.isBlank(line.range) { bodies.line() }
                    continue
                }
                bodies.header(speaks: header.inline.map { !text.isBlank($0) } ?? false)
                let account = WangWangAccount(text.string(header.name))
                names[account.name, default: 0] += 1
                switch header.form {
                case .arrow: arrow += 1
                case .bracket: bracket += 1
                case .paren: paren += 1
                default: continue
                }
                headers += 1
                if let receiver = header.receiver { receivers.insert(WangWangAccount(text.string(receiver)).name) }
                if !header.time.hasDate { hasBareTimes = true }
            }
            // What is rare beside another form is quoted in a body.
            let most = max(paren, arrow, bracket)
            if paren * 4 >= most { forms.insert(.paren) }
            if bracket * 4 >= most { forms.insert(.bracket) }
            if arrow > 0 {
                forms.formUnion([.arrow, .plain])
                aliases = Self.aliases(names.keys)
            }
            buyer = WangWangAccount.buyer(among: names)
        }

        /// The nick of which copying has cut some letters off the left.
        func whole(_ nick: String) -> String { aliases[nick] ?? nick }

        /// The nicks of which one other, at most three letters longer, is the whole.
        private static func aliases(_ names: some Collection<String>) -> [String: String] {
            var wholes: [String: [String]] = [:]
            for name in names {
                for cut in 1...3 where name.count - cut >= 4 { wholes[String(name.dropFirst(cut)), default: []].append(name) }
            }
            return Dictionary(
                uniqueKeysWithValues: names.compactMap { name in
                    wholes[name].flatMap { $0.count == 1 ? (name, $0[0]) : nil }
                })
        }

        /// A line of a name and a time may also be said in a body; the seller's lines have a name that others address.
        func trusts(_ header: Header, in text: Span<UInt8>) -> Bool {
            guard header.form == .plain else { return true }
            let account = WangWangAccount(text.string(header.name))
            return account.isSubaccount || account.isSystem || receivers.contains(account.name)
                || names[account.name, default: 0] > 1
        }
    }
}

/// A name and a time in one of the forms.
private struct Header {
    struct Forms: OptionSet {
        let rawValue: Int
        /// `name (time):`
        static let paren = Forms(rawValue: 1)
        /// `buyer --> seller time`
        static let arrow = Forms(rawValue: 2)
        /// `[name] time`
        static let bracket = Forms(rawValue: 4)
        /// `name time` and `time name`, which only files with arrows have
        static let plain = Forms(rawValue: 8)
    }

    var form: Forms
    var name: Range<Int>
    var receiver: Range<Int>?
    var time: HeaderTime
    var inline: Range<Int>?

    init?(_ line: Range<Int>, _ forms: Forms, in text: Span<UInt8>) {
        guard line.count >= 8 else { return nil }
        if forms.contains(.paren), let header = Self.paren(line, in: text) {
            self = header
        } else if forms.contains(.bracket), text[line.lowerBound] == 0x5B, let header = Self.bracket(line, in: text) {
            self = header
        } else if !forms.isDisjoint(with: [.arrow, .plain]), let header = Self.trailing(line, forms, in: text) {
            self = header
        } else {
            return nil
        }
    }

    private init(_ form: Forms, name: Range<Int>, receiver: Range<Int>? = nil, time: HeaderTime) {
        self.form = form
        self.name = name
        self.receiver = receiver
        self.time = time
    }

    private static func paren(_ line: Range<Int>, in text: Span<UInt8>) -> Header? {
        var i = line.lowerBound
        // A name ends early, what is said on the same line may be long.
        let end = min(line.upperBound, line.lowerBound + 256)
        while i < end {
            let width = text[i] == 0x28 ? 1 : text.hasPrefix("（", in: i..<line.upperBound) ? 3 : 0
            if width > 0, let header = paren(at: i..<i + width, of: line, in: text) { return header }
            i += max(1, width)
        }
        return nil
    }

    private static func paren(at bracket: Range<Int>, of line: Range<Int>, in text: Span<UInt8>) -> Header? {
        let name = text.trimmingBlanks(line.lowerBound..<bracket.lowerBound)
        var scan = DateTimeScanner(bracket.upperBound..<line.upperBound)
        scan.skipSpaces(in: text)
        guard !name.isEmpty, let time = scan.headerTime([.full, .none], secondsOptional: true, in: text),
            time.hasDate || time.hasSeconds
        else { return nil }
        scan.skipSpaces(in: text)
        guard scan.take(0x29, in: text) || scan.take("）", in: text) else { return nil }
        scan.skipSpaces(in: text)
        let hasColon = scan.take(0x3A, in: text) || scan.take("：", in: text)
        while scan.take(0x20, in: text) {}
        // Words right after the bracket, without a colon, make it a sentence that names a time.
        guard hasColon || text.isBlank(scan.position..<line.upperBound) else { return nil }
        var header = Header(.paren, name: name, time: time)
        header.inline = scan.position..<line.upperBound
        return header
    }

    private static func bracket(_ line: Range<Int>, in text: Span<UInt8>) -> Header? {
        guard let time = text.trailingTime([.full, .none], secondsOptional: true, in: line) else { return nil }
        let before = text.trimmingBlanks(line.lowerBound..<time.range.lowerBound)
        guard before.count > 2, before.count <= 256, text[before.upperBound - 1] == 0x5D else { return nil }
        return Header(.bracket, name: before.lowerBound + 1..<before.upperBound - 1, time: time)
    }

    private static func trailing(_ line: Range<Int>, _ forms: Forms, in text: Span<UInt8>) -> Header? {
        if let time = text.trailingTime([.full, .none], in: line) {
            let before = text.trimmingBlanks(line.lowerBound..<time.range.lowerBound)
            guard !before.isEmpty, before.count <= 256 else { return nil }
            if let (sender, receiver) = splitAtArrow(before, in: text) {
                return Header(.arrow, name: sender, receiver: receiver, time: time)
            }
            return forms.contains(.plain) && text.looksLikeName(before, mayEndWithDay: time.hasDate) ? Header(.plain, name: before, time: time) : nil
        }
        var scan = DateTimeScanner(line)
        guard forms.contains(.plain), let time = scan.headerTime([.full], in: text) else { return nil }
        let name = text.trimmingBlanks(scan.position..<line.upperBound)
        return text.looksLikeName(name) ? Header(.plain, name: name, time: time) : nil
    }

    private static func splitAtArrow(_ range: Range<Int>, in text: Span<UInt8>) -> (Range<Int>, Range<Int>)? {
        var i = range.lowerBound + 1
        while i < range.upperBound {
            let rest = i..<range.upperBound
            let width = text.hasPrefix("-->", in: rest) || text.hasPrefix("→", in: rest) ? 3 : 0
            if width > 0 {
                let sender = text.trimmingBlanks(range.lowerBound..<i)
                let receiver = text.trimmingBlanks(i + width..<range.upperBound)
                return sender.isEmpty || receiver.isEmpty ? nil : (sender, receiver)
            }
            i += 1
        }
        return nil
    }
}
