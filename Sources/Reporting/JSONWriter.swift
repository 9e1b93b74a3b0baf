/// Writes one JSON value, keys in the order they are given, so that the same value always gives the same bytes.
public struct JSONWriter {
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init() {}

    /// The text written so far.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    public mutating func object(_ members: (inout JSONWriter) -> Void) {
        open(0x7B)
        members(&self)
        close(0x7D)
    }

    public mutating func array<S: Sequence>(_ elements: S, _ write: (inout JSONWriter, S.Element) -> Void) {
        open(0x5B)
        for element in elements { write(&self, element) }
        close(0x5D)
    }

    public mutating func key(_ name: StaticString) {
        separate()
        bytes.append(0x22)
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(0x22)
        bytes.append(0x3A)
        needsComma = false
    }

    public mutating func value(_ text: String?) {
        guard let text else { return null() }
        separate()
        quote(text)
        needsComma = true
    }

    public mutating func value(_ number: Int?) {
        guard let number else { return null() }
        raw(String(number))
    }

    public mutating func value(_ flag: Bool) {
        raw(flag ? "true" : "false")
    }

    /// A number given in hundredths, with two decimals.
    public mutating func value(hundredths: Int) {
        let magnitude = abs(hundredths)
        raw("\(hundredths < 0 ? "-" : "")\(magnitude / 100).\(magnitude / 10 % 10)\(magnitude % 10)")
    }

    public mutating func null() {
        raw("null")
    }

    /// JSON that is already written.
    public mutating func raw(_ json: String) {
        separate()
        bytes.append(contentsOf: json.utf8)
        needsComma = true
    }

    /// Begins the next key or element on a new line, for files that people open too.
    public mutating func breakLine() {
        if needsComma { bytes.append(0x2C) }
        needsComma = false
        bytes.append(0x0A)
    }

    /// Ends a line of a JSON Lines stream.
    public mutating func endLine() {
        bytes.append(0x0A)
        needsComma = false
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(0x2C) }
        needsComma = false
    }

    private mutating func quote(_ text: String) {
        bytes.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
            case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
            case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
            case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
            case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
            case 0x00...0x1F, 0x7F:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.digits[Int(byte >> 4)])
                bytes.append(Self.digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
