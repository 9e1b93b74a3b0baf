#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif
import Dispatch
import EvidencePipeline

/// One line on the terminal that says how far a scan is; nothing where standard error is no terminal.
struct ProgressLine: ~Copyable {
    private let timer: (any DispatchSourceTimer)?
    private let queue = DispatchQueue(label: "progress")

    init(_ progress: ScanProgress, isWanted: Bool) {
        guard isWanted, isatty(2) == 1 else {
            timer = nil
            return
        }
        let start = DispatchTime.now()
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + .milliseconds(500), repeating: .milliseconds(250))
        timer.setEventHandler {
            let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
            Self.draw(Self.text(progress, seconds: seconds))
        }
        timer.resume()
        self.timer = timer
    }

    /// Takes the line away.
    consuming func end() {
        guard let timer else { return }
        queue.sync { timer.cancel() }
        Self.draw("")
    }

    private static func draw(_ text: String) {
        // Back to the line's beginning, and away with what stood there.
        StandardStreams.write(Array("\r\u{1B}[K\(text)".utf8), to: 2)
    }

    /// As `已读 3 个文件，45.2/120.0 MB，22.1 MB/s，标出 12 条，约剩 4 秒`.
    static func text(_ progress: ScanProgress, seconds: Double) -> String {
        let (read, total) = (Double(progress.readBytes) / 1e6, Double(progress.totalBytes) / 1e6)
        let rate = read / max(seconds, 0.001)
        let share = "\(tenths(read))/\(tenths(max(read, total))) MB"
        var text = String.say(
            "已读 \(progress.fileCount) 个文件，\(share)，\(tenths(rate)) MB/s，标出 \(progress.findingCount) 条",
            en: "\(progress.fileCount) files, \(share), \(tenths(rate)) MB/s, \(progress.findingCount) findings")
        if read > 0, total > read {
            let rest = duration((total - read) / rate)
            text += .say("，约剩 \(rest)", en: ", about \(rest) left")
        }
        return text
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int(value * 10)
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        switch whole {
        case ..<60: return .say("\(whole) 秒", en: "\(whole) s")
        case ..<3_600: return .say("\(whole / 60) 分 \(whole % 60) 秒", en: "\(whole / 60) min \(whole % 60) s")
        default: return .say("\(whole / 3_600) 小时 \(whole / 60 % 60) 分", en: "\(whole / 3_600) h \(whole / 60 % 60) min")
        }
    }
}
