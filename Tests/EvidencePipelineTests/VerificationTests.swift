import Classification
import Foundation
import Ingestion
import Reporting
import Testing
import Transcript

@testable import EvidencePipeline

@Suite struct VerificationTests {
    @Test func `an untouched folder holds`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "logs/qq.txt")
        let check = try place.makeFolder("evidence", of: ["logs"])
        #expect(check.differences == [])
        #expect(check.notes == [])
        #expect(check.idCount == 3)
        #expect(check.recordCount == 3)
    }

    /// A few hundred changes, or with `JUZHENG_FUZZ_ROUNDS=all` one at each byte.
    private func places(in count: Int, step: Int) -> StrideTo<Int> {
        let isAll = ProcessInfo.processInfo.environment["JUZHENG_FUZZ_ROUNDS"] == "all"
        return stride(from: 0, to: count, by: isAll ? 1 : step)
    }

    @Test func `each changed byte is named with its file`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "logs/qq.txt")
        try place.makeFolder("evidence", of: ["logs"])
        let root = place.url.appending(path: "evidence")
        let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter {
            var isFolder: ObjCBool = false
            return unsafe FileManager.default.fileExists(atPath: root.appending(path: $0).path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
        #expect(files.count == 10)
        for name in files {
            let file = root.appending(path: name)
            let original = try Data(contentsOf: file)
            // The two lists more densely, since they vouch for all else.
            let isList = name == "SHA256SUMS" || name == "manifest.json"
            for place in places(in: original.count, step: isList ? 23 : max(1, original.count / 5)) {
                var changed = original
                changed[place] ^= UInt8(1 << (place % 8))
                try changed.write(to: file)
                let check = try #require(Verification(root.path))
                #expect(
                    check.differences.contains {
                        $0.path == name || isList && ["SHA256SUMS", "manifest.json"].contains($0.path)
                    },
                    "\(name) at \(place)")
            }
            try original.write(to: file)
        }
        #expect(Verification(root.path)?.differences == [])
    }

    @Test func `each changed byte of the archive is found, its own bytes too`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        try place.makeFolder("evidence", of: ["qq.txt"], archive: true)
        let original = try Data(contentsOf: URL(filePath: place.path("evidence.zip")))
        let changedFile = URL(filePath: place.path("changed.zip"))
        // The directory at the end, which no file's hash covers, more densely.
        let directory = original.count - 900
        for byte in Array(places(in: directory, step: 401)) + places(in: 900, step: 7).map({ directory + $0 }) {
            var changed = original
            changed[byte] ^= UInt8(1 << (byte % 8))
            try changed.write(to: changedFile)
            // What cannot be opened at all is refused, which is as good.
            let check = Verification(changedFile.path)
            #expect(check.map { !$0.differences.isEmpty } ?? true, "at \(byte) of \(original.count)")
        }
        for changed in [original.dropLast(), original.dropLast(3_000), original + Data([0]), Data([0]) + original] {
            try changed.write(to: changedFile)
            #expect(Verification(changedFile.path).map { !$0.differences.isEmpty } ?? true)
        }
        try original.write(to: changedFile)
        #expect(Verification(changedFile.path)?.differences == [] && Verification(changedFile.path)?.notes == [])
    }

    @Test func `missing and extra files are named`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        try place.makeFolder("evidence", of: ["qq.txt"])
        try FileManager.default.removeItem(atPath: place.path("evidence/findings.csv"))
        try place.write("x", to: "evidence/notes.txt")
        try place.write("x", to: "evidence/SHA256SUMS.tsr")
        let check = try #require(Verification(place.path("evidence")))
        #expect(check.differences.map { "\($0.kind) \($0.path)" } == ["missing findings.csv", "extra notes.txt"])
    }

    @Test func `a chat that says what looks like an ID does not make a folder fail`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat.replacing("没有好评返现的", with: "JZ-3YQ6-ZYTW-0Z76 `JZ-3YQ6-ZYTW-0Z77`\n```\n<code>JZ-3YQ6-ZYTW-0Z78"), to: "qq.txt")
        let check = try place.makeFolder("evidence", of: ["qq.txt"])
        #expect(check.differences == [])
    }

    @Test func `a second report in the archive is named`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        try place.makeFolder("evidence", of: ["qq.txt"], archive: true)
        let members = try #require(EvidenceStore(place.path("evidence.zip"))?.archive?.members)
        let forged: [EvidenceFolder.File] =
            members.map { .init(path: $0.name, content: .made($0.bytes)) }
            + [.init(path: "report.md", content: .made(FileBytes(Array("别的报告".utf8))))]
        try EvidenceArchive(forged, for: place.path("forged.zip"), replacing: false).publish()
        let check = try #require(Verification(place.path("forged.zip")))
        #expect(check.differences.map { "\($0.kind) \($0.path)" } == ["extra report.md"])
    }

    @Test func `an ID that its place does not give is named, even with fresh hashes`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        let (evidence, sources) = try place.scan(["qq.txt"])
        var result = evidence.result
        result.findings[0].message.location.offset += 1
        let folder = try EvidenceFolder(Evidence(result), sources: sources, options: .init(), generated: "")
        try folder.write(to: place.path("evidence"), replacing: false)
        let check = try #require(Verification(place.path("evidence")))
        #expect(check.differences.contains { $0.kind == .record && $0.path == "findings.jsonl" })
    }

    @Test func `a quotation that is not the record's text is named, even with fresh hashes`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        let (evidence, sources) = try place.scan(["qq.txt"])
        var result = evidence.result
        result.findings[0].message.text = "别的话"
        let folder = try EvidenceFolder(Evidence(result), sources: sources, options: .init(), generated: "")
        try folder.write(to: place.path("evidence"), replacing: false)
        let check = try #require(Verification(place.path("evidence")))
        #expect(check.differences.map(\.kind) == [.record, .record])
    }

    @Test func `the archive holds what may be uploaded and verifies by itself`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        try place.makeFolder("evidence", of: ["qq.txt"], archive: true)
        let check = try #require(Verification(place.path("evidence.zip")))
        #expect(check.differences == [])
        #expect(check.recordCount == 2)
        let first = try Data(contentsOf: URL(filePath: place.path("evidence.zip")))
        #expect(first.range(of: Data("private/".utf8)) == nil)
        #expect(first.range(of: Data("100行吗".utf8)) != nil, "the source itself is enclosed whole")
        try place.makeFolder("evidence", of: ["qq.txt"], archive: true)
        #expect(try Data(contentsOf: URL(filePath: place.path("evidence.zip"))) == first)
        var changed = first
        let quote = try #require(first.range(of: Data("findings.jsonl".utf8)))
        changed[quote.upperBound + 40] ^= 1
        try changed.write(to: URL(filePath: place.path("changed.zip")))
        #expect(Verification(place.path("changed.zip")).map { !$0.differences.isEmpty } ?? true)
    }

    @Test func `the public edition masks, encloses no source and says what cannot be checked`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "logs/南山老陈.txt")
        let check = try place.makeFolder("evidence", of: ["logs"], context: ReportContext(edition: .public))
        #expect(check.differences == [])
        #expect(check.notes.last?.contains("JZ-") == true, "the IDs that need the sources are named")
        for file in try FileManager.default.subpathsOfDirectory(atPath: place.path("evidence")) {
            #expect(!file.hasPrefix("sources") && !file.hasPrefix("private"))
            let text = try String(contentsOfFile: place.path("evidence/" + file), encoding: .utf8)
            #expect(!text.contains("南山老陈") && !text.contains("小店客服") && !text.contains("complaints/"), "\(file)")
        }
        #expect(try String(contentsOfFile: place.path("evidence/report.md"), encoding: .utf8).contains("2000解决"))
        let full = try #require(Verification(place.path("evidence"), sources: place.path("logs")))
        #expect(full.differences == [] && full.notes == [] && full.recordCount == 2)
    }

    @Test func `time stamps and the same input give the same bytes`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "qq.txt")
        try place.makeFolder("a", of: ["qq.txt"])
        try place.makeFolder("b", of: ["qq.txt"])
        for file in try FileManager.default.subpathsOfDirectory(atPath: place.path("a")) where file.contains(".") {
            #expect(
                FileManager.default.contentsEqual(atPath: place.path("a/" + file), andPath: place.path("b/" + file)),
                "\(file)")
        }
    }

    @Test func `neither a folder nor an archive of ours is read as input`() throws {
        let place = try Workplace()
        try place.write(Workplace.chat, to: "in/qq.txt")
        try place.makeFolder("in/evidence", of: ["in"], archive: true)
        let reading = InputReading(walk: InputWalk(isOwnManifest: Manifest.isOwn))
        let result = reading.parse([place.path("in")], standardInput: { FileBytes([]) }, deliver: { _, _ in })
        #expect(result.files.map(\.name) == ["in/qq.txt"])
        #expect(result.skipped.map(\.code) == ["own-output", "own-output"])
    }
}
