import Classification
import Reporting
import Transcript

/// Judges what was read.
public enum Analysis {
    /// Fills in the findings and incidents of what was read.
    public static func analyze(_ result: inout ScanResult, with classifier: Classifier = .shipped) {
        result.findings = []
        for file in result.messages.indices {
            result.findings += findings(in: result.messages[file], file: file, classifier)
        }
        result.incidents = IncidentBuilder.incidents(of: &result.findings)
    }

    /// Judges only the messages of a scope; everything else of the result stays as it was read.
    public static func analyze(
        _ result: inout ScanResult, within scope: Scope, with classifier: Classifier = .shipped
    ) {
        let messages = result.messages
        result.messages = messages.map(scope.select)
        analyze(&result, with: classifier)
        result.messages = messages
    }

    /// The findings of one file, in its order; lines that only carry an element of an incident, as a refusal, are among
    /// them where the same chat has findings.
    private static func findings(in messages: [Message], file: Int, _ classifier: Classifier) -> [Finding] {
        var chats: [String: ConversationJudging] = [:]
        var order: [String] = []
        for (position, message) in messages.enumerated() {
            if chats[message.conversation] == nil {
                chats[message.conversation] = ConversationJudging(positions: [], inputs: [])
                order.append(message.conversation)
            }
            chats[message.conversation]?.positions.append(position)
            chats[message.conversation]?.inputs.append(
                Classifier.Input(
                    role: message.role, sender: message.senderID ?? message.sender, kind: message.kind,
                    text: message.text))
        }
        var judged: [(position: Int, judgement: Judgement)] = []
        for name in order {
            guard let chat = chats[name] else { continue }
            var session = ConversationClassifier(classifier)
            var judgements: [Judgement] = []
            for input in chat.inputs { judgements += session.push(input) }
            judgements += session.finish()
            guard judgements.contains(where: \.isFinding) else { continue }
            for (position, judgement) in zip(chat.positions, judgements)
            where judgement.isFinding || !judgement.elements.isEmpty {
                judged.append((position, judgement))
            }
        }
        return judged.sorted { $0.position < $1.position }.map {
            Finding(file: file, message: messages[$0.position], judgement: $0.judgement)
        }
    }

    private struct ConversationJudging {
        var positions: [Int]
        var inputs: [Classifier.Input]
    }
}
