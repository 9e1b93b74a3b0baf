import Transcript

/// How much of a text a form of header explains.
struct CopyFit {
    private(set) var headers = 0
    private(set) var share = 0.0
    /// Whether all names stand in brackets, which are the program's then.
    private(set) var bracketsNames = false

    /// How many lines are looked at.
    private static let reach = 4_000

    /// Of the words before colons those that are names: they return, or say who speaks. A word that stands there once may
    /// be a label, as 电话 is, where two others are names.
    static func speakers(of names: [String: Int]) -> Set<String> {
        let known = names.filter { $0.value > 1 || CopyHeader.role(of: $0.key) != .unknown }
        return Set((known.count >= 2 ? known : names).keys)
    }

    init(_ form: CopyHeader, _ text: Span<UInt8>) {
        var walk = TextLines()
        var blocks = 0
        var leading = 0
        var names: [String: Int] = [:]
        var turns = Turns()
        var previousBlank = true
        // Lines above the first header: a blank line sets off those of a head, of which there are few.
        var above = 0
        var lines = 0
        var said = 0
        var dated = 0
        var bodies = BodyCount()
        while lines < Self.reach, let line = walk.next(in: text) {
            lines += 1
            let isBlank = text.isBlank(line.range)
            if !isBlank { said += 1 }
            let isDay = !isBlank && text.dateLine(in: line.range) != nil
            if !isBlank, !isDay || form.form == .nameThenTime, !Banner.matches(line.range, text) {
                let header = form.read(line, in: text)
                // Only where a time is right below it is a day a name.
                if isDay, header == nil {
                    previousBlank = false
                    continue
                }
                if headers == 0, header == nil {
                    above += 1
                    previousBlank = false
                    continue
                }
                if headers == 0, above > 0, above > 5 || !previousBlank { return }
                if previousBlank || headers == 0 { blocks += 1 }
                if let header {
                    headers += 1
                    bodies.header()
                    if header.time?.hasDate == true { dated += 1 }
                    if previousBlank || headers == 1 { leading += 1 }
                    names[header.sender ?? "", default: 0] += 1
                    turns.take(header.sender ?? "", saying: header.inline, in: text)
                    walk = TextLines(from: header.next)
                    previousBlank = false
                    continue
                }
                bodies.line()
            }
            previousBlank = isBlank
        }
        guard headers > 0, !Set(names.keys.map { $0.uppercased() }).isSubset(of: TableColumns.logLevels) else {
            return
        }
        if !form.form.isInline, bodies.isEmpty { return }
        bracketsNames = names.keys.allSatisfy { name in
            let bytes = name.utf8Span.span
            return bytes.insideBrackets(0..<bytes.count) != nil
        }
        // Where nothing sets the blocks apart, at least those who speak must return.
        let returning = names.values.filter { $0 > 1 }.reduce(0, +)
        let returningShare = Double(returning + min(1, headers - returning)) / Double(headers)
        if !form.form.hasTime {
            // Any list of words and colons looks so; a chat has few speakers who take turns.
            let isChat = (2...6).contains(Self.speakers(of: names).count) && headers >= 3 && returning * 2 >= headers
            let isKnown = form.form == .nameAlone || names.keys.contains { CopyHeader.role(of: $0) != .unknown }
            let isWhole = form.form == .nameSaid ? headers * 2 >= said : leading * 10 >= blocks * 9
            share = isChat && isKnown && isWhole ? 1 : 0
        } else if blocks * 2 > headers {
            share = Double(leading) / Double(blocks)
            // Names that hold a colon or a blank and never return are a name and what it said.
            if form.form.mayHoldWords, names.count(where: { $0.key.contains { ":： \u{3000}".contains($0) } }) * 2 > names.count {
                share = min(share, returningShare)
            }
        } else if form.form.isInline, form.form != .labelled, !form.form.endsWithTime {
            // A day and a time before a name and a colon are rarely anything else.
            share = dated * 2 >= said ? 1 : headers * 3 >= said ? max(returningShare, Double(headers) / Double(said)) : 0
        } else {
            share = returningShare
        }
        // Any list of times and words looks so; those of a chat are people's, who take turns.
        if form.form == .timeNameBlankSaid {
            let isChat = turns.returned.count >= 2 && !turns.namesMayHoldBlanks && names.keys.contains { $0.utf8.contains { $0 >= 0x80 } }
            share = isChat ? min(share, Double(returning) / Double(headers)) : 0
        }
    }

    /// Who spoke again after somebody else had, and how everyone begins.
    private struct Turns {
        private var last: String?
        private(set) var returned: Set<String> = []
        /// The first word of each speaker, and whether he always began with it.
        private var beginnings: [String: (word: String, count: Int, isAlways: Bool)] = [:]

        /// Somebody always begins with the same word, which may be the end of his name then.
        var namesMayHoldBlanks: Bool { beginnings.values.contains { $0.isAlways && $0.count > 1 } }

        mutating func take(_ name: String, saying range: Range<Int>?, in text: Span<UInt8>) {
            // With nothing behind it the word was said.
            let word = range.flatMap { text.firstWord(of: $0).count < $0.count ? text.string(text.firstWord(of: $0)) : nil } ?? ""
            if let known = beginnings[name] {
                if name != last { returned.insert(name) }
                beginnings[name] = (known.word, known.count + 1, known.isAlways && known.word == word && !word.isEmpty)
            } else {
                beginnings[name] = (word, 1, true)
            }
            last = name
        }
    }
}
