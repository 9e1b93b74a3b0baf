import Ingestion
import Testing
import Transcript

@Suite struct OverlapTests {
    private static func message(
        _ text: String, _ seconds: Int64?, sender: String? = "甲", account: String? = nil, chat: String = "甲",
        timeText: String? = nil, kind: Message.Kind = .text
    ) -> Message {
        Message(
            conversation: chat, location: SourceLocation(line: 1, offset: 0, length: 1),
            time: seconds.map { Timestamp(secondsSinceEpoch: $0, offsetFromUTC: 28_800) }, timeText: timeText, sender: sender,
            senderID: account, kind: kind, text: text)
    }

    private static func places(_ groups: [[Overlap.Place]]) -> [[[Int]]] {
        groups.map { $0.map { [$0.file, $0.message] } }
    }

    @Test func `the seam of two exports is found and nothing else`() {
        let chat = (0..<10).map { Self.message("第 \($0) 句", Int64(1_000_000_000 + $0 * 60)) }
        let overlap = Overlap([Array(chat[0..<7]), Array(chat[4..<10])])
        #expect(Self.places(overlap.groups) == [[[0, 4], [1, 0]], [[0, 5], [1, 1]], [[0, 6], [1, 2]]])
        #expect(overlap.others(of: .init(file: 1, message: 2)) == [.init(file: 0, message: 6)])
        #expect(overlap.others(of: .init(file: 0, message: 0)).isEmpty)
    }

    @Test func `two equal messages of one file stay two`() {
        let twice = [Self.message("好", 1_000_000_000), Self.message("好", 1_000_000_000), Self.message("行", 1_000_000_005)]
        #expect(Overlap([twice]).groups.isEmpty)
        let overlap = Overlap([twice, twice])
        #expect(Self.places(overlap.groups) == [[[0, 0], [1, 0]], [[0, 1], [1, 1]], [[0, 2], [1, 2]]])
        let once = Overlap([twice, [twice[0], twice[2]]])
        #expect(once.groups.count == 2)
        #expect(once.groups.allSatisfy { Set($0.map(\.file)).count == $0.count })
    }

    @Test func `a second's difference, media and blanks do not hide a message`() {
        let computer = [
            Self.message("在吗 老板", 1_000_000_000), Self.message("[图片]", 1_000_000_010, kind: .image),
            Self.message("看图{33E8481F-D8C5-42c7-B3E0-FD1484C54196}.dat", 1_000_000_020),
        ]
        let phone = [
            Self.message("在吗\u{A0}老板", 1_000_000_001, chat: "甲的备注"), Self.message("[图片:0A.jpg]", 1_000_000_010, chat: "甲的备注", kind: .image),
            Self.message("看图[图片]", 1_000_000_019, chat: "甲的备注"),
        ]
        #expect(Overlap([computer, phone]).groups.count == 3)
    }

    @Test func `the same advertisement in two chats is two messages`() {
        let ad = "加我微信领取好评返现红包，名额有限，先到先得"
        let first = [Self.message(ad, 1_000_000_000, chat: "拿货群一")]
        let second = [Self.message(ad, 1_000_000_000, chat: "拿货群二")]
        #expect(Overlap([first, second]).groups.isEmpty)
    }

    @Test func `different accounts are different speakers`() {
        let first = (0..<4).map { Self.message("签到", Int64(1_000_000_000 + $0), account: "1000\($0)") }
        let second = (0..<4).map { Self.message("签到", Int64(1_000_000_000 + $0), account: "2000\($0)") }
        #expect(Overlap([first, second]).groups.isEmpty)
    }

    @Test func `three files make one group`() {
        let chat = (0..<5).map { Self.message("第 \($0) 句", Int64(1_000_000_000 + $0 * 60)) }
        let overlap = Overlap([chat, Array(chat[1...]), Array(chat[2...])])
        #expect(Self.places(overlap.groups).last == [[0, 4], [1, 3], [2, 2]])
    }

    @Test func `without times only a long run counts`() {
        func chat(_ words: [String]) -> [Message] { words.map { Self.message($0, nil, chat: "", timeText: "10:00") } }
        #expect(Overlap([chat(["好", "行"]), chat(["好", "行"])]).groups.isEmpty)
        #expect(Overlap([chat(["一", "二", "三", "四"]), chat(["一", "二", "三", "四"])]).groups.count == 4)
    }

    @Test func `many equal messages do not stop the alignment`() {
        let flood = (0..<20_000).map { _ in Self.message("1", 1_000_000_000) }
        _ = Overlap([flood, flood])
    }
}
