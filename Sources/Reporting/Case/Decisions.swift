import Classification
import FoundationEssentials
import Transcript

/// What a person decided on earlier findings: the file behind `--decisions`, one JSON object a line.
///
/// `{"content_id":"JZM-…","decision":"dismiss","reason":"玩笑","time":"2024-05-06"}`; `evidence_id` where a decision is for
/// one place only. The content ID wins, and of several decisions on one message the last.
public struct Decisions: Equatable, Sendable {
    /// A finding that was set aside, as the manifest lists it.
    public struct Dismissal: Equatable, Sendable {
        public var evidenceID: EvidenceID
        public var contentID: ContentID
        public var reason: String?
        public var time: String?
    }

    private struct Line: Decodable, Equatable {
        enum Word: String, Decodable { case keep, dismiss }
        var content_id: String?
        var evidence_id: String?
        var decision: Word
        var reason: String?
        var time: String?
    }

    /// A line of the file that is no decision; 1-based.
    public struct Malformed: Error, Equatable {
        public var line: Int
    }

    private var byContent: [String: Line] = [:]
    private var byEvidence: [String: Line] = [:]

    public init(jsonLines bytes: [UInt8]) throws(Malformed) {
        let decoder = JSONDecoder()
        for (index, text) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if text.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { continue }
            guard let line = try? decoder.decode(Line.self, from: Data(text)),
                line.content_id != nil || line.evidence_id != nil
            else { throw Malformed(line: index + 1) }
            if let id = line.content_id {
                byContent[id] = line
            } else if let id = line.evidence_id {
                byEvidence[id] = line
            }
        }
    }

    /// The IDs, sorted, under which a result holds nothing: mistyped, or of another chat.
    public func unknownIDs(in result: ScanResult) -> [String] {
        let evidence = Evidence(result)
        var known: Set<String> = []
        for position in result.findings.indices {
            known.formUnion([evidence.findingIDs[position].description, evidence.contentIDs[position].description])
            for place in result.findings[position].alsoIn {
                known.insert(EvidenceID(sha256: result.files[place.file].sha256, location: place.location).description)
                if let content = evidence.contentID(at: place) { known.insert(content.description) }
            }
        }
        return (Array(byContent.keys) + byEvidence.keys).filter { !known.contains($0) }.sorted()
    }

    /// Takes the dismissed findings out of a result, and the incidents that have none left.
    ///
    /// An extortion that loses all of its threats or of its demands is no longer proven by what remains.
    public func apply(to result: inout ScanResult) -> [Dismissal] {
        let evidence = Evidence(result)
        var dismissals: [Dismissal] = []
        var kept: [Int] = []
        for position in result.findings.indices {
            let (id, content) = (evidence.findingIDs[position], evidence.contentIDs[position])
            // A decision on a message holds for its places in other exports too.
            let aligned = result.findings[position].alsoIn
            let contents = [content] + aligned.compactMap(evidence.contentID(at:))
            let ids = [id] + aligned.map { EvidenceID(sha256: result.files[$0.file].sha256, location: $0.location) }
            let line =
                contents.lazy.compactMap { byContent[$0.description] }.first
                ?? ids.lazy.compactMap { byEvidence[$0.description] }.first
            if let line, line.decision == .dismiss, result.findings[position].judgement.isFinding {
                dismissals.append(Dismissal(evidenceID: id, contentID: content, reason: line.reason, time: line.time))
            } else {
                kept.append(position)
            }
        }
        if !dismissals.isEmpty { result.keep(findings: kept) }
        return dismissals
    }
}

extension ScanResult {
    /// Keeps the findings at these positions, ascending, and what of the incidents they still show.
    mutating func keep(findings kept: [Int]) {
        let place = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
        var incidentPlace: [Int: Int] = [:]
        var remaining: [Incident] = []
        for (position, incident) in incidents.enumerated() {
            var incident = incident
            incident.findings = incident.findings.compactMap { place[$0] }
            incident.elements = incident.elements.mapValues { $0.compactMap { place[$0] } }
            incident.amounts = incident.amounts.compactMap { amount in
                place[amount.finding].map { .init(hundredths: amount.hundredths, unit: amount.unit, finding: $0) }
            }
            incident.identifiers = incident.identifiers.compactMap { identifier in
                place[identifier.finding].map { .init(kind: identifier.kind, value: identifier.value, finding: $0) }
            }
            let dealings = incident.ownDealings
            incident.ownDealings = dealings.compactMap { place[$0] }
            guard incident.findings.contains(where: { findings[kept[$0]].judgement.isFinding }) else { continue }
            // Without the seller's offers it stands as its lines do.
            if dealings.contains(where: { !findings[$0].judgement.labels.isEmpty }),
                !incident.ownDealings.contains(where: { !findings[kept[$0]].judgement.labels.isEmpty })
            {
                incident.level = incident.findings.compactMap { findings[kept[$0]].judgement.level }.max() ?? .notice
            }
            if incident.labels.contains(.extortion),
                [Element.threat, .demand].contains(where: { incident.elements[$0]?.isEmpty != false })
            {
                incident.level = min(incident.level, .needsProof)
            }
            incidentPlace[position] = remaining.count
            remaining.append(incident)
        }
        incidents = remaining
        findings = kept.map { findings[$0] }
        for position in findings.indices {
            findings[position].incident = findings[position].incident.flatMap { incidentPlace[$0] }
        }
    }
}
