import CICU

/// ICU's word breaker with the buffers of one call: one at a time uses it.
@safe final class WordBreaker {
    private let handle: OpaquePointer
    private var units: [UInt16] = []
    private var boundaries: [Int32] = []

    /// Opens ICU's breaker for Chinese.
    /// - Precondition: ICU's data is there; it is part of the library.
    init() {
        guard let handle = unsafe jz_word_breaker_open() else { preconditionFailure("ICU has no data for words") }
        unsafe self.handle = handle
    }

    deinit { unsafe jz_word_breaker_close(handle) }

    /// Writes the end of each of ICU's words to the node where it begins.
    func cut(_ scalars: [Unicode.Scalar], _ nodes: inout [Lattice.Node]) {
        var units = self.units
        self.units = []
        var boundaries = self.boundaries
        self.boundaries = []
        defer {
            self.units = units
            self.boundaries = boundaries
        }
        units.removeAll(keepingCapacity: true)
        units.reserveCapacity(scalars.count)
        for scalar in scalars {
            if scalar.value < 0x10000 {
                units.append(UInt16(truncatingIfNeeded: scalar.value))
            } else {
                units.append(UTF16.leadSurrogate(scalar))
                units.append(UTF16.trailSurrogate(scalar))
            }
        }
        if boundaries.count < units.count { boundaries = [Int32](repeating: 0, count: max(256, units.count)) }
        let count = unsafe jz_word_breaker_boundaries(handle, units, units.count, &boundaries)
        guard count > 0 else {
            nodes[0].end = Int32(scalars.count)
            return
        }
        var start = 0
        if units.count == scalars.count {
            for i in 0..<Int(count) {
                nodes[start].end = boundaries[i]
                start = Int(boundaries[i])
            }
            return
        }
        var unit = 0
        var position = 0
        for i in 0..<Int(count) {
            while unit < Int(boundaries[i]), position < scalars.count {
                unit += scalars[position].value < 0x10000 ? 1 : 2
                position += 1
            }
            nodes[start].end = Int32(position)
            start = position
        }
    }
}
