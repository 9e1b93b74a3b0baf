import Classification
import Reporting
import Transcript

/// What a scan says when it is done.
enum ScanSummary {
    static func text(_ evidence: Evidence, folder: String, edition: Edition, hasArchive: Bool) -> String {
        let result = evidence.result
        let messages = result.files.reduce(0) { $0 + $1.messageCount }
        let found = evidence.listed(includingOwn: false).map { result.findings[$0] }
        var lines: [String] = [
            .say(
                "读取 \(result.files.count) 个文件、\(messages) 条消息。", en: "Read \(result.files.count) files, \(messages) messages.")
        ]
        if found.isEmpty {
            lines.append(.say("没有标出疑似内容。", en: "Nothing was flagged."))
        } else {
            let counts = Label.allCases.map { label in found.filter { $0.judgement.labels.contains(label) }.count }
            let incidents = evidence.incidentsAgainstOthers.count
            lines.append(
                .say(
                    "标出 \(found.count) 条：疑似敲诈勒索 \(counts[0])，好评返现 \(counts[1])，广告 \(counts[2])；\(incidents) 个事件。",
                    en: "Flagged \(found.count) lines: extortion \(counts[0]), paid reviews \(counts[1]), advertising \(counts[2]); \(incidents) incidents."
                ))
        }
        let own = evidence.listed(includingOwn: true).count - found.count
        if own > 0, edition == .platform {
            lines.append(
                .say(
                    "您自己的话里有 \(own) 处可能不利，提交前请先看 private 文件夹。",
                    en: "\(own) of your own lines may hurt the case: look into the folder private first."))
        }
        lines.append(.say("报告：\(folder)/report.md", en: "Report: \(folder)/report.md"))
        if hasArchive { lines.append(.say("可上传的压缩包：\(folder).zip", en: "Archive for uploading: \(folder).zip")) }
        return lines.joined(separator: "\n")
    }
}
