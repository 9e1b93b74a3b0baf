#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
import Reporting

/// Standard input, output and error.
enum StandardStreams {
    /// All of standard input.
    static func readInput() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// Hands each line of standard input, without its end, to `body`, as soon as it is there.
    static func eachLine(_ body: (_ line: Span<UInt8>, _ isLastForNow: Bool) -> Void) {
        var pending: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            pending += buffer[..<count]
            var start = 0
            while let end = pending[start...].firstIndex(of: 0x0A) {
                let next = end + 1
                let isLast = pending[next...].firstIndex(of: 0x0A) == nil
                body(pending.span.extracting(start..<end), isLast)
                start = next
            }
            pending.removeFirst(start)
        }
        if !pending.isEmpty { body(pending.span, true) }
    }

    /// A line for people. Control characters of foreign text are shown, not sent to the terminal.
    static func complain(_ message: String) {
        write(Array((TerminalText.escape(message) + "\n").utf8), to: 2)
    }

    /// Lines of data that people read. Control characters of foreign text are shown, not sent to the terminal.
    static func print(_ text: String) {
        write(Array((TerminalText.escape(text) + "\n").utf8), to: 1)
    }

    /// Collects output and writes it in large pieces; ends the program quietly when nobody reads any more.
    struct Output {
        private var json = JSONWriter()

        mutating func write(_ body: (inout JSONWriter) -> Void) {
            body(&json)
            if json.bytes.count > 1 << 16 { flush() }
        }

        mutating func flush() {
            StandardStreams.write(json.bytes, to: 1)
            json = JSONWriter()
        }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EPIPE { exit(0) }
            guard count > 0 else {
                if descriptor == 1 { complain(.say("写不了标准输出：磁盘空间不足，或没有权限。", en: "Standard output cannot be written: no space, or no permission.")) }
                exit(73)
            }
            written += count
        }
    }
}
