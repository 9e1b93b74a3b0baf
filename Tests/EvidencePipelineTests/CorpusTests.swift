import Classification
import EvidencePipeline
import Foundation
import Testing
import Transcript

/// What every labelled conversation must keep to; `corpora/README.md` says it in words.
@Suite struct CorpusTests {
    private static let labelledActs: Set<String> = [
        "threat", "demand", "amount", "ultimatum", "payment", "leverage", "review-ask", "reward-offer", "accept", "bargain",
        "carry-out", "ad-pitch", "ad-contact",
    ]
    private static let otherActs: Set<String> = ["refusal", "withdrawal", "fault", "lawful", "retold"]

    private static let read = Result {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../corpora/chats").standardized
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "jsonl" }.sorted { $0.path < $1.path }.flatMap { try Corpus.chats(Array(Data(contentsOf: $0))) }
    }

    private let chats: [LabelledChat]

    init() throws { chats = try Self.read.get() }

    @Test func `There are many writers of either tier, and as many innocent chats as others`() {
        func writers(_ tier: String) -> Int { Set(chats.filter { $0.tier == tier }.compactMap(\.writer)).count }
        #expect(writers("plain") >= 12 && writers("artful") >= 12)
        let written = chats.filter { $0.tier != nil }
        #expect(written.count { $0.lines.allSatisfy(\.labels.isEmpty) } * 2 >= written.count)
    }

    @Test func `No two chats share a name`() {
        #expect(Set(chats.map(\.name)).count == chats.count)
    }

    @Test func `Labels, acts and directions agree`() {
        for chat in chats {
            for line in chat.lines {
                if line.isUnsure { #expect(line.labels.isEmpty, "\(chat.name): \(line.text)") }
                switch line.role {
                case .seller: #expect(!line.labels.contains(.extortion) && !line.labels.contains(.ad), "\(chat.name): \(line.text)")
                case .system: #expect(line.labels.isEmpty, "\(chat.name): \(line.text)")
                case .buyer, .unknown: break
                }
                if let act = line.act { #expect(Self.labelledActs.union(Self.otherActs).contains(act), "\(chat.name): \(act)") }
                if !line.labels.isEmpty { #expect(line.act.map(Self.labelledActs.contains) == true, "\(chat.name): \(line.text)") }
                #expect(line.labels.contains(.cashback) || line.direction == nil, "\(chat.name): \(line.text)")
                if line.labels.contains(.cashback), line.role == .buyer || line.role == .seller {
                    #expect(line.direction == (line.role == .buyer ? .buyerDemands : .sellerOffers), "\(chat.name): \(line.text)")
                }
            }
        }
    }

    @Test func `No labelled line of some length stands with two writers`() {
        var writers: [String: Set<String>] = [:]
        for chat in chats {
            for line in chat.lines where !line.labels.isEmpty && line.text.unicodeScalars.count >= 14 {
                writers[line.text, default: []].insert(chat.writer ?? chat.name)
            }
        }
        #expect(writers.filter { $0.value.count > 1 }.keys.sorted() == [])
    }
}
