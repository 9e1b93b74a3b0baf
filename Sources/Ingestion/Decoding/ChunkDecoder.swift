import CICU

/// Decodes a byte stream to UTF-16 in pieces, telling for each unit where it came from.
@safe struct ChunkDecoder: ~Copyable {
    struct Piece {
        var units: [UInt16]
        /// For each unit the position, in the bytes of this piece, of its character; -1 if that began earlier.
        var offsets: [Int32]
    }

    private let handle: OpaquePointer

    init?(_ encoding: TextEncoding) {
        guard let handle = unsafe jz_converter_open(encoding.converterName) else { return nil }
        unsafe self.handle = handle
    }

    deinit { unsafe jz_converter_close(handle) }

    mutating func reset() { unsafe jz_converter_reset(handle) }

    mutating func decode(_ bytes: Span<UInt8>, last: Bool) -> Piece {
        let capacity = 2 * bytes.count + 16
        var offsets = [Int32](repeating: -1, count: capacity)
        let units = unsafe [UInt16](unsafeUninitializedCapacity: capacity) { units, count in
            let produced = unsafe bytes.withUnsafeBufferPointer { source -> Int64 in
                // An empty span has no address; the call then only flushes.
                var nothing: UInt8 = 0
                return unsafe withUnsafePointer(to: &nothing) { empty in
                    unsafe offsets.withUnsafeMutableBufferPointer { offsets in
                        guard let to = units.baseAddress, let places = offsets.baseAddress else { return 0 }
                        return unsafe jz_converter_decode(
                            handle, source.baseAddress ?? empty, source.count, last, to, places)
                    }
                }
            }
            count = max(0, Int(produced))
        }
        offsets.removeLast(capacity - units.count)
        return Piece(units: units, offsets: offsets)
    }
}
