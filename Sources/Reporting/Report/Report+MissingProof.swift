import Classification

/// For each incident, the graver first, what a reviewer will ask for and is not there yet: plain sentences.
extension Report {
    public struct Missing: Sendable {
        public var counterparty: String?
        public var counterpartyID: String?
        public var items: [String]
    }

    public var missingProof: [Missing] {
        told.map { account in
            Missing(
                counterparty: account.incident.counterparty, counterpartyID: account.incident.counterpartyID,
                items: MissingProof(account: account, known: account.known, transcripts: transcripts(of: account)).items.map(\.plainText))
        }
    }
}

extension Phrase {
    /// The words alone.
    fileprivate var plainText: String {
        parts.map { part in
            switch part {
            case .own(let words), .strong(let words), .foreign(let words), .marked(let words), .code(let words): words
            }
        }.joined()
    }
}
