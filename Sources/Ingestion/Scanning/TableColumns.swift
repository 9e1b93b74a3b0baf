/// What the columns of a table mean, found by their names.
struct TableColumns {
    enum Meaning: Int, CaseIterable {
        case time, date, text, sender, senderID, receiver, buyer, agent, number, contact, direction, kind, conversation, title, transcript

        /// What people call it.
        var label: String {
            switch self {
            case .time: "时间"
            case .date: "日期"
            case .text: "内容"
            case .sender: "发送人"
            case .senderID: "发送账号"
            case .receiver: "接收人"
            case .buyer: "买家"
            case .agent: "客服"
            case .number: "号码"
            case .contact: "联系人"
            case .direction: "收发"
            case .kind: "类型"
            case .conversation: "会话"
            case .title: "头衔"
            case .transcript: "整段聊天"
            }
        }
    }

    /// Where the column of each meaning stands; asked for in every row, so no dictionary.
    struct Places {
        private var places = [Int?](repeating: nil, count: Meaning.allCases.count)

        subscript(meaning: Meaning) -> Int? {
            get { places[meaning.rawValue] }
            set { places[meaning.rawValue] = newValue }
        }
    }

    private(set) var index = Places()
    private(set) var names: [String]
    /// Whether the table is one of short messages.
    private(set) var isShortMessages = false

    /// Takes a row for a header; `nil` where it does not name a text and who or when.
    init?(header: [String]) {
        names = header
        var unknown: [(position: Int, name: String)] = []
        for (position, name) in header.enumerated() {
            let folded = Self.fold(name)
            guard let meanings = Self.meanings[folded] else {
                if !folded.isEmpty { unknown.append((position, folded)) }
                continue
            }
            // A name that may mean several things means the first that is still free.
            if let meaning = meanings.first(where: { index[$0] == nil }) { index[meaning] = position }
        }
        // Names nobody listed, where no column has their meaning yet.
        for (position, name) in unknown where name.utf8.count <= 36 {
            if let meaning = Self.meaning(ofUnlisted: name), index[meaning] == nil { index[meaning] = position }
        }
        // Beside a column of the staff the users are the buyers.
        if index[.agent] != nil, index[.buyer] == nil, let sender = index[.sender], Self.users.contains(where: Self.fold(header[sender]).hasPrefix) {
            index[.buyer] = sender
            index[.sender] = nil
        }
        if index[.time] == nil, let date = index[.date] {
            index[.time] = date
            index[.date] = nil
        }
        guard index[.text] != nil && (index[.time] != nil || speaks) || holdsTranscripts, header.count >= 2 else { return nil }
        // One cell of prose that happens to be such a word is no header.
        guard header.allSatisfy({ $0.utf8.count <= 60 }) else { return nil }
        isShortMessages = namesShortMessages
    }

    /// Columns whose meanings are known otherwise.
    init(names: [String], index: Places) {
        self.names = names
        self.index = index
        isShortMessages = namesShortMessages
    }

    /// Whether a row holds not a message but a chat, all of it in one cell.
    var holdsTranscripts: Bool { index[.text] == nil && index[.transcript] != nil && index[.buyer] != nil }

    /// Whether a column tells who speaks or to whom.
    var speaks: Bool {
        [.sender, .senderID, .number, .contact, .buyer].contains { index[$0] != nil }
    }

    /// Whether a column other than those of the two sides tells who speaks.
    var speaksOtherwise: Bool { index[.direction] != nil || index[.sender] != nil || index[.senderID] != nil }

    private var namesShortMessages: Bool {
        let names = Set(self.names.map(Self.fold))
        let named = names.contains { $0.contains("短信") || $0.contains("信箱") || $0 == "folder" || $0 == "smsid" }
        return index[.number] != nil && (named || index[.direction] != nil || index[.kind] != nil)
    }

    /// Whether the table names what only a shop's back end has.
    var isShop: Bool { index[.buyer] != nil || index[.agent] != nil }

    /// One sentence about the mapping, for the reader to check.
    var explanation: String {
        let parts = Meaning.allCases.compactMap { meaning in
            index[meaning].map { "\(meaning.label)←“\(names[$0])”" }
        }
        return "按表头的列名读取：" + parts.joined(separator: "，") + "。如果对应错了，请改好列名再试。"
    }

    /// The columns of a header of two rows, the upper of which groups the lower; `nil` where the upper row, by itself
    /// these columns, is all of it.
    func joined(with lower: [String]) -> TableColumns? {
        guard lower.allSatisfy({ $0.utf8.count <= 30 }) else { return nil }
        var group = ""
        let joined = lower.enumerated().map { position, name in
            let upper = position < names.count ? names[position] : ""
            if !upper.isEmpty { group = upper }
            if name.isEmpty { return upper }
            return Self.meanings[Self.fold(group + name)] == nil ? name : group + name
        }
        // What was said rarely is the name of a column; that several cells of a row are does not happen.
        let known = lower.count { Self.meanings[Self.fold($0)] != nil }
        guard known >= 2, let columns = TableColumns(header: joined), columns.count > count else { return nil }
        return columns
    }

    /// How many meanings have a column.
    private var count: Int { Meaning.allCases.count { index[$0] != nil } }

    /// What a name means by how it begins and ends.
    private static func meaning(ofUnlisted name: String) -> Meaning? {
        func ends(_ words: String...) -> Bool { words.contains { name.hasSuffix($0) } }
        func begins(_ words: String...) -> Bool { words.contains { name.hasPrefix($0) } }
        func holds(_ words: String...) -> Bool { words.contains { name.contains($0) } }
        if ends("时间", "时刻", "日期", "time", "timestamp", "date") {
            if otherTimes.contains(where: { name.contains($0) }) { return nil }
            return ends("日期", "date") ? .date : .time
        }
        if ends("类型", "状态", "标志", "标识"), holds("收发") { return .direction }
        if ends("类型", "状态"), holds("短信", "信息", "消息") { return .kind }
        if ends("方向", "direction") || holds("角色", "身份") { return .direction }
        if ends("内容", "正文", "文本", "发言", "原文", "content", "message", "text") { return .text }
        if begins("发送人", "发送者", "发送方", "发言人", "sender", "from"), ends("qq", "qq号", "qq号码", "id", "账号", "帐号", "微信号", "uid", "uin") {
            return .senderID
        }
        let isName = ends("昵称", "名称", "名字", "账号", "帐号", "id", "旺旺", "名", "name", "nick", "号", "account")
        let isPerson = isName || ends("方", "人", "者", "人员")
        if isPerson, holds("接收", "收件", "收信") || begins("receiver", "recipient") { return .receiver }
        if isPerson, holds("发送", "发言", "说话", "发件", "发信", "发消息") || begins("sender", "from", "author", "speaker") { return .sender }
        if ends("号码", "手机号", "电话", "phone", "number"), !holds("订单", "单号", "快递", "order") { return .number }
        guard isName || ends("人") else { return nil }
        if begins("买家", "客户", "顾客", "用户", "会员", "访客", "咨询", "消费者", "buyer", "customer", "user") { return .buyer }
        if begins("客服", "商家", "卖家", "坐席", "接待", "员工", "店铺", "seller", "agent", "staff") { return .agent }
        if isName, begins("会话", "对话", "聊天", "群", "chat", "conversation", "session") { return .conversation }
        return nil
    }

    /// Whom a shop calls its users.
    private static let users = ["用户", "user"]

    /// Times of an order or of a service, not of a message.
    private static let otherTimes = [
        "下单", "付款", "支付", "发货", "成交", "签收", "收货", "退款", "结束", "完成", "开始", "导出", "评价", "响应", "等待", "创建", "更新", "有效", "截止",
        "注册", "登录", "生效", "order", "paid", "pay", "update", "expire",
    ]

    /// What a column of a name, or a label before a colon, means.
    static func meaning(of name: String) -> Meaning? {
        let folded = fold(name)
        return meanings[folded]?.first ?? (folded.utf8.count <= 36 ? meaning(ofUnlisted: folded) : nil)
    }

    static func fold(_ name: String) -> String {
        var folded = ""
        for scalar in name.lowercased().unicodeScalars {
            switch scalar {
            case " ", "_", "-", "\u{FEFF}", "\u{3000}", "\u{A0}", "\t", "\n", ":", "：", "*": continue
            case "（": folded += "("
            case "）": folded += ")"
            default: folded.unicodeScalars.append(scalar)
            }
        }
        return folded
    }

    private static let meanings: [String: [Meaning]] = {
        let table: [([Meaning], String)] = [
            ([.time], "时间 发送时间 消息时间 聊天时间 短信时间 收发时间 接收时间 日期时间 时间戳 创建时间 会话时间 发言时间 记录时间 时刻"),
            ([.time], "time timestamp datetime created createdat messagedate sendtime senttime createtime messagetime strtime senton sentat"),
            ([.time, .direction], "sent"),
            ([.date, .time], "日期 发送日期 消息日期 短信日期 聊天日期 date senddate"),
            ([.text], "内容 消息内容 聊天内容 发送内容 短信内容 正文 消息正文 对话内容 会话内容 发言内容 消息文本 文本 文本内容 消息 短信 发言 对话 文字 信息 说话内容 聊天 留言 留言内容 聊天信息 短信正文 说的话"),
            ([.text], "text body content message msg messagecontent messagetext messagebody smsbody strcontent"),
            ([.sender], "发送方 发送人 发送者 发言人 说话人 发件人 发信人 昵称 发送人昵称 发送者昵称 发送方昵称 消息发送人 消息发送者 名字 用户昵称 用户 用户名 用户名称 发言者 讲话人 人员 成员 网名 发布者 发送人员 谁"),
            ([.sender], "sender from sendername nickname speaker author fromname fromuser user username nick displayname sentby"),
            ([.sender, .senderID], "发送账号 发送人账号 发送方账号"),
            ([.senderID], "发送者qq号 发送者qq qq qq号 qq号码 qq(邮箱) 账号 帐号 微信号 用户id senderid fromid wxid uin uid"),
            ([.receiver], "接收方 接收人 接收者 收件人 收信人 接收账号 接收人昵称 to receiver recipient toname touser"),
            ([.buyer], "买家 买家昵称 买家旺旺 买家账号 买家id 买家名 客户 客户名 客户名称 客户id 客户昵称 会员名 会员昵称 顾客 顾客昵称 买家会员名 buyer buyernick customer"),
            ([.agent], "客服 客服昵称 客服账号 客服名称 客服名 员工账号 接待客服 子账号 卖家 卖家昵称 旺旺客服 seller sellernick agent"),
            ([.number], "号码 手机号 手机号码 电话 电话号码 对方号码 手机 联系电话 发送号码 短信号码 number address phone phonenumber"),
            ([.contact, .sender], "姓名 联系人 对方姓名 联系人姓名 对方 对方昵称 对方名称 对方账号 name contact contactname"),
            ([.direction], "方向 消息来源 收发 收/发 收发类型 消息方向 信箱 文件夹 收发状态 短信类型 账号类型 发送方类型 发送者类型 身份 角色 发送人类型 是否自己 是否本人 是否我发送 direction folder box role issender issent isself"),
            ([.kind, .direction], "类型 状态 消息类型 type kind messagetype msgtype status"),
            ([.conversation], "会话 会话名称 聊天对象 对象 消息对象 群名 群名称 聊天名称 conversation chat chatsession chatname"),
            ([.title], "群头衔 头衔 title"),
            ([.transcript], "聊天记录 对话记录 沟通记录"),
        ]
        var meanings: [String: [Meaning]] = [:]
        for (meaning, words) in table {
            for word in words.split(separator: " ") { meanings[String(word)] = meaning }
        }
        return meanings
    }()
}
