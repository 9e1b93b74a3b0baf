/// Foreign text as a reader should see it: what has no shape, or turns the direction of writing, is named instead.
enum VisibleText {
    /// `a⟦U+202E⟧b`; line ends and tabs stay.
    static func reveal(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isHidden($0) }) else { return text }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isHidden(scalar) {
                out.append(contentsOf: name(of: scalar).unicodeScalars)
            } else {
                out.append(scalar)
            }
        }
        return String(out)
    }

    static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "⟦U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)⟧"
    }

    /// Whether any of it would be named.
    static func hasHidden(_ text: String) -> Bool {
        text.unicodeScalars.contains { isHidden($0) }
    }

    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        // Controls, the line ends of other alphabets.
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
        // Directions of writing.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        // No width: hides in the middle of a word. The joiner and the variation selectors build emoji and stay.
        case 0x00AD, 0x180E, 0x200B, 0x200C, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        // Letters without a shape, tags.
        case 0x115F, 0x1160, 0x3164, 0xFFA0, 0xE0001, 0xE0020...0xE007F: true
        default: false
        }
    }
}
