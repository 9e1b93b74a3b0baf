import Foundation
import Testing

@testable import Reporting

/// Nothing of a chat may become part of a document's structure, and all of it must be read as it was written.
///
/// Each document is made twice, with a plain sentence and with a nasty string in every foreign place; a real renderer
/// then has to see the same elements in the same order.
@Suite struct HostileTextTests {
    private static let plain = "普通的一句话，没有什么特别。"

    private func documents(_ text: String) -> [Document] {
        let report = Report(Evidence(Samples.hostile(text)), context: context(text))
        return [report.document, report.sellerCheck] + report.complaints.map(\.document)
    }

    private func context(_ text: String) -> ReportContext {
        var file = try? CaseFile(
            json5: Array("{platform: 'taobao', orders: ['1'], price: 39.9, review_time: '2022-12-26 10:00'}".utf8))
        file?.shop = text
        file?.platform = text
        file?.cases[0].review = text
        file?.cases[0].orders = [text]
        file?.cases[0].proof_number = text
        return ReportContext(caseFile: file)
    }

    /// The names of the elements in their order; `code` that holds only `@` is the way of writing that sign, and an
    /// empty text has no part to mark.
    private func elements(_ html: String) -> [Substring] {
        html.replacing("<code>@</code>", with: "@").replacing(/<\/?mark>/.matchingSemantics(.unicodeScalar), with: "")
            .matches(of: /<\/?([a-z0-9]+)/).map { $0.output.0 }
    }

    /// What a reader sees.
    private func words(_ html: String) -> String {
        var text = html.replacing(/<[^>]*>/, with: "")
        for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.replacing(entity, with: sign)
        }
        return text
    }

    @Test(.enabled(if: CommonMark.isInstalled, "needs the Debian package cmark-gfm"))
    func `no chat text makes markup in Markdown`() throws {
        let expected = try documents(Self.plain).map { elements(try CommonMark.html(MarkdownDocument.bytes($0))) }
        for text in Samples.nasty {
            for (document, expected) in zip(documents(text), expected) {
                let html = try CommonMark.html(MarkdownDocument.bytes(document))
                let found = elements(html)
                // A fenced text keeps its line ends; nothing else of a text's lines is seen.
                #expect(found == expected, "\(text.debugDescription) in \(document.title)")
                #expect(text != Self.plain || !html.contains("**"))
            }
        }
    }

    @Test(.enabled(if: CommonMark.isInstalled, "needs the Debian package cmark-gfm"))
    func `a reader of Markdown sees the words as they are`() throws {
        for text in Samples.nasty where !text.allSatisfy(\.isWhitespace) && text.count < 200 {
            let html = try CommonMark.html(MarkdownDocument.bytes(documents(text)[0]))
            let shown = VisibleText.reveal(text).replacing("\n", with: "↵").replacing("\r", with: "")
            #expect(words(html).contains(shown), "\(text.debugDescription)")
        }
    }

    @Test func `no chat text makes markup in HTML`() {
        func html(_ document: Document) -> String { String(decoding: HTMLDocument.bytes(document), as: UTF8.self) }
        let expected = documents(Self.plain).map { elements(html($0)).joined() }
        for text in Samples.nasty {
            for (document, expected) in zip(documents(text), expected) {
                let page = html(document)
                #expect(elements(page).joined() == expected, "\(text.debugDescription) in \(document.title)")
                for attribute in page.matches(of: /<[a-z][^>]*>/) {
                    #expect(
                        attribute.output.split(separator: "\"", omittingEmptySubsequences: false).count % 2 == 1,
                        "\(attribute.output)")
                    #expect(!attribute.output.lowercased().contains(/\son[a-z]+=/), "\(attribute.output)")
                    #expect(
                        !attribute.output.contains("src=") && !attribute.output.contains("href=\"h"),
                        "\(attribute.output)")
                }
            }
        }
    }

    @Test func `no chat text makes a formula or a cell`() {
        let columns = 16
        for text in Samples.nasty {
            let table = String(
                decoding: FindingTable.bytes(Evidence(Samples.hostile(text)), includingOwn: true), as: UTF8.self)
            let rows = Self.parse(table)
            #expect(rows.count == 3 && rows.allSatisfy { $0.count == columns }, "\(text.debugDescription)")
            for cell in rows.dropFirst().joined() {
                let first = cell.unicodeScalars.first { !$0.properties.isWhitespace && $0.value > 0x20 }
                #expect(first.map { !"=+-@|%＝＋－＠".unicodeScalars.contains($0) } ?? true, "\(cell.debugDescription)")
            }
        }
    }

    @Test func `JSON gives every string back as it was`() throws {
        struct Line: Decodable {
            var type: String
            var text: String?
            var sender: String?
            var file: String?
            var counterparty: String?
        }
        for text in Samples.nasty {
            var json = JSONWriter()
            FindingLines.write(Evidence(Samples.hostile(text)), includingOwn: true, to: &json)
            let lines = try json.bytes.split(separator: 0x0A).map {
                try JSONDecoder().decode(Line.self, from: Data($0))
            }
            #expect(lines.map(\.type) == ["diagnostic", "file", "finding", "finding", "incident"])
            for line in lines where line.type == "finding" {
                #expect(
                    [line.text, line.sender, line.file].allSatisfy {
                        $0.map { Array($0.utf8) == Array(text.utf8) } ?? false
                    })
            }
            #expect(lines.last?.counterparty == text)
            var document = JSONWriter()
            FindingLines.writeDocument(Evidence(Samples.hostile(text)), includingOwn: true, to: &document)
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(document.bytes)) }
        }
    }

    @Test func `no chat text colours a terminal`() {
        for text in Samples.nasty {
            let shown = TerminalText.escape(text)
            #expect(
                !shown.unicodeScalars.contains {
                    $0.value < 0x20 && $0 != "\n" && $0 != "\t" || (0x7F...0x9F).contains($0.value)
                })
            #expect(
                !shown.unicodeScalars.contains {
                    (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
                })
        }
    }

    @Test func `the complaint texts fit their fields whatever the names`() {
        for text in Samples.nasty {
            let report = Report(Evidence(Samples.hostile(text)), context: context(text))
            for account in report.accounts {
                let complaint = ComplaintText(account: account, known: account.known)
                #expect(ComplaintText.length(complaint.short) <= 100)
                #expect(ComplaintText.length(complaint.long) <= 500)
                #expect(!complaint.long.contains("\n"))
            }
        }
    }

    /// The cells of a table by RFC 4180.
    private static func parse(_ table: String) -> [[String]] {
        var rows: [[String]] = [[]]
        var cell = ""
        var isQuoted = false
        let scalars = Array(table.unicodeScalars.drop { $0 == "\u{FEFF}" })
        var i = 0
        while i < scalars.count {
            switch (isQuoted, scalars[i]) {
            case (true, "\"") where i + 1 < scalars.count && scalars[i + 1] == "\"":
                cell.unicodeScalars.append("\"")
                i += 1
            case (_, "\""): isQuoted.toggle()
            case (false, ","):
                rows[rows.count - 1].append(cell)
                cell = ""
            case (false, "\r"): break
            case (false, "\n"):
                rows[rows.count - 1].append(cell)
                cell = ""
                rows.append([])
            default: cell.unicodeScalars.append(scalars[i])
            }
            i += 1
        }
        return rows.dropLast()
    }
}

/// A CommonMark renderer with tables that the program itself does not know.
enum CommonMark {
    private static let path = "/usr/bin/cmark-gfm"

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    static func html(_ markdown: [UInt8]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "juzheng-\(UUID().uuidString).md")
        try Data(markdown).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = [
            "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist", file.path,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
