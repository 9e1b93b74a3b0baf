#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
import Ingestion
import Reporting

/// Standard input, output and error.
enum StandardStreams {
    /// Reads what standard input has, and says how many bytes that is: 0 at its end. What cannot be read ends the program,
    /// for it must not be taken for the end.
    static func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let start = buffer.baseAddress else { return 0 }
        while true {
            let count = unsafe systemRead(0, start, buffer.count)
            if count >= 0 { return count }
            if errno == EINTR { continue }
            complain(.say("读不了标准输入：它可能是一个文件夹，或没有权限。", en: "Standard input cannot be read: it may be a folder, or there is no permission."))
            exit(2)
        }
    }

    /// All of standard input; what is long lies in a temporary file.
    static func readInput() -> FileBytes {
        var gathered = GatheredBytes()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        do throws(IngestionError) {
            while true {
                let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(into: $0) }
                if count == 0 { return try gathered.finish() }
                try gathered.append(buffer.span.extracting(0..<count))
            }
        } catch {
            complain("没有足够的空间存放标准输入的内容，请腾出空间后再试。")
            exit(73)
        }
    }

    /// Hands each line of standard input, without its end, to `body`, as soon as it is there.
    static func eachLine(_ body: (_ line: Span<UInt8>, _ isLastForNow: Bool) -> Void) {
        var held: [UInt8] = []
        var count = 0
        while true {
            // Room for a line that goes on is doubled, so that a very long one is copied few times.
            if held.count - count < 1 << 18 { held += [UInt8](repeating: 0, count: max(1 << 18, held.count)) }
            let got = unsafe held.withUnsafeMutableBytes { unsafe read(into: .init(rebasing: $0[count...])) }
            if got == 0 { break }
            let searched = count
            count += got
            let start = handOut(held.span.extracting(0..<count), from: searched, body)
            guard start > 0 else { continue }
            unsafe held.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                unsafe memmove(base, base + start, count - start)
            }
            count -= start
        }
        if count > 0 { body(held.span.extracting(0..<count), true) }
    }

    /// Hands out the lines whose ends are here; returns where the next begins.
    private static func handOut(
        _ bytes: Span<UInt8>, from searched: Int, _ body: (_ line: Span<UInt8>, _ isLastForNow: Bool) -> Void
    ) -> Int {
        guard let lastEnd = bytes.lastIndex(of: 0x0A, from: searched) else { return 0 }
        var start = 0
        while start <= lastEnd, let end = bytes.firstIndex(of: 0x0A, from: max(start, searched)) {
            body(bytes.extracting(start..<end), end == lastEnd)
            start = end + 1
        }
        return start
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
            Self.drain(&json)
        }

        mutating func write(text: String) {
            json.append(text)
            Self.drain(&json)
        }

        /// Writes out what is much.
        static func drain(_ json: inout JSONWriter) {
            guard json.bytes.count > 1 << 16 else { return }
            StandardStreams.write(json.bytes, to: 1)
            json.removeAll()
        }

        mutating func flush() {
            StandardStreams.write(json.bytes, to: 1)
            json.removeAll()
        }
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe systemWrite(descriptor, $0.baseAddress! + written, $0.count - written)
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

/// The system's `read`, whose name the streams' own function hides.
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    unsafe read(descriptor, bytes, count)
}

/// The system's `write`, whose name the streams' own function hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    unsafe write(descriptor, bytes, count)
}

extension Span<UInt8> {
    /// The first byte of a value at or after a position.
    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        unsafe withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress else { return nil }
            return unsafe memchr(base + start, Int32(byte), bytes.count - start).map { unsafe UnsafeRawPointer($0) - base }
        }
    }

    /// The last byte of a value at or after a position.
    func lastIndex(of byte: UInt8, from start: Int) -> Int? {
        var i = count - 1
        while i >= start {
            if self[i] == byte { return i }
            i -= 1
        }
        return nil
    }
}
