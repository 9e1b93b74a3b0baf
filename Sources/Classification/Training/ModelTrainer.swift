import Dispatch
import Resources
import Synchronization
import Transcript

/// The model that the program carries, and how it is made.
public enum ShippedModel {
    /// The name of the resource.
    public static let name = "model.bin"

    /// What tells this model from others.
    public static var fingerprint: UInt64 { unsafe ModelFile.storedFingerprint(of: EmbeddedResource(name).unsafeBytes) }

    /// The bytes of the model that labelled chats give with the lexicon the program carries: the same bytes on every
    /// machine.
    public static func train(on chats: [LabelledChat]) -> [UInt8] {
        let data = ModelTrainer.prepare(chats, lexicon: .shipped)
        return ModelFile.encode(ModelTrainer().train(data, Array(data.chats.indices)))
    }
}

/// Trains the parts of the chat model from labelled chats.
///
/// The networks learn from what the linear model says of writers it was not trained on: otherwise they would trust it too
/// much.
struct ModelTrainer {
    var folds = 5
    /// Networks whose mean is the opinion.
    var networks = 3
    var gate = GateTrainer()
    var messages = LinearTrainer()
    var sequences = SequenceTrainer()

    /// Labelled chats made ready for training.
    struct Prepared {
        /// How many of the chats are the labelled ones themselves; variants follow.
        var originals: Int
        var texts: [[String]]
        var chats: [[ReadMessage]]
        var vectors: [[FeatureVector]]
        var targets: [[[Bool?]]]
        /// The number of each chat's writer.
        var writers: [Int]
    }

    /// The chats in their order, then the variants that training adds to them.
    static func prepare(_ chats: [LabelledChat], lexicon: CueLexicon) -> Prepared {
        let reader = MessageReader(CueTables(lexicon, rules: []))
        var numbers: [String: Int] = [:]
        var prepared = Prepared(originals: chats.count, texts: [], chats: [], vectors: [], targets: [], writers: [])
        for chat in chats + TrainingVariants.of(chats) + CueSwaps(lexicon: lexicon, reader: reader).copies(of: chats) {
            let inputs = chat.lines.map { Classifier.Input(role: $0.role, sender: $0.sender, text: $0.text) }
            let read = inputs.indices.map { reader.read(inputs, at: $0) }
            prepared.texts.append(chat.lines.map(\.text))
            prepared.chats.append(read)
            prepared.vectors.append(read.map(MessageFeatures.vector))
            prepared.targets.append(chat.lines.map(targets))
            let writer = chat.writer ?? ""
            numbers[writer] = numbers[writer] ?? numbers.count
            prepared.writers.append(numbers[writer] ?? 0)
        }
        return prepared
    }

    /// What a line teaches each head; an unsure line teaches nothing.
    private static func targets(of line: LabelledChat.Line) -> [Bool?] {
        if line.isUnsure { return ChatModel.Head.allCases.map { _ in nil } }
        return ChatModel.Head.allCases.map { head in
            switch head {
            case .extortion: line.labels.contains(.extortion)
            case .cashback: line.labels.contains(.cashback)
            case .ad: line.labels.contains(.ad)
            case .threat: line.labels.contains(.extortion) && ["threat", "leverage", "ultimatum"].contains(line.act)
            case .demand: line.labels.contains(.extortion) && ["demand", "amount", "payment", "bargain"].contains(line.act)
            case .reviewAsk: line.labels.contains(.cashback) && line.role != .seller
            case .reviewOffer: line.labels.contains(.cashback) && line.role == .seller
            case .exchange: line.labels.contains(.cashback) && ["accept", "carry-out", "payment"].contains(line.act)
            case .pitch: line.act == "ad-pitch"
            case .contact: line.act == "ad-contact"
            }
        }
    }

    /// Trains on the chats at `indices`.
    func train(_ data: Prepared, _ indices: [Int]) -> ChatModel {
        let writers = Set(indices.map { data.writers[$0] }).sorted()
        // For each fold the writers that are held out; none for the model of all.
        let held = (0...folds).map { fold in Set(writers.enumerated().filter { $0.offset % folds == fold }.map(\.element)) }
        let fitted = Self.inParallel(folds + 1) { fold in fit(data, indices.filter { fold == folds || !held[fold].contains(data.writers[$0]) }) }
        var opinions: [Int: [SequenceModel.Lanes]] = [:]
        for index in indices {
            guard let fold = held.firstIndex(where: { $0.contains(data.writers[index]) }) else { continue }
            opinions[index] = data.vectors[index].map { fitted[fold].logOdds($0) }
        }
        let examples = indices.map { index in
            SequenceTrainer.Example(
                read: data.chats[index], opinions: opinions[index] ?? [], targets: data.targets[index], writer: data.writers[index])
        }
        let vocabulary = sequences.vocabulary(of: examples)
        return ChatModel(
            gate: gate.train(
                // A line that stands alone has nobody to wake it.
                indices.filter { $0 < data.originals || data.texts[$0].count == 1 }.map { index in
                    GateTrainer.Chat(
                        texts: data.texts[index],
                        isLabelled: data.targets[index].map { targets in
                            targets.contains(nil) ? nil : targets.contains(true)
                        }, writer: data.writers[index])
                }),
            messages: fitted[folds],
            vocabulary: vocabulary,
            // They differ in what chance gave them to begin with.
            sequences: Self.inParallel(networks) { number in
                var trainer = sequences
                trainer.seed = UInt64(number + 1)
                return trainer.train(examples, vocabulary)
            })
    }

    /// What `body` makes of each number below `count`, over all cores; which of them makes it changes nothing.
    static func inParallel<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
        let values = Mutex<[Value?]>(Array(repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { number in
            let value = body(number)
            values.withLock { $0[number] = value }
        }
        return values.withLock { $0.compactMap(\.self) }
    }

    private func fit(_ data: Prepared, _ indices: [Int]) -> LinearModel {
        let examples = indices.flatMap { index in
            zip(data.vectors[index], data.targets[index]).map { vector, targets in
                LinearTrainer.Example(vector: vector, targets: targets, writer: data.writers[index])
            }
        }
        return messages.train(examples, headCount: ChatModel.Head.allCases.count)
    }
}
