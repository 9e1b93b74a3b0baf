import Ingestion
import Testing
import Transcript

/// Checks that a file cut anywhere keeps exactly the records that are whole.
func expectWholeRecordsSurviveCuts(_ text: String, records: [String], sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    let bytes = Array(text.utf8)
    let ends = records.compactMap { record in
        text.firstRange(of: record).map { text.utf8.distance(from: text.startIndex, to: $0.upperBound) }
    }
    #expect(ends.count == records.count, sourceLocation: sourceLocation)
    let format = ReadChat(text).format
    for cut in (ends[0] + 1)..<bytes.count {
        let chat = ReadChat(bytes: Array(bytes[..<cut]), options: ReadingOptions(format: format), sourceLocation: sourceLocation)
        #expect(chat.messages.count == ends.count { $0 <= cut }, "cut at \(cut)", sourceLocation: sourceLocation)
    }
}

/// Checks that no flipped byte stops the reading.
func expectFlippedBytesAreSurvived(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    let whole = Array(text.utf8)
    for place in whole.indices {
        for flip in [0x01, 0x20, 0x80] as [UInt8] {
            var bytes = whole
            bytes[place] ^= flip
            _ = ReadChat(bytes: bytes, sourceLocation: sourceLocation)
        }
    }
}

@Suite struct PlainJSONLinesTests {
    private static let first = #"{"conversation":"甲","sender":"南山老陈","sender_id":"123","role":"buyer","time":"2022-12-25T19:33:00+08:00","text":"第一行\n第二行 \ud83d\udc4d"}"#
    private static let second = #"{ "text" : "好", "time":"2022-12-25 19:34" , "role":"seller","kind":"sticker","extra":{"text":[1]} }"#

    @Test func `lines become messages at their places`() {
        let chat = ReadChat(Self.first + "\r\n\r\n  " + Self.second + "\n")
        #expect(chat.format == "plain-jsonl")
        #expect(chat.texts == ["第一行\n第二行 👍", "好"])
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
        #expect(chat.messages.map(\.sender) == ["南山老陈", nil])
        #expect(chat.messages.map(\.kind) == [.text, .sticker])
        #expect(chat.messages.map(\.time?.iso8601) == ["2022-12-25T19:33:00+08:00", "2022-12-25T19:34:00+08:00"])
        #expect(chat.messages.map(\.location.line) == [1, 3])
        #expect(chat.record(0) == Self.first)
        #expect(chat.record(1) == Self.second)
        #expect(chat.codes == [])
    }

    @Test func `a line that is no message is told and costs no other`() {
        let chat = ReadChat("\(Self.first)\n{\"text\":\n[1]\n{\"sender\":\"x\"}\n{\"text\":1}x\n\(Self.second)\n\(Self.second)\n\(Self.second)\n\(Self.second)")
        #expect(chat.messages.count == 5)
        #expect(chat.codes == ["bad-json", "bad-json", "no-text", "bad-json"])
        #expect(chat.file.diagnostics.map(\.line) == [2, 3, 4, 5])
        #expect(chat.file.source.lines.unparsed == 4)
    }

    @Test func `the output of parse is read again`() {
        let chat = ReadChat(
            """
            {"type":"diagnostic","file":"a","line":1,"severity":"warning","code":"truncated","message":"…"}
            {"type":"message","file":"a","conversation":"甲","index":0,"time":null,"time_text":"9:05","sender":null,"role":"unknown","kind":"text","text":"在吗"}
            {"type":"file","file":"a","format":"qq-txt","sha256":"00","messages":1}
            """)
        #expect(chat.texts == ["在吗"])
        #expect(chat.messages[0].timeText == "9:05")
        #expect(chat.file.source.lines.structure == 2)
        #expect(chat.codes == [])
    }

    @Test func `cuts and flipped bytes`() {
        expectWholeRecordsSurviveCuts(Self.first + "\n" + Self.second + "\n", records: [Self.first, Self.second])
        expectFlippedBytesAreSurvived(Self.first + "\n" + Self.second + "\n")
    }
}

@Suite struct QCEJSONTests {
    private static let messages = [
        #"{"id":"7","seq":"1","timestamp":1766718609000,"time":"2025-12-26 11:10:09","sender":{"uid":"u_a","uin":"100000001","name":"甲","title":"群头衔"},"type":"type_1","content":{"text":"在吗\n第二行","elements":[{"type":"text","data":{"text":"在吗"}}],"resources":[]},"recalled":false,"system":false}"#,
        #"{"id":"8","timestamp":1766718610000,"time":"2025-12-26 11:10:10","sender":{"uid":"u_me","uin":"200000002","name":"掌柜"},"content":{"text":"[图片:0A.jpg]","elements":[{"type":"image","data":{}}]},"recalled":false,"system":false}"#,
        #"{"id":"9","timestamp":1766718611000,"time":"2025-12-26T03:10:11.000Z","sender":{"uid":"","name":""},"content":{"text":"甲 撤回了一条消息","elements":[{"type":"system","data":{}}]},"recalled":false,"system":true}"#,
    ]
    private static let head = """
        {
        "metadata":{"name":"QQChatExporter V5","version":"5.0.0"},
        "chatInfo":{"name":"城南档口","type":"private","selfUin":"200000002","selfUid":"u_me"},
        "statistics":{"totalMessages":3},
        "messages":[

        """
    private static let whole = head + messages.joined(separator: ",\n") + "\n]\n}\n"

    @Test func `one document gives roles by the owner's number`() {
        let chat = ReadChat(Self.whole)
        #expect(chat.format == "qce-json")
        #expect(chat.texts == ["在吗\n第二行", "[图片:0A.jpg]", "甲 撤回了一条消息"])
        #expect(chat.messages.map(\.role) == [.buyer, .seller, .system])
        #expect(chat.messages.map(\.kind) == [.text, .image, .recall])
        #expect(chat.messages.map(\.title) == ["群头衔", nil, nil])
        #expect(chat.messages.map(\.conversation) == ["城南档口", "城南档口", "城南档口"])
        #expect(chat.messages[0].senderID == "100000001")
        #expect(chat.messages[0].time?.iso8601 == "2025-12-26T11:10:09+08:00")
        #expect(chat.messages[2].time?.iso8601 == "2025-12-26T11:10:11+08:00")
        #expect(chat.messages.map(\.location.line) == [6, 7, 8])
        for index in 0..<3 { #expect(chat.record(index) == Self.messages[index]) }
        #expect(chat.codes == [])
        #expect(chat.file.source.lines.structure == 7)
    }

    @Test func `version 4 names its keys otherwise`() {
        let chat = ReadChat(
            #"{"metadata":{},"messages":[{"messageId":"1","timestamp":"2025-08-01T02:00:00.000Z","sender":{"uid":"u","uin":"1000","name":"甲"},"messageType":2,"isSystemMessage":false,"isRecalled":false,"content":{"text":"早","resources":[]}}],"chatInfo":{"name":"组","selfUin":"9"}}"#)
        #expect(chat.format == "qce-json")
        #expect(chat.messages.map(\.conversation) == ["组"])
        #expect(chat.messages[0].time?.iso8601 == "2025-08-01T10:00:00+08:00")
        #expect(chat.messages[0].timeText == "2025-08-01T02:00:00.000Z")
        #expect(chat.messages[0].role == .buyer)
    }

    @Test func `chunks are lines, the manifest is frame`() {
        let chunk = ReadChat(Self.messages.joined(separator: "\n"))
        #expect(chunk.format == "qce-json")
        #expect(chunk.messages.count == 3)
        #expect(chunk.messages[0].role == .unknown)
        let manifest = ReadChat("{\"metadata\":{},\"chatInfo\":{\"name\":\"组\"},\"chunked\":{\"chunks\":[{\"file\":\"chunks/c000001.jsonl\"}]}}")
        #expect(manifest.format == "qce-json")
        #expect(manifest.codes == [])
    }

    @Test func `a damaged message costs only itself`() {
        for damaged in [Self.messages[1].replacing("\"seq\"", with: "seq"), "{\"id\":\"8\",\"sender\":", "\"x"] {
            let text = Self.head + [Self.messages[0], damaged, Self.messages[2]].joined(separator: ",\n") + "\n]\n}\n"
            let chat = ReadChat(text)
            #expect(chat.texts.first == "在吗\n第二行")
            #expect(chat.texts.last == "甲 撤回了一条消息")
        }
        expectWholeRecordsSurviveCuts(Self.whole, records: Self.messages)
        expectFlippedBytesAreSurvived(Self.whole)
    }

    @Test func `a nesting bomb in a message costs only itself`() {
        let bomb = "{\"content\":" + String(repeating: "[", count: 100_000)
        let chat = ReadChat(Self.head + Self.messages[0] + ",\n" + bomb + ",\n" + Self.messages[2] + "\n]}")
        #expect(chat.messages.count == 2)
        #expect(chat.codes.contains("bad-json"))
    }
}

@Suite struct WeChatJSONTests {
    private static let messages = [
        #"{"localId":1,"createTime":1671968000,"formattedTime":"2022-12-25 19:33:20","type":"文本消息","content":"在吗","isSend":0,"senderUsername":"wxid_a","senderDisplayName":"南山老陈"}"#,
        #"{"localId":2,"createTime":1671968001,"formattedTime":"2022-12-25 19:33:21","type":"图片消息","content":"<msg><img/></msg>","isSend":1,"senderUsername":"wxid_me","senderDisplayName":"我"}"#,
        #"{"localId":3,"createTime":1671968002,"formattedTime":"2022-12-25 19:33:22","type":"系统消息","content":"\"南山老陈\" 撤回了一条消息","isSend":null,"senderUsername":"","senderDisplayName":""}"#,
    ]

    @Test func `WeFlow gives the session's name and the direction`() {
        let avatar = String(repeating: "A", count: 100_000)
        let text = "{\"weflow\":{\"version\":\"1\"},\"session\":{\"wxid\":\"wxid_a\",\"remark\":\"老陈\",\"avatar\":\"\(avatar)\"},\"messages\":[\n"
            + Self.messages.joined(separator: ",\n") + "\n]}"
        let chat = ReadChat(text)
        #expect(chat.format == "wechat-json")
        #expect(chat.texts == ["在吗", "[图片]", "\"南山老陈\" 撤回了一条消息"])
        #expect(chat.messages.map(\.role) == [.buyer, .seller, .system])
        #expect(chat.messages.map(\.kind) == [.text, .image, .recall])
        #expect(chat.messages.map(\.conversation) == ["老陈", "老陈", "老陈"])
        #expect(chat.messages[0].senderID == "wxid_a")
        #expect(chat.record(2) == Self.messages[2])
        expectWholeRecordsSurviveCuts(text.replacing(avatar, with: ""), records: Self.messages)
    }

    @Test func `bare arrays of other tools are read by their keys`() {
        let chat = ReadChat(
            """
            [
              {"id":1,"MsgSvrID":"1","type_name":"文本","is_sender":0,"talker":"wxid_a","room_name":"wxid_a","msg":"在吗","src":"","CreateTime":"2022-12-25 19:33:20"},
              {"id":2,"MsgSvrID":"2","type_name":"文本","is_sender":1,"talker":"我","room_name":"wxid_a","msg":"在","src":"","CreateTime":"2022-12-25 19:33:21"}
            ]
            """)
        #expect(chat.format == "wechat-json")
        #expect(chat.texts == ["在吗", "在"])
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
        #expect(chat.messages.map(\.conversation) == ["wxid_a", "wxid_a"])
        #expect(chat.codes == [])
    }
}

@Suite struct WangwangJSONTests {
    @Test func `the open platform's answer names speakers and tells what it leaves out`() {
        let first = #"{"content":"亲，在的哦","direction":0,"length":5,"time":"2013-05-06 12:13:40","type":0}"#
        let second = #"{"direction":1,"length":4,"time":"2013-05-06 12:14:00","type":0,"url_lists":{},"word_lists":{}}"#
        let answer = #"{"wangwang_abstract_logquery_response":{"is_sliced":false,"msg_lists":{"msg_list":["# + first + ",\n" + second
            + #"]},"from_id":"cntaobao示例旗舰店:小美","to_id":"cntaobaotb00000001","ret_code":10000}}"#
        let chat = ReadChat(answer)
        #expect(chat.format == "wangwang-json")
        #expect(chat.texts == ["亲，在的哦", ""])
        #expect(chat.messages.map(\.sender) == ["示例旗舰店:小美", "tb00000001"])
        #expect(chat.messages.map(\.role) == [.seller, .buyer])
        #expect(chat.messages.map(\.conversation) == ["tb00000001", "tb00000001"])
        #expect(chat.messages[0].time?.iso8601 == "2013-05-06T12:13:40+08:00")
        #expect(chat.codes == ["text-not-exported"])
        #expect(chat.record(1) == second)
        expectWholeRecordsSurviveCuts(answer, records: [first, second])
        expectFlippedBytesAreSurvived(answer)
    }

    @Test func `pages of the open platform may follow one another in a file`() {
        let page = #"{"from_id":"cntaobao店","to_id":"cntaobao%","msg_lists":[{"content":"亲","direction":0,"time":"2013-05-06 12:13:40"}]}"#
        let chat = ReadChat(page.replacing("%", with: "甲") + "\n" + page.replacing("%", with: "乙"))
        #expect(chat.messages.map(\.conversation) == ["甲", "乙"])
        #expect(chat.messages.map(\.text) == ["亲", "亲"])
    }
}
