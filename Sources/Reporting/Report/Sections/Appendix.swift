import Classification
import Transcript

extension Report {
    /// A report that is longer is read by nobody; what is left out is in the sources, with its line in findings.csv.
    private static let linesInAppendix = 3_000

    /// The chats around everything that was quoted, unchanged.
    func appendix() -> [Block] {
        var parts: [Block] = []
        var (lines, shown, isCut, hasHidden) = (0, 0, false, false)
        for account in told {
            guard lines < Self.linesInAppendix else { break }
            shown += 1
            isCut = isCut || account.quotes.count > Self.quotesInContext
            for part in transcripts(of: account) {
                lines += part.lines.count
                hasHidden = hasHidden || part.lines.contains { VisibleText.hasHidden($0.text) }
                parts += [
                    .heading(3, "事件\(account.number)：\(quote: part.file)，聊天“\(quote: part.conversation)”"),
                    .transcript(part),
                ]
            }
        }
        guard !parts.isEmpty else { return [] }
        var note: Phrase = "每条引文前后至少各 5 条消息，原样照录。▶ 为标出的行，“↵”表示原文在此换行"
        if hasHidden { note = note + "，⟦U+…⟧ 表示原文此处有看不见的字符（编号为其 Unicode 码位）" }
        if isCut { note = note + "。一个事件引文超过 \(Self.quotesInContext) 条的，只录关键的和最前面的，其余按 findings.csv 里的文件和行号查看" }
        var blocks: [Block] = [.pageBreak, .heading(2, "附录：上下文原文"), .paragraph(note + "。")] + parts
        if told.count > shown {
            blocks.append(.paragraph("其余 \(told.count - shown) 个事件的上下文请按 findings.csv 中的文件和行号查看。"))
        }
        return blocks
    }
}
