import Transcript

/// Copies of labelled chats in forms the corpora hold too seldom: chats whose parts nobody knows, and lines that stand
/// alone. They are trained on and never counted or measured.
enum TrainingVariants {
    static func of(_ chats: [LabelledChat]) -> [LabelledChat] {
        var variants: [LabelledChat] = []
        var alone = 0
        var innocent = 0
        for (number, chat) in chats.enumerated() where chat.lines.count > 1 {
            if number % 4 == 0 { variants.append(withoutRoles(chat)) }
            let isInnocent = chat.lines.allSatisfy { $0.labels.isEmpty && !$0.isUnsure }
            for line in chat.lines {
                if standsAlone(line) {
                    alone += 1
                    if alone % 3 == 0 || line.labels.contains(.extortion) {
                        let single = copy(of: chat, lines: [line])
                        variants.append(alone % 2 == 0 ? withoutRoles(single) : single)
                    }
                } else if isInnocent, line.text.utf8.count > 15 {
                    innocent += 1
                    if innocent % 12 == 0 { variants.append(copy(of: chat, lines: [line])) }
                }
            }
        }
        return variants
    }

    /// Whether a line is flagged by itself: one that says half of a threat and its demand is not.
    private static func standsAlone(_ line: LabelledChat.Line) -> Bool {
        if line.labels.contains(.extortion) {
            return ["不给", "不转", "不赔", "不打", "不然", "否则", "要么"].contains { line.text.contains($0) }
                && line.text.contains { "0123456789百千万块钱".contains($0) }
        }
        return ["review-ask", "reward-offer", "ad-pitch"].contains(line.act ?? "")
    }

    private static func withoutRoles(_ chat: LabelledChat) -> LabelledChat {
        copy(
            of: chat,
            lines: chat.lines.map { line in
                var line = line
                if line.role != .system {
                    line.sender = line.role.rawValue
                    line.role = .unknown
                }
                return line
            })
    }

    private static func copy(of chat: LabelledChat, lines: [LabelledChat.Line]) -> LabelledChat {
        var copy = chat
        copy.lines = lines
        return copy
    }
}
