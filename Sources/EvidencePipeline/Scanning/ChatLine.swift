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

/// Who judges a file's messages.
enum Judging: Sendable {
    case classifier(Classifier)
    /// Judgements by position that were made before.
    case known([Int: Judgement])
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
    func judge(by judging: Judging) -> (found: [FoundLine], shown: [ShownLine]) {
        var hits: [Int] = []
        var found: [FoundLine] = []
        func find(_ at: Int, _ judgement: Judgement) {
            hits.append(at)
            found.append(
                FoundLine(
                    position: piece.elements[at].position, message: piece.elements[at].message(roles), judgement: judgement))
        }
        switch judging {
        case .classifier(let classifier):
            let judgements = classifier.judge(
                piece: piece.elements.map { element in
                    let message = element.message(roles)
                    return Classifier.Input(
                        role: message.role, sender: message.senderID ?? message.sender, kind: message.kind,
                        text: message.text)
                })
            for at in piece.judged where judgements[at].isFinding || !judgements[at].elements.isEmpty {
                find(at, judgements[at])
            }
        case .known(let judgements):
            for at in piece.judged {
                guard let judgement = judgements[piece.elements[at].position] else { continue }
                find(at, judgement.withWords(of: piece.elements[at].message.text))
            }
        }
        return hits.isEmpty ? ([], []) : (found, shown(around: hits))
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
