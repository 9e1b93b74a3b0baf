import Ingestion
import Testing
import Transcript

@Suite struct RefusalTests {
    @Test(arguments: [
        "[2024/10/31 15:50:46] 张三: 在吗\n[2024/10/31 15:51:46] 李四: 在\n",
        "31/10/24, 15:50 - Messages and calls are end-to-end encrypted.\n31/10/24, 15:51 - X: hi\n",
        "\u{200E}[31/10/24, 3:50:46\u{202F}PM] X: hi\n[31/10/24, 3:51:46\u{202F}PM] Y: ho\n",
        "[LINE] 与示例的聊天记录\n保存日期：2024/10/31 15:50\n",
        #"{"name":"X","type":"personal_chat","id":1,"messages":[{"id":1,"type":"message","date":"2024-10-31T15:50:46","text":"hi"}]}"#,
        #"{"about":"…","chats":{"about":"…","list":[{"name":"X","type":"personal_chat","messages":[]}]}}"#,
        #"{"participants":[{"name":"X"}],"messages":[{"sender_name":"X","timestamp_ms":1,"content":"hi"}]}"#,
        "<?xml version='1.0'?><calls count=\"1\"><call number=\"1\" duration=\"2\" date=\"3\" type=\"1\"/></calls>",
        "BEGIN:VCARD\nVERSION:3.0\nFN:X\nEND:VCARD\n", "{\\rtf1 hi}", "%PDF-1.7\n1 0 obj\n",
        "SQLite format 3\0\u{10}\0",
    ])
    func `a known format that is not read is refused by name`(_ text: String) {
        let chat = ReadChat(text)
        #expect(chat.codes == ["not-supported"])
        #expect(chat.format == nil)
        #expect(chat.messages.isEmpty)
    }

    @Test(arguments: [
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], Array("#!AMR\n".utf8) + [4],
        [0, 0, 0, 0x20] + Array("ftypisom".utf8), Array("RIFF".utf8) + [1, 0, 0, 0] + Array("WEBPVP8 ".utf8),
    ] as [[UInt8]])
    func `pictures and sound are listed and not read`(_ bytes: [UInt8]) {
        let chat = ReadChat(bytes: bytes + [UInt8](repeating: 0, count: 16))
        #expect(chat.codes == ["media-not-read"])
        #expect(chat.file.diagnostics[0].severity == .warning)
        #expect(chat.file.source.sha256.count == 64)
    }

    @Test func `an encrypted backup is refused by what its name suggests`() {
        var random = SplitMix(state: 7)
        let bytes = (0..<4_096).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let file = ChatFile(FileBytes(bytes), name: "全部消息记录.BAK", options: ReadingOptions())
        #expect(file.diagnostics.map(\.code) == ["not-supported"])
        #expect(file.diagnostics[0].message.contains("消息管理器"))
    }
}
