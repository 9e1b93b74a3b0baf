import Transcript

/// How far findings are ready to be submitted, judged over the whole chat of each speaker.
enum Levels {
    static func assign(to judgements: inout [Judgement], _ chat: [Classifier.Input]) {
        var speakers: [String: [Int]] = [:]
        for index in chat.indices where !judgements[index].labels.isEmpty {
            speakers[Classifier.speaker(chat[index]), default: []].append(index)
        }
        for indices in speakers.values {
            let extortion = extortionLevel(indices.map { judgements[$0] })
            for index in indices {
                var level = Level.notice
                for label in judgements[index].labels {
                    switch label {
                    case .extortion: level = max(level, extortion)
                    case .cashback: level = max(level, cashbackLevel(judgements[index]))
                    case .ad: level = max(level, adLevel(judgements[index]))
                    }
                }
                // Who speaks decides whom a complaint is about.
                if chat[index].role == .unknown { level = min(level, .needsProof) }
                judgements[index].level = level
            }
        }
    }

    /// Threat, demand and the link between them, each shown by a line that is surely flagged.
    private static func extortionLevel(_ judgements: [Judgement]) -> Level {
        func shows(_ element: Element, atLeast score: Int) -> Bool {
            judgements.contains { $0.elements.contains(element) && $0.scores[0] >= score }
        }
        guard shows(.threat, atLeast: 50), shows(.demand, atLeast: 50) else { return .needsProof }
        let isLinked = judgements.contains { $0.elements.contains(.link) } || judgements.count >= 2
        return isLinked && shows(.threat, atLeast: 70) && shows(.demand, atLeast: 70) ? .submit : .needsProof
    }

    private static func cashbackLevel(_ judgement: Judgement) -> Level {
        // Who asks for what he was promised, or merely asks, did nothing to complain of.
        guard judgement.direction == .buyerDemands,
            judgement.category != "cashback.inquiry", judgement.category != "cashback.promise_dispute"
        else { return .notice }
        let kinds = Set(judgement.cues.map(\.kind))
        return kinds.contains("reward") && kinds.contains("review") && judgement.scores[1] >= 70 ? .submit : .needsProof
    }

    private static func adLevel(_ judgement: Judgement) -> Level {
        judgement.scores[2] >= 85 ? .submit : judgement.scores[2] >= 65 ? .needsProof : .notice
    }
}
