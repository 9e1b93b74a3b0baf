extension Span<UInt8> {
    /// Whether the JSON string at `range`, quotes included, is `word` written without escapes.
    public func isJSONString(_ word: StaticString, at range: Range<Int>) -> Bool {
        range.count == word.utf8CodeUnitCount + 2
            && hasPrefix(word, in: range.lowerBound + 1..<range.upperBound - 1)
    }

    /// What the JSON string at `range`, quotes included, says; `nil` where the value is no string.
    ///
    /// A pair of surrogate escapes is one character, a lone one is U+FFFD; an escape nobody defined stays as written.
    public func jsonString(_ range: Range<Int>) -> String? {
        guard range.count >= 2, self[range.lowerBound] == 0x22 else { return nil }
        let inner = range.lowerBound + 1..<range.upperBound - 1
        var i = inner.lowerBound
        while i < inner.upperBound, self[i] != 0x5C { i += 1 }
        if i == inner.upperBound { return string(inner) }

        var bytes: [UInt8] = []
        bytes.reserveCapacity(inner.count)
        i = inner.lowerBound
        while i < inner.upperBound {
            guard self[i] == 0x5C, i + 1 < inner.upperBound else {
                bytes.append(self[i])
                i += 1
                continue
            }
            i += 2
            switch self[i - 1] {
            case 0x22, 0x5C, 0x2F: bytes.append(self[i - 1])
            case 0x6E: bytes.append(0x0A)
            case 0x74: bytes.append(0x09)
            case 0x72: bytes.append(0x0D)
            case 0x62: bytes.append(0x08)
            case 0x66: bytes.append(0x0C)
            case 0x75:
                guard let unit = hexadecimal(i..<Swift.min(i + 4, inner.upperBound)) else {
                    bytes.append(contentsOf: [0x5C, 0x75])
                    continue
                }
                i += 4
                var scalar = Unicode.Scalar(unit)
                if unit & 0xFC00 == 0xD800, i + 6 <= inner.upperBound, self[i] == 0x5C, self[i + 1] == 0x75,
                    let low = hexadecimal(i + 2..<i + 6), low & 0xFC00 == 0xDC00
                {
                    scalar = Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF)
                    i += 6
                }
                bytes.append(contentsOf: Array(String(Character(scalar ?? "\u{FFFD}")).utf8))
            default:
                bytes.append(0x5C)
                i -= 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The whole number at `range`, whether written bare or as a string.
    public func jsonInteger(_ range: Range<Int>) -> Int64? {
        var i = range.lowerBound
        var end = range.upperBound
        if range.count >= 2, self[i] == 0x22 {
            i += 1
            end -= 1
        }
        let isNegative = i < end && self[i] == 0x2D
        if isNegative { i += 1 }
        guard i < end, end - i <= 18 else { return nil }
        var value: Int64 = 0
        while i < end {
            guard self[i] &- 0x30 < 10 else { return nil }
            value = value * 10 + Int64(self[i] - 0x30)
            i += 1
        }
        return isNegative ? -value : value
    }

    /// The value of four hexadecimal digits.
    private func hexadecimal(_ range: Range<Int>) -> UInt32? {
        guard range.count == 4 else { return nil }
        var value: UInt32 = 0
        for i in range {
            switch self[i] {
            case 0x30...0x39: value = value << 4 | UInt32(self[i] - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((self[i] | 0x20) - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }
}
