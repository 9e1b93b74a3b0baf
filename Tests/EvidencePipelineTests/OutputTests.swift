import Classification
import EvidencePipeline
import Foundation
import Ingestion
import Reporting
import Testing
import Transcript

@Suite struct OutputTests {
    private func folder(_ place: Workplace, _ inputs: [String] = ["qq.txt"]) throws -> EvidenceFolder {
        let (evidence, sources) = try place.scan(inputs)
        return try EvidenceFolder(evidence, sources: sources, options: ReadingOptions(), generated: "")
    }

    private func code(_ body: () throws -> Void) -> OutputError.Code? {
        do { try body() } catch { return (error as? OutputError)?.code }
        return nil
    }

    @Test func `nothing is left beside the folder`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        try folder(place).write(to: place.path("evidence"), replacing: false)
        #expect(try place.names == ["evidence", "qq.txt"])
    }

    @Test func `what is there is only replaced on demand, and only if it is ours`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        let made = try folder(place)
        try made.write(to: place.path("evidence"), replacing: false)
        #expect(code { try made.write(to: place.path("evidence"), replacing: false) } == .exists)
        try place.write("x", to: "evidence/extra.txt")
        try made.write(to: place.path("evidence"), replacing: true)
        #expect(!FileManager.default.fileExists(atPath: place.path("evidence/extra.txt")))
        try place.write("mine", to: "photos/a.txt")
        #expect(code { try made.write(to: place.path("photos"), replacing: true) } == .notOurs)
        #expect(code { try made.write(to: place.path("qq.txt"), replacing: true) } == .notOurs)
        #expect(try place.names == ["evidence", "photos", "qq.txt"])
    }

    @Test func `an archive in the way stops both`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        try place.write("mine", to: "evidence.zip")
        let made = try folder(place)
        #expect(
            code { try made.write(to: place.path("evidence"), archive: place.path("evidence.zip"), replacing: false) }
                == .exists)
        #expect(try place.names == ["evidence.zip", "qq.txt"])
        #expect(code { try made.writeArchive(to: place.path("evidence.zip"), replacing: true) } == .notOurs)
        #expect(try String(contentsOfFile: place.path("evidence.zip"), encoding: .utf8) == "mine")
        try made.writeArchive(to: place.path("ours.zip"), replacing: false)
        try made.writeArchive(to: place.path("ours.zip"), replacing: true)
    }

    @Test(.enabled(if: FileManager.default.isWritableFile(atPath: "/")))
    func `a folder may stand directly below the root`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        let target = "/juzheng-test-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: target) }
        try folder(place).write(to: target, replacing: false)
        #expect(Verification(target)?.differences == [])
    }

    @Test func `an input may have the name of a folder that holds another`() throws {
        for names in [["x", "x/y", "x/z"], ["x/y", "x", "x~2"]] {
            let place = try Workplace()
            for (number, name) in names.enumerated() { try place.write(Workplace.chat + "\(number)", to: "\(number).txt/" + name) }
            var (evidence, sources) = try place.scan(names.enumerated().map { "\($0).txt/" + $1 })
            var result = evidence.result
            for number in names.indices {
                result.files[number].name = "a.zip!/" + names[number]
                sources[number].name = result.files[number].name
            }
            evidence = Evidence(result)
            try EvidenceFolder(evidence, sources: sources, options: ReadingOptions(), generated: "")
                .write(to: place.path("evidence"), replacing: false)
            #expect(Verification(place.path("evidence"))?.differences == [])
        }
    }

    @Test func `what a killed run left is cleared away`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        try place.write("half", to: ".evidence.juzheng-work/report.md")
        try folder(place).write(to: place.path("evidence"), replacing: false)
        #expect(try place.names == ["evidence", "qq.txt"])
    }

    @Test func `a place that takes no files is told`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        let made = try folder(place)
        #expect(code { try made.write(to: "/proc/juzheng-evidence", replacing: false) } != nil)
        #expect(
            code { try made.write(to: place.path("evidence"), archive: "/proc/juzheng-evidence.zip", replacing: false) }
                != nil)
    }

    @Test func `a name that climbs out stays inside`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        var (evidence, sources) = try place.scan(["qq.txt"])
        var result = evidence.result
        result.files[0].name = "../../../escape/\(String(repeating: "长", count: 120)).txt"
        evidence = Evidence(result)
        sources[0].name = result.files[0].name
        try EvidenceFolder(evidence, sources: sources, options: ReadingOptions(), generated: "")
            .write(to: place.path("evidence"), replacing: false)
        #expect(try place.names == ["evidence", "qq.txt"])
        #expect(Verification(place.path("evidence"))?.differences == [])
    }

    @Test func `a changed input stops the folder`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        let (evidence, sources) = try place.scan(["qq.txt"])
        var result = evidence.result
        result.files[0].sha256 = String(repeating: "0", count: 64)
        #expect(
            code {
                _ = try EvidenceFolder(Evidence(result), sources: sources, options: ReadingOptions(), generated: "")
            } == .inputChanged)
    }
}
