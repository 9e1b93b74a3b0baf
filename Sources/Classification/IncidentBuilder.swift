import Transcript

/// Puts findings together that belong to one counterparty.
///
/// One chat with one counterparty is one incident, whatever its length and in however many files it was exported; the same
/// account in several files is the same counterparty. The seller's own findings belong to no incident: they are his risk, not his complaint.
public enum IncidentBuilder {
    /// Builds the incidents of a run and tells each finding which it belongs to.
    /// - Parameter sameChats: chats of two files that were found to be exports of one.
    public static func incidents(
        of findings: inout [Finding], sameChats: [(ChatPlace, ChatPlace)] = []
    ) -> [Incident] {
        let chats = SameChats(sameChats)
        var order: [String] = []
        var members: [String: [Int]] = [:]
        for (position, finding) in findings.enumerated()
        where !finding.judgement.labels.isEmpty && finding.message.role != .seller {
            let key = key(of: finding, chats)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(position)
        }
        var named: [Int: (amounts: [Incident.Amount], identifiers: [Incident.Identifier])] = [:]
        for position in members.values.joined() { named[position] = entities.read(findings[position], at: position) }
        join(&members, by: named.mapValues(\.identifiers))

        var incidents: [Incident] = []
        for key in order {
            guard let positions = members[key] else { continue }
            for position in positions { findings[position].incident = incidents.count }
            var incident = incident(of: positions, findings)
            incident.amounts = positions.flatMap { named[$0]?.amounts ?? [] }
            incident.identifiers = positions.flatMap { named[$0]?.identifiers ?? [] }
            incidents.append(incident)
        }
        addSeen(&incidents, findings, chats)
        return incidents
    }

    private static let entities = IncidentEntities()

    /// The counterparty: its account wherever it speaks, else its name in one chat.
    private static func key(of finding: Finding, _ chats: SameChats) -> String {
        let message = finding.message
        if let id = message.senderID, !id.isEmpty { return key(ofAccount: id) }
        let chat = chats.representative(of: ChatPlace(file: finding.file, conversation: message.conversation))
        return "name\u{0}\(chat.file)\u{0}\(chat.conversation)\u{0}\(message.sender ?? "")"
    }

    private static func key(ofAccount id: String) -> String { "id\u{0}\(id)" }

    /// Puts the lines of one who names an account to those which that account speaks elsewhere: 加我QQ 87654321.
    private static func join(_ members: inout [String: [Int]], by identifiers: [Int: [Incident.Identifier]]) {
        var home: [Int: String] = [:]
        for (key, positions) in members { for position in positions { home[position] = key } }
        // In the order of the findings, so that the same input gives the same incidents.
        for (position, identifiers) in identifiers.sorted(by: { $0.key < $1.key }) {
            for identifier in identifiers
            where ["qq", "wechat", "phone", "alipay"].contains(identifier.kind) && identifier.value.utf8.count >= 5 {
                let account = key(ofAccount: identifier.value)
                guard let key = home[position], key != account, let spoken = members.removeValue(forKey: account) else { continue }
                members[key] = (members[key, default: []] + spoken).sorted()
                for position in spoken { home[position] = key }
            }
        }
    }

    private static func incident(of positions: [Int], _ findings: [Finding]) -> Incident {
        // He is called as he is where he does the gravest thing.
        let labels = positions.map { findings[$0].judgement.labels.first.flatMap(Label.allCases.firstIndex) ?? .max }
        let grave = zip(positions, labels).min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
        let first = grave.map { findings[$0].message }
        var incident = Incident(
            labels: Label.allCases.filter { label in
                positions.contains { findings[$0].judgement.labels.contains(label) }
            },
            findings: positions, counterparty: first?.sender, counterpartyID: first?.senderID,
            level: positions.compactMap { findings[$0].judgement.level }.max() ?? .notice)
        for position in positions {
            for element in findings[position].judgement.elements {
                incident.elements[element, default: []].append(position)
            }
        }
        // Some of a chat's lines may stand in another export's incident: what is not shown here must be added.
        if incident.labels.contains(.extortion),
            [.threat, .demand].contains(where: { incident.elements[$0, default: []].isEmpty })
        {
            incident.level = min(incident.level, .needsProof)
        }
        return incident
    }

    /// The seller's refusals and the buyer's withdrawals stand in the incidents of their chat, and are nothing alone; what the
    /// seller offered or paid there is kept in sight.
    private static func addSeen(_ incidents: inout [Incident], _ findings: [Finding], _ chats: SameChats) {
        func chat(_ finding: Finding) -> ChatPlace {
            chats.representative(of: ChatPlace(file: finding.file, conversation: finding.message.conversation))
        }
        var byChat: [ChatPlace: [Int]] = [:]
        for index in incidents.indices where incidents[index].labels != [.ad] {
            for chat in Set(incidents[index].findings.map { chat(findings[$0]) }) { byChat[chat, default: []].append(index) }
        }
        for (position, finding) in findings.enumerated() {
            if isOwnDealing(finding) {
                for index in byChat[chat(finding)] ?? [] { incidents[index].ownDealings.append(position) }
            }
            guard let element = finding.judgement.elements.first, element == .refusal || element == .withdrawal else { continue }
            for index in byChat[chat(finding)] ?? [] { incidents[index].elements[element, default: []].append(position) }
        }
        // Who offers cashback himself is told that platforms see a quarrel about a promise.
        for index in incidents.indices where incidents[index].ownDealings.contains(where: { !findings[$0].judgement.labels.isEmpty }) {
            incidents[index].level = min(incidents[index].level, .needsProof)
        }
    }

    private static func isOwnDealing(_ finding: Finding) -> Bool {
        finding.message.role == .seller
            && (finding.judgement.labels.contains(.cashback) || finding.judgement.categories.contains("seller.counter_offer"))
    }
}
