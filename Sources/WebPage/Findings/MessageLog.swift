import Ingestion
import Reporting
import Transcript

/// All messages of what was read, as the page is given them, in a file without a name: memory holds eight bytes of each.
final class MessageLog: @unchecked Sendable {  // Whoever fills it hands it on whole; reading changes nothing.
    private let file: TemporaryFile
    /// What is not in the file yet.
    private var held: [UInt8] = []
    private static let chunk = 1 << 20

    init() throws(IngestionError) {
        file = try TemporaryFile()
    }

    /// Takes the keys of a message's object; returns its place.
    func append(_ keys: [UInt8]) throws(IngestionError) -> Int {
        let place = file.count + held.count
        let count = UInt32(keys.count)
        for shift: UInt32 in [0, 8, 16, 24] { held.append(UInt8(truncatingIfNeeded: count >> shift)) }
        held += keys
        if held.count >= Self.chunk { try flush() }
        return place
    }

    /// Brings all of it into the file; before that nothing can be read.
    func flush() throws(IngestionError) {
        let result = unsafe held.withUnsafeBytes { bytes in
            Result { () throws(IngestionError) in try unsafe file.append(bytes) }
        }
        try result.get()
        held.removeAll(keepingCapacity: true)
    }

    /// The keys of the message at a place.
    func keys(at place: Int) -> String {
        let head = bytes(at: place, count: 4)
        guard head.count == 4 else { return "" }
        let count = head.reversed().reduce(0) { $0 << 8 | Int($1) }
        return String(decoding: bytes(at: place + 4, count: count), as: UTF8.self)
    }

    private func bytes(at place: Int, count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            done = unsafe file.read(at: place, into: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
