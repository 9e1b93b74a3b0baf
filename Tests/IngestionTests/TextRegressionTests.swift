import Testing
import Transcript

@testable import Ingestion

/// What broke other people's parsers of text exports; each test is named after it.
@Suite struct TextRegressionTests {
    private static let rule = String(repeating: "=", count: 64)
    private static let head =
        "消息记录（此消息记录为文本格式，不支持重新导入）\r\n\r\n\(rule)\r\n消息分组:我的好友\r\n\(rule)\r\n消息对象:老陈\r\n\(rule)\r\n\r\n"

    private func read(_ text: String, as encoding: TextEncoding = .utf8, options: ReadingOptions = .init()) -> ChatFile
    {
        let bytes = Reencoding(encoding: encoding, hasMark: false, lineEnd: "\r\n").apply(to: text) ?? []
        return ChatFile(FileBytes(bytes), name: "chat", options: options)
    }

    @Test func `a body that is a bare timestamp is a body`() {
        for stamp in ["2006-01-02 15:04:05", "2006-01-02 15:04:05 "] {
            let file = read(
                Self.head + "2012-12-31 9:05:06 老陈\r\n\(stamp)\r\n\r\n\(stamp)\r\n\r\n2012-12-31 9:06:00 我\r\n好\r\n\r\n"
            )
            #expect(file.messages.map(\.text) == ["\(stamp)\n\n\(stamp)", "好"])
        }
    }

    @Test func `every line of a body is kept and messages are cut where headers follow a blank line`() {
        let file = read(
            Self.head
                + "2012-12-31 9:05:06 老陈\r\n一\r\n二\r\n2012-12-31 9:05:00 我\r\n三\r\n\r\n四\r\n\r\n2012-12-31 9:06:00 我\r\n五\r\n\r\n"
        )
        #expect(file.messages.map(\.text) == ["一\n二\n2012-12-31 9:05:00 我\n三\n\n四", "五"])
    }

    @Test(arguments: [TextEncoding.utf8, .gb18030, .utf16LittleEndian, .utf16BigEndian], ["\r\r\n", "\n\r"])
    func `line ends whose CR was doubled or came last are one`(_ encoding: TextEncoding, _ lineEnd: String) throws {
        // Long enough for several pieces, with a character whose bytes look like a line feed.
        let said = (0..<9_000).map { "第 \($0) 句上" }
        let text = Self.head + said.map { "2012-12-31 9:05:06 老陈\r\n\($0)\r\n第二行\r\n\r\n" }.joined()
        let bytes = try #require(Reencoding(encoding: encoding, hasMark: false, lineEnd: lineEnd).apply(to: text))
        let file = ChatFile(FileBytes(bytes), name: "chat", options: .init())
        #expect(file.messages.map(\.text) == said.map { "\($0)\n第二行" })
        #expect(file.diagnostics.isEmpty)
        #expect(file.source.lines.total == 8 + 4 * said.count)
        for message in [file.messages[0], file.messages[8_999]] {
            let place = message.location
            let record = Array(bytes[place.offset..<place.offset + place.length])
            let header = Reencoding(encoding: encoding, hasMark: false, lineEnd: lineEnd).apply(to: "2012-12-31 9:05:06 老陈\n\(message.text)")
            #expect(record == header)
        }
    }

    @Test(arguments: ["\r\n\r\n\r\n\r\n甲\r\n", "甲\n\r\n乙\n\r\n丙\n\r\n", "甲\r\r乙\n\r\n"])
    func `other line ends keep every CR`(_ text: String) throws {
        let decoded = try Parsed.decode(Array(text.utf8))
        #expect(decoded.withSpan { $0.string(0..<$0.count) } == text)
    }

    @Test func `a notice of a recall in a copy names who recalled`() {
        let chat = ReadChat(
            "小明 2020/2/14 21:16:13\n在吗\n\n店家 2020/2/14 21:16:20\n在的\n\n小明撤回了一条消息\n\n小明 2020/2/14 21:17:00\n退款\n\n"
                + "你撤回了一条消息\n\n阿红撤回了一条消息\n\n")
        #expect(chat.format == "qq-copy")
        #expect(chat.messages.map(\.sender) == ["小明", "店家", "小明", "小明", nil, "阿红"])
        #expect(chat.messages.map(\.kind) == [.text, .text, .recall, .text, .recall, .recall])
        #expect(chat.messages.map(\.role).suffix(2) == [.system, .system])
    }

    @Test func `all that is told of one long record names its line`() {
        // Each of the names occurs once, and the time goes back: lines of a body that look like headers.
        let lines = 20_000
        let file = read(
            "店:小美 2025-9-19 17:24:05\n在\n买家 2025-9-19 17:24:06\n在吗\n店:小美 2025-9-19 17:24:07\n好\n"
                + (0..<lines).map { "n\($0) 2025-9-18 9:24:05\n" }.joined())
        #expect(file.source.format == "qianniu-copy")
        #expect(file.messages.count == 3)
        #expect(file.diagnostics.filter { $0.code == "header-like" }.map(\.line) == (0..<lines).map { 7 + $0 })
    }

    @Test func `hours of one digit and parts of one digit are hours`() {
        let file = read(Self.head + "2012-12-31 9:05:06 老陈\r\n一\r\n\r\n2012-1-2 1:2:3 我\r\n二\r\n\r\n")
        #expect(file.messages.map { $0.time?.iso8601 } == ["2012-12-31T09:05:06+08:00", "2012-01-02T01:02:03+08:00"])
    }

    @Test(arguments: [
        ("9/23/2019 8:43:38 PM", "9/24/2019 9:00:00 AM", "2019-09-23T20:43:38+08:00", "2019-09-24T09:00:00+08:00", false),
        ("23/9/2019 20:43:38", "3/10/2019 9:00:00", "2019-09-23T20:43:38+08:00", "2019-10-03T09:00:00+08:00", false),
        ("5/9/2019 20:43:38", "23/9/2019 9:00:00", "2019-09-05T20:43:38+08:00", "2019-09-23T09:00:00+08:00", false),
        ("9/3/2019 20:43:38", "9/4/2019 9:00:00", "2019-09-03T20:43:38+08:00", "2019-09-04T09:00:00+08:00", true),
    ])
    func `days of QQ's text that end with the year are read in the file's own order`(
        _ first: String, _ second: String, _ read: String, _ readSecond: String, _ isAmbiguous: Bool
    ) {
        for account in ["", "(12345678)"] {
            let rule = String(repeating: "=", count: 64)
            let chat = ReadChat(
                "消息记录（此消息记录为文本格式，不支持重新导入）\n\n\(rule)\n消息分组:我的好友\n\(rule)\n消息对象:甲\n\(rule)\n\n"
                    + "\(first) 甲\(account)\n在吗\n\n\(second) 乙\(account)\n4/5/2019 的货\n两件\n\n\(second) 甲\(account)\n好\n\n")
            #expect(chat.format == "qq-txt")
            #expect(chat.messages.map(\.sender) == ["甲", "乙", "甲"])
            #expect(chat.texts == ["在吗", "4/5/2019 的货\n两件", "好"])
            #expect(chat.messages.map { $0.time?.iso8601 } == [read, readSecond, readSecond])
            #expect(chat.codes == (isAmbiguous ? ["ambiguous-date"] : []))
        }
    }

    @Test func `blank lines that a share of WeChat has only here and there do not hide its headers`() {
        let chat = ReadChat(
            "微信群\"档口\"的聊天记录如下:\n\n—————  2026-04-06  —————\n\n甲  16:21\n\n在吗\n\n乙  16:22\n\n在的\n营业  9:00\n\n第二段\n甲  16:23\n"
                + "\n退款\n\n乙  16:24\n行\n甲  16:25\n好\n")
        #expect(chat.messages.map(\.sender) == ["甲", "乙", "甲", "乙", "甲"])
        #expect(chat.texts == ["在吗", "在的\n营业  9:00\n\n第二段", "退款", "行", "好"])
        #expect(chat.codes == ["header-like"])
    }

    @Test(arguments: ["\n", "\r\n", "\r "])
    func `a soft break of quoted-printable adds nothing, whatever ends the lines`(_ lineEnd: String) {
        let lines = [
            "BEGIN:VMSG", "VERSION: 1.1", "BEGIN:VCARD", "TEL:13800000001", "END:VCARD", "BEGIN:VBODY", "X-BOX:INBOX", "Date:2016/12/27 18:25:44",
            "Subject;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E4=BD=A0=", "=E5=A5=BD=0A=E5=9C=A8", "END:VBODY", "END:VMSG", "",
        ]
        #expect(ReadChat(lines.joined(separator: lineEnd)).texts == ["你好\n在"])
    }

    @Test func `past midnight the times below a date line are of the next day in WangWang's text too`() {
        let chat = ReadChat("2024-01-01\n\n[tb12345] 23:59\n在吗\n\n[示例店:小美] 0:01\n在\n\n[tb12345] 0:02\n好\n\n")
        #expect(chat.format == "wangwang-txt")
        #expect(chat.messages.map { $0.time?.iso8601 } == ["2024-01-01T23:59:00+08:00", "2024-01-02T00:01:00+08:00", "2024-01-02T00:02:00+08:00"])
        #expect(chat.codes == ["midnight"])
    }

    @Test func `a clock of twelve hours, its blank narrow or wide, is read`() {
        for blank in [" ", "\u{202F}", "\u{A0}"] {
            let file = read(
                Self.head + "2019-09-23 8:43:38\(blank)PM 老陈\r\n一\r\n\r\n2019-09-24 12:00:01\(blank)AM 我\r\n二\r\n\r\n")
            #expect(
                file.messages.map { $0.time?.iso8601 } == ["2019-09-23T20:43:38+08:00", "2019-09-24T00:00:01+08:00"])
            #expect(file.messages.map(\.sender) == ["老陈", "我"])
        }
    }

    @Test(arguments: ["===== 分隔", "消息记录", "消息分组:别的", "消息对象:别人", String(repeating: "=", count: 64)])
    func `lines that look like the head stay in the body`(_ line: String) {
        let file = read(
            Self.head + "2012-12-31 9:05:06 老陈\r\n上\r\n\(line)\r\n下\r\n\r\n2012-12-31 9:06:00 我\r\n好\r\n\r\n")
        #expect(file.messages.map(\.text) == ["上\n\(line)\n下", "好"])
        #expect(Set(file.messages.map(\.conversation)) == ["老陈"])
    }

    @Test func `one account under several names and a name that is a number keep their accounts`() {
        let file = read(
            Self.head
                + "2012-12-31 9:05:06 旧名(12345678)\r\n一\r\n\r\n2012-12-31 9:05:07 新名(12345678)\r\n二\r\n\r\n2012-12-31 9:05:08 100000005(100000005)\r\n三\r\n\r\n2012-12-31 9:05:09 (0012345)\r\n四\r\n\r\n"
        )
        #expect(file.messages.map(\.sender) == ["旧名", "新名", "100000005", ""])
        #expect(file.messages.map(\.senderID) == ["12345678", "12345678", "100000005", "0012345"])
    }

    @Test(arguments: [TextEncoding.gb18030, .utf16LittleEndian, .utf16BigEndian, .utf8])
    func `a file of any character set is read, with its mark or without`(_ encoding: TextEncoding) throws {
        let text = Self.head + "2012-12-31 9:05:06 老陈\r\n在吗\r\n\r\n"
        for hasMark in [false, true] where encoding != .gb18030 || !hasMark {
            let bytes = try #require(Reencoding(encoding: encoding, hasMark: hasMark, lineEnd: "\r\n").apply(to: text))
            let file = ChatFile(FileBytes(bytes), name: "chat", options: .init())
            #expect(file.source.encoding == encoding.rawValue)
            #expect(file.messages.map(\.text) == ["在吗"])
        }
    }

    @Test(arguments: [
        "老陈 营业08:00-22:00", "店:小美", "a：b", "12:00:00", "名字 2012-12-31", "(A)(B", "名字(带(嵌套)括号)", "晚上好", "PM店",
    ])
    func `a name that holds times, colons or brackets is one name`(_ name: String) {
        let group = read(
            Self.head + "2012-12-31 9:05:06 \(name)(12345678)\r\n一\r\n\r\n2012-12-31 9:05:07 乙(22345678)\r\n二\r\n\r\n")
        #expect(group.messages.map(\.sender) == [name, "乙"])
        let friend = read(Self.head + "2012-12-31 9:05:06 \(name)\r\n一\r\n\r\n2012-12-31 9:05:07 乙\r\n二\r\n\r\n")
        #expect(friend.messages.map(\.sender) == [name, "乙"])
        let shared = read("\(name) 和 乙 在微信上的聊天记录如下，请查收。\n\n—————  2026-04-06  —————\n\n\n\(name)  14:30\n\n一\n\n")
        #expect(shared.messages.map(\.sender) == [name])
        #expect(shared.messages.map(\.timeText) == ["14:30"])
    }

    @Test func `a Qianniu body that begins with 20 is no header`() {
        let file = read(
            "tb00000001 2025-9-19 17:24:05\n亲\n20元补偿\n已读\n示例店:小美2025-9-19 17:24:09\n2025年的新款\n2025-9-1 下单\n未读\n")
        #expect(file.source.format == "qianniu-copy")
        #expect(file.messages.map(\.text) == ["亲\n20元补偿", "2025年的新款\n2025-9-1 下单"])
    }

    @Test func `a chat of today is Qianniu's by its marks of delivery`() {
        let file = read("tb9 17:24:05\n你好\n已读\n店:客服 17:25:05\n在\n未读\ntb9 17:26:00\n行\n")
        #expect(file.source.format == "qianniu-copy")
        #expect(file.messages.map(\.sender) == ["tb9", "店:客服", "tb9"])
    }

    @Test func `words behind the word for a red packet belong to it`() {
        let file = read(Self.head + "2012-12-31 9:05:06 老陈\r\n[QQ红包]恭喜发财\r\n\r\n")
        #expect(file.messages.map(\.kind) == [.redPacket])
    }

    @Test func `a bracket without a blank before it is no header of WechatExporter's`() {
        let file = read(
            "老陈 - 微信聊天记录\n\n老陈 (2022-12-25 19:33:20):在吗\n\n甲(2022-12-25 19:33:20):x\n店 (2022-12-25 19:34:20):在\n")
        #expect(file.messages.map(\.sender) == ["老陈", "店"])
        #expect(file.messages.map(\.text) == ["在吗\n\n甲(2022-12-25 19:33:20):x", "在"])
    }

    @Test func `equal neighbours within one second stay two`() {
        let file = read(Self.head + "2012-12-31 9:05:06 老陈\r\n好\r\n\r\n2012-12-31 9:05:06 老陈\r\n好\r\n\r\n")
        #expect(file.messages.count == 2)
        #expect(file.messages.map(\.index) == [0, 1])
    }

    @Test func `times out of order are kept in the order of the file`() {
        let file = read(
            Self.head
                + "2012-12-31 9:05:06 老陈\r\n一\r\n\r\n2012-12-31 8:00:00 我\r\n二\r\n\r\n2012-12-31 9:06:00 老陈\r\n三\r\n\r\n2012-12-31 9:07:00 我\r\n四\r\n\r\n"
        )
        #expect(file.messages.map(\.text) == ["一", "二", "三", "四"])
    }

    @Test func `a time without its year or day is unknown until the user gives it`() {
        let text = "甲: 08-20 20:31:50\n一\n\n乙: 08-20 20:32:00\n二\n\n甲: 08-20 20:33:00\n三\n\n"
        #expect(read(text).messages.allSatisfy { $0.time == nil && $0.timeText?.hasPrefix("08-20") == true })
        #expect(
            read(text, options: ReadingOptions(year: 2025)).messages[0].time?.iso8601 == "2025-08-20T20:31:50+08:00")
    }

    @Test func `a picture of an MHT that is a row cut by the end of the file costs that row`() {
        let row =
            "<tr><td><div style=color:#006EFE;padding-left:10px;><div style=float:left;margin-right:6px;>甲</div>10:08:19</div><div style=padding-left:20px;>一</div></td></tr>\n"
        let file = read(
            "From: <Save by Tencent MsgMgr>\nContent-Type:multipart/related;\n\tboundary=\"----=_N\"\n\n------=_N\nContent-Type: text/html\n\n<html><body><table><tr><td>日期: 2020-02-11</td></tr>\(row)\(row.dropLast(20))"
        )
        #expect(file.messages.map(\.text) == ["一"])
        #expect(file.diagnostics.map(\.code).contains("truncated"))
    }

    @Test func `a picture's binary bytes do not move what stands before them`() {
        let row =
            "<tr><td><div style=color:#006EFE;padding-left:10px;><div style=float:left;margin-right:6px;>甲</div>10:08:19</div><div style=padding-left:20px;><IMG src=\"{A}.dat\"></div></td></tr>\n"
        let text =
            "\u{FEFF}From: <Save by Tencent MsgMgr>\nContent-Type:multipart/related;\n\tboundary=\"----=_N\"\n\n------=_N\nContent-Type: text/html\n\n<html><body><table><tr><td>日期: 2020-02-11</td></tr>\n\(row)</table></body></html>\n------=_N\nContent-Transfer-Encoding:binary\nContent-Location:{A}.dat\n\n"
        let bytes =
            Array(text.utf8) + [0xFF, 0xD8, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0xFE] + Array("\r\n------=_N--\r\n".utf8)
        let file = ChatFile(FileBytes(bytes), name: "chat", options: .init())
        let place = file.messages.first?.location
        #expect(file.messages.map(\.kind) == [.image])
        #expect(place.map { String(decoding: bytes[$0.offset..<$0.offset + $0.length], as: UTF8.self) + "\n" } == row)
    }

    @Test func `text cut within a character loses that character alone`() throws {
        let text = Self.head + "2012-12-31 9:05:06 老陈\r\n在吗"
        for encoding in [TextEncoding.utf8, .gb18030, .utf16LittleEndian] {
            let bytes = try #require(Reencoding(encoding: encoding, hasMark: false, lineEnd: "\r\n").apply(to: text))
            let file = ChatFile(FileBytes(Array(bytes.dropLast())), name: "chat", options: .init())
            #expect(file.messages.map(\.text) == ["在"], "\(encoding)")
            #expect(file.diagnostics.map(\.code).contains("truncated"))
        }
    }

    @Test func `PM in a file of 24-hour headers is a time where the name is known without it`() {
        let file = read(
            Self.head
                + "2019-09-23 8:43:38 老陈\r\n一\r\n\r\n2019-09-23 15:00:00 PM店\r\n二\r\n\r\n2019-09-23 8:43:38 PM 老陈\r\n三\r\n\r\n2019-09-24 9:00:00 PM 小王\r\n四\r\n\r\n"
        )
        #expect(file.messages.map(\.sender) == ["老陈", "PM店", "老陈", "PM 小王"])
        #expect(file.messages[2].time?.iso8601 == "2019-09-23T20:43:38+08:00")
    }

    @Test func `the blank after a header's time may be one that does not break`() {
        let file = read(Self.head + "2012-12-31 9:05:06\u{A0}老陈\r\n一\r\n\r\n2012-12-31\u{A0}9:05:08 我\r\n二\r\n\r\n")
        #expect(file.messages.map(\.sender) == ["老陈", "我"])
    }

    @Test func `brackets of digits in a friend's name are no account`() {
        for (object, own) in [("老王(13800138000)", "小铺"), ("老王", "小铺(13800138000)")] {
            let file = read(
                Self.head.replacing("对象:老陈", with: "对象:\(object)")
                    + "2012-12-31 9:05:06 \(object)\r\n一\r\n\r\n2012-12-31 9:05:41 \(own)\r\n二\r\n\r\n")
            #expect(file.messages.map(\.sender) == [object, own])
            #expect(file.messages.allSatisfy { $0.senderID == nil })
        }
    }

    @Test func `a notice behind QQ's icon has its kind`() {
        for (body, kind) in [
            ("[图片]成功接收离线文件“x.rar”(16.00KB) 打开文件 打开所在文件夹", Message.Kind.file),
            ("22:12:22 对方中断了“x”(1.00KB)的接收", .file), ("网络连接失败，“x”(1.00KB)发送中止", .file),
            ("您中止了视频通话，通话时长58秒。", .call), ("对方拒绝退款，我要投诉", .text), ("[图片]这个文件“你”看", .text),
        ] {
            let file = read(Self.head + "2012-12-31 9:05:06 老陈\r\n\(body)\r\n\r\n")
            #expect(file.messages.map(\.kind) == [kind], "\(body)")
        }
    }

    @Test func `a nick cut on the left speaks in the chat of the whole one`() {
        let file = read(
            "tb00000001 --> 示例厂:小王 2025-6-3 10:11:12\n在吗\n示例厂:小王2025-6-3 10:11:30\n在\nb00000001 --> 示例厂:小王10:12:01\n有货吗\n")
        #expect(file.messages.map(\.sender) == ["tb00000001", "示例厂:小王", "b00000001"])
        #expect(Set(file.messages.map(\.conversation)) == ["tb00000001"])
    }

    @Test func `the shop's main account is not the buyer`() {
        let file = read(
            "示例小铺:小美 (2013-05-06 12:13:40):\n在\n\n示例小铺 (2013-05-06 12:13:42):\n主号\n\ntb12345 (2013-05-06 12:14:02):\n嗯\n\n")
        #expect(Set(file.messages.map(\.conversation)) == ["tb12345"])
    }

    @Test(arguments: ["03-05", "3/5", "3月5日"])
    func `a day without its year belongs to the time, not to the name`(_ day: String) {
        let file = read(
            "用户7788 \(day) 10:11:12\n发货\n已读\n\n小店客服 \(day) 10:12:01\n今天\n已读\n\n用户7788 \(day) 10:13:00\n好\n",
            options: ReadingOptions(year: 2024))
        #expect(file.source.format == "generic-copy")
        #expect(file.messages.map(\.sender) == ["用户7788", "小店客服", "用户7788"])
        #expect(file.messages.map(\.text) == ["发货", "今天", "好"])
        #expect(file.messages[0].time?.iso8601 == "2024-03-05T10:11:12+08:00")
    }

    @Test(arguments: ["昨天", "星期三", "周日"])
    func `a day told from that of copying stays unknown`(_ day: String) {
        let file = read(
            "用户7788 \(day) 10:11\n发货\n\n小店客服 \(day) 10:12\n今天\n\n用户7788 \(day) 10:13\n好\n",
            options: ReadingOptions(year: 2024, month: 3, day: 5))
        #expect(file.messages.map(\.sender) == ["用户7788", "小店客服", "用户7788"])
        #expect(file.messages.map(\.timeText) == ["\(day) 10:11", "\(day) 10:12", "\(day) 10:13"])
        #expect(file.messages.allSatisfy { $0.time == nil })
    }

    @Test func `a time alone with a name below it is no notice of WeChat's`() {
        let file = read(
            "2024-03-05 10:11:12\njd_abc123\n什么时候发货\n\n2024-03-05 10:12:00\n示例自营店-客服01\n今天\n\n2024-03-05 10:13:00\njd_abc123\n好\n")
        #expect(file.source.format == "generic-copy")
        #expect(file.messages.map(\.sender) == ["jd_abc123", "示例自营店-客服01", "jd_abc123"])
        #expect(file.messages.map(\.text) == ["什么时候发货", "今天", "好"])
    }

    @Test func `bracketed times with bodies of several lines are read`() {
        let file = read(
            "[2025-06-28 21:00:00] 老陈: 你好\n[2025-06-28 21:00:05] 我: 在\n[2025-06-28 21:00:09] [系统提示]: 老陈撤回了一条消息\n[2025-06-28 21:01:00] 老陈: 多行\n第二行\n"
        )
        #expect(file.messages.map(\.text) == ["你好", "在", "老陈撤回了一条消息", "多行\n第二行"])
        #expect(file.messages.map(\.role) == [.unknown, .seller, .system, .unknown])
    }

    @Test func `names and colons without times are a chat where speakers take turns`() {
        let copied = read("老陈:\n你好\n\n小铺:\n好\n二\n\n老陈:\n嗯\n")
        #expect(copied.messages.map(\.text) == ["你好", "好\n二", "嗯"])
        let typed = read("买家：不给2000就差评\n我：凭什么\n买家：你看着办\n")
        #expect(typed.messages.map(\.role) == [.buyer, .seller, .buyer])
        #expect(read("名称：甲\n价格：20\n颜色：红\n名称：乙\n价格：30\n颜色：蓝\n").source.format == nil)
    }

    @Test func `a line of marks without width is said`() {
        let file = read(Self.head + "2012-12-31 9:05:06 老陈\r\n\u{200B}\r\n\r\n2012-12-31 9:06:00 我\r\n好\r\n\r\n")
        #expect(file.messages.map(\.text) == ["\u{200B}", "好"])
    }

    @Test func `a time said in a page of 聊天记录查询 is no message`() {
        let file = read("2025-09-19\n20:57:11\n几点\n20:00:00\n可以吗\ntb12345678\n20:58:00\n有的亲\n示例店:小迪\n20:59:00\n好\ntb12345678\n")
        #expect(file.messages.map(\.text) == ["几点\n20:00:00\n可以吗", "有的亲", "好"])
    }

    @Test func `only the two of a mailed chat speak in it`() {
        let file = read(
            "张 三 和 李四 在微信上的聊天记录如下，请查收。\n\n—————  2026-04-06  —————\n\n\n张 三  16:21\n\n在吗\n\n李四  16:22\n\n好  16:30\n\n"
        )
        #expect(file.messages.map(\.sender) == ["张 三", "李四"])
        #expect(file.messages.map(\.text) == ["在吗", "好  16:30"])
    }

    @Test func `a program's log is no chat`() {
        let file = read("2024-01-01 10:00:00 INFO start\n2024-01-01 10:00:01 INFO stop\n2024-01-01 10:00:02 WARN x\n")
        #expect(file.source.format == nil)
    }

    @Test func `short texts in GB18030 are not taken for Big5`() {
        let text = "老陈 2019/07/16 22:16\n链接 https://item.example.com/i.htm?id=1\n消息对象:谁\n-1\n\n我 2019/07/16 22:17\nü\n\n"
        let file = read(text, as: .gb18030)
        #expect(file.source.encoding == "GB18030")
        #expect(file.messages.map(\.sender) == ["老陈", "我"])
    }

    @Test func `a chat quoted in a copy is told`() {
        let file = read(
            "老陈 2020/2/14 21:16:13\n看：\n\n张三 2020/2/10 8:00:00\n发货\n\n小铺 2020/2/14 21:16:20\n好\n\n老陈 2020/2/14 21:17:13\n嗯\n\n小铺 2020/2/14 21:18:20\n行\n\n"
        )
        #expect(file.messages.count == 5)
        #expect(file.diagnostics.map(\.line) == [4])
        #expect(file.diagnostics.map(\.code) == ["header-like"])
    }

    @Test(arguments: ["<smses>", "<ArrayOfMessage>", "<div class=\"hChatLog\">", "我和他的聊天记录如下:"])
    func `words that other formats begin with may be said in a chat`(_ words: String) {
        let file = read("tb1 (2013-05-06 12:14:02):\n\(words)\n\n店:小 (2013-05-06 12:14:03):\n嗯\n\n")
        #expect(file.source.format == "wangwang-txt")
        #expect(file.messages.map(\.text) == [words, "嗯"])
    }

    @Test func `few messages with empty bodies do not change how many blank lines end one`() {
        let file = read(
            Self.head + "2012-12-31 9:05:06 老陈\r\n\r\n话\r\n\r\n\r\n2012-12-31 9:06:00 我\r\n\r\n\r\n2012-12-31 9:07:00 我\r\n好\r\n\r\n")
        #expect(file.messages.map(\.text) == ["\n话\n", "", "好"])
    }

    @Test func `a header right below a date line is a header`() {
        let file = read("2024-05-01\n[小鱼] 10:00\n在吗\n\n[客服] 10:01\n在\n\n[小鱼] 10:02\n嗯\n\n")
        #expect(file.messages.map(\.text) == ["在吗", "在", "嗯"])
        #expect(file.messages.first?.time?.iso8601 == "2024-05-01T10:00:00+08:00")
    }

    @Test func `a name with a link glued to it is a name`() {
        let file = read(
            "a](http://x.y/z 2025-9-19 17:24:05\n在吗\n已读\n示例店:小迪 2025-9-19 17:24:15\n在\n未读\na](http://x.y/z 2025-9-19 17:25:05\n好\n")
        #expect(file.messages.map(\.sender) == ["a](http://x.y/z", "示例店:小迪", "a](http://x.y/z"])
    }

    @Test func `a word for a day is part of the time and no name`() {
        let file = read("昨天 10:00\n鱼\n在吗\n\n昨天 10:01\n客服\n亲\n\n今天 上午10:02\n鱼\n返现吗\n\n")
        #expect(file.messages.map(\.sender) == ["鱼", "客服", "鱼"])
        #expect(file.messages.map(\.time) == [nil, nil, nil])
    }
}
