import Ingestion
import Reporting
import Transcript

/// Finds in which other exports the found messages stand, by reading again the files that hold them.
struct OverlapSearch {
    private let overlap: Overlap
    /// By file and position the messages that may be the same as a found one, with the number of equal ones before each.
    private let candidates: [Int: [Int: (message: Message, ordinal: Int)]]

    init(_ log: OverlapLog, _ files: [Scan.FileOutcome], _ inputs: [InputReading.Input], _ reading: InputReading) {
        let found = files.flatMap { $0.findings.found.map { OverlapFingerprint($0.message) } }
        let owners = found.isEmpty ? [:] : log.owners(of: found)
        let numbers = Dictionary(uniqueKeysWithValues: files.enumerated().map { ($1.overlapNumber, $0) })
        // What stands in one file only has no other place.
        let shared = owners.filter { Set($0.value.map(\.file)).count > 1 }
        var wanted: [Int: Set<Int>] = [:]
        for place in shared.values.joined() {
            if let file = numbers[place.file] { wanted[file, default: []].insert(place.chat) }
        }
        var chats: [OverlapChat] = []
        var names: [String] = []
        var chatFiles: [Int] = []
        var index: [OverlapLog.ChatPlace: Int] = [:]
        var candidates: [Int: [Int: (message: Message, ordinal: Int)]] = [:]
        Self.read(wanted, files, inputs, reading) { file, found, messages in
            for (place, chat) in found.sorted(by: { $0.key < $1.key }) {
                index[OverlapLog.ChatPlace(file: files[file].overlapNumber, chat: place)] = chats.count
                chats.append(chat.chat)
                names.append(chat.name)
                chatFiles.append(file)
            }
            candidates[file] = messages
        } isCandidate: { shared[$0.key] != nil }
        let lists = shared.values.map { places in places.compactMap { index[$0] }.sorted() }
        overlap = Overlap(
            chats, pairs: Overlap.pairs(of: lists, file: { chatFiles[$0] }, name: { names[$0] }))
        self.candidates = candidates
    }

    /// The other places of a message.
    func others(of place: Overlap.Place) -> [Overlap.Place] { overlap.others(of: place) }

    func message(at place: Overlap.Place) -> Message? { candidates[place.file]?[place.message]?.message }

    /// Of a file the messages that are the same as one of another file.
    func messages(of file: Int) -> [(position: Int, message: Message, ordinal: Int)] {
        (candidates[file] ?? [:]).filter { !others(of: Overlap.Place(file: file, message: $0.key)).isEmpty }
            .map { ($0.key, $0.value.message, $0.value.ordinal) }
    }

    /// Reads the wanted chats of each file.
    private static func read(
        _ wanted: [Int: Set<Int>], _ files: [Scan.FileOutcome], _ inputs: [InputReading.Input], _ reading: InputReading,
        _ body: (
            _ file: Int, _ chats: [Int: (name: String, chat: OverlapChat)],
            _ messages: [Int: (message: Message, ordinal: Int)]
        ) -> Void, isCandidate: @escaping (OverlapFingerprint) -> Bool
    ) {
        let byInput = Dictionary(grouping: wanted.keys) { files[$0].input }
        for input in byInput.keys.sorted() {
            var next = files.firstIndex { $0.input == input } ?? 0
            reading.open(inputs[input]) { item in
                guard case .chat(let chat) = item, next < files.count, files[next].input == input else { return }
                let file = next
                next += 1
                guard let places = wanted[file] else { return }
                var reader = Reader(file: file, wanted: places)
                _ = chat.read { reader.take($0.with(text: $1, timeText: $2), isCandidate) }
                body(file, reader.chats, reader.candidates)
            }
        }
    }

    private struct Reader {
        let file: Int
        let wanted: Set<Int>
        var chats: [Int: (name: String, chat: OverlapChat)] = [:]
        var candidates: [Int: (message: Message, ordinal: Int)] = [:]
        private var places: [String: Int] = [:]
        private var counts: [UInt64: Int] = [:]
        private var position = 0

        init(file: Int, wanted: Set<Int>) {
            self.file = file
            self.wanted = wanted
        }

        mutating func take(_ message: Message, _ isCandidate: (OverlapFingerprint) -> Bool) {
            defer { position += 1 }
            let place = places[message.conversation] ?? places.count
            places[message.conversation] = place
            let print = OverlapFingerprint(message)
            // Equal messages have equal prints, so those that are counted here are all there are.
            if isCandidate(print) {
                let equality = ContentID.equality(of: message)
                candidates[position] = (message, counts[equality, default: 0])
                counts[equality, default: 0] += 1
            }
            guard wanted.contains(place) else { return }
            chats[place, default: (message.conversation, OverlapChat(file: file, name: message.conversation))]
                .chat.append(print, at: position)
        }
    }
}
