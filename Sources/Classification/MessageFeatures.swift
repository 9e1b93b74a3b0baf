import CSequence
import Tokenization

/// Makes the features of one message by itself, as the linear model sees it, in room that is used again for the next.
///
/// What stands around a message is the sequence model's business.
struct MessageFeatures {
    /// The features of the block that is being made.
    private var features: [UInt32] = []
    private var characters: [UInt32] = []
    private var room: [UInt32] = []

    /// The features of a message as a vector of their own.
    static func vector(of message: ReadMessage) -> FeatureVector {
        var vector = FeatureVector()
        var features = MessageFeatures()
        features.forEachBlock(of: message) { block, value in
            vector.blocks.append(FeatureVector.Block(features: block.sorted(), value: value))
        }
        return vector
    }

    /// Calls `body` with each block that has features, each of them once and in no order that counts, and with their value.
    mutating func forEachBlock(of message: ReadMessage, _ body: (_ block: [UInt32], _ value: Int32) -> Void) {
        findSequences(message)
        give(.together(100), body)
        findTraits(message)
        give(.together(100), body)
        findPairs(message)
        give(.together(60), body)
        // What is said in one clause counts in full, however much else the message says.
        findClauses(message)
        give(.each(25), body)
    }

    private mutating func give(_ weight: FeatureVector.Weight, _ body: (_ block: [UInt32], _ value: Int32) -> Void) {
        guard !features.isEmpty else { return }
        var size = 64
        while size < features.count * 4 { size *= 2 }
        if room.count < size { room = [UInt32](repeating: 0, count: size) }
        let count = unsafe features.withUnsafeMutableBufferPointer { all in
            unsafe room.withUnsafeMutableBufferPointer { room in
                guard let first = all.baseAddress, let room = room.baseAddress else { return 0 }
                return unsafe jz_distinct_features(first, all.count, room, size)
            }
        }
        features.removeLast(features.count - count)
        body(features, weight.value(ofEach: count))
        features.removeAll(keepingCapacity: true)
    }

    /// Character sequences of one to four; the seller's also apart, for the same words mean other things from him.
    private mutating func findSequences(_ message: ReadMessage) {
        let scalars = message.text.scalars
        // A beginning and an end stand around the characters.
        characters.removeAll(keepingCapacity: true)
        characters.append(2)
        characters.append(contentsOf: scalars.lazy.map(\.value))
        characters.append(3)
        let isSeller = message.speaker == .seller
        let most = characters.count * Int(jz_longest_sequence) * (isSeller ? 2 : 1)
        features.append(contentsOf: repeatElement(0, count: most))
        if room.count < characters.count { room = [UInt32](repeating: 0, count: characters.count) }
        let empty = FeatureHash("ngram").state
        let count = unsafe features.withUnsafeMutableBufferPointer { features in
            unsafe room.withUnsafeMutableBufferPointer { room in
                unsafe characters.withUnsafeBufferPointer { characters in
                    guard let first = characters.baseAddress, let features = features.baseAddress, let room = room.baseAddress else { return 0 }
                    return unsafe jz_sequence_features(first, characters.count, empty, isSeller, room, features)
                }
            }
        }
        features.removeLast(most - count)
    }

    private mutating func findTraits(_ message: ReadMessage) {
        let speaker = message.speaker.rawValue
        let empty = FeatureHash("trait")
        features.append(FeatureHash("speaker").adding(speaker).value)
        for trait in message.traits {
            let hash = empty.adding(trait)
            features.append(hash.value)
            features.append(hash.adding(speaker + 8).value)
        }
    }

    /// Cues, and two cues close to each other in their order.
    private mutating func findClauses(_ message: ReadMessage) {
        let speaker = message.speaker.rawValue
        let (one, two) = (FeatureHash("cue"), FeatureHash("clause"))
        for (position, cue) in message.cues.enumerated() {
            features.append(one.adding(cue.trait).adding(speaker).value)
            let first = two.adding(cue.trait)
            for later in message.cues[(position + 1)...].prefix(6) where later.at - cue.at <= 10 {
                if later.trait != cue.trait { features.append(first.adding(later.trait).adding(speaker).value) }
            }
        }
    }

    private mutating func findPairs(_ message: ReadMessage) {
        let empty = FeatureHash("pair")
        for (position, trait) in message.traits.enumerated() {
            for later in message.traits[(position + 1)...] {
                features.append(empty.adding(min(trait, later)).adding(max(trait, later)).value)
            }
        }
    }
}
