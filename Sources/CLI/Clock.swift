#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import Transcript

/// The time of generation: the clock's, or the one `SOURCE_DATE_EPOCH` prescribes.
enum Clock {
    static func generationTime() -> String {
        let prescribed = unsafe getenv("SOURCE_DATE_EPOCH").flatMap { unsafe Int64(String(cString: $0)) }
        return Timestamp(secondsSinceEpoch: prescribed ?? Int64(time(nil)), offsetFromUTC: 0).iso8601
    }
}
