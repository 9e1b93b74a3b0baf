import Tokenization

/// Clears most messages before they are read: what it clears is surely not awake.
///
/// It folds the raw bytes into a buffer on the stack and asks three questions of them, each of which may be answered with
/// yes too often and never with no: does a word of a class that wakes stand there, may something be read as another word,
/// may an account or a link be there. Where nothing is read as another word, a message's text is what folding makes of
/// it, so that the answers hold for the message as it would be read.
public struct Prefilter: Sendable {
    private let folder = Folder()
    private let disguises: DisguiseReader
    private let entities = EntityReader()
    private let words: CueMatcher

    /// - Parameter classes: the classes of the lexicon whose words wake.
    public init(lexicon: CueLexicon, classes: Set<String>, disguises: DisguiseReader = DisguiseReader()) {
        var waking = lexicon
        waking.classes.removeAll { !classes.contains($0.name) }
        words = CueMatcher(waking)
        self.disguises = disguises
    }

    /// Whether a message may be awake; `false` is sure.
    public func mayBeAwake(_ text: String) -> Bool {
        var text = text
        text.makeContiguousUTF8()
        return mayBeAwake(text.utf8.span)
    }

    /// The same of the bytes of a message.
    /// - Parameter utf8: the message's text. Bytes that are no UTF-8 may be awake.
    /// - Complexity: O(length of the text).
    public func mayBeAwake(_ utf8: Span<UInt8>) -> Bool {
        folder.withFolded(utf8) { text in
            guard let text else { return true }
            return words.hasMatch(in: text) || disguises.mayRead(in: text) || entities.mayHoldContact(text)
        }
    }
}

extension Prefilter {
    /// The prefilter of the model the program carries.
    public static let shipped = Prefilter(lexicon: .shipped, classes: wakingClasses)

    private static let wakingClasses: Set<String> = [
        "bad-review", "report", "expose", "leverage", "authority", "settle", "euphemism", "pay-channel", "contact-noun",
        "group-link", "job-ad", "earnings", "loan", "gambling", "shop-service", "rebate-app", "reward", "review",
        "good-review", "delete-change", "brush", "leak", "violence", "order-disrupt", "hint-wait", "account-trade",
        "resale", "marketing",
    ]
}
