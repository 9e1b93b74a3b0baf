import Classification
import Ingestion
import Transcript

/// A message on its way to be judged: numbers alone, its words stand in the chat's `ChatWords`.
///
/// Most messages are never shown, so that no strings are made of them.
struct ChatLine: Sendable {
    /// Among all messages of its file.
    var position: Int
    /// Among the messages of its chat.
    var index: Int
    var location: SourceLocation
    var time: Timestamp?
    /// Where the words of its time begin, then its text, in the words of the chat.
    var words: Int
    var timeCount: Int
    var textCount: Int
    /// Who says it, among the chat's voices.
    var voice: Int
    var speaker: ChatRoles.Speaker?
    var role: Message.Role
    var kind: Message.Kind
    var glance: Classifier.Glance
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

    /// What the judge wants to know of a message's text when it is read.
    func glance(_ text: Span<UInt8>) -> Classifier.Glance {
        switch self {
        case .classifier(let classifier): classifier.glance(text)
        case .known: []
        }
    }
}

/// A piece of a chat with all that judging it needs.
struct ChatTask: Sendable {
    var chat: String
    var piece: ChatPiece<ChatLine>
    /// Messages out of the scan's scope that may only be shown, by the position of the judged one they stand before.
    var gaps: [Int: [ChatLine]]
    /// Those that follow the chat's last judged one.
    var tail: [ChatLine]
    var words: ChatWords
    var voices: [ChatVoices.Voice]
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
                FoundLine(position: piece.elements[at].position, message: message(piece.elements[at]), judgement: judgement))
        }
        switch judging {
        case .classifier(let classifier):
            let near = Classifier.near(piece.elements.count) { piece.elements[$0].glance }
            if near.isEmpty { break }
            let judgements = classifier.judge(piece: near.map { input(piece.elements[$0]) })
            for (at, judgement) in zip(near, judgements)
            where piece.judged.contains(at) && (judgement.isFinding || !judgement.elements.isEmpty) {
                find(at, judgement)
            }
        case .known(let judgements):
            for at in piece.judged {
                guard let judgement = judgements[piece.elements[at].position] else { continue }
                find(at, judgement.withWords(of: words.text(of: piece.elements[at])))
            }
        }
        return hits.isEmpty ? ([], []) : (found, shown(around: hits))
    }

    private func message(_ line: ChatLine) -> Message {
        let voice = voices[line.voice]
        var message = Message(
            conversation: chat, index: line.index, location: line.location, time: line.time, timeText: words.timeText(of: line),
            sender: voice.sender, senderID: voice.senderID, title: voice.title, role: line.role, kind: line.kind,
            text: words.text(of: line))
        message.role = roles.role(of: line.role, line.kind, by: line.speaker)
        return message
    }

    private func input(_ line: ChatLine) -> Classifier.Input {
        let voice = voices[line.voice]
        return Classifier.Input(
            role: roles.role(of: line.role, line.kind, by: line.speaker), sender: voice.senderID ?? voice.sender,
            kind: line.kind, text: words.text(of: line), glance: line.glance)
    }

    private func shown(around hits: [Int]) -> [ShownLine] {
        var lines: [ChatLine] = []
        var places: [Int] = []
        for element in piece.elements {
            if !gaps.isEmpty { lines += gaps[element.position] ?? [] }
            places.append(lines.count)
            lines.append(element)
        }
        lines += tail
        var shown: [ShownLine] = []
        var next = 0
        for hit in hits {
            let place = places[hit]
            for at in max(next, place - context)..<min(lines.count, place + context + 1) {
                shown.append(ShownLine(position: lines[at].position, message: message(lines[at])))
            }
            next = max(next, min(lines.count, place + context + 1))
        }
        return shown
    }
}
