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
                        source(of: quote), reason(quote.judgement, in: quote.message.text), .id(quote.id),
                    ]
                }, widths: [6, 12, 12, 27, 11, 16, 16]))
    }

    /// A quotation of at most 300 characters; a longer one is cut, which the words outside of it say.
    private func shown(_ text: String) -> Phrase {
        text.count <= 300 ? .quote(text) : "\(quote: String(text.prefix(300)))【以下略，全文见附录】"
    }

    /// What was matched in a line and what it is taken for.
    func reason(_ judgement: Judgement, in text: String) -> Phrase {
        let what =
            judgement.category.map { [CategoryNames.name(of: $0)] }
            ?? judgement.labels.map(\.name) + judgement.elements.filter { $0 != .link }.map(\.name)
        var reason = Phrase.own(what.joined(separator: "，"))
        let cues = named(judgement.cues, in: text).prefix(6)
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

    /// The matched words, each stretch once with all that it was taken for: of 就一千 and 一千五 it shows 就一千五.
    private func named(_ cues: [Cue], in text: String) -> [Phrase] {
        var stretches: [(range: Range<Int>, kinds: [String], readings: [String])] = []
        for cue in cues.sorted(by: { ($0.range.lowerBound, -$0.range.count) < ($1.range.lowerBound, -$1.range.count) }) {
            if let last = stretches.indices.last,
                stretches[last].range.upperBound > cue.range.lowerBound || stretches[last].range == cue.range
            {
                let end = max(stretches[last].range.upperBound, cue.range.upperBound)
                stretches[last].range = stretches[last].range.lowerBound..<end
            } else {
                stretches.append((cue.range, [], []))
            }
            let last = stretches.count - 1
            if !stretches[last].kinds.contains(cue.kindName) { stretches[last].kinds.append(cue.kindName) }
            if let reading = cue.reading, !stretches[last].readings.contains(reading) { stretches[last].readings.append(reading) }
        }
        let scalars = Array(text.unicodeScalars)
        return stretches.map { range, kinds, readings in
            var words = String.UnicodeScalarView()
            words.append(contentsOf: scalars[range.clamped(to: scalars.indices)])
            let reading: Phrase = readings.isEmpty ? "" : "读作“\(quote: readings.joined(separator: "、"))”，"
            return "“\(quote: String(words))”（" + reading + "\(quote: kinds.joined(separator: "、"))）"
        }
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
