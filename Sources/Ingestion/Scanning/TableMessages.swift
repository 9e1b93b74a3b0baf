import Transcript

/// Makes messages of the rows of a table whose columns are known.
struct TableMessages {
    let columns: TableColumns
    let options: ReadingOptions
    /// Where a date is only numbers below 13, which of the two is the month.
    var order: WrittenTime.Order
    /// The chat's name where no column tells it, as that of a sheet.
    var conversation: String
    private var damage: Set<String> = []
    /// The words of the direction's column, of which there are few.
    private var directions: [String: Direction?] = [:]

    init(columns: TableColumns, order: WrittenTime.Order, conversation: String = "", options: ReadingOptions) {
        self.columns = columns
        self.order = order
        self.conversation = conversation
        self.options = options
    }

    /// Takes one row; `moment` is its time where the table keeps it as a number and not as words.
    mutating func take(
        _ cells: [String], moment: Timestamp? = nil, at range: Range<Int>, into sink: inout RecordSink
    ) {
        func cell(_ meaning: TableColumns.Meaning) -> String? {
            guard let index = columns.index[meaning], cells.indices.contains(index) else { return nil }
            return cells[index].isEmpty ? nil : cells[index]
        }
        sink.structure(before: range.lowerBound)
        guard let textIndex = columns.index[.text], cells.indices.contains(textIndex) else {
            if cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { return sink.structure(range) }
            return sink.unparsed(range, code: "short-row", "这一行的列数不够，没有内容一列，未计入。")
        }
        if cells.allSatisfy(\.isEmpty) { return sink.structure(range) }
        if moment == nil, ![.text, .time, .date, .kind].contains(where: { cell($0) != nil }) {
            return sink.unparsed(range, code: "no-message", "这一行既没有时间也没有内容（可能是合计或说明），未计入。")
        }
        noticeDamage(cells, at: range, &sink)

        let said = cells[textIndex]
        let number = cell(.number).map(Self.unwrapped)
        let direction = direction(of: cell(.direction)) ?? direction(ofKind: cell(.kind))
        let buyer = cell(.buyer)
        let agent = cell(.agent)
        var sender = cell(.sender)
        var role = direction?.role ?? .unknown
        if role == .unknown, let name = sender {
            if name == buyer { role = .buyer } else if name == agent || buyer != nil && WangWangAccount(name).isSubaccount { role = .seller }
            if role == .unknown { role = CopyHeader.role(of: name) }
            // The word for the side that speaks, beside columns that name both.
            if role == .buyer { sender = buyer ?? name } else if role == .seller { sender = agent ?? name }
        }
        if role == .unknown, sender == nil, !columns.speaksOtherwise, (buyer == nil) != (agent == nil), columns.index[.agent] != nil {
            // Only the side that speaks is named in the row.
            role = buyer == nil ? .seller : .buyer
        }
        var senderID = cell(.senderID).map(Self.unwrapped)
        if columns.isShortMessages || sender == nil && (number != nil || cell(.contact) != nil) {
            // The number and the name are the other side's, whoever speaks.
            let isOther = role == .buyer || role == .unknown
            sender = isOther ? cell(.contact) ?? sender ?? number : nil
            senderID = isOther ? senderID ?? number.map(PhoneNumber.normalized) : nil
        }
        if sender == nil { sender = role == .buyer ? buyer : role == .seller ? agent : role == .unknown ? onlyParty(buyer, agent) : nil }
        if sender == nil, !columns.isShortMessages { sender = cell(.senderID).map(Self.unwrapped) }

        var time = moment
        let timeText = [cell(.date), cell(.time)].compactMap { $0 }.joined(separator: " ")
        let timeWords = timeText.utf8.contains(0x0A) ? timeText.replacing("\n", with: " ") : timeText
        if time == nil, !timeText.isEmpty {
            time = Timestamp(cell: timeWords, order: order, options: options)
                ?? Timestamp(clock: timeWords, options: options)
            if time == nil {
                tell("no-date", "时间一列没有完整的日期，时间留空；知道日期的话请用 --date 写明。", at: range, &sink)
            }
        }
        let parties = [cell(.sender), cell(.receiver)].compactMap { $0 }
        let chat =
            cell(.conversation) ?? buyer ?? number.map(PhoneNumber.normalized) ?? cell(.contact)
            ?? (parties.count == 2 ? parties.sorted().joined(separator: " / ") : conversation)
        var kind = cell(.kind).flatMap(Self.kind) ?? MediaWords.kind(of: said)
        if role == .system, kind == .text { kind = .system }
        sink.message(
            Message(
                conversation: chat, location: SourceLocation(line: 0, offset: 0, length: 0), time: time,
                timeText: timeText.isEmpty ? nil : timeText, sender: role == .system ? cell(.sender) : sender,
                senderID: senderID, title: cell(.title), role: role, kind: kind,
                text: said.isEmpty && kind != .text ? MediaWords.word(for: kind) : said),
            at: range)
    }

    /// The one whom a table names whose rows do not tell who of two speaks.
    private func onlyParty(_ buyer: String?, _ agent: String?) -> String? {
        guard !columns.speaksOtherwise else { return nil }
        return columns.index[.agent] == nil ? buyer : columns.index[.buyer] == nil ? agent : nil
    }

    /// What a type says of the direction. A number that is no phone's says what kind of message it is, as WeChat's 1 and 3.
    private mutating func direction(ofKind word: String?) -> Direction? {
        guard let word, columns.isShortMessages || Int(word) == nil else { return nil }
        return direction(of: word)
    }

    private mutating func direction(of word: String?) -> Direction? {
        guard let word else { return nil }
        if let known = directions[word] { return known }
        let direction = Direction(word)
        if directions.count < 256 { directions[word] = .some(direction) }
        return direction
    }

    /// What a direction, a folder or a role is called.
    enum Direction {
        case received, sent, draft, system

        var role: Message.Role {
            switch self {
            case .received: .buyer
            case .sent, .draft: .seller
            case .system: .system
            }
        }

        init?(_ word: String?) {
            guard let word else { return nil }
            let folded = TableColumns.fold(word)
            if let known = Self.words[folded] {
                self = known
                return
            }
            // `READ,RECEIVED` and the like.
            let parts = folded.split { $0 == "," || $0 == "/" || $0 == "|" }
            guard parts.count > 1, let known = parts.lazy.compactMap({ Self.words[String($0)] }).first else { return nil }
            self = known
        }

        private static let words: [String: Direction] = {
            var words: [String: Direction] = [:]
            let table: [(Direction, String)] = [
                (.received, "1 收 接收 收到 已接收 已收 收件箱 收件 来信 接收短信 收信 收取 来自 接到 in inbox received receive incoming deliver read unread 客户 买家 顾客 用户 会员 对方 buyer customer false 否"),
                (.sent, "2 发 发送 已发送 已发 发出 发件箱 发件 已发短信 发送短信 寄件箱 发给 发往 去信 发信 已发信息 out outbox sent send outgoing submit sending 客服 卖家 商家 店铺 我 本人 自己 seller agent service me true 是"),
                (.draft, "3 草稿 草稿箱 draft drafts"),
                (.system, "系统 系统消息 通知 提示 system notification"),
            ]
            for (direction, list) in table { for word in list.split(separator: " ") { words[String(word)] = direction } }
            return words
        }()
    }

    /// The kind a type's word says; text where it says nothing of a medium.
    private static func kind(_ word: String) -> Message.Kind? {
        switch TableColumns.fold(word) {
        case "图片", "图片消息", "image", "picture": .image
        case "语音", "语音消息", "voice", "audio": .voice
        case "视频", "视频消息", "video": .video
        case "文件", "文件消息", "file": .file
        case "表情", "动画表情", "sticker", "emoji": .sticker
        case "红包": .redPacket
        case "转账": .transfer
        case "撤回": .recall
        case "链接", "卡片", "名片", "位置", "card", "link": .card
        default: nil
        }
    }

    /// A number as Excel is made to keep it: `="138…"`, with a tab before, with an apostrophe.
    private static func unwrapped(_ cell: String) -> String {
        var word = Substring(cell)
        if word.hasPrefix("=\""), word.hasSuffix("\"") { word = word.dropFirst(2).dropLast() }
        while let first = word.first, first == "\t" || first == "'" || first == " " { word = word.dropFirst() }
        while let last = word.last, last == "\t" || last == " " { word = word.dropLast() }
        return String(word)
    }

    // MARK: Damage

    private mutating func noticeDamage(_ cells: [String], at range: Range<Int>, _ sink: inout RecordSink) {
        for index in cells.indices where index != columns.index[.text] {
            if Self.isScientific(cells[index]) {
                let name = columns.names.indices.contains(index) ? columns.names[index] : ""
                tell(
                    "excel-damage", "“\(name)”一列的长号码被 Excel 改成了科学计数法（如 \(cells[index])），原号码已丢失；请用未经 Excel 保存的原始文件。",
                    at: range, &sink)
            }
        }
        if cells.contains(where: { $0.utf8.count >= 32_767 && $0.utf16.count >= 32_767 }) {
            tell("cell-limit", "有单元格达到 Excel 的 32767 字上限，后面的内容可能已被截掉。", at: range, &sink)
        }
    }

    /// `1.39E+10`, or `2.34807E+12`.
    private static func isScientific(_ cell: String) -> Bool {
        guard cell.utf8.count <= 24, let mark = cell.utf8.firstIndex(where: { $0 | 0x20 == 0x65 }) else { return false }
        let exponent = cell.utf8[mark...].dropFirst()
        guard exponent.first == 0x2B, exponent.count >= 2 else { return false }
        return cell.utf8[..<mark].allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E } && mark > cell.utf8.startIndex
    }

    /// Tells something once for the whole table, at the first row it concerns.
    private mutating func tell(_ code: String, _ message: String, at range: Range<Int>, _ sink: inout RecordSink) {
        if damage.insert(code).inserted { sink.warn(at: range.lowerBound, code: code, message) }
    }
}

extension Timestamp {
    /// A time of day alone, on the day the user named.
    init?(clock text: String, options: ReadingOptions) {
        guard let year = options.year, let month = options.month, let day = options.day else { return nil }
        let bytes = Array(text.utf8)
        var scan = DateTimeScanner(0..<bytes.count)
        scan.skipSpaces(in: bytes.span)
        guard let clock = scan.clock(secondsOptional: true, in: bytes.span), scan.isAtEnd else { return nil }
        self.init(
            year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second ?? 0,
            offsetFromUTC: options.offsetFromUTC)
    }
}
