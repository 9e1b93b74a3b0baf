import Ingestion
import Testing
import Transcript

/// Headers of copied chats in the many ways people's back ends set out a name and a time.
@Suite struct CopyFormTests {
    /// Forms of a message; `N` is the name, `T` the time, `B` what was said.
    static let forms = [
        "N T\nB", "N\tT\nB", "T N\nB", "N(T)\nB", "N（T）\nB", "N (T):\nB", "N[T]\nB", "[T]N\nB", "[T] N:\nB", "[T] N: B", "T N: B",
        "T N：B", "N T：B", "N T: B", "N\nT\nB", "T\nN\nB", "T\nN：B", "N：\nT\nB", "【N】T\nB", "N | T\nB", "T | N\nB", "T - N\nB", "N - T\nB",
        "T - N: B", "T，N：B", "N, T\nB", "<N> T\nB", "T <N> B", "T [N] B", "(T) N: B", "【T】N：B", "### N T\nB", "**N** T\nB",
        "时间：T\n发送人：N\n内容：B", "发送人：N\n时间：T\n内容：B", "昵称: N\n消息时间: T\n消息内容: B", "T N 说：\nB", "N T 已读\nB", "N T（未读）\nB", "3. N T\nB", "#3 N T\nB",
    ]

    /// Forms whose time comes last.
    static let timesLast = ["N：B（T）", "N: B (T)", "N: B [T]", "N：B T", "N\nB\nT", "N：\nB\nT", "N：B\nT", "N: B\nT", "- T N：B", "1. T N：B", "T | N | B"]

    /// Writes what was said in a form, and expects that reading it gives speakers, words and times back.
    private func expectRead(
        _ said: [(String, String)], _ form: String, _ written: String, _ read: String, _ isSpaced: Bool
    ) -> ReadChat {
        let blocks = said.enumerated().map { number, message in
            form.replacing("N", with: message.0).replacing("T", with: written.replacing("%", with: "\(number)"))
                .replacing("B", with: message.1)
        }
        let chat = ReadChat(blocks.joined(separator: isSpaced ? "\n\n" : "\n") + "\n")
        #expect(chat.messages.map(\.sender) == said.map(\.0), "\(form) \(written)")
        #expect(chat.texts == said.map(\.1), "\(form) \(written)")
        #expect(
            chat.messages.map { $0.time?.iso8601 } == said.indices.map { read.replacing("%", with: "\($0)") }, "\(form) \(written)")
        return chat
    }

    @Test(arguments: timesLast, [true, false])
    func `words above or before their time are not taken for a name`(_ form: String, _ isSpaced: Bool) {
        for (written, read) in Self.times {
            // Only what stands on lines of its own can have several.
            let two = form.contains("\nB") ? "在的\n2024-03-01 发的" : "在的，2024-03-01 发的"
            let said = [("买家小王", "在吗"), ("示例店客服", two), ("买家小王", "退 50"), ("示例店客服", "明天"), ("买家小王", "好")]
            let chat = expectRead(said, form, written, read, isSpaced)
            #expect(chat.file.source.lines.unparsed == 0)
        }
    }

    @Test(arguments: ["\n", "\n\n"])
    func `a name behind a time and before blanks is sure where two speak by turns`(_ separator: String) {
        let said = [("买家小王", "在吗"), ("客服", "在的 2 件\n亲"), ("买家小王", "退 50"), ("客服", "明天 10:00"), ("买家小王", "好")]
        for form in ["T N B", "T  N  B", "[T] N B", "T\tN B"] {
            let blocks = said.enumerated().map { number, message in
                form.replacing("N", with: message.0).replacing("T", with: "2024-03-05 10:1\(number):12").replacing("B", with: message.1)
            }
            let chat = ReadChat(blocks.joined(separator: separator) + "\n")
            #expect(chat.messages.map(\.sender) == said.map(\.0), "\(form)")
            #expect(chat.texts == said.map(\.1), "\(form)")
            #expect(chat.file.source.lines.unparsed == 0)
        }
    }

    @Test(arguments: [
        "2024-03-05 10:11:12 广州市 快件已揽收\n2024-03-05 12:11:12 广州市 快件已发出\n2024-03-06 10:11:12 杭州市 快件已到达\n2024-03-06 11:11:12 杭州市 派送中\n",
        "2024-03-05 10:11:12 nginx started\n2024-03-05 10:11:13 sshd started\n2024-03-05 10:11:14 nginx stopped\n2024-03-05 10:11:15 sshd stopped\n",
        "2024-03-05 10:11:12 买家 付款 50\n2024-03-06 10:11:12 商家 发货\n2024-03-07 10:11:12 快递 签收\n",
    ])
    func `lists of times and words are no chats`(_ list: String) {
        #expect(ReadChat(list).messages.isEmpty)
    }

    @Test func `names that may hold blanks are not cut where blanks alone set them off`() {
        #expect(ReadChat("2024-03-05 10:11 王 先生 在吗\n2024-03-05 10:12 客服 在\n2024-03-05 10:13 王 先生 好\n2024-03-05 10:14 客服 嗯\n").messages.isEmpty)
    }

    @Test func `wide colons and spelled hours that are said are no headers`() {
        let chat = ReadChat(
            "买家小王 2024-03-05 10:11\n比例 3：15\n10时30分到\n客服 2024-03-05 10:12\n收到 10：30\n买家小王 2024-03-05 10:13\n14：00 前转 50\n客服 2024-03-05 10:14\n好\n")
        #expect(chat.messages.map(\.sender) == ["买家小王", "客服", "买家小王", "客服"])
        #expect(chat.texts == ["比例 3：15\n10时30分到", "收到 10：30", "14：00 前转 50", "好"])
    }

    @Test func `in brackets a time without seconds is not WhatsApp's`() {
        let chat = ReadChat("[2024/05/06 10:11] 小王: 在吗\n[2024/05/06 10:12] 客服: 在\n[2024/05/06 10:13] 小王: 好\n")
        #expect(chat.messages.map(\.sender) == ["小王", "客服", "小王"])
        #expect(chat.texts == ["在吗", "在", "好"])
    }

    @Test func `rules between messages are not text, rules within are`() {
        let rule = "----------------\n"
        let chat = ReadChat(
            "甲 2024-03-05 10:11:12\n在吗\n\(rule)乙 2024-03-05 10:12:12\n在\n\(rule)两件\n\n\(rule)\n甲 2024-03-05 10:13:12\n好\n\(rule)")
        #expect(chat.messages.map(\.sender) == ["甲", "乙", "甲"])
        #expect(chat.texts == ["在吗", "在\n----------------\n两件", "好"])
        #expect(chat.file.source.lines.unparsed == 0)
    }

    @Test func `a rule of three dashes sets messages apart`() {
        let chat = ReadChat("甲 2024-03-05 10:11:12\n在吗\n---\n乙 2024-03-05 10:12:12\n在\n---\n甲 2024-03-05 10:13:12\n好\n")
        #expect(chat.texts == ["在吗", "在", "好"])
    }

    @Test func `a day between messages that no blank line sets apart is no text`() {
        let chat = ReadChat("2024-03-05\n甲 10:11:12\n在吗\n乙 10:12:12\n在\n2024-03-06\n甲 9:00:00\n好\n")
        #expect(chat.texts == ["在吗", "在", "好"])
        #expect(chat.messages.last?.time?.iso8601 == "2024-03-06T09:00:00+08:00")
    }

    @Test(arguments: ["2024-03-05\n\n", "聊天记录导出\n店铺：示例店\n\n2024-03-05\n\n", "2024-03-05\n"])
    func `names above clock readings, days between them, are no page of 聊天记录查询`(_ head: String) {
        let chat = ReadChat(
            head + "甲\n10:11:12\n在吗\n\n客服小美\n10:12:12\n在的\n亲\n\n2024-03-06\n\n甲\n9:00:00\n好\n")
        #expect(chat.messages.map(\.sender) == ["甲", "客服小美", "甲"])
        #expect(chat.texts == ["在吗", "在的\n亲", "好"])
        #expect(
            chat.messages.map { $0.time?.iso8601 }
                == ["2024-03-05T10:11:12+08:00", "2024-03-05T10:12:12+08:00", "2024-03-06T09:00:00+08:00"])
    }

    @Test func `a day above messages of a shop's sub-account gives them their date`() {
        let chat = ReadChat("2024-03-05\n买家小王 21:57:48\n在吗\n示例店:晚班 21:58:00\n在\n2024-03-06\n买家小王 9:00:00\n好\n")
        #expect(chat.texts == ["在吗", "在", "好"])
        #expect(chat.messages.map { $0.time?.wallClock.day } == [5, 5, 6])
        #expect(chat.file.source.lines.unparsed == 0)
    }

    @Test func `a short table without a header is a table and no chat of names with commas`() {
        let chat = ReadChat("2024-03-05 10:11:12,甲,在吗\n2024-03-05 10:12:12,示例店:小美,在\n2024-03-05 10:13:12,甲,好\n")
        #expect(chat.messages.map(\.sender) == ["甲", "示例店:小美", "甲"])
        #expect(chat.texts == ["在吗", "在", "好"])
    }

    @Test func `a day with an English month belongs to the time`() {
        let chat = ReadChat(
            "陈先生 Jul 23, 2011 6:12:54 AM\n在吗\n\n客服小美 Jul 23, 2011 6:12:59 AM\n您好\n\n陈先生 Jul 23, 2011  6:13:54 PM\n退\n")
        #expect(chat.messages.map(\.sender) == ["陈先生", "客服小美", "陈先生"])
        #expect(chat.messages.map { $0.time?.iso8601 } == ["2011-07-23T06:12:54+08:00", "2011-07-23T06:12:59+08:00", "2011-07-23T18:13:54+08:00"])
    }

    /// `T` is the time, `N` the name, `B` what was said; times that name a part of their day only.
    @Test(
        arguments: ["T\nN\nB", "N（T）\nB", "N(T)\nB", "N：T\nB", "N T\nB"],
        ["05-14 10:1%:12", "10:1%:12", "昨天 10:1%", "星期三 10:1%", "5月14日 10:1%", "下午 3:1%"])
    func `times that do not tell their year are no part of names`(_ form: String, _ time: String) {
        for separator in ["\n", "\n\n"] {
            let said = [("买家小王", "在吗"), ("示例店客服", "在的\n亲"), ("买家小王", "发货没"), ("示例店客服", "明天"), ("买家小王", "好")]
            let blocks = said.enumerated().map { number, message in
                form.replacing("N", with: message.0).replacing("T", with: time.replacing("%", with: "\(number)")).replacing("B", with: message.1)
            }
            let chat = ReadChat(blocks.joined(separator: separator) + "\n")
            #expect(chat.messages.map(\.sender) == said.map(\.0))
            #expect(chat.texts == said.map(\.1))
            #expect(chat.messages.map(\.timeText) == said.indices.map { time.replacing("%", with: "\($0)") })
        }
    }

    @Test func `a label that stands once before a colon does not speak`() {
        let chat = ReadChat("买家：在吗\n卖家：在的，亲\n买家：不退款就差评\n电话：13800000000\n卖家：好的\n")
        #expect(chat.messages.map(\.sender) == ["买家", "卖家", "买家", "卖家"])
        #expect(chat.texts[2] == "不退款就差评\n电话：13800000000")
        #expect(chat.codes.contains("header-like"))
    }

    @Test func `a name may end with a day where the time names its own`() {
        for form in ["N 2020/2/14 21:16:1%\n", "N: 2020-02-14 21:16:1%\n", "N --> 店:甲 2020-2-14 21:16:1%\n"] {
            let chat = ReadChat(
                [("开业 2020/2/1", "在吗"), ("店", "在"), ("开业 2020/2/1", "好")].enumerated().map { number, message in
                    form.replacing("N", with: message.0).replacing("%", with: "\(number)") + message.1 + "\n\n"
                }.joined())
            #expect(chat.messages.map(\.sender) == ["开业 2020/2/1", "店", "开业 2020/2/1"], "\(form)")
        }
    }

    @Test func `a table in Markdown has a rule below its header`() {
        let chat = ReadChat("| 时间 | 发送人 | 内容 |\n| --- | :--- | --- |\n| 2024-03-05 10:10 | 甲 | 在 吗 |\n| 2024-03-05 10:11 | 乙 | 在 |\n")
        #expect(chat.messages.map(\.sender) == ["甲", "乙"])
        #expect(chat.texts == ["在 吗", "在"])
        #expect(chat.file.source.lines == SourceFile.LineAccounting(total: 4, messages: 2, structure: 2, unparsed: 0))
    }

    @Test func `words that say who speaks decide the role`() {
        let chat = ReadChat("买家：在吗\n客服：在\n买家：不退就差评\n客服：抱歉\n")
        #expect(chat.messages.map(\.role) == [.buyer, .seller, .buyer, .seller])
    }

    /// Ways to write a time, `%` being the last digit of the minute, and what each means.
    static let times = [
        ("2024-03-05 10:1%:12", "2024-03-05T10:1%:12+08:00"), ("2024/3/5 10:1%:12", "2024-03-05T10:1%:12+08:00"),
        ("2024年3月5日 10:1%", "2024-03-05T10:1%:00+08:00"), ("2024-03-05 下午9:1%:12", "2024-03-05T21:1%:12+08:00"),
        ("2024-03-05 9:1%:12 PM", "2024-03-05T21:1%:12+08:00"),
        ("2024-03-05 10：1%：12", "2024-03-05T10:1%:12+08:00"), ("2024年3月5日 10时1%分12秒", "2024-03-05T10:1%:12+08:00"),
        ("2024-03-05 下午3点1%分", "2024-03-05T15:1%:00+08:00"),
        ("2024-03-05T10:1%:12", "2024-03-05T10:1%:12+08:00"), ("2024-03-05 10:1%:12.345", "2024-03-05T10:1%:12+08:00"),
    ]

    @Test(arguments: forms, [true, false])
    func `a form of header is read with and without blank lines`(_ form: String, _ isSpaced: Bool) {
        for (written, read) in Self.times {
            let said = [("买家小王", "在吗"), ("示例店客服", "在的\n亲"), ("买家小王", "发货没"), ("示例店客服", "明天"), ("买家小王", "好")]
            _ = expectRead(said, form, written, read, isSpaced)
        }
    }

    @Test func `names keep the colon that what is said behind them has too`() {
        let chat = ReadChat("2024-03-05 10:11:12 店:小美：在的\n2024-03-05 10:11:13 买家：在：吗\n2024-03-05 10:11:14 店:小美：有\n")
        #expect(chat.messages.map(\.sender) == ["店:小美", "买家", "店:小美"])
        #expect(chat.texts == ["在的", "在：吗", "有"])
    }

    @Test(arguments: [",", "\t", ";", "|"])
    func `a table without a header is known by what stands in it`(_ delimiter: Character) {
        let rows = [
            ("2024-03-05 10:11:12", "甲", "在吗"), ("2024-03-05 10:11:20", "乙", "在的"), ("2024-03-05 10:12:12", "甲", "发货没"),
            ("2024-03-05 10:13:00", "乙", "明天"),
        ]
        let chat = ReadChat(rows.map { "\($0.0)\(delimiter)\($0.1)\(delimiter)\($0.2)\n" }.joined())
        #expect(chat.file.source.format == "generic-table")
        #expect(chat.messages.map(\.sender) == rows.map(\.1))
        #expect(chat.texts == rows.map(\.2))
        #expect(chat.messages.compactMap(\.time).count == 4)
        #expect(chat.codes == ["columns"])
        #expect(chat.file.source.lines.unparsed == 0)
    }

    @Test func `a table whose columns are called oddly is known by what stands in it`() {
        let chat = ReadChat("甲列,乙列,丙列\n店家,在的,2024/3/5 10:11\n买主,多少钱,2024/3/5 10:12\n买主,便宜点,2024/3/5 10:13\n店家,不行,2024/3/5 10:14\n")
        #expect(chat.messages.map(\.sender) == ["店家", "买主", "买主", "店家"])
        #expect(chat.texts == ["在的", "多少钱", "便宜点", "不行"])
        #expect(chat.file.source.lines == SourceFile.LineAccounting(total: 5, messages: 4, structure: 1, unparsed: 0))
    }

    @Test func `days as spreadsheets count them are times under any name`() {
        let chat = ReadChat("c1;c2;c3\n45293.5;乙;好\n45293.6;甲;嗯\n45293.7;乙;在\n45293.8;甲;呢\n")
        #expect(chat.messages.map(\.sender) == ["乙", "甲", "乙", "甲"])
        #expect(chat.messages.first?.time?.iso8601 == "2024-01-02T12:00:00+08:00")
    }

    @Test(arguments: [
        "订单号,下单时间,商品,买家\n1,2024-03-05 10:11:12,裙子,甲\n2,2024-03-05 10:11:13,裤子,乙\n3,2024-03-05 10:11:14,帽子,甲\n4,2024-03-05 10:12:14,鞋子,乙\n",
        "2024-03-05 10:11:12,INFO,started\n2024-03-05 10:11:13,WARN,slow\n2024-03-05 10:11:14,INFO,stopped\n2024-03-05 10:11:15,INFO,gone\n",
        "日期,金额,对方\n2024-03-05 10:11:12,3.50,甲\n2024-03-05 10:11:13,4.00,乙\n2024-03-05 10:11:15,4.20,乙\n2024-03-05 10:11:16,4.20,丙\n",
        "2024-03-05 10:11:12 [INFO] started\n2024-03-05 10:11:13 [WARN] slow\n2024-03-05 10:11:14 [INFO] stopped\n",
        "[2024-03-05 10:11:12] INFO: started\n[2024-03-05 10:11:13] ERROR: slow\n[2024-03-05 10:11:14] INFO: stopped\n",
    ])
    func `tables of orders, logs and money are no chats`(_ table: String) {
        #expect(ReadChat(table).messages.isEmpty)
    }

    @Test(arguments: [
        "用户,消息,日期", "user,message,date", "账号,发言,时间", "发信人,信息,创建时间", "From,Body,Sent", "姓名,文字,时间", "发言人账号,原文,发言日期",
        "会员名,留言内容,消息时间", "nick,msg_text,send_time",
    ])
    func `columns are found under many names`(_ header: String) {
        let chat = ReadChat("\(header)\n甲,在吗,2024-03-05 10:11:12\n乙,在,2024-03-05 10:11:20\n")
        #expect(chat.messages.map(\.sender) == ["甲", "乙"])
        #expect(chat.texts == ["在吗", "在"])
        #expect(chat.messages.compactMap(\.time).count == 2)
    }

    @Test func `beside a column of the staff the users are buyers, and the direction tells who speaks`() {
        let chat = ReadChat("用户名,客服昵称,内容,消息时间,发送方向\ntb1,店:小美,在吗,2024-03-05 10:11:12,买家\ntb1,店:小美,在,2024-03-05 10:11:20,客服\n")
        #expect(chat.file.source.format == "qianniu-table")
        #expect(chat.messages.map(\.sender) == ["tb1", "店:小美"])
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
    }

    @Test func `a nick of QQNT ends with a colon`() {
        let chat = ReadChat("老王: 2025-08-20 20:31:50\n一\n\n名字: : 2025-08-20 20:31:51\n二\n\n名字: : 2025-08-20 20:31:52\n三\n\n：: 2025-08-20 20:31:53\n四\n")
        #expect(chat.file.source.format == "qqnt-copy")
        #expect(chat.messages.map(\.sender) == ["老王", "名字: ", "名字: ", "："])
        #expect(chat.texts == ["一", "二", "三", "四"])
    }
}
