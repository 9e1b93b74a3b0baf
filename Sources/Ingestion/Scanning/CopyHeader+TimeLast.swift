// Headers whose time comes last, behind or below what was said.

extension CopyHeader {
    /// A name, what is said, and a time at the end, which is in brackets or names its day.
    func nameSaidTime(_ range: Range<Int>, _ text: Span<UInt8>) -> (name: Range<Int>, said: Range<Int>, time: HeaderTime)? {
        let inner = text.openedBracket(endingAt: range)
        guard let time = text.trailingTime(times, secondsOptional: true, in: inner ?? range) else { return nil }
        var before = range.lowerBound..<time.range.lowerBound
        if inner != nil {
            guard let open = text.openingBracketStart(endingAt: text.trimmingBlanks(before)) else { return nil }
            before = before.lowerBound..<open
        } else if !time.hasDate && !time.isRelative || !text.hasSuffixBlank(before) {
            return nil
        }
        guard let (name, said) = nameSaid(text.trimmingBlanks(before), text), text.looksLikeName(name) else { return nil }
        return (name, said, time)
    }

    /// A name, lines of what is said, the first of them behind the name or below it, and the time below them, with no
    /// blank line between.
    func saidThenTime(_ line: TextLines.Line, _ range: Range<Int>, _ text: Span<UInt8>) -> HeaderedText.Header? {
        let beside = form == .nameSaidThenTime ? nameSaid(range, text) : (text.trimmingColon(range), 0..<0)
        guard let (name, inline) = beside, isName(name, text), wholeTime(range, text) == nil, wholeTime(name, text) == nil else {
            return nil
        }
        var walk = TextLines(from: line.next)
        var said: [Range<Int>] = []
        while said.count < 64, let below = walk.next(in: text), !text.isBlank(below.range) {
            guard let time = wholeTime(text.trimmingBlanks(below.range), text) else {
                said.append(below.range)
                continue
            }
            guard !said.isEmpty || !inline.isEmpty else { return nil }
            var header = header(name, time, at: line, to: below, text)
            header.inline = inline
            header.above = said
            return header
        }
        return nil
    }
}
