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
            let labels: [(label: Label, name: String)] = [
                (.extortion, .say("疑似敲诈勒索", en: "extortion")), (.cashback, .say("好评返现", en: "paid reviews")),
                (.ad, .say("广告", en: "advertising")),
            ]
            var counts = labels.map { label, name in (name, found.count { $0.judgement.labels.contains(label) }) }.filter { $0.1 > 0 }
            // Some kinds have no label: they are named as the rules name them.
            var kinds: [String: Int] = [:]
            for finding in found where finding.judgement.labels.isEmpty {
                kinds[finding.judgement.category.map(CategoryNames.name) ?? "—", default: 0] += 1
            }
            counts += kinds.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            let named = counts.map { "\($0.0) \($0.1)" }
            let incidents = evidence.incidentsAgainstOthers.count
            lines.append(
                .say(
                    "标出 \(found.count) 条：\(named.joined(separator: "，"))；\(incidents) 个事件。",
                    en: "Flagged \(found.count) lines: \(named.joined(separator: ", ")); \(incidents) incidents."
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
