import Classification
import Ingestion
import Reporting
import Transcript

/// Judges what was read.
public enum Analysis {
    /// Fills in the findings and incidents of what was read.
    public static func analyze(_ result: inout ScanResult, with classifier: Classifier = .shipped) {
        let judged = result.messages.map { judgements(of: $0, classifier) }
        result.findings = findings(judged, in: result.messages)
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

    /// The findings of all files; a message that stands in several exports is one finding that names every place.
    private static func findings(
        _ judged: [[(position: Int, judgement: Judgement)]], in files: [[Message]]
    ) -> [Finding] {
        let overlap = Overlap(files)
        let found = Set(
            judged.enumerated().flatMap { file, list in list.map { Overlap.Place(file: file, message: $0.position) } })
        var findings: [Finding] = []
        for (file, list) in judged.enumerated() {
            for (position, judgement) in list {
                let place = Overlap.Place(file: file, message: position)
                let others = overlap.others(of: place)
                if others.contains(where: { $0 < place && found.contains($0) }) { continue }
                findings.append(
                    Finding(
                        file: file, message: files[file][position], judgement: judgement,
                        alsoIn: others.map { RecordPlace(file: $0.file, location: files[$0.file][$0.message].location) }))
            }
        }
        return findings
    }

    /// The judgements of one file that say something, in its order: findings, and in chats that have any the lines that
    /// only carry an element of an incident, as a refusal.
    private static func judgements(
        of messages: [Message], _ classifier: Classifier
    ) -> [(position: Int, judgement: Judgement)] {
        var chats: [String: [Int]] = [:]
        for (position, message) in messages.enumerated() {
            chats[message.conversation, default: []].append(position)
        }
        var judged: [(position: Int, judgement: Judgement)] = []
        for positions in chats.values {
            var session = ConversationClassifier(classifier)
            var judgements: [Judgement] = []
            for message in positions.map({ messages[$0] }) {
                judgements += session.push(
                    Classifier.Input(
                        role: message.role, sender: message.senderID ?? message.sender, kind: message.kind,
                        text: message.text))
            }
            judgements += session.finish()
            guard judgements.contains(where: \.isFinding) else { continue }
            for (position, judgement) in zip(positions, judgements)
            where judgement.isFinding || !judgement.elements.isEmpty {
                judged.append((position, judgement))
            }
        }
        return judged.sorted { $0.position < $1.position }
    }
}
