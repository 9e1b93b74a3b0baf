import Ingestion
import Testing
import Transcript

@Suite struct TableTests {
    @Test func `long numbers in scientific notation are told, not trusted`() {
        let chat = ReadChat("号码,短信内容,时间,类型\n2.34807E+12,在吗,2022-12-25 19:33:20,接收\n2.34807E+12,好,2022-12-25 19:34:20,发送\n")
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
        #expect(chat.codes == ["columns", "excel-damage"])
        #expect(chat.file.diagnostics[1].line == 2)
    }

    @Test(arguments: [
        ("25/12/2022 19:33", "2022-12-25T19:33:00+08:00"), ("12/25/2022 7:33 PM", "2022-12-25T19:33:00+08:00"),
        ("2022年12月25日 下午7:33:20", "2022-12-25T19:33:20+08:00"), ("2022-12-25T11:33:20Z", "2022-12-25T19:33:20+08:00"),
        ("2022-12-25T19:33:20+09:00", "2022-12-25T19:33:20+09:00"), ("1671968000", "2022-12-25T19:33:20+08:00"),
        ("1671968000123", "2022-12-25T19:33:20+08:00"), ("44920.814583", "2022-12-25T19:33:00+08:00"),
        ("Dec 25, 2022 7:33:20\u{202F}PM", "2022-12-25T19:33:20+08:00"), ("2022/12/25 上午12:05", "2022-12-25T00:05:00+08:00"),
    ])
    func `a time is read in every form a table has`(_ written: String, _ read: String) {
        let chat = ReadChat("时间\t发送人\t内容\n\(written)\t甲\t在吗\n")
        #expect(chat.messages.map(\.time?.iso8601) == [read])
        #expect(chat.messages.map(\.timeText) == [written])
    }

    @Test(arguments: ["19:33:20", "12-25 19:33", "昨天 19:33", "2022-13-45 19:33", "", "3"])
    func `a date that is not known is not invented`(_ written: String) {
        let chat = ReadChat("时间,发送人,内容\n\(written),甲,在吗\n")
        #expect(chat.messages.map(\.time) == [nil])
        #expect(chat.messages.map(\.timeText) == [written.isEmpty ? nil : written])
    }

    @Test func `the order of day and month is one for the file`() {
        let chat = ReadChat("时间,发送人,内容\n05/06/2022 10:00,甲,一\n25/06/2022 10:00,甲,二\n")
        #expect(chat.messages.map(\.time?.iso8601) == ["2022-06-05T10:00:00+08:00", "2022-06-25T10:00:00+08:00"])
        #expect(chat.codes == ["columns"])
        let open = ReadChat("时间,发送人,内容\n05/06/2022 10:00,甲,一\n")
        #expect(open.codes == ["columns", "ambiguous-date"])
    }

    @Test func `names hold anything, line breaks too`() {
        let chat = ReadChat("时间,发送人,内容\n2022-12-25 19:33:20,\"甲 [店]:10:00\n(乙)\u{202E}\"\"丙\"\"\",\"在,吗\"\n")
        #expect(chat.messages.map(\.sender) == ["甲 [店]:10:00\n(乙)\u{202E}\"丙\""])
        #expect(chat.texts == ["在,吗"])
        #expect(chat.file.source.lines.messages == 2)
    }

    @Test func `quotes that never close end with their lines, however many`() {
        let rows = (0..<3_000).map { "2022-12-25 19:33:20,甲,\"第 \($0) 条\n" }.joined()
        let chat = ReadChat("时间,发送人,内容\n" + rows)
        #expect(chat.messages.count == 3_000)
        #expect(chat.codes.contains("open-quote"))
    }

    @Test func `quotes that never close are many in one row`() {
        let chat = ReadChat("时间,发送人,内容\n" + String(repeating: "甲,\"乙 丙,", count: 100_000) + "\n2022-12-25 19:33:20,甲,一\n")
        #expect(chat.texts.last == "一")
        #expect(chat.codes.contains("open-quote"))
    }

    @Test func `a row that is too short is told and costs no other`() {
        let chat = ReadChat("时间,发送人,内容\n2022-12-25 19:33:20,甲,一\n2022-12-25\n   \n2022-12-25 19:34:20,甲,二\n")
        #expect(chat.texts == ["一", "二"])
        #expect(chat.codes == ["columns", "short-row"])
        #expect(chat.file.source.lines == SourceFile.LineAccounting(total: 5, messages: 2, structure: 2, unparsed: 1))
    }

    @Test func `a chat in one cell is split where times and senders stand`() {
        let text =
            "客户ID,聊天记录\ntb1,\"2025-09-19 10:00:00\ntb1：在吗\n2025-09-19 10:00:05\n示例店:小美：说\"\"好\"\"\n第二行\"\ntb2,\"2025-09-19 11:00:00\ntb2:你好\"\ntb3,什么都没有\n"
        let chat = ReadChat(text)
        #expect(chat.format == "qianniu-table")
        #expect(chat.messages.map(\.conversation) == ["tb1", "tb1", "tb2"])
        #expect(chat.messages.map(\.sender) == ["tb1", "示例店:小美", "tb2"])
        #expect(chat.messages.map(\.role) == [.buyer, .seller, .buyer])
        #expect(chat.texts == ["在吗", "说\"好\"\n第二行", "你好"])
        #expect(chat.record(1) == "2025-09-19 10:00:05\n示例店:小美：说\"\"好\"\"\n第二行")
        #expect(chat.codes == ["columns", "not-understood"])
    }

    @Test func `a header of two rows is joined`() {
        let chat = ReadChat("买家,,消息,,\n昵称,ID,时间,内容,发送人\n鱼,tb99,2024-05-01 10:00:00,返现吗,鱼\n鱼,tb99,2024-05-01 10:00:01,好,店:小迪\n")
        #expect(chat.messages.map(\.sender) == ["鱼", "店:小迪"])
        #expect(chat.messages.map(\.text) == ["返现吗", "好"])
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
    }

    @Test func `columns nobody listed are known by how their names end`() {
        let chat = ReadChat("会话ID,咨询时间,客服,顾客,消息发送方,消息内容\nS1,2024-05-01 10:00:00,小京,jd_a,jd_a,在\nS1,2024-05-01 10:00:01,小京,jd_a,小京,亲\n")
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
        #expect(chat.messages.map(\.time?.iso8601) == ["2024-05-01T10:00:00+08:00", "2024-05-01T10:00:01+08:00"])
    }

    @Test func `a row of totals is no message`() {
        let chat = ReadChat("买家昵称,消息内容,消息时间,员工账号\n甲,好,2024-05-01 10:00:00,店:一\n合计,,,1\n")
        #expect(chat.messages.map(\.text) == ["好"])
        #expect(chat.codes == ["columns", "no-message"])
    }

    @Test func `numbers of a type that is no phone's say nothing of who speaks`() {
        let chat = ReadChat("时间,昵称,类型,内容\n2024-03-05 10:11:12,甲,1,在吗\n2024-03-05 10:12:12,示例旗舰店,1,在\n2024-03-05 10:13:12,甲,3,[图片]\n")
        #expect(chat.messages.map(\.role) == [.unknown, .unknown, .unknown])
    }

    @Test func `a sub-account beside a column of buyers is the shop's`() {
        let chat = ReadChat("买家昵称,发送时间,发送账号,消息内容\ntb1,2024-03-05 10:11:12,tb1,在吗\ntb1,2024-03-05 10:12:12,示例店:小美,在\n")
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
    }

    @Test func `words for a side among the senders are a role, and the columns of both name it`() {
        let said = "2024-03-05 10:11:12,买家,在吗\n2024-03-05 10:12:12,商家,在\n"
        let plain = ReadChat("时间,发送方,内容\n" + said)
        #expect(plain.messages.map(\.role) == [.buyer, .seller])
        #expect(plain.messages.map(\.sender) == ["买家", "商家"])
        let named = ReadChat("买家会员名,客服账号,消息时间,发送方,消息内容\n" + said.replacing("2024", with: "tb1,店:甲,2024"))
        #expect(named.messages.map(\.role) == [.buyer, .seller])
        #expect(named.messages.map(\.sender) == ["tb1", "店:甲"])
    }

    @Test(arguments: [("信息类型", "1", "2"), ("收发标志", "来自", "发给"), ("短信状态", "接收", "已发送")])
    func `the direction of short messages is found under many names`(_ name: String, _ received: String, _ sent: String) {
        let chat = ReadChat(
            "电话号码,联系人姓名,日期,\(name),内容\n13800001111,,2015/1/2 3:04,\(received),在吗\n13800001111,,2015/1/2 3:05,\(sent),在\n")
        #expect(chat.format == "sms-csv")
        #expect(chat.messages.map(\.sender) == ["13800001111", nil])
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
    }

    @Test func `a row that names one of the two sides names who speaks`() {
        let chat = ReadChat("时间,客服,买家,消息\n2024-03-05 10:11:12,,tb1,在吗\n2024-03-05 10:12:12,店:甲,,在\n2024-03-05 10:13:12,店:甲,tb1,好\n")
        #expect(chat.messages.map(\.sender) == ["tb1", "店:甲", nil])
        #expect(chat.messages.map(\.role) == [.buyer, .seller, .unknown])
    }

    @Test func `the other side's name and the sender's account are found under more names`() {
        let other = ReadChat("消息方向,对方昵称,消息时间,消息正文\n接收,老陈,2024-03-05 10:11:12,在吗\n发送,老陈,2024-03-05 10:12:12,在\n")
        #expect(other.messages.map(\.sender) == ["老陈", nil])
        #expect(other.messages.map(\.conversation) == ["老陈", "老陈"])
        let accounts = ReadChat("发送人,发送人QQ,发送时间,消息内容\n老陈,12345678,2024-03-05 10:11:12,在吗\n店,,2024-03-05 10:12:12,在\n")
        #expect(accounts.messages.map(\.senderID) == ["12345678", nil])
        #expect(accounts.messages.map(\.sender) == ["老陈", "店"])
        let source = ReadChat("客户,客服,时间,内容,消息来源\ntb1,店:甲,2024-03-05 10:11:12,在吗,客户\ntb1,店:甲,2024-03-05 10:12:12,在,客服\n")
        #expect(source.messages.map(\.sender) == ["tb1", "店:甲"])
    }

    @Test func `five columns in an order of their own are read by their names`() {
        let chat = ReadChat("号码,姓名,内容,时间,类型\n13800001111,老陈,在,2014-5-6 7:08,收件箱\n13800001111,,好,2014/5/6 7:09:10,发件箱\n")
        #expect(chat.format == "sms-csv")
        #expect(chat.texts == ["在", "好"])
        #expect(chat.messages.map(\.sender) == ["老陈", nil])
    }

    @Test func `a time of fourteen digits is written out and no count`() {
        let chat = ReadChat("时间,姓名,内容\n20240305101112,甲,一\n1709604732000,乙,二\n")
        #expect(chat.messages.map { $0.time?.iso8601 } == ["2024-03-05T10:11:12+08:00", "2024-03-05T10:12:12+08:00"])
    }

    @Test func `a quote left open in the first row of Nokia's table does not swallow the second`() {
        let chat = ReadChat(
            "sms;deliver;\"10086\";\"\";\"\";\"2010.01.11 16:51\";\"\";\"一\nsms;deliver;\"10086\";\"\";\"\";\"2010.01.11 16:52\";\"\";\"二\"\n")
        #expect(chat.texts == ["\"一", "二"])
        #expect(chat.codes == ["open-quote"])
    }

    @Test func `QQ同步助手 may name folders in other words`() {
        let chat = ReadChat(
            "内容,姓名,电话号码,时间,文件夹\n\"你好,\"\"亲\"\"\",张三,+8613800000001,2012/04/18 16:54:57,收件箱\n在,张三,+8613800000001,2012/04/18 16:55:57,已发送\n")
        #expect(chat.format == "sms-csv")
        #expect(chat.texts == ["你好,\"亲\"", "在"])
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
    }

    @Test(arguments: [",", ";", "\t"])
    func `iMazing's columns may stand apart by what the system sets for lists`(_ mark: String) {
        let rows = [
            ["Chat Session", "Message Date", "Service", "Type", "Sender ID", "Sender Name", "Status", "Replying to", "Subject", "Text"],
            ["甲", "2020-01-01 12:00:00", "iMessage", "Incoming", "+8613800000001", "甲", "Read", "", "", "在吗"],
            ["甲", "2020-01-01 12:00:30", "iMessage", "Outgoing", "", "", "Read", "", "", "在"],
        ]
        let chat = ReadChat(rows.map { $0.joined(separator: mark) + "\r\n" }.joined())
        #expect(chat.format == "imazing-csv")
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
        #expect(chat.texts == ["在吗", "在"])
    }
}
