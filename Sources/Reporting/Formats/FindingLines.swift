import Classification
import Transcript

/// The JSON of findings and incidents: one object a line, or all of a scan as one document.
public enum FindingLines {
    /// Writes a whole scan: for each file its diagnostics and itself, then findings, then incidents.
    /// - Parameter drain: is called after each object and may take away what was written.
    public static func write(
        _ evidence: Evidence, includingOwn: Bool, to json: inout JSONWriter, drain: (inout JSONWriter) -> Void = { _ in }
    ) {
        let result = evidence.result
        for (file, diagnostics) in zip(result.files, result.diagnostics) {
            for diagnostic in diagnostics { ParseLines.write(diagnostic, to: &json) }
            ParseLines.write(file, to: &json)
            drain(&json)
        }
        for position in evidence.listed(includingOwn: includingOwn) {
            write(finding: position, of: evidence, includingOwn: includingOwn, to: &json)
            json.endLine()
            drain(&json)
        }
        for position in incidents(of: evidence, includingOwn: includingOwn) {
            write(incident: position, of: evidence, to: &json)
            json.endLine()
            drain(&json)
        }
    }

    /// Writes the same as one document: `{"files":[…],"diagnostics":[…],"findings":[…],"incidents":[…]}`.
    /// - Parameter drain: is called after each object and may take away what was written.
    public static func writeDocument(
        _ evidence: Evidence, includingOwn: Bool, to json: inout JSONWriter, drain: (inout JSONWriter) -> Void = { _ in }
    ) {
        let result = evidence.result
        json.object { json in
            json.key("files")
            json.array(result.files) { json, file in
                ParseLines.writeObject(file, to: &json)
                drain(&json)
            }
            json.key("diagnostics")
            json.array(result.diagnostics.joined()) { json, diagnostic in
                ParseLines.writeObject(diagnostic, to: &json)
                drain(&json)
            }
            json.key("findings")
            json.array(evidence.listed(includingOwn: includingOwn)) { json, position in
                write(finding: position, of: evidence, includingOwn: includingOwn, to: &json)
                drain(&json)
            }
            json.key("incidents")
            json.array(incidents(of: evidence, includingOwn: includingOwn)) { json, position in
                write(incident: position, of: evidence, to: &json)
                drain(&json)
            }
        }
        json.endLine()
    }

    private static func incidents(of evidence: Evidence, includingOwn: Bool) -> [Int] {
        includingOwn ? Array(evidence.result.incidents.indices) : evidence.incidentsAgainstOthers
    }

    private static func write(
        finding position: Int, of evidence: Evidence, includingOwn: Bool, to json: inout JSONWriter
    ) {
        let result = evidence.result
        let finding = result.findings[position]
        let judgement = finding.judgement
        let file = result.files[finding.file]
        json.object { json in
            json.key("type"); json.value("finding")
            json.key("evidence_id"); json.value(evidence.findingIDs[position].description)
            json.key("content_id"); json.value(evidence.contentIDs[position].description)
            json.key("labels"); json.array(judgement.labels) { $0.value($1.rawValue) }
            json.key("category"); json.value(judgement.category)
            json.key("categories"); json.array(judgement.categories) { $0.value($1) }
            json.key("direction"); json.value(judgement.direction?.rawValue)
            json.key("level"); json.value(judgement.level?.id)
            json.key("score")
            json.value(hundredths: score(of: judgement))
            json.key("alone"); json.value(hundredths: judgement.alone)
            json.key("incident"); json.value(finding.incident.map { evidence.incidentIDs[$0].description })
            json.key("also_in")
            json.array(finding.alsoIn) { json, place in
                json.object { json in
                    json.key("file"); json.value(result.files[place.file].name)
                    json.key("line"); json.value(place.location.line)
                    json.key("offset"); json.value(place.location.offset)
                    json.key("length"); json.value(place.location.length)
                    json.key("evidence_id")
                    json.value(
                        EvidenceID(sha256: result.files[place.file].sha256, location: place.location).description)
                }
            }
            json.key("cues")
            json.array(judgement.cues) { write($1, to: &$0) }
            json.key("lookalikes"); json.array(judgement.lookalikes) { $0.value($1) }
            json.key("elements"); json.array(judgement.elements) { $0.value($1.rawValue) }
            if let masks = evidence.masks?[position] {
                json.key("masked")
                json.array(masks) { json, mask in
                    json.object { json in
                        json.key("kind"); json.value(mask.kind.rawValue)
                        json.key("start"); json.value(mask.range.lowerBound)
                        json.key("end"); json.value(mask.range.upperBound)
                    }
                }
            }
            ParseLines.writeKeys(
                of: finding.message, file: file.name, format: file.format, encoding: file.encoding, to: &json)
        }
    }

    static func write(_ cue: Cue, to json: inout JSONWriter) {
        json.object { json in
            json.key("kind"); json.value(cue.kind)
            json.key("rule"); json.value(cue.rule)
            json.key("start"); json.value(cue.range.lowerBound)
            json.key("end"); json.value(cue.range.upperBound)
            json.key("text"); json.value(cue.text)
            if let reading = cue.reading { json.key("reading"); json.value(reading) }
            json.key("weight"); json.value(hundredths: cue.weight)
        }
    }

    /// The score of the label that gives the category; `nil` for a finding without a label.
    static func score(of judgement: Judgement) -> Int? {
        guard let label = judgement.labels.first, let place = Label.allCases.firstIndex(of: label),
            judgement.scores.indices.contains(place)
        else { return nil }
        return judgement.scores[place]
    }

    private static func write(incident position: Int, of evidence: Evidence, to json: inout JSONWriter) {
        let result = evidence.result
        let incident = result.incidents[position]
        let places = Set(incident.findings + incident.elements.values.joined()).sorted()
        func unique(_ names: [String]) -> [String] {
            var seen: Set<String> = []
            return names.filter { seen.insert($0).inserted }
        }
        json.object { json in
            json.key("type"); json.value("incident")
            json.key("incident"); json.value(evidence.incidentIDs[position].description)
            json.key("labels"); json.array(incident.labels) { $0.value($1.rawValue) }
            json.key("files")
            json.array(unique(places.map { result.files[result.findings[$0].file].name })) { $0.value($1) }
            json.key("conversations")
            // Two chats may have one masked name.
            var seen: Set<String> = []
            let chats = places.filter { seen.insert(evidence.original.findings[$0].message.conversation).inserted }
            json.array(chats) { $0.value(result.findings[$1].message.conversation) }
            json.key("counterparty"); json.value(incident.counterparty)
            json.key("counterparty_id"); json.value(incident.counterpartyID)
            json.key("evidence");
            json.array(evidence.evidence(of: incident)) { $0.value(evidence.findingIDs[$1].description) }
            json.key("elements")
            json.object { json in
                for element in Element.allCases {
                    switch element {
                    case .threat: json.key("threat")
                    case .demand: json.key("demand")
                    case .link: json.key("link")
                    case .refusal: json.key("refusal")
                    case .withdrawal: json.key("withdrawal")
                    }
                    json.array(incident.elements[element] ?? []) { $0.value(evidence.findingIDs[$1].description) }
                }
            }
            json.key("amounts")
            json.array(incident.amounts) { json, amount in
                json.object { json in
                    json.key("value"); json.value(amount: amount.hundredths)
                    json.key("unit"); json.value(amount.unit)
                    json.key("evidence_id"); json.value(evidence.findingIDs[amount.finding].description)
                }
            }
            json.key("identifiers")
            json.array(incident.identifiers) { json, identifier in
                json.object { json in
                    json.key("kind"); json.value(identifier.kind)
                    json.key("value"); json.value(identifier.value)
                    json.key("evidence_id"); json.value(evidence.findingIDs[identifier.finding].description)
                }
            }
            json.key("level"); json.value(incident.level.id)
        }
    }
}

extension JSONWriter {
    /// A sum in hundredths, without decimals where it is whole: `2000`, `6.66`.
    fileprivate mutating func value(amount hundredths: Int) {
        if hundredths % 100 == 0 { value(hundredths / 100) } else { value(hundredths: hundredths) }
    }
}
