import Tokenization

/// The traits and characters that the networks know, and by it what they see of a message.
struct InputVocabulary: Sendable {
    /// Keys of traits, ascending.
    let traits: [UInt32]
    /// Folded characters, ascending.
    let characters: [UInt32]
    /// For each character of the common block of Han its row: its position and one, 0 where it is not known.
    private let hanRows: [UInt16]

    private static let firstHan: UInt32 = 0x4E00

    init(traits: [UInt32], characters: [UInt32]) {
        self.traits = traits
        self.characters = characters
        var rows = [UInt16](repeating: 0, count: 0x5200)
        for (number, character) in characters.enumerated() {
            let place = character &- Self.firstHan
            if place < UInt32(rows.count) { rows[Int(place)] = UInt16(number + 1) }
        }
        hanRows = rows
    }

    private func row(of character: UInt32) -> UInt16 {
        let place = character &- Self.firstHan
        if place < UInt32(hanRows.count) { return hanRows[Int(place)] }
        return UInt16(characters.position(ofSorted: character).map { $0 + 1 } ?? 0)
    }

    /// Of a longer message the networks see so many characters at its beginning and half as many at its end.
    static let longestStart = 64

    /// What the networks see of a message, given the linear model's log odds of its heads.
    /// - Parameter follows: whether the message before is of the same speaker.
    func input(_ message: ReadMessage, opinion: SequenceModel.Lanes, follows: Bool) -> SequenceModel.Input {
        let heads = ChatModel.Head.count
        var dense = opinion.clamped(lowerBound: SequenceModel.Lanes(repeating: -6), upperBound: SequenceModel.Lanes(repeating: 6)) / 3
        dense[heads + Int(message.speaker.rawValue)] = 1
        if follows { dense[heads + 4] = 1 }
        return SequenceModel.Input(
            traits: message.traits.compactMap { traits.position(ofSorted: $0).map(Int32.init) },
            characters: characters(of: message), dense: dense)
    }

    private func characters(of message: ReadMessage) -> [CharacterFilters.Character] {
        let count = message.text.scalars.count
        let ends = Self.longestStart / 2
        var seen: [CharacterFilters.Character] = []
        seen.reserveCapacity(min(count, Self.longestStart + ends))
        // The row of the mark that was met last: neighbours mostly share one.
        var last = (mark: UInt32(0), row: UInt16(0))
        for place in 0..<count where place < Self.longestStart || place >= count - ends {
            let mark = message.marks[place]
            if mark != last.mark { last = (mark, mark == 0 ? 0 : UInt16(traits.position(ofSorted: mark).map { $0 + 1 } ?? 0)) }
            seen.append(CharacterFilters.Character(row: row(of: message.text.scalars[place].value), mark: last.row))
        }
        return seen
    }
}

extension [UInt32] {
    /// The position of a value in ascending order.
    fileprivate func position(ofSorted value: UInt32) -> Int? {
        // Which half holds it cannot be foretold, so that no branch is taken on it.
        var start = 0
        var left = count
        while left > 1 {
            let half = left / 2
            start = self[start + half] <= value ? start + half : start
            left -= half
        }
        return start < count && self[start] == value ? start : nil
    }
}
