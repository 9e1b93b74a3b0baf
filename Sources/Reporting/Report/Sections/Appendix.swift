import Classification
import Transcript

extension Report {
    /// The chats around everything that was quoted, unchanged.
    func appendix() -> [Block] {
        let shown = 200
        var parts: [Block] = []
        for account in told.prefix(shown) {
            for part in transcripts(of: account) {
                parts += [
                    .heading(3, "事件\(account.number)：\(quote: part.file)，聊天“\(quote: part.conversation)”"),
                    .transcript(part),
                ]
            }
        }
        guard !parts.isEmpty else { return [] }
        let hasHidden = parts.contains { block in
            if case .transcript(let part) = block { return part.lines.contains { VisibleText.hasHidden($0.text) } }
            return false
        }
        var note: Phrase = "每条引文前后至少各 5 条消息，原样照录。▶ 为标出的行，“↵”表示原文在此换行"
        if hasHidden { note = note + "，⟦U+…⟧ 表示原文此处有看不见的字符（编号为其 Unicode 码位）" }
        var blocks: [Block] = [.pageBreak, .heading(2, "附录：上下文原文"), .paragraph(note + "。")] + parts
        if told.count > shown {
            blocks.append(.paragraph("其余 \(told.count - shown) 个事件的上下文请按 findings.csv 中的文件和行号在 sources 里查看。"))
        }
        return blocks
    }
}
