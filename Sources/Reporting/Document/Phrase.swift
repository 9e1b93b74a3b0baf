/// A piece of running text whose parts say where their words come from.
public enum Inline: Equatable, Sendable {
    /// The program's own words.
    case own(String)
    case strong(String)
    /// Words of a chat, a file name, a field of the user: shown as they are, never read as markup.
    case foreign(String)
    /// An evidence ID, a hash, a command of the program's own making.
    case code(String)
}

/// Running text. A foreign string gets into it only under the name `quote`, so that none is taken for the program's own.
public struct Phrase: Equatable, Sendable, ExpressibleByStringInterpolation {
    public var parts: [Inline]

    public init(_ parts: [Inline] = []) {
        self.parts = parts
    }

    public init(stringLiteral value: String) {
        parts = [.own(value)]
    }

    public init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    /// Words of the program that come from a table of its own.
    public static func own(_ words: String) -> Phrase { Phrase([.own(words)]) }
    public static func strong(_ words: String) -> Phrase { Phrase([.strong(words)]) }
    public static func quote(_ words: String) -> Phrase { Phrase([.foreign(words)]) }
    public static func id(_ id: EvidenceID) -> Phrase { Phrase([.code(id.description)]) }

    public static func + (a: Phrase, b: Phrase) -> Phrase { Phrase(a.parts + b.parts) }

    public struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Inline] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) { parts.append(.own(literal)) }
        public mutating func appendInterpolation(_ number: Int) { parts.append(.own(String(number))) }
        public mutating func appendInterpolation(_ phrase: Phrase) { parts += phrase.parts }
        public mutating func appendInterpolation(_ id: EvidenceID) { parts.append(.code(id.description)) }
        public mutating func appendInterpolation(own words: String) { parts.append(.own(words)) }
        public mutating func appendInterpolation(strong words: String) { parts.append(.strong(words)) }
        public mutating func appendInterpolation(quote words: String) { parts.append(.foreign(words)) }
        public mutating func appendInterpolation(code words: String) { parts.append(.code(words)) }
    }
}

extension Sequence where Element == Phrase {
    public func joined(by separator: Phrase) -> Phrase {
        var out = Phrase()
        for (index, phrase) in enumerated() { out = index == 0 ? phrase : out + separator + phrase }
        return out
    }
}
