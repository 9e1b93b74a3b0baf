// The marks that programs and people set around a name in a header: brackets, strokes, commas, colons, headings.

extension Span<UInt8> {
    /// A range without the colon at its end.
    func trimmingColon(_ range: Range<Int>) -> Range<Int> {
        if let last = range.last, self[last] == 0x3A { return trimmingBlanks(range.lowerBound..<last) }
        if hasSuffix("：", in: range) { return trimmingBlanks(range.lowerBound..<range.upperBound - 3) }
        return range
    }

    /// Whether the words behind a time are a name alone, and not one with a stroke or half of the day before it or its
    /// words behind it. A single name may be any of these, those of a chat are not.
    func isNameAlone(_ words: Range<Int>) -> Bool {
        guard !words.isEmpty, blankWidth(at: words.lowerBound, before: words.upperBound) == 0, !contains("\t", in: words) else { return false }
        var scan = DateTimeScanner(words)
        if skipSeparator(&scan) || hasPrefix("<", in: words) || hasPrefix("[", in: words) { return false }
        for half in ["AM", "PM", "am", "pm"] as [StaticString] where scan.take(half, in: self) {
            if scan.isAtEnd || scan.isAtPunctuation(in: self) { return false }
            if scan.skipSpaces(in: self) > 0 { return isNameAlone(scan.position..<words.upperBound) }
        }
        return CopyHeader.Colon.wide.first(in: words, self) == nil && CopyHeader.Colon.beforeBlank.first(in: words, self) == nil
    }

    /// Whether the words before a time are a name alone, and not one that a stroke, a number or a heading's marks set off.
    func isNameAlone(_ words: Range<Int>, before time: HeaderTime) -> Bool {
        // What one person may be called is, before most times that name no day, a part of them.
        var day = DateTimeScanner(words)
        if !time.hasDate, words.count <= 6 && day.isAtDayHalf(in: self) || day.dateWithoutYear(in: self) != nil && day.isAtEnd { return false }
        return isNotSetOff(words)
    }

    private func isNotSetOff(_ words: Range<Int>) -> Bool {
        trimmingSeparator(words) == words && trimmingHeading(words) == words && trimmingBullet(words) == words && !hasPrefix("**", in: words)
            && (insideBrackets(words) == nil || hasPrefix("【", in: words))
    }

    /// Whether a blank stands among words.
    func holdsBlank(_ words: Range<Int>) -> Bool {
        let words = trimmingBlanks(words)
        return words.contains { blankWidth(at: $0, before: words.upperBound) > 0 }
    }

    /// The word that a range begins with, up to the first blank.
    func firstWord(of words: Range<Int>) -> Range<Int> {
        let words = trimmingBlanks(words)
        return words.lowerBound..<(words.first { blankWidth(at: $0, before: words.upperBound) > 0 } ?? words.upperBound)
    }

    /// A range without the `#` of a heading before it.
    func trimmingHeading(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        while start < range.upperBound, self[start] == 0x23 { start += 1 }
        guard start > range.lowerBound, start < range.upperBound, self[start] == 0x20 else { return range }
        return trimmingBlanks(start..<range.upperBound)
    }

    /// A range without the mark or the number of a list before it, as `-`, `3.` or `#3`.
    func trimmingBullet(_ range: Range<Int>) -> Range<Int> {
        for mark in ["-", "*", ">", "•", "·"] as [StaticString] where hasPrefix(mark, in: range) {
            let rest = range.lowerBound + mark.utf8CodeUnitCount..<range.upperBound
            let inner = trimmingBlanks(rest)
            return inner.lowerBound > rest.lowerBound ? inner : range
        }
        var scan = DateTimeScanner(range)
        if scan.take(0x23, in: self) {
            guard scan.number(1...6, in: self) != nil, scan.skipSpaces(in: self) > 0, !scan.isAtEnd else { return range }
            return scan.position..<range.upperBound
        }
        guard scan.number(1...4, in: self) != nil, scan.take(0x2E, in: self) || scan.take("、", in: self) || scan.take(0x29, in: self),
            scan.skipSpaces(in: self) > 0 || hasSuffix("、", in: range.lowerBound..<scan.position), !scan.isAtEnd
        else { return range }
        return scan.position..<range.upperBound
    }

    /// A range without the stroke or the comma that sets it off from a time behind it.
    func trimmingSeparator(_ range: Range<Int>) -> Range<Int> {
        for mark in separators where hasSuffix(mark, in: range) {
            let before = range.lowerBound..<range.upperBound - mark.utf8CodeUnitCount
            // A dash without a blank may be the name's own.
            if mark.utf8CodeUnitCount == 1, self[before.upperBound] == 0x2D, !hasSuffixBlank(before) { continue }
            return trimmingBlanks(before)
        }
        return range
    }

    /// Goes past a stroke or a comma between a time and a name; returns whether there was one.
    func skipSeparator(_ scan: inout DateTimeScanner) -> Bool {
        for mark in separators {
            var after = scan
            guard after.take(mark, in: self) else { continue }
            guard after.skipSpaces(in: self) > 0 || self[scan.position] != 0x2D else { continue }
            scan = after
            return true
        }
        return false
    }

    /// The width of the bracket that opens at a position, or 0.
    func bracketWidth(at i: Int, before end: Int) -> Int {
        brackets.first { hasPrefix($0.open, in: i..<end) }?.open.utf8CodeUnitCount ?? 0
    }

    /// The width of a bracket that closes at a position.
    func closingBracketWidth(at i: Int, before end: Int) -> Int? {
        brackets.first { hasPrefix($0.close, in: i..<end) }?.close.utf8CodeUnitCount
    }

    /// Where the bracket begins that opens at the end of a range.
    func openingBracketStart(endingAt range: Range<Int>) -> Int? {
        brackets.first { hasSuffix($0.open, in: range) }.map { range.upperBound - $0.open.utf8CodeUnitCount }
    }

    /// A range without the bracket that closes at its end; `nil` where there is none.
    func openedBracket(endingAt range: Range<Int>) -> Range<Int>? {
        brackets.first { hasSuffix($0.close, in: range) }.map { range.lowerBound..<range.upperBound - $0.close.utf8CodeUnitCount }
    }

    /// What stands between brackets, or between the stars of bold words, that enclose all of a range.
    func insideBrackets(_ range: Range<Int>) -> Range<Int>? {
        for (open, close) in brackets + [("**", "**")] where hasPrefix(open, in: range) && hasSuffix(close, in: range) {
            let inside = range.lowerBound + open.utf8CodeUnitCount..<max(
                range.lowerBound + open.utf8CodeUnitCount, range.upperBound - close.utf8CodeUnitCount)
            return isBlank(inside) ? nil : trimmingBlanks(inside)
        }
        return nil
    }
}

private let brackets: [(open: StaticString, close: StaticString)] = [
    ("[", "]"), ("(", ")"), ("【", "】"), ("（", "）"), ("<", ">"), ("「", "」"), ("《", "》"), ("〔", "〕"),
]

private let separators: [StaticString] = ["|", "｜", ",", "，", "、", "-", "—", "–"]
