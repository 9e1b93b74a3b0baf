import Tokenization

/// The features of the messages of one chat.
struct ChatFeatures {
    /// Messages on either side that are looked at.
    static let window = 24

    let chat: [ReadMessage]

    /// The messages around one, nearest first, by whether they are of the same speaker.
    private struct Surroundings {
        var sameBefore: [Int] = []
        var sameAfter: [Int] = []
        var otherBefore: [Int] = []
        var otherAfter: [Int] = []

        init(_ chat: [ReadMessage], _ index: Int) {
            func isSame(_ at: Int) -> Bool {
                chat[at].speaker == chat[index].speaker && chat[at].sender == chat[index].sender
            }
            for at in stride(from: index - 1, through: max(0, index - ChatFeatures.window), by: -1) {
                if isSame(at) { sameBefore.append(at) } else { otherBefore.append(at) }
            }
            for at in index + 1..<max(index + 1, min(chat.count, index + 1 + ChatFeatures.window)) {
                if isSame(at) { sameAfter.append(at) } else { otherAfter.append(at) }
            }
        }
    }

    /// What the first layer sees: the words of the message, and the traits around it.
    func first(_ index: Int) -> FeatureVector {
        let message = chat[index]
        var vector = FeatureVector()
        vector.append(Self.sequences(message), weight: 100)
        vector.append(Self.traits(message), weight: 100)
        vector.append(Self.pairs(message), weight: 60)
        // What is said in one clause counts in full, however much else the message says.
        vector.append(Self.clauses(message), weightOfEach: 25)

        let around = Surroundings(chat, index)
        vector.append(neighbours(of: message, around.sameBefore.prefix(3), "same-before"), weight: 50)
        vector.append(neighbours(of: message, around.sameAfter.prefix(3), "same-after"), weight: 50)
        vector.append(neighbours(of: message, around.otherBefore.prefix(2), "other-before"), weight: 40)
        vector.append(neighbours(of: message, around.otherAfter.prefix(2), "other-after"), weight: 30)
        vector.append(pairs(around.sameBefore + around.sameAfter, "same-chat", message), weight: 70)
        vector.append(pairs(around.otherBefore + around.otherAfter, "other-chat", message), weight: 40)
        vector.append(sequences(around.sameBefore + around.sameAfter, "same-text"), weight: 50)
        vector.append(sequences(Array(around.otherBefore.prefix(1)), "other-text"), weight: 30)
        return vector
    }

    /// What a later layer sees: all that, and what the layer before thought of the messages around.
    /// - Parameter opinions: for each message of the chat the hundredths of every head of the layer before.
    func later(_ index: Int, opinions: [[Int]], first: FeatureVector) -> FeatureVector {
        var vector = first
        for block in vector.blocks.indices { vector.blocks[block].value = vector.blocks[block].value * 6 / 10 }
        let around = Surroundings(chat, index)
        let own = opinions[index]
        let heads = own.count
        func strongest(_ messages: [Int]) -> [Int] {
            var most = [Int](repeating: 0, count: heads)
            for at in messages { for head in 0..<heads { most[head] = max(most[head], opinions[at][head]) } }
            return most
        }
        let groups: [(StaticString, [Int])] = [
            ("same-before", strongest(around.sameBefore)), ("same-after", strongest(around.sameAfter)),
            ("other-before", strongest(around.otherBefore)), ("other-after", strongest(around.otherAfter)),
            ("same-previous", strongest(Array(around.sameBefore.prefix(1)))),
            ("same-next", strongest(Array(around.sameAfter.prefix(1)))),
            ("other-previous", strongest(Array(around.otherBefore.prefix(1)))),
        ]
        var mine: [UInt32] = []
        var singles: [UInt32] = []
        var combined: [UInt32] = []
        for head in 0..<heads {
            for level in Self.levels(own[head]) {
                mine.append(FeatureHash("own").adding(UInt32(head), level).value)
            }
        }
        for (name, strengths) in groups {
            for head in 0..<heads {
                let hash = FeatureHash(name).adding(UInt32(head))
                for level in Self.levels(strengths[head]) { singles.append(hash.adding(level).value) }
                for ownHead in 0..<heads {
                    combined.append(
                        hash.adding(Self.bin(strengths[head]), UInt32(ownHead), Self.bin(own[ownHead])).value)
                }
            }
        }
        // What the whole chat of this speaker amounts to: the strongest of each pair of heads.
        let whole = strongest(around.sameBefore + around.sameAfter + [index])
        for a in 0..<heads {
            for b in a + 1..<max(a + 1, heads) {
                combined.append(FeatureHash("whole").adding(UInt32(a), Self.bin(whole[a]), UInt32(b), Self.bin(whole[b])).value)
            }
        }
        let speaker = UInt32(chat[index].speaker.rawValue)
        mine += mine.map { FeatureHash("speaker").adding($0, speaker).value }
        vector.append(mine, weight: 150)
        vector.append(singles, weight: 120)
        vector.append(combined, weight: 120)
        return vector
    }

    /// The coarse level of an opinion.
    private static func bin(_ hundredths: Int) -> UInt32 {
        switch hundredths {
        case ..<8: 0
        case ..<25: 1
        case ..<50: 2
        case ..<75: 3
        default: 4
        }
    }

    /// The thresholds an opinion reaches: a ladder keeps neighbouring values alike.
    private static func levels(_ hundredths: Int) -> [UInt32] {
        [3, 8, 15, 25, 35, 50, 65, 80, 92].enumerated().filter { hundredths >= $0.element }.map { UInt32($0.offset) }
    }

    /// Character sequences of one to four; the seller's also apart, for the same words mean other things from him.
    private static func sequences(_ message: ReadMessage) -> [UInt32] {
        let text = [2] + message.text.scalars.map(\.value) + [3]
        var features: [UInt32] = []
        features.reserveCapacity(text.count * 8)
        for start in text.indices {
            var hash = FeatureHash("ngram")
            for end in start..<min(start + 4, text.count) {
                hash.add(text[end])
                features.append(hash.value)
                if message.speaker == .seller { features.append(hash.adding(7).value) }
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

    /// Traits of messages nearby, alone and together with the message's own.
    private func neighbours(
        of message: ReadMessage, _ nearby: ArraySlice<Int>, _ name: StaticString
    ) -> [UInt32] {
        var features: [UInt32] = []
        let hash = FeatureHash(name).adding(message.speaker.rawValue)
        for (distance, at) in nearby.enumerated() {
            for trait in chat[at].traits {
                features.append(hash.adding(trait).value)
                if distance == 0 { features.append(hash.adding(trait, 1).value) }
                for own in message.traits { features.append(hash.adding(trait, own, 2).value) }
            }
        }
        return features
    }

    /// The traits that a speaker's messages have between them, alone, two together, and with the message's own.
    private func pairs(_ messages: [Int], _ name: StaticString, _ message: ReadMessage) -> [UInt32] {
        let traits = Set(messages.flatMap { chat[$0].traits }).sorted()
        let hash = FeatureHash(name).adding(message.speaker.rawValue)
        var features: [UInt32] = []
        for (position, trait) in traits.enumerated() {
            features.append(hash.adding(trait).value)
            for later in traits[(position + 1)...] { features.append(hash.adding(trait, later).value) }
        }
        return features
    }

    /// Short character sequences of several messages.
    private func sequences(_ messages: [Int], _ name: StaticString) -> [UInt32] {
        let hash = FeatureHash(name)
        var features: [UInt32] = []
        for at in messages {
            let text = chat[at].text.scalars
            for start in text.indices.dropLast() {
                features.append(hash.adding(text[start].value, text[start + 1].value).value)
            }
        }
        return features
    }
}
