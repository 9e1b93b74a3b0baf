import Foundation
import Reporting
import Resources
import Testing

@testable import WebPage

/// The names of the page's own files.
private let files = EmbeddedResource.names.filter { $0.hasPrefix("page/") }

@Suite struct PageTests {
    @Test(
        "The page in a browser",
        .disabled("needs a browser: .ci/run installs one and runs Tests/Browser, which is left out here")
    ) func browser() {}

    @Test func `What is filled into a template is escaped`() {
        let template = PageTemplate("<p title=\"{{a}}\">{{b}}</p>{{")
        let filled = template.filled { $0 == "a" ? "\"><script>" : "<b>&'{{a}}" }
        #expect(filled == "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;{{a}}</p>{{")
    }

    @Test func `Every word is there in both languages with the same places to fill in`() {
        func places(_ word: String) -> Set<Substring> { Set(word.matches(of: /\{\w+\}/).map { word[$0.range] }) }
        for (key, words) in PageWords.table {
            #expect(words.count == 2, "\(key)")
            #expect(words.allSatisfy { !$0.isEmpty }, "\(key)")
            #expect(places(words[0]) == places(words[1]), "\(key)")
        }
    }

    @Test func `Categories are named as in the report`() {
        let named = PageWords.table.filter { $0.key.hasPrefix("category.") }
        #expect(named.count > 40)
        for (key, words) in named { #expect(words.first == CategoryNames.name(of: String(key.dropFirst("category.".count))), "\(key)") }
    }

    @Test func `Whatever can be told of a file has words for those who read no Chinese`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources")
        var codes: Set<String> = []
        for module in ["Ingestion", "EvidencePipeline"] {
            let folder = sources.appending(path: module).path
            for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] where name.hasSuffix(".swift") {
                let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
                let found = text.matches(of: /(?:code: |skip\(|fail\(|tell\(|code: isCut \? "[a-z-]+" : |IngestionError\.Code )"([a-z]+(?:-[a-z]+)*)"/)
                codes.formUnion(found.map { String($0.1) })
            }
        }
        codes.formUnion(["unreadable", "not-a-file", "no-room", "excel-damage"])
        #expect(codes.count > 40)
        for code in codes.sorted() { #expect(PageWords.table["problem." + code] != nil, "\(code)") }
    }

    @Test func `Whatever can be missing has words for those who read no Chinese`() {
        for kind in Report.Missing.Kind.allCases { #expect(PageWords.table["missing." + kind.rawValue] != nil, "\(kind)") }
    }

    @Test func `English words hold no Chinese but names on the screen of other programs`() {
        let names = ["otherLanguageName", "missing.proof-number", "case.proof_number"]
        for (key, words) in PageWords.table where !names.contains(key) {
            #expect(!words[1].unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(key)")
        }
    }

    @Test(arguments: files.filter { $0.hasSuffix(".js") }) func `Every word a script names is there`(file: String) {
        let text = EmbeddedResource(file).text
        for match in text.matches(of: /\bt\('([^']+)'/) { #expect(PageWords.table[String(match.1)] != nil, "\(match.1)") }
    }

    @Test func `Every word the page names is there`() {
        for match in EmbeddedResource("page/page.html").text.matches(of: /\{\{([^}]+)\}\}/)
        where !["language", "otherLanguage"].contains(match.1) {
            #expect(PageWords.table[String(match.1)] != nil, "\(match.1)")
        }
        for language in PageWords.Language.allCases { #expect(!PageShell.html(language).contains("{{")) }
    }

    @Test(arguments: files) func `Nothing comes from elsewhere and no HTML is made of text`(file: String) {
        let text = EmbeddedResource(file).text.replacing("http://www.w3.org/2000/svg", with: "")
        for word in ["http:", "https:", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", " style=\"", "onclick=\""] {
            #expect(!text.contains(word), "\(word)")
        }
    }
}
