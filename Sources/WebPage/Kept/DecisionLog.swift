import FoundationEssentials
import Reporting

/// What was decided on findings, in the form that `scan --decisions` reads.
struct DecisionLog: Sendable {
    static let name = "decisions.jsonl"

    struct Entry: Codable, Equatable, Sendable {
        enum Word: String, Codable, Sendable { case keep, dismiss }
        var content_id: String
        var decision: Word
        var reason: String?
        var time: String?
    }

    /// In the order in which they were first decided.
    private(set) var entries: [Entry] = []
    private var places: [String: Int] = [:]

    init() {}

    /// Reads what an earlier run kept; a line that is none, as after a fault of the disk, is passed over.
    init(jsonLines bytes: [UInt8]) {
        for line in bytes.split(separator: 0x0A) {
            guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line)) else { continue }
            set(entry)
        }
    }

    subscript(contentID: String) -> Entry? { places[contentID].map { entries[$0] } }

    mutating func set(_ entry: Entry) {
        if let place = places[entry.content_id] {
            entries[place] = entry
        } else {
            places[entry.content_id] = entries.count
            entries.append(entry)
        }
    }

    /// Makes a finding undecided again.
    mutating func remove(_ contentID: String) {
        guard places[contentID] != nil else { return }
        entries.removeAll { $0.content_id == contentID }
        places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.content_id, $0) })
    }

    /// One JSON object a line.
    var bytes: [UInt8] {
        var json = JSONWriter()
        for entry in entries {
            json.object { json in
                json.key("content_id"); json.value(entry.content_id)
                json.key("decision"); json.value(entry.decision.rawValue)
                json.key("reason"); json.value(entry.reason)
                json.key("time"); json.value(entry.time)
            }
            json.endLine()
        }
        return json.bytes
    }
}
