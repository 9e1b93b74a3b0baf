import Ingestion
import Testing
import Transcript

@Suite struct SMSBackupXMLTests {
    private static let head = """
        <?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
        <!--File Created By SMS Backup & Restore v1 on <sms> -->
        <?xml-stylesheet type="text/xsl" href="sms.xsl"?>

        """

    private static func sms(
        _ body: String, date: String = "1671968000123", type: Int = 1, name: String = "示例老陈", quote: String = "\""
    ) -> String {
        """
        <sms protocol="0" address="+8613800000000" date="\(date)" type="\(type)" subject="null" body=\(quote)\(body)\(quote) \
        toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="0" \
        readable_date="2022年12月25日 下午7:33:20" contact_name="\(name)" />
        """
    }

    private static func file(_ records: String..., count: Int? = nil) -> String {
        head + "<smses count=\"\(count ?? records.count)\">\n  " + records.joined(separator: "\n  ") + "\n</smses>\n"
    }

    @Test func `a backup gives speakers, times and places`() {
        let first = Self.sms("货到了&#10;第二行 &#55357;&#56397;")
        let second = Self.sms("好的&amp;谢谢", date: "1671968060000", type: 2)
        let chat = ReadChat(Self.file(first, second))
        #expect(chat.format == "sms-backup-xml")
        #expect(chat.texts == ["货到了\n第二行 👍", "好的&谢谢"])
        #expect(chat.messages.map(\.role) == [.buyer, .seller])
        #expect(chat.messages.map(\.sender) == ["示例老陈", nil])
        #expect(chat.messages.map(\.senderID) == ["13800000000", nil])
        #expect(chat.messages.map(\.conversation) == ["13800000000", "13800000000"])
        #expect(chat.messages.map(\.index) == [0, 1])
        #expect(chat.messages[0].time?.iso8601 == "2022-12-25T19:33:20+08:00")
        #expect(chat.messages[0].timeText == "1671968000123")
        #expect(chat.messages.map(\.location.line) == [5, 6])
        #expect(chat.record(0) == first)
        #expect(chat.record(1) == second)
        #expect(chat.codes == [])
        #expect(chat.file.source.lines.messages == 2)
        #expect(chat.file.source.lines.structure == 5)
    }

    @Test(arguments: [
        ("&#55357;&#56397;", "👍"), ("&#xd83d;&#xDC4D;", "👍"), ("&#x1F44D;", "👍"), ("&#55357;", "\u{FFFD}"),
        ("&#56397;&#55357;", "\u{FFFD}\u{FFFD}"), ("a&#0;b&#1;c", "a\u{FFFD}b\u{FFFD}c"), ("&#99999999;", "&#99999999;"),
        ("&#65292;&#12290;", "，。"), ("a&#13;&#10;b&#13;c&#9;d", "a\nb\nc\td"), ("&unknown; & &amp", "&unknown; & &amp"),
        ("&lt;&gt;&quot;&apos;", "<>\"'"), ("raw\nbreak\r\nof lines", "raw\nbreak\nof lines"),
    ])
    func `split surrogates and other references are resolved`(_ written: String, _ said: String) {
        let chat = ReadChat(Self.file(Self.sms(written), Self.sms("下一条")))
        #expect(chat.texts == [said, "下一条"])
    }

    @Test(arguments: [
        ("3<5 <b>粗</b> <", "\""), ("他说\"好\" ok", "\""), ("他说\"好\"", "'"), ("it's", "\""), ("<sms> 不是标签", "\""),
        ("a=\"b\" c", "\""),
    ])
    func `raw angle brackets and quotes in a body are text`(_ body: String, _ quote: String) {
        let chat = ReadChat(Self.file(Self.sms("前"), Self.sms(body, quote: quote), Self.sms("后")))
        #expect(chat.texts == ["前", body, "后"])
        #expect(chat.codes == [])
    }

    @Test func `an unclosed quote costs no other record`() {
        let whole = Self.sms("中间的话")
        let body = whole.replacing("中间的话\"", with: "中间的话")
        let last = whole.replacing("contact_name=\"示例老陈\"", with: "contact_name=\"示例老陈")
        for damaged in [body, last] {
            let chat = ReadChat(Self.file(Self.sms("前"), damaged, Self.sms("后")))
            #expect(chat.texts == ["前", "中间的话", "后"])
            #expect(chat.messages.map(\.sender) == ["示例老陈", "示例老陈", "示例老陈"])
            #expect(chat.record(1) == damaged)
        }
    }

    @Test func `a record cut in the middle of a file is told and costs no other`() {
        let cut = String(Self.sms("没有说完的话").prefix(90))
        let chat = ReadChat(Self.file(Self.sms("前"), cut, Self.sms("后")))
        #expect(chat.texts.first == "前")
        #expect(chat.texts.last == "后")
    }

    @Test func `an element with an end tag is one record`() {
        let record = Self.sms("有结尾标签").replacing(" />", with: "></sms>")
        let chat = ReadChat(Self.file(record, Self.sms("后")))
        #expect(chat.texts == ["有结尾标签", "后"])
        #expect(chat.record(0) == record)
        #expect(chat.codes == [])
    }

    @Test func `a file cut at any byte keeps what is whole`() {
        let records = (0..<4).map { Self.sms("第 \($0) 条&#55357;&#56397;", date: "167196800\($0)000") }
        let whole = Array(Self.file(records[0], records[1], records[2], records[3]).utf8)
        let text = String(decoding: whole, as: UTF8.self)
        let ends = records.map { text.utf8.distance(from: text.startIndex, to: text.firstRange(of: $0)!.upperBound) }
        for cut in 1..<whole.count {
            let chat = ReadChat(bytes: Array(whole[..<cut]))
            #expect(chat.messages.count == ends.filter { $0 <= cut }.count, "cut at \(cut)")
            if cut > 150, cut < whole.count - 10 { #expect(!chat.codes.isEmpty) }
        }
    }

    @Test func `a count that differs is told`() {
        let chat = ReadChat(Self.file(Self.sms("一"), count: 3))
        #expect(chat.codes == ["count-mismatch"])
    }

    @Test func `one huge line keeps every place`() {
        let records = (0..<300).map { Self.sms("第 \($0) 条", date: "16719\($0 + 10_000)000") }
        let chat = ReadChat("<smses count=\"300\">" + records.joined() + "</smses>")
        #expect(chat.messages.count == 300)
        #expect(chat.messages.allSatisfy { $0.location.line == 1 })
        #expect(chat.record(299) == records[299])
        #expect(chat.file.source.lines.messages == 1)
    }

    @Test func `a copy in UTF-16 by redirection keeps its places`() {
        let record = Self.sms("好的👍")
        let text = Self.file(record)
        let bytes = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let chat = ReadChat(bytes: bytes)
        #expect(chat.texts == ["好的👍"])
        #expect(chat.file.source.encoding == "UTF-16LE")
        #expect(chat.messages[0].location.length == record.utf16.count * 2)
        #expect(chat.messages[0].location.offset == text.utf16.distance(from: text.startIndex, to: text.firstRange(of: record)!.lowerBound) * 2)
    }

    @Test func `a multimedia message is one record with its parts`() {
        let mms = """
            <mms date="1671968000000" msg_box="1" address="+8613800000000~+8613900000000" m_type="132" contact_name="群" \
            sub="null"><parts><part seq="-1" ct="application/smil" text="&lt;smil&gt;"/><part seq="0" ct="text/plain" \
            text="看图" name="null" cl="text_0.txt"/><part seq="0" ct="image/png" data="iVBORw0KGgo=" /></parts>\
            <addrs><addr address="+8613900000000" type="137" charset="106"/><addr address="insert-address-token" type="151"/></addrs></mms>
            """
        let chat = ReadChat(Self.file(mms, Self.sms("后")))
        #expect(chat.texts == ["看图\n[图片]", "后"])
        #expect(chat.messages[0].kind == .text)
        #expect(chat.messages[0].senderID == "13900000000")
        #expect(chat.messages[0].conversation == "13800000000~13900000000")
        #expect(chat.record(0) == mms)
        #expect(chat.codes == ["media-not-read"])
    }

    @Test func `a multimedia message that never ends costs only itself`() {
        let mms = "<mms date=\"1671968000000\" msg_box=\"1\" address=\"1\"><parts><part seq=\"0\" ct=\"text/plain\" text=\"半条\"/>"
        let chat = ReadChat(Self.file(mms, Self.sms("后")))
        #expect(chat.texts == ["后"])
        #expect(chat.codes == ["damaged-record"])
    }

    @Test func `Super Backup names its time and contact otherwise`() {
        let chat = ReadChat(
            """
            <?xml version="1.0" encoding="UTF-8"?><allsms count="2"><sms address="138 0000-0000" time="2013年12月26日 下午8:56:00" \
            date="1388062560000" type="1" body="在吗" read="1" service_center="" name="示例老陈" />
            <sms address="10086" time="2013年12月26日 下午8:57:00" type="2" body="CXLL" read="1" service_center="" name="" /></allsms>
            """)
        #expect(chat.messages.map(\.sender) == ["示例老陈", nil])
        #expect(chat.messages.map(\.time?.iso8601) == ["2013-12-26T20:56:00+08:00", "2013-12-26T20:57:00+08:00"])
        #expect(chat.messages.map(\.timeText) == ["1388062560000", "2013年12月26日 下午8:57:00"])
        #expect(chat.messages.map(\.conversation) == ["13800000000", "10086"])
    }

    @Test func `entities of a document type are never expanded`() {
        let chat = ReadChat(
            """
            <?xml version="1.0"?><!DOCTYPE smses [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
            <smses count="1"><sms address="1" date="1671968000123" type="1" body="&b;&x;" /></smses>
            """)
        #expect(chat.texts == ["&b;&x;"])
    }

    @Test func `drafts and failures are the owner's and are told`() {
        let chat = ReadChat(Self.file(Self.sms("草稿", type: 3), Self.sms("失败", type: 5)))
        #expect(chat.messages.map(\.role) == [.seller, .seller])
        #expect(chat.codes == ["not-sent"])
    }

    @Test func `flipped bytes never stop the reading`() {
        let whole = Array(Self.file(Self.sms("一"), Self.sms("二"), Self.sms("三")).utf8)
        for place in whole.indices {
            for flip in [0x01, 0x20, 0x80, 0xFF] as [UInt8] {
                var bytes = whole
                bytes[place] ^= flip
                _ = ReadChat(bytes: bytes)
            }
        }
    }
}
