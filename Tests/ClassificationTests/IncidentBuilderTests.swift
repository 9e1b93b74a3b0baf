import Classification
import Testing
import Transcript

@Suite struct IncidentBuilderTests {
    private func finding(_ index: Int, _ role: Message.Role, _ labels: [Label], _ category: String?, _ level: Level?, in chat: String = "甲") -> Finding {
        Finding(
            file: 0,
            message: Message(
                conversation: chat, index: index, location: SourceLocation(line: index + 1, offset: index * 10, length: 9), time: nil,
                timeText: nil, sender: role == .seller ? "店" : chat, senderID: nil, role: role, text: "…"),
            judgement: Judgement(labels: labels, category: category, categories: category.map { [$0] } ?? [], level: level))
    }

    @Test func `what the seller offers himself keeps his case from being ready`() {
        var findings = [
            finding(0, .seller, [.cashback], "cashback.seller_inducement", .notice),
            finding(1, .buyer, [.cashback], "cashback.buyer_coercion", .submit),
            finding(2, .buyer, [.cashback], "cashback.buyer_coercion", .submit, in: "乙"),
        ]
        let incidents = IncidentBuilder.incidents(of: &findings)
        #expect(incidents.map(\.level) == [.needsProof, .submit], "another chat is another matter")
        #expect(incidents.map(\.ownDealings) == [[0], []])
        #expect(incidents.map(\.findings) == [[1], [2]])
    }

    @Test func `who haggles is seen, and stands where he stood`() {
        var findings = [
            finding(0, .buyer, [.cashback], "cashback.buyer_coercion", .submit),
            finding(1, .seller, [], "seller.counter_offer", .notice),
        ]
        let incidents = IncidentBuilder.incidents(of: &findings)
        #expect(incidents.map(\.ownDealings) == [[1]] && incidents.map(\.level) == [.submit])
    }
}
