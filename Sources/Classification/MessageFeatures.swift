import Tokenization

/// The features of one message by itself, as the linear model sees it.
///
/// What stands around a message is the sequence model's business.
enum MessageFeatures {
    static func vector(of message: ReadMessage) -> FeatureVector {
        var vector = FeatureVector()
        vector.append(sequences(message), weight: 100)
        vector.append(traits(message), weight: 100)
        vector.append(pairs(message), weight: 60)
        // What is said in one clause counts in full, however much else the message says.
        vector.append(clauses(message), weightOfEach: 25)
        return vector
    }

    /// Character sequences of one to four; the seller's also apart, for the same words mean other things from him.
    private static func sequences(_ message: ReadMessage) -> [UInt32] {
        let scalars = message.text.scalars
        // A beginning and an end stand around the characters.
        let count = scalars.count + 2
        let isSeller = message.speaker == .seller
        let empty = FeatureHash("ngram")
        var features: [UInt32] = []
        features.reserveCapacity(count * (isSeller ? 8 : 4))
        for start in 0..<count {
            var hash = empty
            for place in start..<min(start + 4, count) {
                hash.add(place == 0 ? 2 : place == count - 1 ? 3 : scalars[place - 1].value)
                features.append(hash.value)
                if isSeller { features.append(hash.adding(7).value) }
            }
        }
        return features
    }

    private static func traits(_ message: ReadMessage) -> [UInt32] {
        let speaker = message.speaker.rawValue
        var features = [FeatureHash("speaker").adding(speaker).value]
        for trait in message.traits {
            features.append(FeatureHash("trait").adding(trait).value)
            features.append(FeatureHash("trait").adding(trait, speaker + 8).value)
        }
        return features
    }

    /// Cues, and two cues close to each other in their order.
    private static func clauses(_ message: ReadMessage) -> [UInt32] {
        let speaker = message.speaker.rawValue
        var features: [UInt32] = []
        for (position, cue) in message.cues.enumerated() {
            features.append(FeatureHash("cue").adding(cue.trait, speaker).value)
            for later in message.cues[(position + 1)...].prefix(6) where later.at - cue.at <= 10 {
                if later.trait != cue.trait {
                    features.append(FeatureHash("clause").adding(cue.trait, later.trait, speaker).value)
                }
            }
        }
        return features
    }

    private static func pairs(_ message: ReadMessage) -> [UInt32] {
        var features: [UInt32] = []
        for (position, trait) in message.traits.enumerated() {
            for later in message.traits[(position + 1)...] {
                features.append(FeatureHash("pair").adding(min(trait, later), max(trait, later)).value)
            }
        }
        return features
    }
}
