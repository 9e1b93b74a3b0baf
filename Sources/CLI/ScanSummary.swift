import Classification
import Reporting
import Transcript

/// What a scan says when it is done.
enum ScanSummary {
    static func text(_ evidence: Evidence, folder: String, edition: Edition, hasArchive: Bool) -> String {
        let result = evidence.result
        let messages = result.files.reduce(0) { $0 + $1.messageCount }
        let found = evidence.listed(includingOwn: false).map { result.findings[$0] }
        var lines = ["读取 \(result.files.count) 个文件、\(messages) 条消息。"]
        if found.isEmpty {
            lines.append("没有标出疑似内容。")
        } else {
            let counts = Label.allCases.map { label in found.filter { $0.judgement.labels.contains(label) }.count }
            lines.append(
                "标出 \(found.count) 条：疑似敲诈勒索 \(counts[0])，好评返现 \(counts[1])，广告 \(counts[2])；\(evidence.incidentsAgainstOthers.count) 个事件。"
            )
        }
        let own = evidence.listed(includingOwn: true).count - found.count
        if own > 0, edition == .platform { lines.append("您自己的话里有 \(own) 处可能不利，提交前请先看 private 文件夹。") }
        lines.append("报告：\(folder)/report.md")
        if hasArchive { lines.append("可上传的压缩包：\(folder).zip") }
        return lines.joined(separator: "\n")
    }
}
