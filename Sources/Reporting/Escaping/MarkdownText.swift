/// Foreign text in CommonMark.
///
/// A backslash before any ASCII punctuation makes it a plain character, in every place where inline text stands; so the
/// result holds no construct of CommonMark or of its table extension. Three things need more: a line end would begin a
/// new block, white space at a line's beginning would make a code block, and an address with `@` is made a link after
/// escapes are undone.
enum MarkdownText {
    /// The text on one line.
    static func escape(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        var atStart = true
        for scalar in VisibleText.reveal(text).unicodeScalars {
            switch scalar {
            case "\n":
                out.append("↵")
            case "\t":
                out.append(contentsOf: "&#9;".unicodeScalars)
            case " " where atStart:
                out.append(contentsOf: "&#32;".unicodeScalars)
            // A code span keeps the sign and cuts the address in two.
            case "@":
                out.append(contentsOf: "`@`".unicodeScalars)
            case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "(", ")", "#", "+", "-", ".", "!", "|", "~", "=", ":", "&",
                "\"", "'", "$", "^":
                out.append("\\")
                out.append(scalar)
            default:
                out.append(scalar)
            }
            atStart = atStart && (scalar == " " || scalar == "\t")
        }
        // White space at the end is not shown and would not come back.
        var spaces = 0
        while out.last == " " {
            out.removeLast()
            spaces += 1
        }
        out.append(contentsOf: String(repeating: "&#32;", count: spaces).unicodeScalars)
        return String(out)
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
