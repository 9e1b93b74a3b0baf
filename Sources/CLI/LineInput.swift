/// The lines of standard input, each with its line end, as they arrive.
struct LineInput {
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// Whether the next line is not here yet, so that what was written before should go out.
    var wouldWait: Bool { !isAtEnd && !buffer[start...].contains(0x0A) }

    /// The next line, or `nil` at the end.
    mutating func next() -> [UInt8]? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                return Array(buffer[start...end])
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                return Array(buffer[start...])
            }
            searched = buffer.count - start
            buffer.removeSubrange(..<start)
            start = 0
            fill()
        }
    }

    private mutating func fill() {
        let count = buffer.count
        let room = 1 << 16
        buffer.append(contentsOf: repeatElement(0, count: room))
        let read = unsafe buffer.withUnsafeMutableBytes { unsafe StandardStreams.read(into: .init(rebasing: $0[count...])) }
        buffer.removeSubrange((count + read)...)
        isAtEnd = read == 0
    }
}
