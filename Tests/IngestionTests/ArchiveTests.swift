import Foundation
import Ingestion
import Testing
import Transcript

/// What comes out of an archive, by name.
struct Unpacked {
    var files: [(name: String, file: ChatFile, bytes: FileBytes)] = []
    var skipped: [(name: String, code: String)] = []

    init(_ bytes: [UInt8], name: String = "a.zip", limits: ArchiveReading.Limits = .init()) {
        var files: [(name: String, file: ChatFile, bytes: FileBytes)] = []
        var skipped: [(name: String, code: String)] = []
        ArchiveReading(limits: limits).read(FileBytes(bytes), name: name) { item in
            switch item {
            case .member(let name, let bytes):
                files.append((name, ChatFile(bytes, name: name, options: ReadingOptions()), bytes))
            case .sheet(let name, let bytes, let workbook, _):
                files.append((name, ChatFile(sheet: bytes, of: workbook, name: name, options: ReadingOptions()), bytes))
            case .skipped(let name, let code, _, _):
                skipped.append((name, code))
            }
        }
        self.files = files
        self.skipped = skipped
    }

    var names: [String] { files.map(\.name) }
    var codes: [String] { skipped.map(\.code) }
}

@Suite struct ArchiveTests {
    private static let line = #"{"sender":"甲","text":"在吗"}"# + "\n"

    private static func stored(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Archives")
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    @Test func `members of a zip are read in place, nested ones too`() {
        var inner = ZipWriter()
        inner.add("chat.jsonl", Self.line)
        var outer = ZipWriter()
        outer.add("记录/qq.jsonl", Self.line)
        outer.add(Array("inner.zip".utf8), inner.bytes)
        outer.add("__MACOSX/._qq.jsonl", "x")
        let unpacked = Unpacked(outer.bytes)
        #expect(unpacked.names == ["a.zip!/记录/qq.jsonl", "a.zip!/inner.zip!/chat.jsonl"])
        #expect(unpacked.files.map(\.file.messages.count) == [1, 1])
        #expect(unpacked.files[0].file.messages[0].location == SourceLocation(line: 1, offset: 0, length: 32))
        #expect(unpacked.skipped.isEmpty)
    }

    @Test func `names in GBK are read and names that lead out are made harmless`() {
        var zip = ZipWriter()
        zip.add([0xBC, 0xC7, 0xC2, 0xBC, 0x2E, 0x74, 0x78, 0x74], Array(Self.line.utf8))
        zip.add("../../etc/passwd.jsonl", Self.line)
        zip.add("/abs\\..\\C:\\x.jsonl", Self.line)
        zip.add("same.jsonl", Self.line)
        zip.add("same.jsonl", Self.line)
        zip.add("bell\u{7}\u{202E}.jsonl", Self.line)
        let unpacked = Unpacked(zip.bytes)
        #expect(
            unpacked.names == [
                "a.zip!/记录.txt", "a.zip!/etc/passwd.jsonl", "a.zip!/abs/x.jsonl", "a.zip!/same.jsonl", "a.zip!/same.jsonl~2",
                "a.zip!/bell%7%E2%80%AE.jsonl",
            ])
        #expect(unpacked.codes == ["unsafe-name", "unsafe-name", "unsafe-name"])
    }

    @Test func `a RAR is read, cut or damaged ones as far as they go`() {
        var rar = RarWriter()
        rar.add("记录/chat.jsonl", Array(Self.line.utf8))
        rar.add("two.jsonl", Array(Self.line.utf8))
        let unpacked = Unpacked(rar.bytes, name: "a.rar")
        #expect(unpacked.names == ["a.rar!/记录/chat.jsonl", "a.rar!/two.jsonl"])
        #expect(unpacked.files.allSatisfy { $0.file.messages.map(\.text) == ["在吗"] })
        for place in 8..<rar.bytes.count {
            var bytes = rar.bytes
            bytes[place] ^= 0x41
            _ = Unpacked(bytes, name: "a.rar")
            _ = Unpacked(Array(rar.bytes.prefix(place)), name: "a.rar")
        }
    }

    @Test(arguments: ["chat.7z", "chat.tar.gz", "chat.tar.bz2", "chat.tar.xz", "chat.tar.zst"])
    func `other archives are read`(_ name: String) throws {
        let unpacked = Unpacked(try Self.stored(name), name: name)
        #expect(unpacked.names.first == "\(name)!/记录/chat.jsonl")
        #expect(unpacked.files.allSatisfy { $0.file.messages.map(\.text) == ["在吗"] })
        #expect(unpacked.names.allSatisfy { !$0.contains("..") && !$0.contains("link") })
    }

    @Test func `one compressed file is its own member`() throws {
        let unpacked = Unpacked(try Self.stored("chat.jsonl.gz"), name: "logs/chat.jsonl.gz")
        #expect(unpacked.names == ["logs/chat.jsonl.gz!/chat.jsonl"])
    }

    @Test func `a bomb is left out`() throws {
        var limits = ArchiveReading.Limits()
        limits.freeBytes = 1 << 20
        let unpacked = Unpacked(try Self.stored("bomb.jsonl.gz"), name: "bomb.jsonl.gz", limits: limits)
        #expect(unpacked.files.isEmpty)
        #expect(unpacked.codes == ["too-large"])
    }

    @Test func `archives in archives end at the limit`() {
        var bytes = Array(Self.line.utf8)
        for level in 0..<8 {
            var zip = ZipWriter()
            zip.add(Array((level == 0 ? "chat.jsonl" : "inner.zip").utf8), bytes)
            bytes = zip.bytes
        }
        let unpacked = Unpacked(bytes)
        #expect(unpacked.files.isEmpty)
        #expect(unpacked.codes == ["too-deep"])
    }

    @Test func `too many members end at the limit`() {
        var limits = ArchiveReading.Limits()
        limits.members = 3
        var zip = ZipWriter()
        for index in 0..<9 { zip.add("\(index).jsonl", Self.line) }
        let unpacked = Unpacked(zip.bytes, limits: limits)
        #expect(unpacked.files.count == 3)
        #expect(unpacked.codes == ["too-many"])
    }

    @Test func `a member with a password is told and costs no other`() {
        var zip = ZipWriter()
        zip.add(Array("secret.txt".utf8), Array(repeating: 7, count: 40), flags: 1)
        zip.add("chat.jsonl", Self.line)
        let unpacked = Unpacked(zip.bytes)
        #expect(unpacked.codes == ["encrypted"])
        #expect(unpacked.names == ["a.zip!/chat.jsonl"])
    }

    @Test func `cut and flipped archives never stop the reading`() throws {
        var zip = ZipWriter()
        zip.add("one.jsonl", Self.line)
        zip.add("two.jsonl", Self.line)
        for whole in [zip.bytes, try Self.stored("chat.7z"), try Self.stored("chat.tar.gz")] {
            for cut in stride(from: 1, to: whole.count, by: 3) { _ = Unpacked(Array(whole[..<cut])) }
            for place in stride(from: 0, to: whole.count, by: 2) {
                var bytes = whole
                bytes[place] ^= 0x41
                _ = Unpacked(bytes)
            }
        }
        let cut = Unpacked(Array(zip.bytes.prefix(80)))
        #expect(cut.names.first == "a.zip!/one.jsonl")
    }
}

@Suite struct WorkbookTests {
    private static func workbook(sheet: String, strings: String = "", more: [(String, String)] = []) -> [UInt8] {
        var zip = ZipWriter()
        zip.add("[Content_Types].xml", "<Types/>")
        zip.add(
            "xl/workbook.xml",
            #"<workbook xmlns:r="r"><sheets><sheet name="南山老陈" sheetId="1" r:id="rId1"/></sheets></workbook>"#)
        zip.add("xl/_rels/workbook.xml.rels", #"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>"#)
        zip.add("xl/worksheets/sheet1.xml", sheet)
        zip.add("xl/sharedStrings.xml", "<sst>\(strings)</sst>")
        zip.add(
            "xl/styles.xml",
            #"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#)
        for (name, content) in more { zip.add(name, content) }
        return zip.bytes
    }

    private static let rows = [
        #"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>"#,
        #"<row r="2"><c r="A2" s="1"><v>44920.814583</v></c><c r="B2" t="inlineStr"><is><t>南山老陈</t></is></c><c r="C2" t="s"><v>3</v></c></row>"#,
        #"<row r="3"><c r="A3" t="str"><v>2022-12-25 19:34:20</v></c><c r="C3" t="inlineStr"><is><t>没有发送人 &lt;3</t></is></c></row>"#,
    ]
    private static let sheet =
        #"<?xml version="1.0"?><worksheet><sheetData>"# + rows.joined() + "</sheetData></worksheet>"
    private static let strings =
        "<si><t>时间</t></si><si><t>发送人</t></si><si><r><t>内</t></r><r><t>容</t></r></si><si><t xml:space=\"preserve\">在吗\n第二行_x000D_</t><rPh><t>注音</t></rPh></si>"

    @Test func `a row of a sheet is a record of its part`() {
        let unpacked = Unpacked(Self.workbook(sheet: Self.sheet, strings: Self.strings), name: "b.xlsx")
        #expect(unpacked.names == ["b.xlsx!/xl/worksheets/sheet1.xml"])
        let file = unpacked.files[0].file
        #expect(file.source.format == "generic-table")
        #expect(file.messages.map(\.text) == ["在吗\n第二行", "没有发送人 <3"])
        #expect(file.messages.map(\.sender) == ["南山老陈", nil])
        #expect(file.messages.map(\.time?.iso8601) == ["2022-12-25T19:33:00+08:00", "2022-12-25T19:34:20+08:00"])
        #expect(file.messages.map(\.conversation) == ["南山老陈", "南山老陈"])
        for (message, row) in zip(file.messages, Self.rows.dropFirst()) {
            let place = message.location
            let record = unpacked.files[0].bytes.bytes(in: place.offset..<place.offset + place.length)
            #expect(String(decoding: record, as: UTF8.self) == row)
        }
    }

    @Test func `every message of a chat in one cell is on the line of its row`() {
        let cells = ["一\n2025-09-19 17:24:05\n甲：在吗\n2025-09-19 17:25:05\n店:乙：在", "2025-09-20 17:24:05\n丙：好"]
        let rows = [["客户ID", "聊天记录"], ["甲", cells[0]], ["丙", cells[1]]].map { row in
            "<row>" + row.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>"
        }
        let unpacked = Unpacked(Self.workbook(sheet: "<worksheet><sheetData>\n\(rows.joined())</sheetData></worksheet>"))
        #expect(unpacked.files.first?.file.messages.map(\.location.line) == [2, 2, 6])
        #expect(unpacked.files.first?.file.messages.map(\.text) == ["在吗", "在", "好"])
    }

    @Test func `a summary sheet without columns is told, not guessed`() {
        let sheet = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>汇总</t></is></c></row></sheetData></worksheet>"
        let unpacked = Unpacked(Self.workbook(sheet: sheet))
        #expect(unpacked.files[0].file.messages.isEmpty)
        #expect(unpacked.files[0].file.diagnostics.map(\.code) == ["no-header"])
    }

    @Test func `a cut or flipped sheet keeps its whole rows`() {
        let whole = Array(Self.sheet.utf8)
        for cut in whole.indices {
            let unpacked = Unpacked(
                Self.workbook(sheet: String(decoding: whole[..<cut], as: UTF8.self), strings: Self.strings))
            let ends = Self.rows.dropFirst().map { Self.sheet.firstRange(of: $0)!.upperBound.utf16Offset(in: Self.sheet) }
            let prefix = String(decoding: whole[..<cut], as: UTF8.self).utf16.count
            #expect((unpacked.files.first?.file.messages.count ?? 0) == ends.count { $0 <= prefix }, "cut at \(cut)")
        }
    }

    @Test func `documents of other programs are refused by name`() {
        for part in ["word/document.xml", "ppt/presentation.xml", "META-INF/manifest.xml", "xl/workbook.bin"] {
            var zip = ZipWriter()
            zip.add("[Content_Types].xml", "<Types/>")
            zip.add(part, "x")
            #expect(Unpacked(zip.bytes).codes == ["not-supported"])
        }
    }
}
