import Testing
import Transcript

@testable import Ingestion

/// Chats written at random in the form of each application, names and texts as hostile as its form allows, are read back
/// exactly: as many messages, the same speakers, times and texts.
@Suite struct RoundTripTests {
    /// A message that is about to be written, and how it must come back.
    private struct Said {
        var name: String
        var seconds: Int64
        var text: String

        func time(_ pattern: (Clock) -> String) -> String {
            let c = Timestamp(secondsSinceEpoch: seconds, offsetFromUTC: 8 * 3_600).wallClock
            return pattern(c)
        }
    }

    private typealias Clock = (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int)

    private static let names = [
        "老陈", "小铺掌柜", "南山 批发", "阿😀三", "A.B", "小铺 08:00-22:00", "(A)(B", "名字(带(嵌套)括号)", "甲：乙", "\u{202E}反向", "“引号”'s", "<b>粗",
        "&amp;", "2020", "王,五", "爱你，", "PM店", "晚上好", "消磨时间", "我的[店]", "名\u{200B}零宽", "𠮷野家", "3/5", "a|b", "--", "客服小美",
    ]
    private static let lines = [
        "在吗", "给我2000不然差评", "20元", "10:00:00", "2012-12-31", "2012-12-31 9:05:06", "看 https://item.example.com/i?id=1&x=2", "[图片]看",
        "(括号)", "=====", "消息对象:谁", "消息分组:x", "A: b", "甲：乙", "a,b;c\td", "<b>x</b> &amp;", "👨‍👩‍👧👍🏽", "\u{3000}全角", "  两边  ", "...", "——",
        "说\"好\"", "'单'", "\\n", "\u{200B}", "１２３", "ü한국어", "{\"a\":[1]}", "]]>", "<!--", "撤回了", "-->",
    ]

    private static func chat(_ random: inout SplitMix, names: Int, blanks: Bool) -> [Said] {
        func pick<T>(_ list: [T]) -> T { list[Int(random.next() % UInt64(list.count))] }
        var speakers: [String] = []
        while speakers.count < names {
            let name = pick(Self.names)
            if !speakers.contains(name) { speakers.append(name) }
        }
        var seconds: Int64 = 1_500_000_000 + Int64(random.next() % 100_000_000)
        // Every speaker returns, as in a chat; what a single line of a stranger is nobody can tell.
        return (0..<3 + Int(random.next() % 8)).map { index in
            seconds += pick([0, 1, 30, 4_000, 90_000])
            var body = (0...Int(random.next() % 3)).map { _ in pick(lines) }
            if blanks, body.count == 3, random.next() % 3 == 0 { body[1] = "" }
            return Said(name: speakers[index % speakers.count], seconds: seconds, text: body.joined(separator: "\n"))
        }
    }

    private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func date(_ c: Clock) -> String { "\(c.year)-\(pad(c.month))-\(pad(c.day))" }
    private static func hour(_ c: Clock) -> String { "\(c.hour):\(pad(c.minute)):\(pad(c.second))" }
    private static func half(_ c: Clock) -> String {
        "\(c.hour % 12 == 0 ? 12 : c.hour % 12):\(pad(c.minute)):\(pad(c.second)) \(c.hour < 12 ? "AM" : "PM")"
    }
    private static func quoted(_ cell: String) -> String { "\"" + cell.replacing("\"", with: "\"\"") + "\"" }
    private static func escaped(_ text: String) -> String {
        var result = ""
        for unit in text.utf16 {
            switch unit {
            case 0x20...0x7E where ![0x22, 0x26, 0x3C, 0x3E].contains(unit): result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default: result += "&#\(unit);"
            }
        }
        return result
    }

    /// A form of export: how a chat is written, and the id it must be known by.
    enum Form: String, CaseIterable, CustomTestStringConvertible {
        case friend, group, twelveHours, window, qqnt, wangwang, wechatShare, wechatExporter, backup, memoTrace, table, plain

        var testDescription: String { rawValue }

        var format: String {
            switch self {
            case .friend, .group, .twelveHours: "qq-txt"
            case .window: "qq-copy"
            case .qqnt: "qqnt-copy"
            case .wangwang: "wangwang-txt"
            case .wechatShare: "wechat-share"
            case .wechatExporter: "wechat-txt"
            case .backup: "sms-backup-xml"
            case .memoTrace: "wechat-csv"
            case .table: "generic-table"
            case .plain: "plain-jsonl"
            }
        }

        var hasSeconds: Bool { self != .wechatShare }
    }

    private static func write(_ chat: [Said], as form: Form) -> String {
        let rule = String(repeating: "=", count: 64)
        let head = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n\(rule)\n消息分组:我的好友\n\(rule)\n消息对象:对象\n\(rule)\n\n"
        func each(_ write: (Said) -> String) -> String { chat.map(write).joined() }
        switch form {
        case .friend: return head + each { "\($0.time { "\(date($0)) \(hour($0))" }) \($0.name)\n\($0.text)\n\n" }
        case .group:
            return head + each { "\($0.time { "\(date($0)) \(hour($0))" }) 【话唠】\($0.name)(\(10_000 + $0.name.utf8.count))\n\($0.text)\n\n" }
        case .twelveHours: return head + each { "\($0.time { "\(date($0)) \(half($0))" }) \($0.name)\n\($0.text)\n\n" }
        case .window:
            return each { "\($0.name) \($0.time { "\($0.month)/\($0.day)/\($0.year) \(half($0))" })\n\($0.text)\n\n" }
        case .qqnt: return each { "\($0.name): \($0.time { "\(date($0)) \(hour($0))" })\n\($0.text)\n\n" }
        case .wangwang: return each { "\($0.name) (\($0.time { "\(date($0)) \(hour($0))" })):\n\($0.text)\n\n" }
        case .wechatShare:
            let names = chat.reduce(into: [String]()) { if !$0.contains($1.name) { $0.append($1.name) } }
            var day = ""
            return "\(names.joined(separator: " 和 ")) 在微信上的聊天记录如下，请查收。\n\n"
                + each { said in
                    let today = said.time(date)
                    defer { day = today }
                    return (today == day ? "" : "—————  \(today)  —————\n\n\n")
                        + "\(said.name)  \(said.time { "\($0.hour):\(pad($0.minute))" })\n\n\(said.text)\n\n"
                }
        case .wechatExporter:
            return "对象 - 微信聊天记录\n\n" + each { "\($0.name) (\($0.time { "\(date($0)) \(hour($0))" })):\($0.text)\n" }
        case .backup:
            return "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"\(chat.count)\">\n"
                + each {
                    "  <sms address=\"13800000000\" date=\"\($0.seconds * 1_000)\" type=\"1\" body=\"\(escaped($0.text))\" contact_name=\"\(escaped($0.name))\" />\n"
                } + "</smses>\n"
        case .memoTrace:
            return "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n"
                + each { "1,3,1,0,0,\($0.seconds),2,\(quoted($0.text)),,\(quoted($0.name)),,wxid_a\n" }
        case .table:
            return "时间,发送人,内容\n" + each { "\($0.time { "\(date($0)) \(hour($0))" }),\(quoted($0.name)),\(quoted($0.text))\n" }
        case .plain:
            return each { said in
                func json(_ text: String) -> String {
                    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n").replacing("\t", with: "\\t")
                        + "\""
                }
                return "{\"sender\":\(json(said.name)),\"time\":\(said.seconds),\"text\":\(json(said.text))}\n"
            }
        }
    }

    @Test(arguments: Form.allCases)
    func `what was written is read back exactly`(_ form: Form) throws {
        var random = SplitMix(state: UInt64(form.rawValue.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
        for round in 0..<40 {
            var chat = Self.chat(&random, names: 2, blanks: form != .wechatShare)
            if form == .wechatShare {
                // Its paragraphs stand between blank lines, which nobody can tell from those of a text.
                for index in chat.indices { chat[index].text = Self.lines[Int(random.next() % 12)] }
            }
            let encodings = [TextEncoding.utf8, .gb18030, .utf16LittleEndian]
            let encoding = encodings[Int(random.next() % 3)]
            let lineEnd = random.next() % 2 == 0 ? "\n" : "\r\n"
            let text = Self.write(chat, as: form)
            let bytes = try #require(Reencoding(encoding: encoding, hasMark: encoding != .gb18030, lineEnd: lineEnd).apply(to: text))
            let file = ChatFile(FileBytes(bytes), name: "chat", options: .init())
            let found = file.messages.map { Said(name: $0.sender ?? "", seconds: $0.time?.secondsSinceEpoch ?? 0, text: $0.text) }
            let expected = chat.map { said in
                Said(name: said.name, seconds: form.hasSeconds ? said.seconds : said.seconds / 60 * 60, text: said.text)
            }
            let isExact =
                file.source.format == form.format && found.count == expected.count
                && zip(found, expected).allSatisfy { $0.name == $1.name && $0.seconds == $1.seconds && $0.text.unicodeScalars.elementsEqual($1.text.unicodeScalars) }
            #expect(isExact, "round \(round), \(encoding) as \(file.source.encoding ?? ""), \(file.source.format ?? "nothing"):\n\(text)\n\(found)")
            if !isExact { break }
        }
    }
}
