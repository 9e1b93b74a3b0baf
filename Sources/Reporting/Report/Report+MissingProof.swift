import Classification

/// For each incident, the graver first, what a reviewer will ask for and is not there yet: plain sentences.
extension Report {
    public struct Missing: Sendable {
        public var counterparty: String?
        public var counterpartyID: String?
        public var items: [Item]

        /// A sentence for the seller, and what it asks for.
        public struct Item: Sendable {
            public var kind: Kind
            public var text: String
        }

        public enum Kind: String, CaseIterable, Sendable {
            case proofNumber = "proof-number"
            case screenshots
            case qqProfile = "qq-profile"
            case messageList = "message-list"
            case wechatProfile = "wechat-profile"
            case samePerson = "same-person"
            case order, price, review
            case bothRated = "both-rated"
            case shipping, media
        }
    }

    public var missingProof: [Missing] {
        told.map { account in
            Missing(
                counterparty: account.incident.counterparty, counterpartyID: account.incident.counterpartyID,
                items: MissingProof(account: account, known: account.known, transcripts: transcripts(of: account)).items.map {
                    Missing.Item(kind: $0.kind, text: $0.words.plainText)
                })
        }
    }
}

extension Phrase {
    /// The words alone.
    fileprivate var plainText: String {
        parts.map { part in
            switch part {
            case .own(let words), .strong(let words), .foreign(let words), .code(let words): words
            }
        }.joined()
    }
}
