import Classification
import EvidencePipeline
import Foundation
import Ingestion
import Reporting
import Testing
import Transcript

/// Scans of invented folders, with any number of jobs.
@Suite struct ScanTests {
    private static let lines = [
        "在吗", "这件什么时候发货", "亲 今天发", "好的", "有好评返现吗", "没有的哦", "不给我转500就差评", "您可以申请平台介入", "尺码偏大吗", "加我微信 shuadan888 日结三百",
        "收到了 谢谢", "物流三天没动了", "2000解决 不然去12315", "抱歉我们不接受", "哈哈",
    ]

    /// A QQ export: each chat with its lines, the first speaker beginning.
    private func export(_ chats: [(name: String, speakers: [String], count: Int)], from start: Int = 0) -> String {
        var text = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n"
        for chat in chats {
            text += bar + "消息分组:我的好友\n" + bar + "消息对象:\(chat.name)\n" + bar + "\n"
            let shift = chat.name.utf8.reduce(0) { $0 + Int($1) }
            for number in start..<start + chat.count {
                let time = "2024-03-\(pad(1 + number / 1_440 % 28)) \(pad(number / 60 % 24)):\(pad(number % 60)):\(pad(number % 7))"
                let line = Self.lines[(number * 7 + number / 11 + shift) % Self.lines.count]
                text += "\(time) \(chat.speakers[number % chat.speakers.count])\n\(line)\n\n"
            }
        }
        return text
    }

    private let bar = String(repeating: "=", count: 64) + "\n"

    private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func json(_ scan: Scan, _ place: Workplace, _ names: [String] = ["in"]) -> String {
        var json = JSONWriter()
        let result = scan.run(names.map(place.path), standardInput: { FileBytes([]) }).result
        for note in result.roleNotes { json.value(note) }
        FindingLines.write(Evidence(result), includingOwn: true, to: &json)
        return json.string
    }

    private func manyFiles() throws -> Workplace {
        let place = try Workplace()
        try place.write(export([("买家甲", ["买家甲", "阿福"], 40), ("买家乙", ["买家乙", "阿福"], 700)]), to: "in/a.txt")
        try place.write(export([("买家乙", ["买家乙", "阿福"], 200)], from: 600), to: "in/b.txt")
        for group in 1...4 {
            try place.write(export([("某群\(group)", ["路人\(group)", "共同的人", "过客\(group)"], 20 * group * group)], from: 5_000 * group), to: "in/g\(group).txt")
        }
        let records = (0..<300).map { number in
            let role = number % 2 == 0 ? "\"buyer\"" : "\"seller\""
            let line = Self.lines[number * 7 % Self.lines.count]
            return "{\"conversation\":\"c\(number % 5)\",\"sender\":\"s\(number % 10)\",\"role\":\(role),\"text\":\"\(line)\"}\n"
        }
        try place.write(records.joined(), to: "in/plain.jsonl")
        return place
    }

    @Test func `any number of jobs gives the same bytes`() throws {
        let place = try manyFiles()
        let one = json(Scan(InputReading(), jobs: 1), place)
        #expect(one.contains("\"also_in\":[{"))
        #expect(one.contains("按出现在最多聊天里的账号推断卖家，请核对（4 个聊天）"))
        for jobs in [2, 5] { #expect(json(Scan(InputReading(), jobs: jobs), place) == one, "\(jobs) jobs") }
    }

    @Test func `chats that are judged early to make room come out the same`() throws {
        let place = try manyFiles()
        // A chat that goes on after another: what was judged of it before does not hold.
        try place.write(
            export([("买家甲", ["买家甲", "阿福"], 40), ("买家丙", ["买家丙", "阿福"], 60), ("买家甲", ["买家甲", "阿福"], 30)]),
            to: "in/c.txt")
        var scan = Scan(InputReading(), jobs: 2)
        let roomy = json(scan, place)
        scan.room = 20
        #expect(json(scan, place) == roomy)
    }

    @Test func `what is found is what judging each chat at once finds`() throws {
        let place = try manyFiles()
        var chats: [String: [Message]] = [:]
        _ = InputReading().parse([place.path("in")], standardInput: { FileBytes([]) }) { message, file in
            chats[file.name + "\0" + message.conversation, default: []].append(message)
        }
        var expected: Set<[String]> = []
        for (name, messages) in chats where !name.hasPrefix("in/b.txt") {
            var session = ConversationClassifier(.shipped)
            var judgements: [Judgement] = []
            for message in messages {
                let sender = message.senderID ?? message.sender
                judgements += session.push(.init(role: message.role, sender: sender, kind: message.kind, text: message.text))
            }
            judgements += session.finish()
            for (message, judgement) in zip(messages, judgements) where judgement.isFinding {
                expected.insert(["\(message.location.offset)", name, message.role.rawValue, "\(judgement)"])
            }
        }
        let result = Scan(InputReading(), jobs: 2).run([place.path("in")], standardInput: { FileBytes([]) }).result
        let found = result.findings.filter(\.judgement.isFinding).map { finding in
            let name = result.files[finding.file].name + "\0" + finding.message.conversation
            return ["\(finding.message.location.offset)", name, finding.message.role.rawValue, "\(finding.judgement)"]
        }
        #expect(found.count > 50)
        let first = Set(found.filter { !$0[1].hasPrefix("in/b.txt") })
        #expect(first.subtracting(expected) == [])
        #expect(expected.subtracting(first) == [])
        // The second export of a chat begins in its middle and is judged by itself; what both hold is the first's.
    }

    @Test func `who comes late changes the roles of a long chat from its beginning`() throws {
        let place = try Workplace()
        // Two speakers, one of whom the chat is named after; a shop joins when the first piece is long judged.
        var text = export([("买家甲", ["买家甲", "阿福"], 620)])
        text += "2024-04-01 10:00:00 阿福旗舰店\n在的\n\n"
        try place.write(text, to: "in/a.txt")
        let result = Scan(InputReading(), jobs: 2).run([place.path("in")], standardInput: { FileBytes([]) }).result
        var roles: [Int: Message.Role] = [:]
        _ = InputReading().parse([place.path("in")], standardInput: { FileBytes([]) }) { message, _ in
            roles[message.location.offset] = message.role
        }
        #expect(!result.findings.isEmpty)
        for message in result.messages[0] { #expect(message.role == roles[message.location.offset]) }
        #expect(result.messages[0].contains { $0.sender == "阿福" && $0.role == .buyer })
    }

    @Test func `a scope shows what stands around it and judges nothing else`() throws {
        let place = try manyFiles()
        let scope = Scope(since: Day("2024-03-01"), until: Day("2024-03-01"), with: "买家乙")
        let result = Scan(InputReading(), scope: scope, jobs: 2).run([place.path("in/a.txt")], standardInput: { FileBytes([]) }).result
        #expect(!result.findings.isEmpty)
        #expect(result.findings.allSatisfy { $0.message.conversation == "买家乙" && $0.message.timeText?.hasPrefix("2024-03-01") == true })
        #expect(result.messages[0].allSatisfy { $0.conversation == "买家乙" })
    }

    @Test func `equal messages keep their order in content IDs, wherever they stand`() throws {
        let place = try Workplace()
        let line = "2024-05-06 10:00:00 买家\n不给我转500就给你差评，再发到网上\n\n"
        let head = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n" + bar + "消息分组:我的好友\n"
            + bar + "消息对象:买家\n" + bar + "\n"
        try place.write(head + line + "2024-05-06 10:00:00 阿福\n不行\n\n" + line + line, to: "in/a.txt")
        try place.write(head + line + line, to: "in/b.txt")
        let result = Scan(InputReading(), jobs: 1).run([place.path("in")], standardInput: { FileBytes([]) }).result
        let read = InputReading().everything([place.path("in")]).messages
        #expect(result.ordinals.values.contains(2))
        for (finding, id) in zip(result.findings, Evidence(result).contentIDs) {
            let before = read[finding.file].prefix { $0.location != finding.message.location }
            let equal = before.count { ContentID($0, ordinal: 0) == ContentID(finding.message, ordinal: 0) }
            #expect(id == ContentID(finding.message, ordinal: equal))
        }
    }

    @Test func `exports of one chat that differ in a line are one incident`() throws {
        let place = try Workplace()
        func chat(_ account: String) -> String {
            let said = [
                ("老陈", "东西收到了，质量一般"), ("小铺", "亲有什么问题吗"), ("老陈", "不给我2000就给你差评，还要去投诉你"), ("小铺", "我们不能接受"),
                ("老陈", "那你看着办，今天晚上之前打到我支付宝\(account)"), ("小铺", "不行"),
            ]
            let head = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n\(bar)消息分组:我的好友\n\(bar)消息对象:老陈\n\(bar)\n"
            return head
                + said.enumerated().map { "2022-12-31 9:\(pad($0)):06 \($1.0)\n\($1.1)\n\n" }.joined()
        }
        try place.write(chat("13800000000"), to: "in/a.txt")
        try place.write(chat("13900000000"), to: "in/b.txt")
        let result = Scan(InputReading()).run([place.path("in")], standardInput: { FileBytes([]) }).result
        #expect(result.incidents.count == 1)
        #expect(Set(result.findings.filter { $0.incident == 0 }.map(\.file)) == [0, 1])
    }

    @Test func `What is called off is left in the middle of a file`() throws {
        let place = try Workplace()
        try place.write(export([("老陈", ["老陈(10001)", "小铺(10002)"], 3_000)]), to: "in/chat.txt")
        let progress = ScanProgress()
        var count = 0
        _ = InputReading().parse([place.path("in")], standardInput: { FileBytes([]) }, progress: progress) { _, _ in
            count += 1
            if count == 5 { progress.cancel() }
        }
        #expect(count == 5)
        let result = Scan(InputReading(), progress: progress).run([place.path("in")], standardInput: { FileBytes([]) }).result
        #expect(result.files.allSatisfy { $0.messageCount == 0 })
    }

    @Test func `an edition that masks names knows those the user named, too`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "in/a.txt")
        let scan = Scan(InputReading(own: ["山货小铺"]), keepsSpeakers: true)
        let result = scan.run([place.path("in")], standardInput: { FileBytes([]) }).result
        #expect(result.roleNotes.contains { $0.contains("山货小铺") } && result.speakers.contains("山货小铺"))
    }
}
