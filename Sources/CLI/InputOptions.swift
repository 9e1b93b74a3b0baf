import ArgumentParser
import EvidencePipeline
import FoundationEssentials
import Ingestion
import Reporting
import Transcript

/// What every command that reads chats takes.
struct InputOptions: ParsableArguments {
    @OptionGroup var language: LanguageOption

    @Argument(help: .say("聊天记录文件或文件夹；- 表示标准输入。", en: "Chat files or folders; - is standard input."))
    var paths: [String]

    @Option(name: .customLong("me"), help: .say("自己的账号：店铺名、QQ 号或手机号，可写多次。", en: "Your own account: shop name, QQ number or phone; may be repeated."))
    var own: [String] = []

    @Option(help: .say("文件的编码，如 gbk、utf-8；默认自动识别。", en: "The files' encoding, as gbk, utf-8; detected by default."))
    var encoding: String?

    @Option(help: .say("时区，默认 +08:00。", en: "The time zone, +08:00 by default."))
    var timeZone: String = "+08:00"

    @Option(help: .say("文件里没有写明的年份或日期，如 2024 或 2024-05-06。", en: "The year or day that a file does not name, as 2024 or 2024-05-06."))
    var date: String?

    @Option(help: .say("聊天记录的格式，如 qq-txt；默认自动识别。", en: "The chat format, as qq-txt; detected by default."))
    var inputFormat: String?

    @Option(help: .say("同时处理的任务数，默认等于处理器的核数。结果与它无关。", en: "Tasks at a time, as many as cores by default. Results do not depend on it."))
    var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: .say("不显示进度。", en: "Draw no progress."))
    var noProgress = false

    mutating func validate() throws {
        guard jobs > 0 else { throw ValidationError("--jobs 写成 1 或更大的数。") }
    }

    func reading(excluding excluded: [FilePath] = []) throws -> InputReading {
        InputReading(
            options: try options(), own: own, walk: InputWalk(excludedPaths: excluded, isOwnManifest: Manifest.isOwn))
    }

    /// How the files are to be read.
    func options() throws -> ReadingOptions {
        var options = ReadingOptions(format: inputFormat)
        if let inputFormat, !ChatFormats.ids.contains(inputFormat) {
            throw ValidationError(.say("没有 \(inputFormat) 这种格式。可用的有：\(ChatFormats.ids.joined(separator: " "))", en: "There is no format \(inputFormat). Formats: \(ChatFormats.ids.joined(separator: " "))"))
        }
        if let encoding {
            guard let known = TextEncoding(named: encoding) else {
                throw ValidationError(.say("没有 \(encoding) 这种编码。可用的有：UTF-8 UTF-16LE UTF-16BE GB18030 Big5", en: "There is no encoding \(encoding). Encodings: UTF-8 UTF-16LE UTF-16BE GB18030 Big5"))
            }
            options.encoding = known
        }
        guard let offset = Self.offset(timeZone) else {
            throw ValidationError(.say("时区写成 +08:00 的样子。", en: "Write a time zone as +08:00."))
        }
        options.offsetFromUTC = offset
        if let date {
            let parts = date.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 1 || parts.count == 3 && Day(date) != nil, !parts.contains(nil), let year = parts[0],
                (1970...9999).contains(year)
            else { throw ValidationError(.say("日期写成 2024 或 2024-05-06 的样子。", en: "Write a date as 2024 or 2024-05-06.")) }
            options.year = year
            if parts.count == 3 {
                options.month = parts[1]
                options.day = parts[2]
            }
        }
        return options
    }

    /// Seconds east of Greenwich of `+08:00`.
    private static func offset(_ zone: String) -> Int? {
        if zone == "Z" { return 0 }
        let parts = zone.dropFirst().split(separator: ":").map { Int($0) }
        guard let sign = zone.first, sign == "+" || sign == "-", parts.count == 2, let hours = parts[0],
            let minutes = parts[1], (0...14).contains(hours), (0...59).contains(minutes)
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }

    /// Names on standard error what was not read, and says whether anything should have been.
    static func complain(of result: ScanResult) -> Bool {
        var failed = false
        for entry in result.skipped {
            StandardStreams.complain(.say("\(entry.name)：", en: "\(entry.name): ") + entry.shownReason)
            failed = failed || entry.isFailure
        }
        for diagnostic in result.diagnostics.joined() where diagnostic.severity == .error {
            StandardStreams.complain(.say("\(diagnostic.file)：", en: "\(diagnostic.file): ") + diagnostic.shownMessage)
            failed = true
        }
        return failed
    }
}
