import ArgumentParser
import Ingestion
import Tokenization

struct TokenizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize", abstract: .say("切词：标准输入的每行文字切成词，词与词之间一个空格。", en: "Cut each line of standard input into words, one space between them."))

    @OptionGroup var language: LanguageOption
    @OptionGroup var words: DictionaryOption

    func run() throws {
        let tokenizer = WordTokenizer(lexicon: try words.read().lexicon)
        var lines = LineInput()
        var output: [UInt8] = []
        while let line = lines.next() {
            Self.write(line, tokenizer, to: &output)
            if output.count > 1 << 16 || lines.wouldWait {
                StandardStreams.write(output, to: 1)
                output.removeAll(keepingCapacity: true)
            }
        }
        StandardStreams.write(output, to: 1)
    }

    /// Writes the words of a line, and its line end as it was.
    private static func write(_ line: [UInt8], _ tokenizer: WordTokenizer, to output: inout [UInt8]) {
        var text = line[...]
        if text.last == 0x0A {
            text.removeLast()
            if text.last == 0x0D { text.removeLast() }
        }
        if let valid = String(validating: text, as: UTF8.self) {
            output += tokenizer.tokenizeLine(valid).utf8
        } else {
            // A byte that is no UTF-8 is a word of its own; around it the text is cut as usual.
            let start = output.count
            var rest = text
            while !rest.isEmpty {
                var count = 0
                while count < rest.count, let more = characterLength(of: rest.dropFirst(count)) { count += more }
                let words = count == 0 ? [rest[rest.startIndex]]
                    : Array(tokenizer.tokenizeLine(String(decoding: rest.prefix(count), as: UTF8.self)).utf8)
                if output.count > start, !words.isEmpty { output.append(0x20) }
                output += words
                rest = rest.dropFirst(max(1, count))
            }
        }
        output += line[text.endIndex...]
    }

    /// The bytes of the character that begins here, or `nil` where none does.
    private static func characterLength(of bytes: ArraySlice<UInt8>) -> Int? {
        (1...4).first { $0 <= bytes.count && String(validating: bytes.prefix($0), as: UTF8.self) != nil }
    }
}

/// The user's own words.
struct DictionaryOption: ParsableArguments {
    @Option(help: .say("自己的词典：每行一个词，可用制表符接一个代价（0–1000，越小越优先）。", en: "Your own dictionary: a word a line, perhaps a tab and a cost (0–1000, the lower the sooner taken)."))
    var dictionary: String?

    /// The program's words and the user's, and the bytes of the dictionary; a line that says none is named and left out.
    func read() throws -> (lexicon: Lexicon, bytes: [UInt8]) {
        var lexicon = Lexicon.standard
        guard let dictionary else { return (lexicon, []) }
        guard let file = try? FileBytes(mapping: FilePath(dictionary)) else {
            throw ValidationError(.say("读不了词典 \(dictionary)：请检查路径和权限。", en: "The dictionary \(dictionary) cannot be read. Check its path and permissions."))
        }
        let bytes = file.bytes(in: 0..<file.count)
        for bad in lexicon.insert(dictionary: bytes) {
            let reason = switch bad.reason {
            case .notUTF8: String.say("不是 UTF-8，请另存为 UTF-8", en: "it is not UTF-8")
            case .badCost: String.say("制表符后应是 0–1000 的整数", en: "after the tab stands a whole number of 0–1000")
            case .tooLong: String.say("一个词最多 100 个字", en: "a word has at most 100 characters")
            case .onlySpaces: String.say("没有词", en: "it holds no word")
            }
            StandardStreams.complain(.say("词典第 \(bad.line) 行没有用上：\(reason)。", en: "Line \(bad.line) of the dictionary is left out: \(reason)."))
        }
        return (lexicon, bytes)
    }
}
