import Resources

/// The tables of folds, sounds and spellings as they are read in place: making them from their texts took most of a start.
///
/// `tables.bin` holds them (`StoredLists`). A test compares it with tables made anew and says how to remake it.
struct StoredTables {
    /// See `FoldingTable`.
    var plane: StoredNumbers<UInt32>
    var expansions: StoredNumbers<UInt32>
    /// Characters beyond the first plane, each with the one it folds to.
    var far: StoredNumbers<UInt32>

    /// See `SoundTable`. Syllables and their bopomofo are ended by zeroes.
    var readings: StoredNumbers<UInt16>
    var syllables: StoredNumbers<UInt8>
    var nearSounds: StoredNumbers<UInt16>
    var bopomofo: StoredNumbers<UInt16>

    /// See `DisguiseStarts`.
    var starts: StoredNumbers<UInt16>
    var pairs: StoredNumbers<UInt64>
    var adjacent: StoredNumbers<UInt64>
    /// Characters beyond the first plane, each with its class.
    var farStarts: StoredNumbers<UInt32>

    /// Those of the program.
    static let shipped: StoredTables = {
        guard let tables = StoredTables(StoredBytes(EmbeddedResource("tables.bin"))) else {
            preconditionFailure("tables.bin holds no tables")
        }
        return tables
    }()

    /// Makes them anew from their texts.
    init() {
        let (folds, sounds) = (FoldingTable(), SoundTable())
        let terms = DisguiseStarts(TermLexicon(Folder(folds)), sounds)
        (plane, expansions, far) = (folds.plane, folds.expansions, StoredNumbers(folds.farPairs))
        (readings, nearSounds) = (sounds.readings, StoredNumbers(sounds.nearSounds))
        syllables = StoredNumbers(sounds.syllables.flatMap { $0 + [0] })
        bopomofo = StoredNumbers(sounds.bopomofo.flatMap { $0.map { UInt16(truncatingIfNeeded: $0.value) } + [0] })
        (starts, pairs, adjacent, farStarts) = (terms.plane, terms.pairs, terms.adjacent, StoredNumbers(terms.farPairs))
    }

    /// Points at the tables where they are stored, or nothing where the bytes are none.
    init?(_ bytes: StoredBytes) {
        var lists = StoredLists(bytes)
        guard let plane: StoredNumbers<UInt32> = lists.next(), let expansions: StoredNumbers<UInt32> = lists.next(), let far: StoredNumbers<UInt32> = lists.next(),
            let readings: StoredNumbers<UInt16> = lists.next(), let syllables: StoredNumbers<UInt8> = lists.next(),
            let nearSounds: StoredNumbers<UInt16> = lists.next(), let bopomofo: StoredNumbers<UInt16> = lists.next(),
            let starts: StoredNumbers<UInt16> = lists.next(), let pairs: StoredNumbers<UInt64> = lists.next(), let adjacent: StoredNumbers<UInt64> = lists.next(),
            let farStarts: StoredNumbers<UInt32> = lists.next(), plane.count == 0x10000, starts.count == 0x10000
        else { return nil }
        (self.plane, self.expansions, self.far) = (plane, expansions, far)
        (self.readings, self.syllables, self.nearSounds, self.bopomofo) = (readings, syllables, nearSounds, bopomofo)
        (self.starts, self.pairs, self.adjacent, self.farStarts) = (starts, pairs, adjacent, farStarts)
    }

    /// What the file holds.
    var bytes: [UInt8] {
        var lists = StoredListWriter()
        lists.append(plane)
        lists.append(expansions)
        lists.append(far)
        lists.append(readings)
        lists.append(syllables)
        lists.append(nearSounds)
        lists.append(bopomofo)
        lists.append(starts)
        lists.append(pairs)
        lists.append(adjacent)
        lists.append(farStarts)
        return lists.bytes
    }
}
