#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import Dispatch
import EvidencePipeline

/// Ends the program on Ctrl-C so that nothing unfinished stays behind.
enum Interruption {
    static func watch() {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: DispatchQueue(label: "interruption"))
            source.setEventHandler {
                // Lives as long as its handler, which is as long as the program.
                _ = source
                UnfinishedOutput.discard {
                    if isatty(2) == 1 { StandardStreams.write(Array("\r\u{1B}[K".utf8), to: 2) }
                    StandardStreams.complain(.say("已中断，没有留下未完成的文件。", en: "Interrupted; nothing unfinished is left."))
                    _exit(128 + number)
                }
            }
            source.resume()
        }
    }
}
