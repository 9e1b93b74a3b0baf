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
}
