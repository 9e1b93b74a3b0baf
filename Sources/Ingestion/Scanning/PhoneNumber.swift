/// The address of a short message.
enum PhoneNumber {
    /// Whether an address is a number of a phone or a service, and no name.
    static func isNumber(_ address: String) -> Bool {
        let digits = normalized(address).utf8
        return digits.count >= 5 && digits.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2B }
    }

    /// One spelling for all the ways a phone writes the same number; what is no number stays as it is.
    ///
    /// Blanks and separators go, and so does the country code before a number of eleven digits (`+86`, `0086`, `86`).
    static func normalized(_ address: String) -> String {
        var digits: [UInt8] = []
        for byte in address.utf8 {
            switch byte {
            case 0x30...0x39: digits.append(byte)
            case 0x2B where digits.isEmpty: digits.append(byte)
            case 0x20, 0x2D, 0x28, 0x29, 0x2E: continue
            default: return address
            }
        }
        guard digits.count > 1 else { return address }
        for prefix in ["+86", "0086", "86"] where digits.count == prefix.utf8.count + 11 && digits.starts(with: prefix.utf8) {
            digits.removeFirst(prefix.utf8.count)
            break
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
