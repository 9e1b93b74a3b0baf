/// Values by characters, found without hashing what is not there; made once, for tables that are asked at each place.
struct ScalarTable<Value: Sendable>: Sendable {
    private let numbers: PairTable
    private let values: [Value]

    init(_ values: [Unicode.Scalar: Value]) {
        numbers = PairTable(
            values.keys.enumerated().map { (key: PairTable.key(PairTable.none, $1.value), value: UInt32($0)) })
        self.values = Array(values.values)
    }

    @inline(__always)
    subscript(scalar: Unicode.Scalar) -> Value? {
        numbers[PairTable.none, scalar.value].map { values[Int($0)] }
    }
}

/// Characters, asked for in the same way.
struct ScalarSet: Sendable {
    private let table: ScalarTable<Void>

    init(_ characters: String) {
        table = ScalarTable(Dictionary(characters.unicodeScalars.map { ($0, ()) }, uniquingKeysWith: { first, _ in first }))
    }

    @inline(__always)
    func contains(_ scalar: Unicode.Scalar) -> Bool { table[scalar] != nil }
}
