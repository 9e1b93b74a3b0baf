import Foundation
import Reporting
import Testing

@testable import WebPage

@Suite struct KeptTests {
    @Test func `Decisions are written in the form that scan reads`() throws {
        var log = DecisionLog()
        log.set(.init(content_id: "JZM-AAAA-BBBB-CCCC", decision: .dismiss, reason: "玩笑\n\"引号\"", time: "2024-05-06T00:00:00Z"))
        log.set(.init(content_id: "JZM-AAAA-BBBB-DDDD", decision: .keep))
        _ = try Decisions(jsonLines: log.bytes)
        #expect(DecisionLog(jsonLines: log.bytes).entries == log.entries)
    }

    @Test func `The last decision on a message holds and can be taken back`() {
        var log = DecisionLog()
        log.set(.init(content_id: "a", decision: .dismiss))
        log.set(.init(content_id: "b", decision: .keep))
        log.set(.init(content_id: "a", decision: .keep))
        #expect(log.entries.map(\.content_id) == ["a", "b"])
        #expect(log["a"]?.decision == .keep)
        log.remove("a")
        #expect(log["a"] == nil)
        #expect(log["b"]?.decision == .keep)
    }

    @Test func `A line spoilt on the disk costs that line alone`() {
        var log = DecisionLog()
        log.set(.init(content_id: "a", decision: .keep))
        log.set(.init(content_id: "b", decision: .keep))
        let spoilt = log.bytes.prefix { $0 != 0x0A } + Array("\n{\"content_id\":\"x\n".utf8) + log.bytes.drop { $0 != 0x0A }
        #expect(DecisionLog(jsonLines: Array(spoilt)).entries == log.entries)
    }

    @Test func `Every field of the case arrives in the case file`() throws {
        var draft = CaseDraft()
        try draft.set("platform", to: "taobao", buyer: nil)
        try draft.set("shop", to: " 蓝田小铺 ", buyer: nil)
        for (field, value) in [
            ("orders", "123，456 789"), ("price", "39.9"), ("ordered", "2024-05-01"), ("shipped", "2024-05-02 18:00"),
            ("received", "2024-05-04"), ("review_time", "2024-05-06 12:00"), ("review", "差"), ("both_rated", "yes"),
            ("proof_number", "JZ1"), ("paid", "0"),
        ] { try draft.set(field, to: value, buyer: "随风") }
        let read = try CaseFile(json5: draft.bytes)
        let known = try #require(read.found(name: "随风", id: nil, isOnly: false))
        #expect(read.platform == "taobao" && read.shop == "蓝田小铺")
        #expect(known.orders == ["123", "456", "789"])
        #expect(known.price?.hundredths == 3_990)
        #expect(known.deadline == "2024-06-05")
        #expect(known.both_rated == true && known.proof_number == "JZ1" && known.paid?.hundredths == 0)
        #expect(CaseDraft(json: draft.bytes) == draft)
    }

    @Test func `An emptied case leaves nothing behind`() throws {
        var draft = CaseDraft()
        try draft.set("price", to: "39.9", buyer: "随风")
        try draft.set("price", to: "", buyer: "随风")
        #expect(draft == CaseDraft())
    }

    @Test(arguments: [("price", "很多"), ("price", "-1"), ("review_time", "昨天"), ("nonsense", "x"), ("shop", "x")])
    func `A value that says nothing is refused and changes nothing`(field: String, value: String) throws {
        var draft = CaseDraft()
        try draft.set("price", to: "39.9", buyer: "随风")
        let before = draft
        #expect(throws: PageError.self) { try draft.set(field, to: value, buyer: "随风") }
        #expect(draft == before)
    }

    @Test func `A second program gets a folder of its own`() throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "juzheng-test-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: base) }
        let first = try StateFolder(in: base)
        #expect(try StateFolder(in: base).path == base + "/juzheng/page-2")
        #expect(first.path == base + "/juzheng/page")
        try first.write([1, 2], to: "x")
        try first.write([3], to: "x")
        #expect(first.read("x") == [3])
        #expect(try FileManager.default.contentsOfDirectory(atPath: first.path).sorted() == ["lock", "x"])
    }
}
