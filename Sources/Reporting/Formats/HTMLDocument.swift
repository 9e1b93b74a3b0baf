import Hashing

/// A document as one HTML file to read and to print on A4: no script, nothing loaded from anywhere.
public struct HTMLDocument {
    private let document: Document
    /// Evidence IDs whose line stands in a transcript, and which other mentions lead to.
    private let anchored: Set<String>
    /// With so many transcripts they are folded on the screen.
    private let foldsTranscripts: Bool

    public static func bytes(_ document: Document) -> [UInt8] {
        Array(HTMLDocument(document).text.utf8)
    }

    private init(_ document: Document) {
        self.document = document
        var ids: Set<String> = []
        var transcripts = 0
        for case .transcript(let part) in document.blocks {
            transcripts += 1
            ids.formUnion(part.lines.map(\.id.description))
        }
        anchored = ids
        foldsTranscripts = transcripts > 12
    }

    private var text: String {
        let style = HTMLStyle.sheet
        let hash = SHA256.digest(of: style).base64
        var body: [String] = []
        var used: Set<String> = []
        for (index, block) in document.blocks.enumerated() { body.append(html(block, index, &used)) }
        return """
            <!DOCTYPE html>
            <html lang="zh-Hans">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
            <meta name="robots" content="noindex, nofollow">
            <title>\(plain(document.title))</title>
            <style>\(style)</style>
            </head>
            <body>
            <main>
            <h1>\(inline(document.title))</h1>
            \(contents)\(body.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    /// The headings of the highest level, where there are many.
    private var contents: String {
        let headings = document.blocks.enumerated().compactMap { index, block -> String? in
            guard case .heading(2, let text) = block else { return nil }
            return "<li><a href=\"#s\(index)\">\(plain(text))</a></li>"
        }
        guard headings.count > 3 else { return "" }
        return "<details class=\"contents\"><summary>目录</summary><ol>\(headings.joined())</ol></details>\n"
    }

    private func html(_ block: Block, _ index: Int, _ used: inout Set<String>) -> String {
        switch block {
        case .heading(let level, let text): return "<h\(level) id=\"s\(index)\">\(inline(text))</h\(level)>"
        case .paragraph(let text): return "<p>\(inline(text))</p>"
        case .callout(let text): return "<p class=\"callout\">\(inline(text))</p>"
        case .list(let items): return "<ul>\(items.map { "<li>\(inline($0))</li>" }.joined())</ul>"
        case .checklist(let items): return "<ul class=\"check\">\(items.map { "<li>\(inline($0))</li>" }.joined())</ul>"
        case .table(let content): return table(content)
        case .copyText(let text): return "<pre class=\"copy\">\(HTMLText.escape(text))</pre>"
        case .commands(let lines): return "<pre>\(HTMLText.escape(lines.joined(separator: "\n")))</pre>"
        case .transcript(let part): return transcript(part, &used)
        case .timeline(let content):
            return TimelineDrawing(content, anchored: anchored).svg.map {
                $0 + (content.events.count > TimelineDrawing.shown ? table(content.table) : "")
            }
                ?? table(content.table)
        case .pageBreak: return "<div class=\"page\"></div>"
        }
    }

    private func table(_ content: Table) -> String {
        let header = content.header.map { "<th scope=\"col\">\(inline($0))</th>" }.joined()
        // A narrow screen shows a row as a card, each cell with its column's name.
        let rows = content.rows.map { row in
            "<tr>" + zip(content.header, row).map { "<td data-label=\"\(plain($0))\">\(inline($1))</td>" }.joined()
                + "</tr>"
        }
        let columns = content.widths.map { "<col width=\"\($0)%\">" }.joined()
        var classes = "c\(content.header.count)"
        if content.header.count > 5 { classes += " wide" }
        if !columns.isEmpty { classes += " fixed" }
        return "<table class=\"\(classes)\">" + (columns.isEmpty ? "" : "<colgroup>\(columns)</colgroup>")
            + "<thead><tr>\(header)</tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody></table>"
    }

    private func transcript(_ part: Transcript, _ used: inout Set<String>) -> String {
        let lines = part.lines.map { line in
            let id = line.id.description
            let anchor = used.insert(id).inserted ? " id=\"\(id)\"" : ""
            let gap = line.omittedBefore > 0 ? "<li class=\"gap\">略去 \(line.omittedBefore) 条</li>\n" : ""
            let classes = [line.isOwn ? "own" : "other", line.isFinding ? "found" : nil].compactMap { $0 }.joined(
                separator: " ")
            return gap
                + "<li class=\"\(classes)\"\(anchor)><div class=\"who\"><b><bdi>\(HTMLText.escape(line.speaker))</bdi></b>"
                + "（\(line.role)）<span>\(HTMLText.escape(line.time))</span> <span>第 \(line.line) 行</span> <code>\(id)</code></div>"
                + "<div class=\"said\" dir=\"auto\">\(said(line))</div></li>"
        }
        let count = part.lines.count
        return
            "<details class=\"chat\"\(foldsTranscripts ? "" : " open")><summary>\(count) 条消息，其中标出 \(part.lines.filter(\.isFinding).count) 条</summary><ol>\n\(lines.joined(separator: "\n"))\n</ol></details>"
    }

    /// The words of a line with the matched parts marked.
    private func said(_ line: Transcript.Line) -> String {
        let scalars = Array(line.text.unicodeScalars)
        func words(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range.clamped(to: scalars.indices)])
            return HTMLText.escape(String(view))
        }
        var out = ""
        var position = 0
        for mark in line.marks where mark.lowerBound >= position && mark.upperBound <= scalars.count {
            out += words(position..<mark.lowerBound) + "<mark>\(words(mark))</mark>"
            position = mark.upperBound
        }
        return out + words(position..<max(position, scalars.count))
    }

    private func inline(_ phrase: Phrase) -> String {
        phrase.parts.map { part in
            switch part {
            case .own(let words): HTMLText.escape(words)
            case .strong(let words): "<strong>\(HTMLText.escape(words))</strong>"
            case .foreign(let words): "<bdi class=\"q\">\(HTMLText.escape(words))</bdi>"
            case .code(let words):
                code(words)
            }
        }.joined()
    }

    /// An ID leads to its line, if that is here, and stays on one line itself.
    private func code(_ words: String) -> String {
        guard words.hasPrefix("JZ") else { return "<code>\(HTMLText.escape(words))</code>" }
        let id = "<code class=\"id\">\(HTMLText.escape(words))</code>"
        return anchored.contains(words) ? "<a href=\"#\(words)\">\(id)</a>" : id
    }

    /// The words alone, for attributes.
    private func plain(_ phrase: Phrase) -> String {
        phrase.parts.map { part in
            switch part {
            case .own(let words), .strong(let words), .foreign(let words), .code(let words):
                HTMLText.escape(words.replacing("\n", with: " "))
            }
        }.joined()
    }
}

extension [UInt8] {
    /// The bytes in base 64 with padding.
    fileprivate var base64: String {
        let digits = [Character]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var out = ""
        for start in stride(from: 0, to: count, by: 3) {
            let group = self[start..<Swift.min(start + 3, count)]
            let bits = (0..<3).reduce(0) { $0 << 8 | (start + $1 < count ? Int(self[start + $1]) : 0) }
            for place in 0..<4 { out.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : "=") }
        }
        return out
    }
}
