import Classification
import Transcript

/// A scan's result with the IDs under which every output names its parts.
public struct Evidence: Sendable {
    public let result: ScanResult
    /// The result before masking: people, accounts and chats are told apart by it. None of it is printed.
    let original: ScanResult
    /// One for each finding.
    public let findingIDs: [EvidenceID]
    /// One for each finding.
    public let contentIDs: [ContentID]
    /// One for each incident.
    public let incidentIDs: [EvidenceID]
    /// Of every finding and its other places.
    private let contentIDsByPlace: [RecordPlace: ContentID]
    /// For each finding what of its text is masked; `nil` where nothing ever is.
    public let masks: [[Mask]]?

    public init(_ result: ScanResult) {
        self.result = result
        original = result
        let findingIDs = result.findings.map {
            EvidenceID(sha256: result.files[$0.file].sha256, location: $0.message.location)
        }
        self.findingIDs = findingIDs
        masks = nil
        incidentIDs = result.incidents.map { incident in
            EvidenceID(incidentOf: Self.evidence(of: incident, in: result).map { findingIDs[$0] })
        }

        var byPlace: [RecordPlace: ContentID] = [:]
        var wanted: [Int: Set<SourceLocation>] = [:]
        for finding in result.findings {
            wanted[finding.file, default: []].insert(finding.message.location)
            for place in finding.alsoIn { wanted[place.file, default: []].insert(place.location) }
        }
        for (file, locations) in wanted {
            for message in result.messages[file] where locations.contains(message.location) {
                let place = RecordPlace(file: file, location: message.location)
                byPlace[place] = ContentID(message, ordinal: result.ordinals[place] ?? 0)
            }
        }
        contentIDsByPlace = byPlace
        contentIDs = result.findings.map { finding in
            let place = RecordPlace(file: finding.file, location: finding.message.location)
            return ContentID(finding.message, ordinal: result.ordinals[place] ?? 0)
        }
    }

    private init(_ result: ScanResult, like original: Evidence, masks: [[Mask]]) {
        self.result = result
        self.original = original.original
        findingIDs = original.findingIDs
        contentIDs = original.contentIDs
        contentIDsByPlace = original.contentIDsByPlace
        incidentIDs = original.incidentIDs
        self.masks = masks
    }

    /// The same evidence with other words: every ID stays that of the original.
    func showing(_ result: ScanResult, masks: [[Mask]]) -> Evidence {
        Evidence(result, like: self, masks: masks)
    }

    /// The content ID of a finding's message at one of its places.
    func contentID(at place: RecordPlace) -> ContentID? { contentIDsByPlace[place] }

    /// The ID of any message of a file.
    public func id(of message: Message, in file: Int) -> EvidenceID {
        EvidenceID(sha256: result.files[file].sha256, location: message.location)
    }

    /// Positions of the findings an incident's ID is made from: those against others, or all where it is the seller's own.
    public func evidence(of incident: Incident) -> [Int] { Self.evidence(of: incident, in: result) }

    private static func evidence(of incident: Incident, in result: ScanResult) -> [Int] {
        let listed = incident.findings.filter { result.findings[$0].judgement.isFinding }
        let againstOthers = listed.filter { isAgainstOthers(result.findings[$0]) }
        return againstOthers.isEmpty ? listed : againstOthers
    }

    /// Whether a finding is about what somebody else did.
    ///
    /// The seller's own lines may hurt his case and stand in `private/` only.
    public static func isAgainstOthers(_ finding: Finding) -> Bool {
        finding.message.role != .seller && finding.judgement.category?.hasPrefix("seller") != true
    }

    /// Positions of the findings that are listed: some entries only carry an element of an incident, as a refusal.
    public func listed(includingOwn: Bool) -> [Int] {
        result.findings.indices.filter { position in
            let finding = result.findings[position]
            return finding.judgement.isFinding && (includingOwn || Self.isAgainstOthers(finding))
        }
    }

    /// Positions of the incidents in which somebody else did something.
    public var incidentsAgainstOthers: [Int] {
        result.incidents.indices.filter { position in
            result.incidents[position].findings.contains {
                result.findings[$0].judgement.isFinding && Self.isAgainstOthers(result.findings[$0])
            }
        }
    }

    /// Positions of the files that hold a finding against others, or a line that carries one of its incident's elements.
    public var filesHoldingEvidence: [Int] {
        var files = Set(listed(includingOwn: false).map { result.findings[$0].file })
        for incident in incidentsAgainstOthers {
            files.formUnion(result.incidents[incident].elements.values.joined().map { result.findings[$0].file })
        }
        return files.sorted()
    }
}
