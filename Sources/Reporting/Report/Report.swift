import Classification
import Transcript

/// All that the written outputs say, made once; the formats only print it.
public struct Report: Sendable {
    let evidence: Evidence
    let context: ReportContext
    /// The graver first.
    let accounts: [IncidentAccount]
    /// Positions of findings against others that belong to no incident.
    let single: [Int]
    private let chats: ChatIndex
    private let listed: Set<Int>

    public init(_ evidence: Evidence, context: ReportContext = ReportContext()) {
        self.evidence = evidence
        self.context = context
        let result = evidence.result
        let positions = evidence.incidentsAgainstOthers.sorted { a, b in
            Self.gravity(result.incidents[a], a) > Self.gravity(result.incidents[b], b)
        }
        let tellable = positions.filter { result.incidents[$0].labels != [.ad] }
        accounts = positions.enumerated().map { index, position in
            let incident = evidence.original.incidents[position]
            let known = context.knownCase(
                name: incident.counterparty, id: incident.counterpartyID,
                isOnly: tellable == [position] || positions.count == 1)
            return IncidentAccount(number: index + 1, position: position, of: evidence, known: known)
        }
        let told = Set(accounts.flatMap { $0.quotes.map(\.finding) })
        let listed = evidence.listed(includingOwn: false)
        self.listed = Set(listed)
        single = listed.filter { !told.contains($0) }
        chats = ChatIndex(evidence)
    }

    /// Graver first: what it is, how far it is proven, how much was asked; then as it was read.
    private static func gravity(_ incident: Incident, _ position: Int) -> (Int, Int, Int, Int) {
        let label = incident.labels.first.flatMap { Label.allCases.firstIndex(of: $0) } ?? Label.allCases.count
        return (-label, incident.level.rawValue, incident.amounts.map(\.hundredths).max() ?? 0, -position)
    }

    /// The report, in the order in which a reviewer and a lawyer read.
    public var document: Document {
        var blocks = summary()
        for account in told { blocks += section(of: account) }
        blocks += mentioned() + sharedIdentities()
        blocks += evidenceList() + integrity() + limits()
        blocks += appendix()
        return Document(title: "聊天记录证据报告（疑似恶意行为）", blocks: blocks)
    }

    /// The complaint of each incident, under the file name it has.
    public var complaints: [(name: String, document: Document)] {
        accounts.map { ("\($0.id)", complaint(of: $0)) }
    }

    /// The incidents that get a section of their own; advertising alone is listed in a table.
    var told: [IncidentAccount] { accounts.filter { $0.incident.labels != [.ad] } }

    /// Whether there are so many incidents that each is told in few lines and its form texts stand in `complaints/` only.
    var isLong: Bool { told.count > 3 }

    /// The chats around an incident's quotes; around its key lines and the first others where there are very many.
    func transcripts(of account: IncidentAccount) -> [Transcript] {
        let shown = Set((account.keyQuotes + account.quotes.prefix(Self.quotesInContext)).map(\.finding))
        return transcripts(of: account.quotes.map(\.finding).filter(shown.contains))
    }

    /// So many quotes of an incident stand in their context; a reader of more opens the source.
    static let quotesInContext = 60

    func transcripts(of findings: [Int]) -> [Transcript] {
        chats.transcripts(of: findings, listed: listed)
    }
}
