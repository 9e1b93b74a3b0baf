import EvidencePipeline
import Foundation
import Ingestion
import Reporting
import Testing

/// The cache of what was found in files scanned before.
@Suite struct CacheTests {
    private func scan(_ place: Workplace, _ cache: ScanCache?, own: [String] = []) -> String {
        var json = JSONWriter()
        let scan = Scan(InputReading(own: own), jobs: 2, cache: cache)
        let result = scan.run([place.path("in")], standardInput: { FileBytes([]) }).result
        FindingLines.write(Evidence(result), includingOwn: true, to: &json)
        return json.string
    }

    private func cache(_ place: Workplace, program: String = "a") throws -> ScanCache {
        try #require(ScanCache(folder: place.path("cache"), program: program))
    }

    private func prepared() throws -> Workplace {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "in/a.txt")
        try place.write(Workplace.chat.replacing("不返现", with: "不返 现[图片]"), to: "in/b.txt")
        return place
    }

    @Test func `what is found with the cache is what is found without`() throws {
        let place = try prepared()
        let plain = scan(place, nil)
        #expect(plain.contains("\"type\":\"finding\""))
        #expect(scan(place, try cache(place)) == plain, "filling it")
        #expect(scan(place, try cache(place)) == plain, "using it")
        let told = scan(place, nil, own: ["南山老陈"])
        #expect(told != plain)
        #expect(scan(place, try cache(place), own: ["南山老陈"]) == told, "other options are other entries")
        try place.write(Workplace.chat + "2022-12-25 19:40:00 南山老陈\n不给就差评，再加500\n\n", to: "in/b.txt")
        #expect(scan(place, try cache(place)) == scan(place, nil), "a changed file is judged anew")
    }

    @Test func `it holds no words and no names`() throws {
        let place = try prepared()
        _ = scan(place, try cache(place))
        var bytes = Data()
        for name in try FileManager.default.contentsOfDirectory(atPath: place.path("cache")) {
            bytes += try #require(FileManager.default.contents(atPath: place.path("cache/" + name)))
        }
        #expect(bytes.range(of: Data("\"position\"".utf8)) != nil)
        for word in ["南山", "客服", "返现", "2000", "a.txt"] { #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word)") }
    }

    @Test func `a damaged cache is made anew, and one that cannot be made is done without`() throws {
        let place = try prepared()
        try place.write("no database", to: "cache/scans-1.sqlite")
        #expect(scan(place, try cache(place)) == scan(place, nil))
        try place.write("a file", to: "blocked")
        #expect(ScanCache(folder: place.path("blocked"), program: "a") == nil)
    }

    @Test func `what cannot be opened and is not damaged stays`() throws {
        let place = try Workplace()
        try place.write("kept", to: "cache/scans-1.sqlite/inside")
        #expect(ScanCache(folder: place.path("cache"), program: "a") == nil)
        #expect(FileManager.default.fileExists(atPath: place.path("cache/scans-1.sqlite/inside")))
    }

    @Test func `two runs at once do not harm each other`() async throws {
        let place = try prepared()
        let plain = scan(place, nil)
        await withTaskGroup(of: String?.self) { group in
            for _ in 0..<4 { group.addTask { (try? cache(place)).map { scan(place, $0) } } }
            for await outcome in group { #expect(outcome == plain) }
        }
    }
}
