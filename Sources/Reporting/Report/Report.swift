import Classification
import Transcript

/// All that the written report says, made once; the output formats only print it.
public struct Report: Sendable {
    let evidence: Evidence
    let accounts: [IncidentAccount]
    /// Positions of findings against others that belong to no incident.
    let single: [Int]
    let chats: ChatIndex

    public init(_ evidence: Evidence) {
        self.evidence = evidence
        let result = evidence.result
        let positions = evidence.incidentsAgainstOthers.sorted { a, b in
            Self.gravity(result.incidents[a], a) > Self.gravity(result.incidents[b], b)
        }
        accounts = positions.enumerated().map { IncidentAccount(number: $0 + 1, position: $1, of: evidence) }
        let told = Set(accounts.flatMap { $0.quotes.map(\.finding) })
        single = evidence.listed(includingOwn: false).filter { !told.contains($0) }
        chats = ChatIndex(result)
    }

    /// Graver first: what it is, how far it is proven, how much was asked; then as it was read.
    private static func gravity(_ incident: Incident, _ position: Int) -> (Int, Int, Int, Int) {
        let label = incident.labels.first.flatMap { Label.allCases.firstIndex(of: $0) } ?? Label.allCases.count
        return (-label, incident.level.rawValue, incident.amounts.map(\.hundredths).max() ?? 0, -position)
    }

    /// The report as a document, in the order in which a reviewer and a lawyer read.
    public var document: Document {
        var blocks: [Block] = []
        blocks += summary()
        blocks += counterparties()
        for account in accounts { blocks += section(of: account) }
        blocks += singleFindings()
        blocks.append(.pageBreak)
        blocks += evidenceList()
        blocks += integrity()
        blocks += unread()
        blocks += limits()
        blocks.append(.pageBreak)
        blocks += appendix()
        return Document(title: "聊天记录证据报告（疑似恶意行为）", blocks: blocks)
    }
}
