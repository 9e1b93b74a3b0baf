import Classification
import Reporting
import Transcript

/// An evaluation as a table for people.
public struct EvaluationText {
    private let evaluation: Evaluation
    private let chats: [LabelledChat]

    public init(_ evaluation: Evaluation, chats: [LabelledChat]) {
        self.evaluation = evaluation
        self.chats = chats
    }

    /// - Parameters:
    ///   - mistakes: how many wrong decisions are listed with their text.
    ///   - gate: what the gate lost and let through, where it was counted.
    public func text(mistakes: Int, gate: CrossValidation.GateCount? = nil) -> String {
        var lines = ["\(evaluation.chatCount) chats, \(evaluation.lineCount) lines", ""]
        lines.append(row("", Label.allCases.map { "\($0.rawValue)  P R F1" }))
        lines.append(row("all", figures(evaluation.labels)))
        for (tier, counts) in evaluation.tiers.sorted(by: { $0.key > $1.key }) { lines.append(row(tier, figures(counts))) }
        for (writer, counts) in evaluation.writers.sorted(by: { $0.key < $1.key }) {
            lines.append(row("  \(writer)", figures(counts)))
        }
        lines += ["", "chats with the label, found by at least one line; false alarms are innocent chats"]
        for label in Label.allCases {
            let count = evaluation.chats[label] ?? Evaluation.Count()
            lines.append(
                row(label.rawValue, ["recall \(decimal(count.recall))", "\(count.falseAlarms) false alarms in \(evaluation.chatCount)"]))
        }
        lines += ["", "acts: lines that got all their labels"]
        for (act, found) in evaluation.acts.sorted(by: { $0.key < $1.key }) {
            lines.append(row(act, ["\(found.found) of \(found.lines)"]))
        }
        lines += ["", "calibration: share of true lines by score, in tenths"]
        for label in Label.allCases {
            let steps = evaluation.calibration[label] ?? []
            lines.append(
                row(label.rawValue, steps.map { $0.lines == 0 ? "-" : decimal(Double($0.trueLines) / Double($0.lines)) }))
        }
        if let gate {
            lines += [
                "",
                "the gate loses \(gate.lost) of \(gate.labelled) labelled lines; of \(gate.innocent) lines of innocent chats the networks read \(gate.read)",
            ]
        }
        if mistakes > 0 { lines += ["", "mistakes, the surest first"] }
        for mistake in evaluation.mistakes.prefix(mistakes) {
            let chat = chats[mistake.chat]
            let line = chat.lines[mistake.line]
            let kind = line.labels.contains(mistake.label) ? "missed" : "false"
            lines.append(
                "\(kind) \(mistake.label.rawValue) 0.\(mistake.score < 10 ? "0" : "")\(mistake.score) \(chat.name):\(mistake.line + 1) \(line.role.rawValue) "
                    + TerminalText.escape(line.text).replacing("\n", with: "⏎"))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func figures(_ counts: [Label: Evaluation.Count]) -> [String] {
        Label.allCases.map { label in
            let count = counts[label] ?? Evaluation.Count()
            return "\(decimal(count.precision)) \(decimal(count.recall)) \(decimal(count.f1))"
        }
    }

    private func row(_ name: String, _ cells: [String]) -> String {
        name + String(repeating: " ", count: max(1, 14 - name.count)) + cells.joined(separator: "   ")
    }

    private func decimal(_ value: Double) -> String {
        let thousandths = Int((value * 1_000).rounded())
        let digits = String(thousandths % 1_000)
        return "\(thousandths / 1_000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
    }
}
