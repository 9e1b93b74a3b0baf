import Transcript

/// Text copied from any merchant's back end (Pinduoduo, JD, Douyin 飞鸽 and the like) or chat window.
///
/// It is taken where one form of header explains at least nine blocks in ten, and the form that was chosen is told.
/// - `conversation`: not named.
/// - `sender`: the words beside the time, or before what was said.
/// - record: from the first line of the header to the last line of the body.
enum GenericCopy: ChatFormat {
    static let id = "generic-copy"

    static let most = 32

    static func confidence(_ sample: Span<UInt8>) -> Int? {
        guard let choice = choose(sample) else { return nil }
        if !choice.header.form.hasTime { return 8 }
        return choice.headers >= 3 ? 32 : 12
    }

    static func read(_ text: Span<UInt8>, options: ReadingOptions, into sink: inout RecordSink) {
        // Where the user asks for this format, or the text is damaged, the best form has to do.
        let found = choose(text) ?? choose(text, atLeast: 0)
        let header = found?.header ?? CopyHeader(form: .nameTime, times: CopyHeader.clocks.union(.monthFirst))
        sink.warnFile(code: "mapping", "没有专门的格式，按“\(header.form.rawValue)”的消息头读取；请抽查几条，看名字和时间是否对应。")
        let speakers = header.form.hasTime ? nil : speakers(header, text, &sink)
        HeaderedText(countsBlanks: false, hasDeliveryMarks: true).read(text, options, into: &sink) { line, text in
            guard let found = header.read(line, in: text) else { return nil }
            return speakers?.contains(found.sender ?? "") ?? true ? found : nil
        }
    }

    /// Who speaks where no time tells a name from a label; what is taken for a label is told.
    private static func speakers(_ header: CopyHeader, _ text: Span<UInt8>, _ sink: inout RecordSink) -> Set<String> {
        var names: [String: Int] = [:]
        var walk = TextLines()
        while !sink.isCalledOff, let line = walk.next(in: text) {
            if let name = header.read(line, in: text)?.sender { names[name, default: 0] += 1 }
        }
        let speakers = CopyFit.speakers(of: names)
        if let label = names.keys.filter({ !speakers.contains($0) }).min() {
            let count = names.count - speakers.count
            sink.warnFile(code: "header-like", "冒号前有 \(count) 个词（如“\(label)”）只出现一次，不当作说话人，按正文处理；请对照原文件核对。")
        }
        return speakers
    }

    /// The form that explains the text best, if any explains nine blocks in ten.
    private static func choose(_ text: Span<UInt8>, atLeast least: Double = 0.9) -> (header: CopyHeader, headers: Int)? {
        let times = CopyHeader.clocks.union(dateOrder(text))
        let forms = CopyHeader.Form.allCases
        // Wide colons and 10时11分 are those of headers only where no other clock is, and names alone where no time stands
        // beside them: all these are said too.
        guard
            var best = best(of: forms.filter(\.hasTime), times, text, atLeast: least)
                ?? best(of: forms.filter(\.hasTime), times.union(.spelled), text, atLeast: least)
                ?? best(of: forms.filter { !$0.hasTime }, times, text, atLeast: least)
        else { return nil }
        best.header.stripsBrackets = best.fit.bracketsNames
        return (best.header, best.fit.headers)
    }

    /// Of some forms the one that explains the text best.
    private static func best(
        of forms: [CopyHeader.Form], _ times: DateTimeScanner.DateForms, _ text: Span<UInt8>, atLeast least: Double
    ) -> (header: CopyHeader, fit: CopyFit)? {
        var best: (header: CopyHeader, fit: CopyFit)?
        for form in forms {
            for colon in form.usesColon ? CopyHeader.Colon.allCases : [.wide] {
                let header = CopyHeader(form: form, times: times, colon: colon)
                let fit = CopyFit(header, text)
                guard fit.headers >= (least > 0 ? 2 : 1), fit.share >= least else { continue }
                if best.map({ ($0.fit.share, $0.fit.headers) < (fit.share, fit.headers) }) ?? true { best = (header, fit) }
            }
        }
        return best
    }

    /// Whether `4/11/2020` names the month first, decided by the first line that leaves no choice.
    private static func dateOrder(_ text: Span<UInt8>) -> DateTimeScanner.DateForms {
        var walk = TextLines()
        var lines = 0
        while lines < 20_000, let line = walk.next(in: text) {
            lines += 1
            guard line.range.count < 512 else { continue }
            let range = text.trimmingBlanks(line.range)
            let time =
                text.trailingTime([.monthFirst], secondsOptional: true, in: range)
                ?? text.trailingTime([.dayFirst], secondsOptional: true, in: range)
            var scan = DateTimeScanner(time?.range ?? range)
            guard let date = scan.yearLastDate(in: text), date.first > 12 || date.second > 12 else { continue }
            return date.first > 12 ? .dayFirst : .monthFirst
        }
        return .monthFirst
    }
}
