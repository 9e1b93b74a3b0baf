import Foundation
import Resources
import Testing
import Transcript

@testable import Classification

private let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/Classification/Rules")

private let files: [String] = {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".json5") }.sorted()
}()

@Suite struct RuleFileTests {
    @Test func thereAreRules() { #expect(files.count > 40) }

    @Test(arguments: files) func isEmbedded(file: String) throws {
        let name = "rules/\(file)"
        try #require(
            EmbeddedResource.names.contains(name),
            "embed Classification/Rules/\(file) in Sources/CResources/resources.c and name it \(name) in its table")
        let bytes = Array(try Data(contentsOf: folder.appending(path: file)))
        let isFresh = bytes == EmbeddedResource(name).bytes
        #expect(isFresh, "stale: build again; if that does not help, touch resources.c")
    }

    @Test(arguments: RuleBook.resourceNames) func liesWhereItsIDSays(name: String) throws {
        #expect(files.contains(String(name.dropFirst("rules/".count))), "resources.c names \(name), which is no file")
        let rule = try RuleBook.decode(EmbeddedResource(name).bytes)
        #expect("rules/\(rule.id).json5" == name)
    }
}

@Suite struct RuleTests {
    static let rules = RuleBook.shipped.rules
    static let ids = rules.map(\.id)
    static let classifier = Classifier.shipped

    /// The leaves of the taxonomy that have rules, and 举报/投诉要挟, whose lines need not name an office.
    static let categories: Set<String> = [
        "ext.review", "ext.order", "ext.report", "ext.report.regulator", "ext.report.invoice_tax", "ext.report.ip",
        "ext.report.exposure", "ext.report.privacy", "ext.report.fabricated", "ext.report.impersonation", "ext.person",
        "cashback.buyer_coercion", "cashback.inquiry", "cashback.promise_dispute", "cashback.seller_inducement",
        "cashback.buyer_offer", "cashback.settlement", "cashback.seller_pays_change", "ad.taobaoke", "ad.rebate",
        "ad.parttime", "ad.resale", "ad.contact", "ad.rival", "ad.blackservice", "ad.loan", "ad.gambling", "ad.account",
        "ad.marketing", "abuse.insult", "abuse.threat", "abuse.leak", "trade.mass_unpaid", "trade.bad_address",
        "trade.refund_abuse", "trade.swap", "trade.shortage_fraud", "peer.review", "peer.reverse_brushing",
        "fraud.impersonation", "fraud.fakepay", "seller.counter_offer", "seller.offplatform", "seller.abuse",
        "seller.brushing", "seller.admission",
    ]
    static let lookalikes: Set<String> = [
        "na.delivery_conditional", "na.freight_negotiation", "na.retaliation", "na.split_order", "na.cross_category",
        "na.duplicate_review", "na.statutory_claim", "na.lawful_refund", "na.partial_refund_fault", "na.lawful_report",
        "na.platform_escalation", "na.seller_promise", "na.invoice_request", "na.bulk_inquiry", "na.opinion",
    ]

    @Test func everyCategoryHasARule() {
        #expect(Set(Self.rules.map(\.category)) == Self.categories)
    }

    @Test func everyLookalikeIsInTheTaxonomy() {
        for rule in Self.rules {
            for id in rule.lookalikes.compactMap(\.id) { #expect(Self.lookalikes.contains(id), "\(rule.id)") }
        }
    }

    @Test func formIsSound() {
        #expect(RuleCheck().problems(of: Self.rules).map { "\($0.rule): \($0.message)" } == [])
    }

    @Test func `Every rule that is shipped says itself in English too`() {
        #expect(Self.rules.filter { $0.english == nil }.map(\.id) == [])
    }

    @Test func `A rule of a user needs no English, and half of it is told`() throws {
        var rule = try #require(RuleBook.shipped["ext/review-threat"])
        rule.english = nil
        #expect(RuleCheck().problems(of: [rule]) == [])
        rule.english = Rule.English(name: "Threat", why: "")
        #expect(RuleCheck().problems(of: [rule]).count == 1)
    }

    @Test(arguments: ids) func holdsItsExamplesWhereTheLabelsAreGiven(id: String) throws {
        let rule = try #require(RuleBook.shipped[id])
        #expect(RuleCheck().failures(of: rule, labelsGiven: Self.classifier).map(\.message) == [])
    }

    @Test func noLineOfTheSystemIsFound() {
        for rule in Self.rules where rule.label == nil {
            for chat in rule.matching {
                let inputs = chat.map { Classifier.Input(role: .system, text: $0.text) }
                let judged = Self.classifier.explain(inputs, labels: inputs.map { _ in [] })
                #expect(judged.allSatisfy { $0.category == nil }, "\(rule.id)")
            }
        }
    }

    @Test func sellersRulesHoldForSellersOnly() {
        for rule in Self.rules where rule.label == nil {
            for line in rule.matching.joined() {
                let inputs = [Classifier.Input(role: rule.speaker == "seller" ? .buyer : .seller, text: line.text)]
                let judged = Self.classifier.explain(inputs, labels: [[]])
                #expect(!judged[0].categories.contains(rule.category), "\(rule.id)")
            }
        }
    }
}
