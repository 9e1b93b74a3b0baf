import Classification
import Transcript

/// The findings as a table for Excel and WPS: UTF-8 with a mark, comma-separated, CR LF.
///
/// `证据编号,级别,标签,…` / `JZ-3YQ6-ZYTW-0Z75,可提交,疑似敲诈勒索,…`. A cell that a spreadsheet would take for a formula, or
/// for a number too long to keep, begins with an apostrophe.
public enum FindingTable {
    public static func bytes(_ evidence: Evidence, includingOwn: Bool) -> [UInt8] {
        var table: [UInt8] = []
        write(evidence, includingOwn: includingOwn) { table += $0.utf8 }
        return table
    }

    /// Hands the table to `put` row by row.
    public static func write(_ evidence: Evidence, includingOwn: Bool, put: (String) -> Void) {
        put("\u{FEFF}")
        row(
            [
                "证据编号", "级别", "标签", "类别", "方向", "时间", "说话人", "账号", "身份", "原文", "命中的词句", "文件", "行号", "聊天", "事件编号",
                "内容编号",
            ], put)
        let result = evidence.result
        for position in evidence.listed(includingOwn: includingOwn) {
            let finding = result.findings[position]
            let (message, judgement) = (finding.message, finding.judgement)
            row(
                [
                    evidence.findingIDs[position].description,
                    judgement.level?.name ?? "",
                    judgement.labels.map(\.name).joined(separator: "、"),
                    judgement.category.map(CategoryNames.name) ?? "",
                    judgement.direction?.name ?? "",
                    message.timeText == nil ? "" : message.datedTime,
                    message.sender ?? "",
                    message.senderID ?? "",
                    message.role.name,
                    message.text,
                    judgement.cues.map { "\($0.text)（\($0.kindName)）" }.joined(separator: "、"),
                    result.files[finding.file].name,
                    "\(message.location.line)",
                    message.conversation,
                    finding.incident.map { evidence.incidentIDs[$0].description } ?? "",
                    evidence.contentIDs[position].description,
                ], put)
        }
    }

    private static func row(_ cells: [String], _ put: (String) -> Void) {
        put(cells.map(cell).joined(separator: ",") + "\r\n")
    }

    /// One cell, always in quotes, that shows the text and runs nothing.
    static func cell(_ text: String) -> String {
        let guarded = startsFormula(text) || isLongNumber(text) ? "'" + text : text
        var out = "\""
        for scalar in guarded.unicodeScalars {
            switch scalar {
            case "\"": out += "\"\""
            case "\n", "\t": out.unicodeScalars.append(scalar)
            // A spreadsheet ends the file or the cell at some of these; a terminal obeys others.
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": out.unicodeScalars.append("\u{FFFD}")
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }

    private static func startsFormula(_ text: String) -> Bool {
        let first = text.unicodeScalars.first {
            !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint && $0.value > 0x20
        }
        guard let first else { return false }
        return "=+-@|%＝＋－＠".unicodeScalars.contains(first)
    }

    /// Spreadsheets keep 15 digits of a number, and drop zeros it starts with.
    private static func isLongNumber(_ text: String) -> Bool {
        let digits = text.utf8
        return digits.count > 1 && digits.allSatisfy { (0x30...0x39).contains($0) }
            && (digits.count > 11 || digits.first == 0x30)
    }
}
