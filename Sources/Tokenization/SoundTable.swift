import Resources

/// How characters sound: their readings without tones, and which readings are nearly the same.
final class SoundTable: Sendable {
    static let shared = SoundTable(StoredTables.shipped)

    /// Syllables as written, in the order of their numbers; number 0 is none.
    let syllables: [[UInt8]]
    /// For each syllable the number of the sound it nearly is: zh = z, n = l, ang = an, and so on.
    let nearSounds: [UInt16]
    /// For each syllable its letters in bopomofo.
    let bopomofo: [[Unicode.Scalar]]
    /// Four readings for each character from U+4E00 on, 0 where there are fewer.
    let readings: StoredNumbers<UInt16>

    private static let first: UInt32 = 0x4E00
    private static let count = 0x5200
    /// The characters that may have readings.
    static let range = first..<first + UInt32(count)

    init(_ tables: StoredTables) {
        readings = tables.readings
        nearSounds = Array(tables.nearSounds)
        // What an ending closes, empty ones too.
        syllables = tables.syllables.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { Array($0) }
        bopomofo = tables.bopomofo.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { $0.compactMap { Unicode.Scalar($0) } }
    }

    /// Makes the table anew from its texts.
    init() {
        var numbers: [[UInt8]: UInt16] = [:]
        var syllables: [[UInt8]] = [[]]
        var readings = [UInt16](repeating: 0, count: Self.count * 4)
        for file in ["pinyin.txt", "readings.txt"] {
            EmbeddedResource(file).forEachLine { line in
                var syllable: [UInt8] = []
                for at in line.indices {
                    if line[at] == " " { break }
                    syllable.append(UInt8(truncatingIfNeeded: line[at].value))
                }
                let number = numbers[syllable] ?? UInt16(syllables.count)
                if number == syllables.count {
                    numbers[syllable] = number
                    syllables.append(syllable)
                }
                for at in min(line.count, syllable.count + 1)..<line.count where line[at].value >= Self.first {
                    let base = Int(line[at].value - Self.first) * 4
                    guard base < readings.count else { continue }
                    for slot in base..<base + 4 where readings[slot] == 0 || readings[slot] == number {
                        readings[slot] = number
                        break
                    }
                }
            }
        }
        var near: [[UInt8]: UInt16] = [:]
        self.nearSounds = syllables.enumerated().map { index, syllable in
            let key = Self.nearForm(syllable)
            if let known = near[key] { return known }
            near[key] = UInt16(index)
            return UInt16(index)
        }
        self.syllables = syllables
        bopomofo = syllables.map(Bopomofo.spelling)
        self.readings = StoredNumbers(readings)
    }

    private static func nearForm(_ syllable: [UInt8]) -> [UInt8] {
        var form = syllable
        if form.count > 1, form[1] == UInt8(ascii: "h") { form.remove(at: 1) }
        if form.first == UInt8(ascii: "n"), form.count > 1 { form[0] = UInt8(ascii: "l") }
        if form.last == UInt8(ascii: "g"), form.count > 2 { form.removeLast() }
        return form
    }

    /// The readings of a character; none for what is no Han character of the common block.
    @inline(__always)
    func readings(of scalar: Unicode.Scalar) -> Slice<StoredNumbers<UInt16>> {
        guard scalar.value >= Self.first, scalar.value < Self.first + UInt32(Self.count) else { return readings[0..<0] }
        let base = Int(scalar.value - Self.first) * 4
        var end = base
        while end < base + 4, readings[end] != 0 { end += 1 }
        return readings[base..<end]
    }

    /// Whether two characters share a reading, or nearly do.
    func similarity(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Similarity {
        var best = Similarity.none
        for reading in readings(of: one) {
            for second in readings(of: other) {
                if reading == second { return .same }
                if nearSounds[Int(reading)] == nearSounds[Int(second)] { best = .near }
            }
        }
        return best
    }

    enum Similarity { case none, near, same }
}
