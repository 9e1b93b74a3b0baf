import FoundationEssentials
import Ingestion
import Reporting
import Transcript

extension Verification {
    /// What a line of `findings.jsonl` says that can be computed again.
    private struct Line: Decodable {
        var type: String
        // A finding.
        var evidence_id: String?
        var file: String?
        var offset: Int?
        var length: Int?
        var text: String?
        var sender: String?
        var time_text: String?
        var also_in: [Place]?
        var masked: [Mask]?
        // An incident.
        var incident: String?
        var evidence: [String]?

        struct Place: Decodable {
            var evidence_id: String
            var file: String
            var offset: Int
            var length: Int
        }

        struct Mask: Decodable {}
    }

    /// Computes every ID again, reads every record again, and looks up the IDs that the documents print.
    mutating func checkEvidence(of store: EvidenceStore, manifest: Manifest, sources: SourceFinder) {
        let inputs = Dictionary(manifest.inputs.map { ($0.file, $0) }) { first, _ in first }
        var known: Set<String> = []
        var expected: [String: [(path: String, line: Line)]] = [:]
        for path in ["findings.jsonl", "private/findings.jsonl"] {
            for line in Self.lines(store.bytes(path) ?? []) {
                if line.type == "finding", let file = line.file, let offset = line.offset, let length = line.length {
                    check(line.evidence_id ?? "", file, offset, length, path, inputs, &known)
                    for place in line.also_in ?? [] {
                        check(place.evidence_id, place.file, place.offset, place.length, path, inputs, &known)
                    }
                    expected[file, default: []].append((path, line))
                }
                if line.type == "incident", let incident = line.incident, let evidence = line.evidence {
                    if EvidenceID.incident(of: evidence) != incident {
                        add(.unresolved, path, "事件编号 \(incident) 与其证据编号算出的不同。")
                    }
                    known.insert(incident)
                }
            }
        }
        idCount = known.filter { $0.hasPrefix("JZ-") }.count
        let printed = printedIDs(in: store)
        var missing: [String] = []
        // Quoted context may come from any input; the others are read only where a finding or an ID still asks for them.
        for input in manifest.inputs {
            let findings = expected[input.file] ?? []
            guard !findings.isEmpty || (input.copy != nil && !printed.keys.allSatisfy(known.contains)) else { continue }
            guard let messages = sources.messages(of: input, options: manifest.options) else {
                missing.append(input.file)
                continue
            }
            compare(input, messages, findings, &known)
        }
        for (id, path) in printed.sorted(by: { $0.key < $1.key }) where !known.contains(id) {
            if missing.isEmpty {
                add(.unresolved, path, "证据编号 \(id) 在源文件里找不到对应的记录。")
            }
        }
        if !missing.isEmpty {
            let names = missing.prefix(5).joined(separator: "、")
            let unchecked = printed.keys.filter { !known.contains($0) }.sorted()
            notes.append(
                "没有源文件，无法重读原文：\(names)\(missing.count > 5 ? "等 \(missing.count) 个文件" : "")。用 --sources 指出它们所在的文件夹。")
            if !unchecked.isEmpty {
                notes.append("因此有 \(unchecked.count) 个证据编号未能核对：\(unchecked.joined(separator: " "))")
            }
        }
    }

    private mutating func check(
        _ id: String, _ file: String, _ offset: Int, _ length: Int, _ path: String, _ inputs: [String: Manifest.Input],
        _ known: inout Set<String>
    ) {
        guard let input = inputs[file] else {
            return add(.unresolved, path, "证据编号 \(id) 指向清单里没有的文件 \(file)。")
        }
        let location = SourceLocation(line: 0, offset: offset, length: length)
        guard EvidenceID(sha256: input.sha256, location: location).description == id else {
            return add(.unresolved, path, "证据编号 \(id) 与其位置算出的不同。")
        }
        known.insert(id)
    }

    /// Compares the records of one source with what the findings quote of it.
    private mutating func compare(
        _ input: Manifest.Input, _ messages: [Message], _ findings: [(path: String, line: Line)],
        _ known: inout Set<String>
    ) {
        // A row of a workbook may hold several messages.
        var byOffset: [Int: [Message]] = [:]
        for message in messages {
            known.insert(EvidenceID(sha256: input.sha256, location: message.location).description)
            byOffset[message.location.offset, default: []].append(message)
        }
        var read: Set<String> = []
        for (path, line) in findings {
            let id = line.evidence_id ?? ""
            let places = (line.offset.flatMap { byOffset[$0] } ?? []).filter { $0.location.length == line.length }
            guard let first = places.first else {
                add(.record, path, "\(id)：源文件 \(input.file) 的这个位置没有这条记录。")
                continue
            }
            if read.insert(id).inserted { recordCount += 1 }
            // A masked text is checked by its hash alone.
            guard line.masked == nil else { continue }
            let isThere = places.contains {
                $0.text == line.text && $0.sender == line.sender && $0.timeText == line.time_text
            }
            if !isThere {
                add(.record, path, "\(id)：与源文件 \(input.file) 第 \(first.location.line) 行的原文不同。")
            }
        }
    }

    private static func lines(_ bytes: [UInt8]) -> [Line] {
        let decoder = JSONDecoder()
        return bytes.split(separator: 0x0A).compactMap { try? decoder.decode(Line.self, from: Data($0)) }
    }

    /// The evidence IDs that the documents print, each with the first document that does.
    private func printedIDs(in store: EvidenceStore) -> [String: String] {
        var found: [String: String] = [:]
        for path in store.paths where !path.hasPrefix("sources/") && [".md", ".html"].contains(where: path.hasSuffix) {
            guard let bytes = store.bytes(path) else { continue }
            for id in EvidenceID.printed(in: bytes, isHTML: path.hasSuffix(".html")) where found[id] == nil { found[id] = path }
        }
        return found
    }
}

extension Manifest {
    /// How the inputs were read.
    fileprivate var options: ReadingOptions {
        ReadingOptions(
            offsetFromUTC: reading.offset_from_utc, year: reading.year, month: reading.month, day: reading.day,
            encoding: reading.encoding.flatMap(TextEncoding.init(named:)), format: reading.format)
    }
}
