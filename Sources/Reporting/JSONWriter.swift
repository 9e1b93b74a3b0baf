/// Writes one JSON value, keys in the order they are given, so that the same value always gives the same bytes.
public struct JSONWriter {
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init() {}

    /// Forgets what was written so far, also inside an open array or object, and keeps the room for more.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Appends text as it is, which need not be JSON.
    public mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

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
    public mutating func value(hundredths: Int?) {
        guard let hundredths else { return null() }
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

    /// Most text needs no escape, so it is taken over in runs.
    private mutating func quote(_ text: String) {
        bytes.append(0x22)
        let utf8 = text.utf8Span.span
        var start = 0
        for i in 0..<utf8.count where Self.needsEscape[Int(utf8[i])] {
            append(utf8, start..<i)
            start = i + 1
            switch utf8[i] {
            case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
            case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
            case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
            case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
            case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
            case let byte:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.digits[Int(byte >> 4)])
                bytes.append(Self.digits[Int(byte & 15)])
            }
        }
        append(utf8, start..<utf8.count)
        bytes.append(0x22)
    }

    private mutating func append(_ utf8: Span<UInt8>, _ range: Range<Int>) {
        unsafe utf8.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    private static let needsEscape = (0..<256).map { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }
    private static let digits = Array("0123456789abcdef".utf8)
}
