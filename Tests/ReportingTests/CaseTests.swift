import Classification
import Testing
import Transcript

@testable import Reporting

@Suite struct CaseFileTests {
    @Test func `a file about one case needs no list`() throws {
        let file = try CaseFile(
            json5: Array("{platform: 'douyin', order: 12345, price: '39.90', review_time: '2024-05-06 12:00',}".utf8))
        let known = try #require(file.found(name: "谁", id: nil, isOnly: true))
        #expect(known.orders == ["12345"])
        #expect(known.price?.hundredths == 3_990)
        #expect(known.deadline == "2024-06-05")
        #expect(
            file.found(name: "谁", id: nil, isOnly: false) == nil, "an unnamed case is not spread over several incidents"
        )
    }

    @Test func `cases are found by name or account`() throws {
        let file = try CaseFile(json5: Array("{cases: [{buyer: 'a', price: 1}, {buyer: '12345678', price: 2}]}".utf8))
        #expect(file.found(name: "a", id: nil, isOnly: true)?.price?.hundredths == 100)
        #expect(file.found(name: "b", id: "12345678", isOnly: false)?.price?.hundredths == 200)
        #expect(file.found(name: "c", id: "1", isOnly: true) == nil)
    }

    @Test(arguments: ["", "[]", "{price: 'abc'}", "{price: -1}", "{orders: {}}", "{cases: 1}"])
    func `nonsense is refused`(_ text: String) {
        #expect(throws: (any Error).self) { try CaseFile(json5: Array(text.utf8)) }
    }

    @Test(arguments: [("2024-02-28", "2024-03-29"), ("2024年1月2日 10:00", "2024-02-01"), ("2023/12/31", "2024-01-30")])
    func `the deadline is thirty days after the review`(_ review: String, _ deadline: String) throws {
        #expect(try #require(Day(review)).adding(30).description == deadline)
    }

    @Test(arguments: ["", "昨天", "2024-13-01", "2024-02-30", "12-25"]) func `what is no day is none`(_ text: String) {
        #expect(Day(text) == nil)
    }
}

@Suite struct DecisionsTests {
    private func decisions(_ lines: String) throws -> Decisions { try Decisions(jsonLines: Array(lines.utf8)) }

    @Test func `a dismissed finding goes, counted and named`() throws {
        var result = Samples.one
        let id = Evidence(result).contentIDs[2]
        let dismissed = try decisions(
            "{\"content_id\":\"\(id)\",\"decision\":\"dismiss\",\"reason\":\"玩笑\",\"time\":\"2024-01-01\"}\n"
        ).apply(to: &result)
        #expect(dismissed.map(\.contentID) == [id])
        #expect(dismissed.map(\.reason) == ["玩笑"])
        #expect(Evidence(result).listed(includingOwn: true).count == 1)
        #expect(result.incidents[0].findings == [0])
        #expect(result.incidents[0].elements[.refusal] == [1])
        #expect(result.incidents[0].amounts.isEmpty)
        #expect(result.incidents[0].level == .needsProof, "without its threat it is no longer proven")
    }

    @Test func `an offer of the seller that is dismissed no longer weakens the case`() throws {
        var result = Samples.one
        var offer = result.findings[1]
        offer.message = result.messages[0][5]
        offer.judgement = Judgement(labels: [.cashback], category: "cashback.seller_inducement", level: .notice)
        result.findings.append(offer)
        result.incidents[0].ownDealings = [3]
        result.incidents[0].level = .needsProof
        let id = Evidence(result).contentIDs[3]
        _ = try decisions("{\"content_id\":\"\(id)\",\"decision\":\"dismiss\"}\n").apply(to: &result)
        #expect(result.incidents[0].ownDealings.isEmpty && result.incidents[0].level == .submit)
    }

    @Test func `a decision on nothing is told`() throws {
        let evidence = Evidence(Samples.one)
        let lines = "{\"content_id\":\"JZM-0\",\"decision\":\"keep\"}\n{\"evidence_id\":\"\(evidence.findingIDs[0])\",\"decision\":\"keep\"}\n"
        #expect(try decisions(lines).unknownIDs(in: Samples.one) == ["JZM-0"])
    }

    @Test func `an incident without findings goes too`() throws {
        var result = Samples.one
        let evidence = Evidence(result)
        let lines = [0, 2].map { "{\"evidence_id\":\"\(evidence.findingIDs[$0])\",\"decision\":\"dismiss\"}" }.joined(
            separator: "\n")
        #expect(try decisions(lines).apply(to: &result).count == 2)
        #expect(result.incidents.isEmpty)
        #expect(result.findings.allSatisfy { $0.incident == nil })
    }

    @Test func `the content decides over the place, and the last word over the first`() throws {
        var result = Samples.one
        let evidence = Evidence(result)
        let lines = """
            {"evidence_id":"\(evidence.findingIDs[2])","decision":"dismiss"}
            {"content_id":"\(evidence.contentIDs[2])","decision":"dismiss"}
            {"content_id":"\(evidence.contentIDs[2])","decision":"keep"}
            """
        #expect(try decisions(lines).apply(to: &result).isEmpty)
    }

    @Test func `a dismissal survives a new export of the same chat`() throws {
        let id = Evidence(Samples.one).contentIDs[2]
        var again = Samples.one
        again.files[0].sha256 = String(repeating: "a", count: 64)
        for index in again.messages[0].indices { again.messages[0][index].location.offset += 500 }
        for index in again.findings.indices { again.findings[index].message.location.offset += 500 }
        #expect(try decisions("{\"content_id\":\"\(id)\",\"decision\":\"dismiss\"}").apply(to: &again).count == 1)
    }

    @Test(arguments: ["{}", "{\"content_id\":\"x\"}", "x", "{\"content_id\":\"x\",\"decision\":\"maybe\"}"])
    func `a line that decides nothing is refused with its number`(_ line: String) {
        #expect(throws: Decisions.Malformed(line: 3)) {
            try decisions("{\"content_id\":\"x\",\"decision\":\"keep\"}\n\n" + line)
        }
    }
}

@Suite struct ContentIDTests {
    private func message(_ text: String, at time: String? = "2024-05-06 10:00:00", by sender: String = "a") -> Message {
        Message(
            conversation: "c", location: SourceLocation(line: 1, offset: 0, length: 1), timeText: time, sender: sender,
            text: text)
    }

    @Test func `equal messages are told apart by their order`() {
        let ids = (0..<3).map { ContentID(message("好"), ordinal: $0) }
        #expect(Set(ids).count == 3)
        #expect(ids[1] == ContentID(message("好"), ordinal: 1))
    }

    @Test func `a medium is one token wherever it is saved`() {
        #expect(ContentID(message("[图片:a/1.jpg]看"), ordinal: 0) == ContentID(message("[图片]看"), ordinal: 0))
        #expect(ContentID(message("[图片]看"), ordinal: 0) != ContentID(message("[语音]听"), ordinal: 0))
        #expect(ContentID(message("[1]"), ordinal: 0) != ContentID(message("[2]"), ordinal: 0))
        #expect(ContentID.equality(of: message("[图片:a/1.jpg]看")) == ContentID.equality(of: message("[图片]看")))
    }

    @Test(arguments: [
        ("[[图片：甲]]", "[[图片]]"), ("[微笑][图片:a]看", "[微笑][图片]看"), ("]][QQ红包]", "]][QQ红包:好]"), ("[图片]\u{301}", "[图片:b]\u{301}"),
    ])
    func `a medium is one token whatever stands around it`(_ one: String, _ other: String) {
        #expect(ContentID(message(one), ordinal: 0) == ContentID(message(other), ordinal: 0))
        #expect(ContentID.equality(of: message(one)) == ContentID.equality(of: message(other)))
    }

    @Test(arguments: [("[图片夹]", "[图片夹:1]"), ("[图片", "[图片:a"), ("[ 图片]", "[图片]"), ("[微笑:1]", "[微笑]")])
    func `what only looks like a medium stays as it is`(_ one: String, _ other: String) {
        #expect(ContentID(message(one), ordinal: 0) != ContentID(message(other), ordinal: 0))
    }

    /// A square of its length would take minutes.
    @Test func `many brackets are read in one pass`() {
        let text = String(repeating: "[", count: 300_000) + "图片]"
        #expect(ContentID(message(text), ordinal: 0) != ContentID(message(text + "]"), ordinal: 0))
    }

    @Test func `speaker, time and text do not run into each other`() {
        let messages = [
            message("bc", by: "a"), message("c", by: "ab"), message("c", at: nil, by: "ab"), message("bc", at: "", by: "a"),
        ]
        #expect(Set(messages.map { ContentID($0, ordinal: 0) }).count == 4)
        #expect(Set(messages.map(ContentID.equality)).count == 4)
    }

    @Test func `the bytes are those the documentation names`() {
        #expect(
            ContentID(message("好"), ordinal: 0).description == "JZM-"
                + EvidenceID.digits(of: "juzheng-content-1\n1\na\n19\n2024-05-06 10:00:00\n3\n好\n0\n"))
    }
}

@Suite struct ScopeTests {
    private let messages = Samples.many.messages[1]

    @Test func `both ends belong to it`() throws {
        let scope = Scope(since: Day("2023-03-02"), until: Day("2023-03-03"))
        let days = Set(messages.filter(scope.holds).compactMap { $0.time.map { Day($0).description } })
        #expect(days == ["2023-03-02", "2023-03-03"])
    }

    @Test func `a message without a time stays`() {
        var undated = messages[0]
        undated.time = nil
        #expect(Scope(since: Day("2030-01-01")).holds(undated))
    }

    @Test func `a name stands for its chats, the seller's lines in them too`() {
        let concerned = messages.filter(Scope(with: "momo酱").concerns)
        #expect(Set(concerned.map(\.conversation)) == ["momo酱"])
        #expect(concerned.contains { $0.role == .seller })
    }
}
