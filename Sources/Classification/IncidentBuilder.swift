import Transcript

/// Puts findings together that belong to one counterparty.
///
/// One chat with one counterparty is one incident, whatever its length; the same account in several files is the same
/// counterparty. The seller's own findings belong to no incident: they are his risk, not his complaint.
public enum IncidentBuilder {
    /// Builds the incidents of a run and tells each finding which it belongs to.
    public static func incidents(of findings: inout [Finding]) -> [Incident] {
        var order: [String] = []
        var members: [String: [Int]] = [:]
        for (position, finding) in findings.enumerated()
        where !finding.judgement.labels.isEmpty && finding.message.role != .seller {
            let key = key(of: finding)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(position)
        }
        var incidents: [Incident] = []
        for key in order {
            guard let positions = members[key], let first = positions.first else { continue }
            for position in positions { findings[position].incident = incidents.count }
            incidents.append(incident(of: positions, first: findings[first], findings))
            for position in positions {
                let (amounts, identifiers) = Self.entities.read(findings[position], at: position)
                incidents[incidents.count - 1].amounts += amounts
                incidents[incidents.count - 1].identifiers += identifiers
            }
        }
        addSeen(&incidents, findings)
        return incidents
    }

    private static let entities = IncidentEntities()

    /// The counterparty: its account wherever it speaks, else its name in one chat of one file.
    private static func key(of finding: Finding) -> String {
        let message = finding.message
        if let id = message.senderID, !id.isEmpty { return "id\u{0}\(id)" }
        return "name\u{0}\(finding.file)\u{0}\(message.conversation)\u{0}\(message.sender ?? "")"
    }

    private static func incident(of positions: [Int], first: Finding, _ findings: [Finding]) -> Incident {
        var incident = Incident(
            labels: Label.allCases.filter { label in
                positions.contains { findings[$0].judgement.labels.contains(label) }
            },
            findings: positions, counterparty: first.message.sender, counterpartyID: first.message.senderID,
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

    /// The seller's refusals and the buyer's withdrawals stand in the incidents of their chat, and are nothing alone.
    private static func addSeen(_ incidents: inout [Incident], _ findings: [Finding]) {
        for (position, finding) in findings.enumerated() {
            guard let element = finding.judgement.elements.first, element == .refusal || element == .withdrawal else { continue }
            for index in incidents.indices {
                let isSameChat = incidents[index].findings.contains {
                    findings[$0].file == finding.file && findings[$0].message.conversation == finding.message.conversation
                }
                guard isSameChat, incidents[index].labels != [.ad] else { continue }
                incidents[index].elements[element, default: []].append(position)
            }
        }
    }
}
