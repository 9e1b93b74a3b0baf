import ArgumentParser
import Classification
import Ingestion
import Tokenization

/// What a user adds to what the program judges by.
struct ClassifierOptions: ParsableArguments {
    @Option(help: .say("另外放规则的文件夹，里面每个 .json5 文件一条规则。", en: "A folder of further rules, one .json5 file each."))
    var rules: String?

    @OptionGroup var words: DictionaryOption

    /// The shipped classifier with what was added, and the files it came from, so that the manifest can name them.
    func load() throws -> (classifier: Classifier, files: [(name: String, bytes: [UInt8])]) {
        let added = try UserRules.read(rules)
        guard let dictionary = words.dictionary else {
            return (added.rules.isEmpty ? .shipped : .shipped(adding: added.rules), added.files)
        }
        let (lexicon, bytes) = try words.read()
        let name = FilePath(FilePath(dictionary).lastComponent).displayName
        return (.shipped(adding: added.rules, words: lexicon), added.files + [(name, bytes)])
    }
}
