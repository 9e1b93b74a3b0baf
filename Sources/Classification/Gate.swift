import Resources
import Tokenization

/// Decides at the speed of reading which messages the models are asked about at all.
///
/// A linear model over single characters and pairs of neighbours says of a message whether it may matter. A message with
/// no such message within `reach` of it scores exactly 0: that is part of the model's definition, so that whoever skips such
/// messages changes nothing. How many of the others the networks read `ChatModel.heard` decides. Widths, case, traditional forms and separators are folded by a table; characters that
/// nobody uses much stand for their kind, which is how disguises are noticed.
public struct Gate: Sendable {
    /// Messages on either side of one that matters which are read with it.
    public static let reach = 6

    /// What a character counts as. The folded characters of the vocabulary follow.
    enum Symbol {
        static let nothing: UInt16 = 0
        static let separator: UInt16 = 1
        static let rareHan: UInt16 = 2
        static let digit: UInt16 = 3
        static let rareLetter: UInt16 = 4
        static let rareSign: UInt16 = 5
        static let border: UInt16 = 6
        static let firstOwn: UInt16 = 7
    }

    /// The number of weights, a power of two; pairs share them by hashing.
    static let bucketBits: UInt32 = 17

    /// Folded characters with a symbol of their own, ascending.
    let vocabulary: [UInt32]
    /// In units of 1/`LinearModel.weightOne`.
    let weights: StoredNumbers<Int16>
    /// From which sum of weights, over the square root of their number, a message matters; in the same units.
    let limit: Int32
    /// From which weight a single pair makes a message matter, as 差评 does whatever stands around it.
    let pairLimit: Int16

    private let plane: [UInt16]
    private let far: [UInt32: UInt16]

    init(vocabulary: [UInt32], weights: StoredNumbers<Int16>, limit: Int32, pairLimit: Int16) {
        precondition(weights.count == 1 << Int(Self.bucketBits))
        self.vocabulary = vocabulary
        self.weights = weights
        self.limit = limit
        self.pairLimit = pairLimit
        // A folded character of the first plane, and one with a symbol of its own beyond it.
        // From the Han characters on whole blocks are of one kind.
        var own = (0..<0x3400).map { Self.kind(of: $0) }
        own += repeatElement(Symbol.rareHan, count: 0xA000 - own.count)
        own += repeatElement(Symbol.rareSign, count: 0x10000 - own.count)
        var far: [UInt32: UInt16] = [:]
        for (number, scalar) in vocabulary.enumerated() {
            let symbol = Symbol.firstOwn + UInt16(number)
            if scalar < 0x10000 { own[Int(scalar)] = symbol } else { far[scalar] = symbol }
        }
        plane = Folder.tableOfFirstPlane(
            own, far: { far[$0] ?? Self.kind(of: $0) }, several: Symbol.rareSign, nothing: Symbol.nothing)
        self.far = far
    }

    /// The symbol of a folded character that has none of its own.
    static func kind(of folded: UInt32) -> UInt16 {
        switch folded {
        case 0x30...0x39: Symbol.digit
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: Symbol.rareLetter
        case 0x3400...0x9FFF, 0x20000...0x3FFFF: Symbol.rareHan
        case 0...0x20, 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, 0xB7, 0x2010...0x2027, 0x3000...0x3002: Symbol.separator
        default: Symbol.rareSign
        }
    }

    /// Whether the vocabulary may hold a folded character: separators and digits count as their kind alone.
    static func mayStandAlone(_ folded: UInt32) -> Bool {
        let kind = kind(of: folded)
        return kind != Symbol.separator && kind != Symbol.digit
    }

    /// Whether a message, as valid UTF-8, may matter.
    /// - Complexity: O(*n*), two table look-ups for each character.
    public func isAwake(_ text: Span<UInt8>) -> Bool {
        let strength = strength(of: text)
        return strength.pair >= pairLimit || strength.sum >= Double(limit)
    }

    /// Whether a message may matter.
    func isAwake(_ text: String) -> Bool {
        var text = text
        text.makeContiguousUTF8()
        return isAwake(text.utf8.span)
    }

    /// Characters of a stretch that is weighed by itself, so that much talk does not hide a few words.
    private static let stretch: UInt32 = 96

    /// What speaks for it that a message matters.
    struct Strength {
        /// The largest sum of weights over the square root of their number, of all stretches.
        var sum = -Double.infinity
        /// The largest weight of a pair.
        var pair = Int16.min
    }

    func strength(of text: Span<UInt8>) -> Strength {
        unsafe weights.withUnsafeBufferPointer { weights in
            var strength = Strength()
            var sum: Int32 = 0
            var count: UInt32 = 0
            var previous = Symbol.border
            func close() {
                if count == 0 { return }
                sum += unsafe Int32(weights[Self.pair(previous, Symbol.border)])
                strength.sum = max(strength.sum, Double(sum) / Double(2 * count + 1).squareRoot())
            }
            forEachSymbol(in: text) { symbol in
                if count == Self.stretch {
                    close()
                    sum = 0
                    count = 0
                }
                // Hashes have as many values as there are weights.
                let pair = unsafe weights[Self.pair(previous, symbol)]
                strength.pair = max(strength.pair, pair)
                sum += unsafe Int32(weights[Self.single(symbol)]) + Int32(pair)
                previous = symbol
                count += 1
            }
            close()
            return strength
        }
    }

    @inline(__always)
    static func single(_ symbol: UInt16) -> Int { Int(((UInt32(symbol) &+ 1) &* 0x9E37_79B1) >> (32 - bucketBits)) }

    @inline(__always)
    static func pair(_ first: UInt16, _ second: UInt16) -> Int {
        Int(((UInt32(first) &* 0x85EB_CA6B ^ (UInt32(second) &+ 0x51) &* 0xC2B2_AE35) &* 0x9E37_79B1) >> (32 - bucketBits))
    }

    /// Calls `body` with the symbols of a text; a run of separators is one.
    @inline(__always)
    func forEachSymbol(in text: Span<UInt8>, _ body: (UInt16) -> Void) {
        unsafe text.withUnsafeBufferPointer { text in
            unsafe plane.withUnsafeBufferPointer { plane in
                let count = text.count
                var at = 0
                var last = Symbol.nothing
                while at < count {
                    // The text is valid UTF-8, so the first byte alone says how many follow.
                    let lead = unsafe UInt32(text[at])
                    let symbol: UInt16
                    if lead < 0x80 {
                        symbol = unsafe plane[Int(lead)]
                        at += 1
                    } else if lead & 0xF0 == 0xE0, at + 2 < count {
                        let (second, third) = unsafe (UInt32(text[at + 1] & 0x3F), UInt32(text[at + 2] & 0x3F))
                        symbol = unsafe plane[Int((lead & 0xF) << 12 | second << 6 | third)]
                        at += 3
                    } else if lead < 0xE0, at + 1 < count {
                        symbol = unsafe plane[Int((lead & 0x1F) << 6 | UInt32(text[at + 1] & 0x3F))]
                        at += 2
                    } else if at + 3 < count {
                        let (second, third, fourth) = unsafe (
                            UInt32(text[at + 1] & 0x3F), UInt32(text[at + 2] & 0x3F), UInt32(text[at + 3] & 0x3F)
                        )
                        let value = (lead & 0x7) << 18 | second << 12 | third << 6 | fourth
                        symbol = far[value] ?? Self.kind(of: value)
                        at += 4
                    } else {
                        break
                    }
                    if symbol == Symbol.nothing || symbol == Symbol.separator && last == Symbol.separator { continue }
                    last = symbol
                    body(symbol)
                }
            }
        }
    }
}
