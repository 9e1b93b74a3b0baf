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
        /// What a character costs more where it is left over and is no word by itself.
        static let bound: Int32 = 100
    }

    let lexicon: Lexicon
    private let lattices = Mutex<[Lattice]>([])

    public init(lexicon: Lexicon = .standard) {
        self.lexicon = lexicon
    }

    /// The words of `text` in Unicode scalars, in order. Only U+0020 belongs to none.
    public func words(_ text: String) -> [Range<Int>] {
        text.withScalars { words($0, joiningNames: true) }
    }

    /// The words of `scalars`, in order. Only U+0020 belongs to none.
    public func words(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
        words(scalars.span, joiningNames: true)
    }

    /// The words of `scalars`; characters that may be a person's name stay single unless `joiningNames`.
    func words(_ scalars: Span<Unicode.Scalar>, joiningNames: Bool) -> [Range<Int>] {
        guard !scalars.isEmpty else { return [] }
        let lattice = lattices.withLock { $0.popLast() } ?? Lattice()
        let words = lattice.words(of: scalars, lexicon: lexicon, joiningNames: joiningNames)
        lattices.withLock { $0.append(lattice) }
        return words
    }

    /// The line with one U+0020 between its words; an empty line stays empty.
    public func tokenizeLine(_ line: String) -> String {
        var text = line
        text.makeContiguousUTF8()
        let words = words(text)
        let bytes = text.utf8.span
        return unsafe String(unsafeUninitializedCapacity: bytes.count + words.count) { output in
            var (count, scalar, word) = (0, 0, 0)
            for at in bytes.indices {
                let byte = bytes[at]
                // The first byte of a character; those that follow begin with the bits 10.
                if byte & 0xC0 != 0x80 {
                    if word < words.count, scalar == words[word].lowerBound {
                        if word > 0 {
                            unsafe output[count] = 0x20
                            count += 1
                        }
                        word += 1
                    }
                    scalar += 1
                }
                if byte != 0x20 {
                    unsafe output[count] = byte
                    count += 1
                }
            }
            return count
        }
    }
}

extension String {
    /// Calls `body` with the Unicode scalars, as `Array(unicodeScalars)` gives them, in a fraction of the time.
    fileprivate func withScalars<Result>(_ body: (Span<Unicode.Scalar>) -> Result) -> Result {
        var text = self
        text.makeContiguousUTF8()
        let bytes = text.utf8.span
        return unsafe withUnsafeTemporaryAllocation(of: Unicode.Scalar.self, capacity: bytes.count) { scalars in
            var count = 0
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
            return unsafe body(UnsafeBufferPointer(rebasing: scalars[..<count]).span)
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
