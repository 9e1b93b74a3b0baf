import FoundationEssentials
import Reporting

/// What the seller has filled in of his case so far, in the form that `scan --case` reads.
struct CaseDraft: Codable, Equatable, Sendable {
    static let name = "case.json"

    struct Entry: Codable, Equatable, Sendable {
        var buyer: String
        var orders: [String]?
        var price: String?
        var ordered: String?
        var shipped: String?
        var received: String?
        var review_time: String?
        var review: String?
        var both_rated: Bool?
        var proof_number: String?
        var paid: String?
    }

    var platform: String?
    var shop: String?
    var cases: [Entry] = []

    init() {}

    init?(json bytes: [UInt8]) {
        guard let draft = try? JSONDecoder().decode(CaseDraft.self, from: Data(bytes)) else { return nil }
        self = draft
    }

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return (try? Array(encoder.encode(self))).map { $0 + [0x0A] } ?? []
    }

    /// Sets one field; an empty value takes it out.
    /// - Parameter buyer: the counterparty whose case it is of; `nil` for the fields of all cases.
    mutating func set(_ field: String, to value: String, buyer: String?) throws(PageError) {
        let text = String(value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        let given = text.isEmpty ? nil : text
        var changed = self
        if let buyer {
            let place = changed.cases.firstIndex { $0.buyer == buyer } ?? changed.cases.count
            if place == changed.cases.count { changed.cases.append(Entry(buyer: buyer)) }
            try changed.cases[place].set(field, to: given)
            changed.cases.removeAll { $0 == Entry(buyer: $0.buyer) }
        } else {
            switch field {
            case "platform": changed.platform = given
            case "shop": changed.shop = given
            default: throw PageError(.badRequest, field)
            }
        }
        guard (try? CaseFile(json5: changed.bytes)) != nil else { throw PageError(.badValue, text) }
        self = changed
    }
}

extension CaseDraft.Entry {
    fileprivate mutating func set(_ field: String, to value: String?) throws(PageError) {
        switch field {
        case "orders":
            orders = value?.split { $0.isWhitespace || ",，、;；".contains($0) }.map(String.init)
        case "price": price = value
        case "ordered": ordered = try Self.date(value)
        case "shipped": shipped = try Self.date(value)
        case "received": received = try Self.date(value)
        case "review_time": review_time = try Self.date(value)
        case "review": review = value
        case "both_rated": both_rated = value.map { $0 == "yes" }
        case "proof_number": proof_number = value
        case "paid": paid = value
        default: throw PageError(.badRequest, field)
        }
    }

    private static func date(_ value: String?) throws(PageError) -> String? {
        guard let value else { return nil }
        guard Day(value) != nil else { throw PageError(.badValue, value) }
        return value
    }
}
