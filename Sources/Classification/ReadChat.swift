/// A chat whose messages are read when somebody asks for them, and then only once.
struct ReadChat {
    let inputs: [Classifier.Input]
    private let reader: MessageReader
    private let words: RuleWords
    private var messages: [ReadMessage?]
    private var views: [RuleView?]

    init(_ inputs: [Classifier.Input], reader: MessageReader, words: RuleWords) {
        self.inputs = inputs
        self.reader = reader
        self.words = words
        messages = Array(repeating: nil, count: inputs.count)
        views = Array(repeating: nil, count: inputs.count)
    }

    /// The message at a position, read.
    mutating func message(_ index: Int) -> ReadMessage {
        if let message = messages[index] { return message }
        let message = reader.read(inputs, at: index)
        messages[index] = message
        return message
    }

    /// What the rules see of it.
    mutating func view(_ index: Int) -> RuleView {
        if let view = views[index] { return view }
        let view = words.view(of: message(index))
        views[index] = view
        return view
    }
}
