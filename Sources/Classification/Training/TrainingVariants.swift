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
                // What is flagged by itself; a threat or a sum alone is not.
                let standsAlone = ["review-ask", "reward-offer", "ad-pitch"].contains(line.act ?? "")
                    && !line.labels.contains(.extortion)
                if standsAlone {
                    alone += 1
                    if alone % 3 == 0 { variants.append(copy(of: chat, lines: [line])) }
                } else if isInnocent, line.text.utf8.count > 15 {
                    innocent += 1
                    if innocent % 12 == 0 { variants.append(copy(of: chat, lines: [line])) }
                }
            }
        }
        return variants
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
