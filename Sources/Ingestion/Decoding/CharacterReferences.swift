extension Span<UInt8> {
    /// The text of markup with its character references resolved and its line ends made `\n`.
    ///
    /// Android writes a character beyond U+FFFF as references to the two halves of its UTF-16 form; they are joined. A
    /// lone half and a control character that no text may hold become U+FFFD. What is no reference stays as written.
    func unescaped(_ range: Range<Int>) -> String {
        var needsWork = false
        for i in range where self[i] == 0x26 || self[i] == 0x0D {
            needsWork = true
            break
        }
        guard needsWork else { return string(range) }

        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var i = range.lowerBound
        while i < range.upperBound {
            switch self[i] {
            case 0x26:
                guard let reference = CharacterReference(at: i, end: range.upperBound, in: self) else {
                    bytes.append(0x26)
                    i += 1
                    continue
                }
                i = reference.end
                var value = reference.value
                if value & 0xFFFF_FC00 == 0xD800,
                    let low = CharacterReference(at: i, end: range.upperBound, in: self), low.value & 0xFFFF_FC00 == 0xDC00
                {
                    value = 0x10000 + (value & 0x3FF) << 10 + low.value & 0x3FF
                    i = low.end
                }
                if value == 0x0D {
                    bytes.append(0x0A)
                    if let next = CharacterReference(at: i, end: range.upperBound, in: self), next.value == 0x0A {
                        i = next.end
                    }
                    continue
                }
                let isForbidden = value < 0x20 && value != 0x09 && value != 0x0A
                let scalar = isForbidden ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
                bytes.append(contentsOf: String(Character(scalar)).utf8)
            case 0x0D:
                bytes.append(0x0A)
                i += i + 1 < range.upperBound && self[i + 1] == 0x0A ? 2 : 1
            default:
                bytes.append(self[i])
                i += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// `&#10;`, `&#x1F44D;` or `&amp;`.
private struct CharacterReference {
    var value: UInt32
    /// The byte past the semicolon.
    var end: Int

    init?(at start: Int, end limit: Int, in text: Span<UInt8>) {
        guard start + 2 < limit, text[start] == 0x26 else { return nil }
        var i = start + 1
        guard text[i] == 0x23 else {
            for (word, value) in Self.named where text.hasPrefix(word, in: i..<limit) {
                self.value = value
                end = i + word.utf8CodeUnitCount
                return
            }
            return nil
        }
        i += 1
        let isHexadecimal = text[i] | 0x20 == 0x78
        if isHexadecimal { i += 1 }
        let digits = i
        var value: UInt32 = 0
        while i < limit, i - digits < 8 {
            let byte = text[i]
            if byte &- 0x30 < 10 {
                value = value &* (isHexadecimal ? 16 : 10) &+ UInt32(byte - 0x30)
            } else if isHexadecimal, (0x61...0x66).contains(byte | 0x20) {
                value = value &* 16 &+ UInt32((byte | 0x20) - 0x61 + 10)
            } else {
                break
            }
            i += 1
        }
        guard i > digits, i < limit, text[i] == 0x3B, value <= 0x10FFFF else { return nil }
        self.value = value
        end = i + 1
    }

    /// The five of XML, those that saved chat pages use, and QQ's misspelt one.
    private static let named: [(StaticString, UInt32)] = [
        ("amp;", 0x26), ("lt;", 0x3C), ("gt;", 0x3E), ("quot;", 0x22), ("apos;", 0x27), ("nbsp;", 0xA0), ("get;", 0x3E),
        ("hellip;", 0x2026), ("mdash;", 0x2014), ("ndash;", 0x2013), ("ldquo;", 0x201C), ("rdquo;", 0x201D),
        ("lsquo;", 0x2018), ("rsquo;", 0x2019), ("middot;", 0xB7), ("yen;", 0xA5), ("times;", 0xD7), ("copy;", 0xA9),
        ("reg;", 0xAE), ("trade;", 0x2122), ("emsp;", 0x2003), ("ensp;", 0x2002), ("thinsp;", 0x2009), ("zwj;", 0x200D),
        ("zwnj;", 0x200C), ("bull;", 0x2022), ("laquo;", 0xAB), ("raquo;", 0xBB), ("euro;", 0x20AC), ("deg;", 0xB0),
    ]
}
