extension Span<UInt8> {
    /// The bytes that a line of quoted-printable stands for, and whether its line end is soft, so that the next line goes on.
    ///
    /// What is no escape stays as written.
    func unquoted(_ range: Range<Int>) -> (bytes: [UInt8], isOpen: Bool) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var i = range.lowerBound
        while i < range.upperBound {
            if self[i] == 0x3D {
                if isBlank(i + 1..<range.upperBound) { return (bytes, true) }
                if i + 2 < range.upperBound, let high = hexadecimalDigit(i + 1), let low = hexadecimalDigit(i + 2) {
                    bytes.append(high << 4 | low)
                    i += 3
                    continue
                }
            }
            bytes.append(self[i])
            i += 1
        }
        return (bytes, false)
    }

    private func hexadecimalDigit(_ i: Int) -> UInt8? {
        switch self[i] {
        case 0x30...0x39: self[i] - 0x30
        case 0x41...0x46, 0x61...0x66: (self[i] | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
