extension EvidenceID {
    /// The incident ID that evidence IDs written as text give.
    public static func incident(of evidence: [String]) -> String {
        "JZC-" + digits(of: "juzheng-incident-1\n" + evidence.sorted().map { $0 + "\n" }.joined())
    }

    /// The evidence IDs that a document of this program prints, in their order.
    ///
    /// Only those the program itself set in code count: words of a chat may look like an ID. Their angle brackets and
    /// backticks are escaped, but a line of theirs may begin with an ID or, in fenced text, with a backtick.
    /// - Parameter isHTML: whether it is HTML, else Markdown.
    public static func printed(in document: [UInt8], isHTML: Bool) -> [String] {
        var found: [String] = []
        var isFenced = false
        for line in document.split(separator: 0x0A) {
            if !isHTML, line.starts(with: [0x60, 0x60, 0x60]) { isFenced.toggle() }
            guard !isFenced else { continue }
            var i = line.startIndex
            while i + 17 <= line.endIndex {
                guard line[i] == 0x4A, line[i + 1] == 0x5A, line[i + 2] == 0x2D,
                    (isHTML ? codeTags : [[0x60]]).contains(where: line[..<i].ends(with:))
                else {
                    i += 1
                    continue
                }
                if isID(line[i..<i + 17]) { found.append(String(decoding: line[i..<i + 17], as: UTF8.self)) }
                i += 3
            }
        }
        return found
    }

    private static let codeTags = ["<code>", "<code class=\"id\">"].map { Array($0.utf8) }

    private static func isID(_ text: ArraySlice<UInt8>) -> Bool {
        (3..<17).allSatisfy { place in
            let byte = text[text.startIndex + place]
            if place == 7 || place == 12 { return byte == 0x2D }
            return (0x30...0x39).contains(byte)
                || (0x41...0x5A).contains(byte) && ![0x49, 0x4C, 0x4F, 0x55].contains(byte)
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with tail: [UInt8]) -> Bool { suffix(tail.count).elementsEqual(tail) }
}
