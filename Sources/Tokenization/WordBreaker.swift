import CICU

/// ICU's word breaker with the buffers of one call: one at a time uses it.
@safe final class WordBreaker {
    private let handle: OpaquePointer
    private var units: UnsafeMutablePointer<UInt16>
    private var boundaries: UnsafeMutablePointer<Int32>
    /// How many of each there is room for.
    private var capacity = 512

    /// Opens ICU's breaker for Chinese.
    /// - Precondition: ICU's data is there; it is part of the library.
    init() {
        guard let handle = unsafe jz_word_breaker_open() else { preconditionFailure("ICU has no data for words") }
        unsafe self.handle = handle
        unsafe units = .allocate(capacity: capacity)
        unsafe boundaries = .allocate(capacity: capacity)
    }

    deinit {
        unsafe jz_word_breaker_close(handle)
        unsafe units.deallocate()
        unsafe boundaries.deallocate()
    }

    /// Writes the end of each of ICU's words to the node where it begins.
    func cut(_ scalars: Span<Unicode.Scalar>, _ nodes: inout MutableSpan<Lattice.Node>) {
        if capacity < scalars.count * 2 {
            unsafe units.deallocate()
            unsafe boundaries.deallocate()
            capacity = scalars.count * 2
            unsafe units = .allocate(capacity: capacity)
            unsafe boundaries = .allocate(capacity: capacity)
        }
        let (units, boundaries) = unsafe (self.units, self.boundaries)
        var unitCount = 0
        for at in scalars.indices {
            let scalar = scalars[at]
            if scalar.value < 0x10000 {
                unsafe units[unitCount] = UInt16(truncatingIfNeeded: scalar.value)
                unitCount += 1
            } else {
                unsafe units[unitCount] = UTF16.leadSurrogate(scalar)
                unsafe units[unitCount + 1] = UTF16.trailSurrogate(scalar)
                unitCount += 2
            }
        }
        let count = unsafe jz_word_breaker_boundaries(handle, units, unitCount, boundaries)
        guard count > 0 else {
            nodes[0].end = Int32(scalars.count)
            return
        }
        var start = 0
        if unitCount == scalars.count {
            for i in 0..<Int(count) {
                nodes[start].end = unsafe boundaries[i]
                start = unsafe Int(boundaries[i])
            }
            return
        }
        var unit = 0
        var position = 0
        for i in 0..<Int(count) {
            while unsafe unit < Int(boundaries[i]), position < scalars.count {
                unit += scalars[position].value < 0x10000 ? 1 : 2
                position += 1
            }
            nodes[start].end = Int32(position)
            start = position
        }
    }
}
