/// A document in CommonMark with tables.
public enum MarkdownDocument {
    public static func bytes(_ document: Document) -> [UInt8] {
        let blocks = ["# " + inline(document.title)] + document.blocks.compactMap(block)
        return Array((blocks.joined(separator: "\n\n") + "\n").utf8)
    }

    private static func block(_ block: Block) -> String? {
        switch block {
        case .heading(let level, let text): String(repeating: "#", count: level) + " " + inline(text)
        case .paragraph(let text): inline(text)
        case .callout(let text): "> " + inline(text)
        case .list(let items): items.map { "- " + inline($0) }.joined(separator: "\n")
        case .checklist(let items): items.map { "- □ " + inline($0) }.joined(separator: "\n")
        case .table(let content): table(content)
        case .copyText(let text):
            fenced(VisibleText.reveal(text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        case .commands(let lines): fenced(lines)
        case .transcript(let part): transcript(part)
        case .timeline(let content): table(content.table)
        case .pageBreak: nil
        }
    }

    private static func fenced(_ lines: [String]) -> String {
        let fence = MarkdownText.fence(for: lines)
        return ([fence + "text"] + lines + [fence]).joined(separator: "\n")
    }

    private static func table(_ content: Table) -> String {
        table(content.header.map(inline), content.rows.map { $0.map(inline) })
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        ([header, header.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(
            separator: "\n")
    }

    private static func transcript(_ part: Transcript) -> String {
        var rows: [[String]] = []
        for line in part.lines {
            if line.omittedBefore > 0 { rows.append(["", "", "", "（略去 \(line.omittedBefore) 条）", ""]) }
            rows.append([
                (line.isFinding ? "▶ " : "") + "\(line.line)", MarkdownText.escape(line.time),
                MarkdownText.escape(line.speaker) + "（\(line.role)）", MarkdownText.escape(line.text), "`\(line.id)`",
            ])
        }
        return table(["行", "时间", "说话人", "原文", "证据编号"], rows)
    }

    static func inline(_ phrase: Phrase) -> String {
        phrase.parts.map { part in
            switch part {
            case .own(let words): words
            case .strong(let words): "**\(words)**"
            case .foreign(let words): MarkdownText.escape(words)
            case .code(let words): "`\(words)`"
            }
        }.joined()
    }
}
