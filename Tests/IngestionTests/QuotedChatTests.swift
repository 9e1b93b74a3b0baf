import Testing
import Transcript

@testable import Ingestion

/// Chats that somebody pasted into a message, headers and all.
@Suite struct QuotedChatTests {
    private static let forms: [(name: String, header: @Sendable (_ who: String, _ day: Int, _ time: String) -> String)] = [
        ("QQNT's manager", { "\($0): 2025-08-\($1) \($2)" }),
        ("QQNT's manager without years", { "\($0): 08-\($1) \($2)" }),
        ("QQ's window", { "\($0) 2020/2/\($1) \($2)" }),
        ("WangWang", { "\($0) (2013-05-\($1) \($2)):" }),
        ("MemoTrace", { "2022-12-\($1) \($2) \($0)" }),
        ("any back end", { "2022-12-\($1) \($2) \($0)" }),
    ]

    private static func text(_ form: Int, _ blocks: [(who: String, day: Int, time: String, said: String)]) -> String {
        blocks.map { forms[form].header($0.who, $0.day, $0.time) + "\n" + $0.said + "\n\n" }.joined()
    }

    @Test(arguments: Self.forms.indices)
    func `a quoted chat of strangers stays in the body`(_ form: Int) {
        let quoted = Self.text(form, [("路人", 11, "10:00:00", "给我返现"), ("别家店", 11, "10:00:10", "好")])
        let chat = ReadChat(
            Self.text(
                form,
                [
                    ("小店", 20, "20:31:50", "在"), ("阿福", 20, "20:32:50", "你看\n\n" + String(quoted.dropLast(2))),
                    ("小店", 20, "20:33:50", "不行"), ("阿福", 20, "20:34:50", "哦"),
                ]))
        #expect(chat.messages.map(\.sender) == ["小店", "阿福", "小店", "阿福"])
        #expect(chat.messages.dropFirst().first?.text == "你看\n\n" + quoted.dropLast(2))
        #expect(chat.codes.contains("header-like"))
    }

    @Test func `several chats copied one below the other stay chats`() {
        let chat = ReadChat(
            Self.text(
                0,
                [
                    ("甲", 20, "20:31:50", "在吗"), ("小店", 20, "20:32:50", "在"), ("乙", 10, "20:31:50", "好"),
                    ("小店", 10, "20:32:50", "谢谢"), ("丙", 21, "20:31:50", "你好"), ("小店", 21, "20:32:50", "您好"),
                ]))
        #expect(chat.messages.map(\.text) == ["在吗", "在", "好", "谢谢", "你好", "您好"])
    }

    @Test func `a record out of order is a record`() {
        let chat = ReadChat(
            Self.text(0, [("甲", 20, "20:31:50", "在吗"), ("小店", 20, "10:32:50", "在"), ("甲", 20, "20:33:50", "好")]))
        #expect(chat.messages.map(\.text) == ["在吗", "在", "好"])
    }
}
