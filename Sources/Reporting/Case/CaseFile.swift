import Classification
import FoundationEssentials
import Transcript

/// What only the seller knows of a case: the file behind `--case`, JSON5.
///
/// ```
/// {
///   platform: "taobao",        // taobao tmall pinduoduo douyin wechat-shop other
///   shop: "南山百货",
///   cases: [{
///     buyer: "南山老陈",          // the name or account in the chat
///     orders: ["1234567890"], price: 39.9,
///     ordered: "2024-05-01", shipped: "2024-05-02 18:00", received: "2024-05-04",
///     review_time: "2024-05-06 12:00", review: "…", both_rated: true,
///     proof_number: "…",       // 举证号
///     paid: 0,                  // what was paid to the buyer because of it
///   }],
/// }
/// ```
/// Everything may be left out. A file about one case may have its keys beside `platform`, without `cases`.
public struct CaseFile: Decodable, Sendable {
    public struct Case: Decodable, Equatable, Sendable {
        public var buyer: String?
        public var orders: [String]
        public var price: Money?
        public var ordered: String?
        public var shipped: String?
        public var received: String?
        public var review_time: String?
        public var review: String?
        public var both_rated: Bool?
        public var proof_number: String?
        public var paid: Money?

        enum Key: String, CodingKey, CaseIterable {
            case buyer, order, orders, price, ordered, shipped, received, review_time, review, both_rated, proof_number,
                paid
        }

        public init(from decoder: any Decoder) throws {
            let keys = try decoder.container(keyedBy: Key.self)
            func text(_ key: Key) throws -> String? {
                try keys.decodeIfPresent(Word.self, forKey: key)?.text
            }
            /// A day, perhaps with its time; another word would be lost where deadlines are counted.
            func day(_ key: Key) throws -> String? {
                guard let text = try text(key) else { return nil }
                guard Day(text) != nil else {
                    throw DecodingError.dataCorruptedError(forKey: key, in: keys, debugDescription: "日期写成 2024-05-06 的样子")
                }
                return text
            }
            buyer = try text(.buyer)
            orders = try keys.decodeIfPresent([Word].self, forKey: .orders)?.map(\.text) ?? []
            if let order = try text(.order) { orders.append(order) }
            price = try keys.decodeIfPresent(Money.self, forKey: .price)
            ordered = try day(.ordered)
            shipped = try day(.shipped)
            received = try day(.received)
            review_time = try day(.review_time)
            review = try text(.review)
            both_rated = try keys.decodeIfPresent(Bool.self, forKey: .both_rated)
            proof_number = try text(.proof_number)
            paid = try keys.decodeIfPresent(Money.self, forKey: .paid)
        }

        /// The last day of the platform's 30 days after the review; `nil` where the review's day is not known.
        public var deadline: String? {
            guard let review_time, let day = Day(review_time) else { return nil }
            return day.adding(30).description
        }
    }

    /// A text that the user may also write as a number.
    private struct Word: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let number = try? value.decode(Int.self) {
                text = String(number)
            } else {
                text = try value.decode(String.self)
            }
        }
    }

    /// A sum in hundredths of a yuan, written `39.9` or `"39.90"`.
    public struct Money: Decodable, Equatable, Sendable {
        public var hundredths: Int

        public init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            let number =
                if let text = try? value.decode(String.self) { Double(text) } else { try value.decode(Double.self) }
            guard let number, (0...1e12).contains(number) else {
                throw DecodingError.dataCorruptedError(in: value, debugDescription: "金额写成 39.9 的样子")
            }
            hundredths = Int((number * 100).rounded())
        }
    }

    public var platform: String?
    public var shop: String?
    public var cases: [Case]
    /// Keys of the file that mean nothing, as `cases.0.buyr`: misspelt ones should not go by in silence.
    public let unknownKeys: [String]

    private enum Key: String, CodingKey, CaseIterable {
        case platform, shop, cases
    }

    /// The keys of a case, as the user writes them.
    public static var caseKeys: [String] { Case.Key.allCases.map(\.rawValue) }

    /// Any key at all.
    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private struct Names: Decodable {
        var all: [String]

        init(from decoder: any Decoder) throws {
            all = try decoder.container(keyedBy: Name.self).allKeys.map(\.stringValue)
        }
    }

    public init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: Key.self)
        platform = try keys.decodeIfPresent(String.self, forKey: .platform)
        shop = try keys.decodeIfPresent(String.self, forKey: .shop)
        cases = try keys.decodeIfPresent([Case].self, forKey: .cases) ?? [Case(from: decoder)]
        let known = Set(Key.allCases.map(\.rawValue)), ofCase = Set(Self.caseKeys)
        let inCases = try keys.decodeIfPresent([Names].self, forKey: .cases)?.map(\.all)
        let atTop = try Names(from: decoder).all.filter { !known.contains($0) && (inCases != nil || !ofCase.contains($0)) }
        unknownKeys =
            atTop.sorted()
            + (inCases ?? []).enumerated().flatMap { index, names in
                names.filter { !ofCase.contains($0) }.sorted().map { "cases.\(index).\($0)" }
            }
    }

    /// Reads a case file.
    public init(json5 bytes: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        self = try decoder.decode(CaseFile.self, from: Data(bytes))
    }

    /// The platforms that the program knows, and whether the file names one of them or none.
    public static var platforms: [String] { ComplaintRules.shipped.routes.map(\.platform).filter { $0 != "police" } }
    public var hasKnownPlatform: Bool {
        guard let platform else { return true }
        return ComplaintRules.shipped.routes.contains { $0.platform == platform || $0.name == platform }
    }

    /// Buyers of cases that belong to no incident.
    public func absentBuyers(among incidents: [Incident]) -> [String] {
        cases.compactMap(\.buyer).filter { buyer in
            !incidents.contains { $0.counterparty == buyer || $0.counterpartyID == buyer }
        }
    }

    /// The case of a counterparty: the one that names him, or the only one where there is only one incident to tell.
    public func found(name: String?, id: String?, isOnly: Bool) -> Case? {
        position(name: name, id: id, isOnly: isOnly).map { cases[$0] }
    }

    func position(name: String?, id: String?, isOnly: Bool) -> Int? {
        let named = cases.firstIndex { $0.buyer != nil && ($0.buyer == name || $0.buyer == id) }
        if let named { return named }
        return isOnly && cases.count == 1 && cases[0].buyer == nil ? 0 : nil
    }
}
