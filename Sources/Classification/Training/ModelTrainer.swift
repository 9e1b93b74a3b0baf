import Transcript

/// Trains the shipped model.
public enum ShippedModel {
    /// The bytes of the model that labelled chats give with the lexicon the program carries: the same bytes on every
    /// machine.
    public static func train(on chats: [LabelledChat]) -> [UInt8] {
        let data = ModelTrainer.prepare(chats, reader: MessageReader(lexicon: .shipped))
        return ModelFile.encode(ModelTrainer().train(data, Array(data.chats.indices)))
    }
}

/// Trains the layers of the chat model from labelled chats.
///
/// A later layer learns from what the layer before says of writers it was not trained on: otherwise it would trust it
/// too much.
struct ModelTrainer {
    var layerCount = 3
    var folds = 5
    var trainer = LinearTrainer()

    /// Labelled chats made ready for training.
    struct Prepared {
        var chats: [[ReadMessage]]
        var first: [[FeatureVector]]
        var targets: [[[Bool?]]]
        /// The number of each chat's writer.
        var writers: [Int]
    }

    /// The chats in their order, then the variants that training adds to them.
    static func prepare(_ chats: [LabelledChat], reader: MessageReader) -> Prepared {
        var numbers: [String: Int] = [:]
        var prepared = Prepared(chats: [], first: [], targets: [], writers: [])
        for chat in chats + TrainingVariants.of(chats) {
            let read = chat.lines.map {
                reader.read(Classifier.Input(role: $0.role, sender: $0.sender, text: $0.text))
            }
            let features = ChatFeatures(chat: read)
            prepared.chats.append(read)
            prepared.first.append(read.indices.map(features.first))
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
        var layers: [LinearModel] = []
        // Opinions of models that did not see the chat's writer.
        var opinions: [Int: [[Int]]] = [:]
        let writers = Set(indices.map { data.writers[$0] }).sorted()
        for number in 0..<layerCount {
            var vectors: [Int: [FeatureVector?]] = [:]
            for index in indices { vectors[index] = self.vectors(data, index, number, opinions[index]) }
            layers.append(fit(data, indices, vectors))
            guard number + 1 < layerCount else { break }
            var next: [Int: [[Int]]] = [:]
            for fold in 0..<folds {
                let held = Set(writers.enumerated().filter { $0.offset % folds == fold }.map(\.element))
                let model = fit(data, indices.filter { !held.contains(data.writers[$0]) }, vectors)
                for index in indices where held.contains(data.writers[index]) {
                    next[index] = vectors[index]?.map { vector in
                        vector.map { ChatModel.opinion(of: model, on: $0) } ?? Array(repeating: 0, count: model.headCount)
                    }
                }
            }
            opinions = next
        }
        return ChatModel(layers: layers)
    }

    /// What the layer of that number sees; `nil` for messages it is not asked about.
    private func vectors(_ data: Prepared, _ index: Int, _ layer: Int, _ opinions: [[Int]]?) -> [FeatureVector?] {
        guard layer > 0, let opinions else { return data.first[index] }
        let features = ChatFeatures(chat: data.chats[index])
        let quiet = ChatModel.quiet(opinions)
        return data.chats[index].indices.map {
            quiet[$0] ? nil : features.later($0, opinions: opinions, first: data.first[index][$0])
        }
    }

    private func fit(_ data: Prepared, _ indices: [Int], _ vectors: [Int: [FeatureVector?]]) -> LinearModel {
        let examples = indices.flatMap { index in
            zip(vectors[index] ?? [], data.targets[index]).compactMap { vector, targets in
                vector.map { LinearTrainer.Example(vector: $0, targets: targets, writer: data.writers[index]) }
            }
        }
        return trainer.train(examples, headCount: ChatModel.Head.allCases.count)
    }
}
