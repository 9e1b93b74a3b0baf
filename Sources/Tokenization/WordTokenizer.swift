import Synchronization

/// Cuts text into words: ICU's cuts and the lexicon's words form a lattice, and its cheapest path wins.
///
/// A word that ICU finds costs `Costs.word`; breaking one up costs more than leaving it, unless a word of the lexicon
/// gains by it. So the lexicon joins what ICU leaves in single characters, and moves a cut of ICU's only for a word that
/// costs little, as those of the field do.
public final class WordTokenizer: Sendable {
    /// What an edge of the lattice costs.
    enum Costs {
        /// A word as ICU cut it.
        static let word: Int32 = 100
        /// One character of a word that ICU did not cut there.
        static let fragment: Int32 = 160
    }

    let lexicon: Lexicon
    private let lattices = Mutex<[Lattice]>([])

    public init(lexicon: Lexicon = .standard) {
        self.lexicon = lexicon
    }

    /// The words of `text` in Unicode scalars, in order. Only U+0020 belongs to none.
    public func words(_ text: String) -> [Range<Int>] {
        words(text.scalars)
    }

    /// The words of `scalars`, in order. Only U+0020 belongs to none.
    public func words(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
        words(scalars, joiningNames: true)
    }

    /// The words of `scalars`; characters that may be a person's name stay single unless `joiningNames`.
    func words(_ scalars: [Unicode.Scalar], joiningNames: Bool) -> [Range<Int>] {
        guard !scalars.isEmpty else { return [] }
        let lattice = lattices.withLock { $0.popLast() } ?? Lattice()
        defer { lattices.withLock { $0.append(lattice) } }
        return lattice.words(of: scalars, lexicon: lexicon, joiningNames: joiningNames)
    }

    /// The line with one U+0020 between its words; an empty line stays empty.
    public func tokenizeLine(_ line: String) -> String {
        let scalars = line.scalars
        var bytes: [UInt8] = []
        bytes.reserveCapacity(line.utf8.count * 2)
        for word in words(scalars) {
            if !bytes.isEmpty { bytes.append(0x20) }
            for scalar in scalars[word] { bytes.append(scalar) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Appends the UTF-8 of a scalar.
    @inline(__always)
    fileprivate mutating func append(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        if value < 0x80 { return append(UInt8(value)) }
        if value < 0x800 {
            append(UInt8(0xC0 | value >> 6))
        } else {
            if value < 0x10000 {
                append(UInt8(0xE0 | value >> 12))
            } else {
                append(UInt8(0xF0 | value >> 18))
                append(UInt8(0x80 | value >> 12 & 0x3F))
            }
            append(UInt8(0x80 | value >> 6 & 0x3F))
        }
        append(UInt8(0x80 | value & 0x3F))
    }
}

extension String {
    /// The Unicode scalars, as `Array(unicodeScalars)` gives them, in a fraction of the time.
    fileprivate var scalars: [Unicode.Scalar] {
        var text = self
        text.makeContiguousUTF8()
        let bytes = text.utf8.span
        return unsafe [Unicode.Scalar](unsafeUninitializedCapacity: bytes.count) { scalars, count in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                var at = 0
                while at < bytes.count {
                    // A string is valid UTF-8, so a first byte says how many follow.
                    var value = unsafe UInt32(bytes[at])
                    if value < 0x80 {
                        at += 1
                    } else if value < 0xE0 {
                        value = unsafe (value & 0x1F) << 6 | UInt32(bytes[at + 1] & 0x3F)
                        at += 2
                    } else if value < 0xF0 {
                        value = unsafe (value & 0xF) << 12 | UInt32(bytes[at + 1] & 0x3F) << 6 | UInt32(bytes[at + 2] & 0x3F)
                        at += 3
                    } else {
                        let high = unsafe (value & 0x7) << 18 | UInt32(bytes[at + 1] & 0x3F) << 12
                        value = unsafe high | UInt32(bytes[at + 2] & 0x3F) << 6 | UInt32(bytes[at + 3] & 0x3F)
                        at += 4
                    }
                    unsafe scalars.initializeElement(at: count, to: unsafeBitCast(value, to: Unicode.Scalar.self))
                    count += 1
                }
            }
        }
    }
}

extension Unicode.Scalar {
    /// Whether this is a Han character of the common blocks.
    @inline(__always)
    var isHan: Bool {
        (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || value == 0x3007
            || (0x20000...0x323AF).contains(value)
    }
}
