/// Foreign text in CommonMark.
///
/// A backslash before ASCII punctuation makes it a plain character, in every place where inline text stands; so the
/// result holds no construct of CommonMark or of its table extension. A hyphen, colon or point between two digits, as in
/// a time or a sum, can begin none and stays readable. Three things need more than a backslash: a line end would begin a
/// new block, white space at the beginning would make a code block, and an address with `@` is made a link by some
/// programs after escapes are undone.
enum MarkdownText {
    /// The text on one line.
    static func escape(_ text: String) -> String {
        let scalars = Array(VisibleText.reveal(text).unicodeScalars)
        var out = String.UnicodeScalarView()
        let body = scalars.drop { $0 == " " || $0 == "\t" }
        let end = body.lastIndex { $0 != " " && $0 != "\t" }.map { $0 + 1 } ?? scalars.count
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\n": out.append("↵")
            case "\t": out.append(contentsOf: "&#9;".unicodeScalars)
            case " " where index < body.startIndex || index >= end: out.append(contentsOf: "&#32;".unicodeScalars)
            // A code span keeps the sign and cuts the address in two.
            case "@": out.append(contentsOf: "`@`".unicodeScalars)
            case _ where isBetweenDigits(index, scalars): out.append(scalar)
            case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "(", ")", "#", "+", "-", ".", "!", "|", "~", "=",
                ":", "&",
                "\"", "'", "$", "^":
                out.append("\\")
                out.append(scalar)
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    private static func isBetweenDigits(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        let digits: ClosedRange<Unicode.Scalar> = "0"..."9"
        guard ["-", ":", "."].contains(scalars[index]), index > 0, index + 1 < scalars.count else { return false }
        return digits.contains(scalars[index - 1]) && digits.contains(scalars[index + 1])
    }

    /// The longest run of backticks in a text is shorter than this fence.
    static func fence(for lines: [String]) -> String {
        var longest = 0
        for line in lines {
            var run = 0
            for scalar in line.unicodeScalars {
                run = scalar == "`" ? run + 1 : 0
                longest = max(longest, run)
            }
        }
        return String(repeating: "`", count: max(3, longest + 1))
    }
}
