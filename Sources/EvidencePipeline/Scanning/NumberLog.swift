import Ingestion

/// Numbers in the order in which they came; many of them lie in a temporary file.
final class NumberLog: @unchecked Sendable {  // Whoever fills it hands it on whole and does not touch it again.
    private static let chunk = 1 << 17

    private var held: [UInt64] = []
    private var file: TemporaryFile?
    private var isFull = false

    /// Bytes of one number.
    private static let width = MemoryLayout<UInt64>.size

    func append(_ number: UInt64) {
        held.append(number)
        if held.count >= Self.chunk, !isFull { spill() }
    }

    func append(contentsOf numbers: [UInt64]) {
        held += numbers
        if held.count >= Self.chunk, !isFull { spill() }
    }

    /// Without room on the disk the numbers stay in memory.
    private func spill() {
        do throws(IngestionError) {
            if file == nil { file = try TemporaryFile() }
            let result = unsafe held.withUnsafeBytes { bytes in
                Result { () throws(IngestionError) in try unsafe file?.append(bytes) }
            }
            try result.get()
            held.removeAll(keepingCapacity: true)
        } catch {
            isFull = true
        }
    }

    /// Hands out the numbers in stretches whose length is a multiple of what was ever appended at once, until `body`
    /// says that it has seen enough.
    func forEachStretch(_ body: (ArraySlice<UInt64>) -> Bool) {
        if let file {
            var buffer = [UInt64](repeating: 0, count: Self.chunk)
            var offset = 0
            while offset < file.count {
                let count = unsafe buffer.withUnsafeMutableBytes { unsafe file.read(at: offset, into: $0) } / Self.width
                guard count > 0 else { break }
                if !body(buffer[..<count]) { return }
                offset += count * Self.width
            }
        }
        if !held.isEmpty { _ = body(held[...]) }
    }
}
