extension HeaderedText {
    /// Who speaks in a text, and how often.
    struct Speakers {
        private var counts: [String: Int] = [:]
        /// The account of a name; of a name that several accounts have, none.
        private var accounts: [String: String?] = [:]

        mutating func take(_ name: String?, _ account: String?) {
            guard let name else { return }
            counts[name, default: 0] += 1
            guard let account else { return }
            if let known = accounts[name], known != account {
                accounts[name] = .some(nil)
            } else {
                accounts[name] = account
            }
        }

        func knows(_ name: String) -> Bool { counts[name] != nil }
        func occursOnce(_ name: String) -> Bool { counts[name] == 1 }
        func account(of name: String) -> String? { accounts[name] ?? nil }
    }

    /// How many headers stand right below a rule of dashes or the like.
    struct RuleCount {
        private var headers = 0
        private var ruled = 0
        private var isBelowRule = false

        mutating func line(isRule: Bool) { isBelowRule = isRule }

        mutating func header() {
            headers += 1
            if isBelowRule { ruled += 1 }
            isBelowRule = false
        }

        /// Whether rules set the records apart; the first needs none above it.
        var setApart: Bool { headers >= 3 && ruled * 10 >= (headers - 1) * 9 }
    }
}

extension Span<UInt8> {
    /// Whether a line is a rule: three or more dashes, strokes, stars or dots, all alike.
    func isRule(_ line: Range<Int>) -> Bool {
        let range = trimmingBlanks(line)
        for mark in ["-", "=", "*", "_", "~", "—", "─", "━", "═", "·", "…"] as [StaticString] where hasPrefix(mark, in: range) {
            let width = mark.utf8CodeUnitCount
            guard range.count >= 3 * width, range.count % width == 0 else { return false }
            return stride(from: range.lowerBound, to: range.upperBound, by: width).allSatisfy { hasPrefix(mark, in: $0..<range.upperBound) }
        }
        return false
    }
}
