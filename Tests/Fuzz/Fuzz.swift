import Ingestion
import Transcript

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What libFuzzer calls with every input it makes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if Fuzz.target == "judging" {
        FuzzedJudging.check(bytes)
    } else {
        Fuzz.check(bytes, format: Fuzz.target)
        Fuzz.check(bytes, format: nil)
    }
    return 0
}

/// Feeds one format with what libFuzzer makes of its fixtures: no bytes may crash it, or upset its account and places.
///
/// `Tests/Fuzz/run [SECONDS] [TARGET…]` builds it with the sanitizer and runs it once for each target, which is a format or
/// `judging` and named by the environment; bytes are read once as told and once as found.
private enum Fuzz {
    static let target: String? = unsafe getenv("JUZHENG_FUZZ_TARGET").map { unsafe String(cString: $0) }

    static func check(_ bytes: [UInt8], format: String?) {
        var options = ReadingOptions()
        options.format = format
        let file = ChatFile(FileBytes(bytes), name: "fuzz", options: options)
        let lines = file.source.lines
        precondition(lines.messages + lines.structure + lines.unparsed == lines.total, "the account of lines adds up")
        precondition(file.messages.count == file.source.messageCount)
        var last = 0
        for message in file.messages {
            let place = message.location
            precondition(place.offset >= last && place.length > 0, "records are in the order of the file, and not empty")
            precondition(place.offset + place.length <= bytes.count && place.line > 0, "records lie in the file")
            last = place.offset
        }
        for attachment in file.source.attachments {
            precondition(attachment.offset + attachment.length <= bytes.count, "attachments lie in the file")
        }
    }
}
