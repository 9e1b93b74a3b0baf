import CICU
import Resources
import Testing
import Tokenization

/// The tables that were taken once from ICU's transliterators are still theirs.
@Suite struct TransliteratorTests {
    /// The single characters that the transliterator changes, with what they become.
    private func table(_ identifier: String, _ range: ClosedRange<UInt32>) -> [String: String] {
        var table: [String: String] = [:]
        // Between line feeds no character is read in the light of its neighbours.
        let scalars = range.compactMap { Unicode.Scalar($0) }.filter { $0.properties.isIdeographic }
        let source = scalars.map { String($0) }.joined(separator: "\n")
        var units = Array(source.utf16)
        let count = units.count
        units += [UInt16](repeating: 0, count: count * 8)
        let capacity = units.count
        let length = unsafe jz_transliterate(identifier, &units, count, capacity)
        guard length >= 0 else { return [:] }
        let target = String(decoding: units[..<Int(length)], as: UTF16.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (scalar, become) in zip(scalars, target) where String(scalar) != become { table[String(scalar)] = String(become) }
        return table
    }

    @Test func simplifiedCharactersAreThoseOfICU() {
        var expected: [String: String] = [:]
        for line in EmbeddedResource("simplified.txt").lines { expected[String(line.first!)] = String(line.last!) }
        #expect(table("Hant-Hans", 0x2E80...0x323AF) == expected)
    }

    @Test func readingsAreThoseOfICU() {
        let table = table("Han-Latin; Latin-ASCII", 0x4E00...0x9FFF)
        for line in EmbeddedResource("pinyin.txt").lines {
            let parts = line.split(separator: " ")
            for character in parts[1] { #expect(table[String(character)] == String(parts[0])) }
        }
    }
}
