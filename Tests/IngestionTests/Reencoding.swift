import Glibc
import Testing

@testable import Ingestion

/// A character set with or without its mark, and a line end, to write a fixture in.
struct Reencoding: CustomTestStringConvertible, Sendable {
    var encoding: TextEncoding
    var hasMark: Bool
    var lineEnd: String

    var testDescription: String {
        "\(encoding.rawValue)\(hasMark ? " with mark" : "") \(lineEnd.unicodeScalars.map { $0 == "\r" ? "CR" : "LF" }.joined())"
    }

    static let all: [Reencoding] = [
        (TextEncoding.utf8, false, "\n"), (.utf8, true, "\r\n"), (.utf8, false, "\r"),
        (.utf16LittleEndian, true, "\r\n"),
        (.utf16LittleEndian, false, "\n"), (.utf16BigEndian, true, "\r"), (.utf16BigEndian, false, "\r\n"),
        (.gb18030, false, "\r\n"), (.gb18030, false, "\r"), (.big5, false, "\n"),
    ].map { Reencoding(encoding: $0.0, hasMark: $0.1, lineEnd: $0.2) }

    /// The text's bytes in this form, or `nil` where the character set lacks a character or the text says none.
    func apply(to text: DecodedText) -> [UInt8]? {
        apply(to: text.withSpan { $0.string(0..<$0.count) })
    }

    func apply(to text: String) -> [UInt8]? {
        var string = Self.unified(text)
        if string.unicodeScalars.first == "\u{FEFF}" { string.unicodeScalars.removeFirst() }
        let lines = string.split(separator: "\n" as Character, omittingEmptySubsequences: false)
        let joined = (hasMark ? "\u{FEFF}" : "") + lines.joined(separator: lineEnd)
        switch encoding {
        case .utf8: return Array(joined.utf8)
        case .utf16LittleEndian: return joined.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case .utf16BigEndian: return joined.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        case .gb18030: return Self.convert(Array(joined.utf8), to: "GB18030")
        case .big5:
            // A text of this region's own characters says nothing of Big5.
            return joined.utf8.contains { $0 >= 0x80 } ? Self.convert(Array(joined.utf8), to: "BIG5") : nil
        }
    }

    /// Line ends made `\n`.
    static func unified(_ text: String) -> String {
        var result = ""
        result.unicodeScalars.reserveCapacity(text.utf8.count)
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\r" || scalar == "\n" {
                if !(scalar == "\n" && afterReturn) { result.unicodeScalars.append("\n") }
            } else {
                result.unicodeScalars.append(scalar)
            }
            afterReturn = scalar == "\r"
        }
        return result
    }

    private static func convert(_ bytes: [UInt8], to name: String) -> [UInt8]? {
        guard let converter = unsafe iconv_open(name, "UTF-8"), Int(bitPattern: converter) != -1 else { return nil }
        defer { unsafe iconv_close(converter) }
        var input = bytes.map(CChar.init(bitPattern:))
        var output = [CChar](repeating: 0, count: 4 * bytes.count + 16)
        var inputLeft = input.count
        var outputLeft = output.count
        let result = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                return unsafe iconv(converter, &from, &inputLeft, &to, &outputLeft)
            }
        }
        guard result == 0, inputLeft == 0 else { return nil }
        return output.prefix(output.count - outputLeft).map(UInt8.init(bitPattern:))
    }
}
