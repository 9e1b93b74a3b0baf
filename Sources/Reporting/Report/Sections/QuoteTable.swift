import Classification
import Transcript

extension Report {
    /// The incident's lines that show it, each with what was matched.
    func quoteTable(_ quotes: [IncidentAccount.Quote]) -> Block {
        .table(
            Table(
                ["引文", "时间", "说话人", "原文", "出处", "命中与理由", "证据编号"],
                rows: quotes.map { quote in
                    [
                        "\(quote.number)", .quote(quote.message.shownTime),
                        "\(quote: quote.message.shownSender)（\(own: quote.message.role.name)）",
                        shown(quote.message.text),
                        source(of: quote), reason(quote.judgement), .id(quote.id),
                    ]
                }, widths: [6, 12, 13, 28, 11, 17, 13]))
    }

    /// A quotation of at most 300 characters; a longer one is cut, which the words outside of it say.
    private func shown(_ text: String) -> Phrase {
        text.count <= 300 ? .quote(text) : "\(quote: String(text.prefix(300)))【以下略，全文见附录】"
    }

    /// What was matched in a line and what it is taken for.
    func reason(_ judgement: Judgement) -> Phrase {
        let what =
            judgement.category.map { [CategoryNames.name(of: $0)] }
            ?? judgement.labels.map(\.name) + judgement.elements.filter { $0 != .link }.map(\.name)
        var reason = Phrase.own(what.joined(separator: "，"))
        var seen: Set<String> = []
        let cues = judgement.cues.filter { seen.insert($0.text + $0.kind).inserted }.prefix(6)
            .map { "“\(quote: $0.text)”（\(quote: $0.kindName)）" as Phrase }
        if !cues.isEmpty {
            reason = reason + "：" + cues.joined(by: "、")
        } else if let score = FindingLines.score(of: judgement) {
            reason = reason + "（按上下文判断，评分 0.\(own: score < 10 ? "0" : "")\(min(score, 99))）"
        }
        if !judgement.lookalikes.isEmpty {
            reason = reason + "。已考虑的正当情形：\(own: judgement.lookalikes.map(CategoryNames.name).joined(separator: "、"))"
        }
        return reason
    }

    /// Where a line stands, and where it stands again.
    private func source(of quote: IncidentAccount.Quote) -> Phrase {
        let result = evidence.result
        let also = result.findings[quote.finding].alsoIn.prefix(2).map { place in
            "；另见 \(quote: result.files[place.file].name) 第 \(place.location.line) 行" as Phrase
        }
        return also.reduce("\(quote: quote.file.name) 第 \(quote.message.location.line) 行", +)
    }

    /// A part of a long text, cut outside of the quotation's words.
    func excerpt(_ text: String, _ length: Int = 60) -> String {
        text.count <= length ? text : text.prefix(length) + "……"
    }
}
