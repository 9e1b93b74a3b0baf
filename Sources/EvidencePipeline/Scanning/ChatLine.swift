import Classification
import Ingestion
import Transcript

/// A message on its way to be judged.
struct ChatLine: Sendable {
    /// Among all messages of its file.
    var position: Int
    var message: Message
    var speaker: ChatRoles.Speaker?
    /// Messages between the judged one before and this one that are out of the scan's scope and may only be shown.
    var gap: [ChatLine] = []

    func message(_ roles: ChatRoles.Decision) -> Message {
        var message = message
        message.role = roles.role(of: message, by: speaker)
        return message
    }
}

/// A message that something was found in.
struct FoundLine: Sendable {
    var position: Int
    var message: Message
    var judgement: Judgement
}

/// A message that is shown with what was found near it.
struct ShownLine: Sendable {
    var position: Int
    var message: Message
}

/// A piece of a chat with all that judging it needs.
struct ChatTask: Sendable {
    var piece: ChatPiece<ChatLine>
    /// Messages out of scope that follow the chat's last judged one.
    var tail: [ChatLine]
    var roles: ChatRoles.Decision
    /// Messages on either side of what is found that are to be shown.
    var context: Int

    /// What was found, and what is to be shown.
    ///
    /// Found are findings and lines that only carry an element of an incident, as a refusal.
    func judge(_ classifier: Classifier) -> (found: [FoundLine], shown: [ShownLine]) {
        let messages = piece.elements.map { $0.message(roles) }
        let judgements = classifier.judge(
            messages.map { message in
                Classifier.Input(
                    role: message.role, sender: message.senderID ?? message.sender, kind: message.kind,
                    text: message.text)
            })
        let hits = piece.judged.filter { judgements[$0].isFinding || !judgements[$0].elements.isEmpty }
        guard !hits.isEmpty else { return ([], []) }
        let found = hits.map {
            FoundLine(position: piece.elements[$0].position, message: messages[$0], judgement: judgements[$0])
        }
        return (found, shown(around: hits))
    }

    private func shown(around hits: [Int]) -> [ShownLine] {
        var lines: [ChatLine] = []
        var places: [Int] = []
        for element in piece.elements {
            lines += element.gap
            places.append(lines.count)
            lines.append(element)
        }
        lines += tail
        var shown: [ShownLine] = []
        var next = 0
        for hit in hits {
            let place = places[hit]
            for at in max(next, place - context)..<min(lines.count, place + context + 1) {
                shown.append(ShownLine(position: lines[at].position, message: lines[at].message(roles)))
            }
            next = max(next, min(lines.count, place + context + 1))
        }
        return shown
    }
}
