import CICU
import Foundation
import Resources
import Tokenization

/// Measures each stage of tokenization in bytes of UTF-8 a second, on the lines of a file or on made-up chat.
///
/// `swift run -c release TokenizationBenchmark [FILE]`. Words and ICU alone take turns, and their ratio is the median of
/// all rounds, in processor time, so that what else runs on the machine matters little. With `--gold FILE` it
/// prints the F1 on text that people have cut, beside ICU's and jieba's; a file that is not there is told and left out.
/// With `--terms FILE…` it tells which words of the field are not whole in the lines of the files, `.jsonl` with a `text` or `messages` included.
@main
struct TokenizationBenchmark {
    static func main() throws {
        let lines: [String]
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "--gold" {
            for path in arguments.dropFirst() {
                print(path)
                if let score = GoldScore(path) { score.print() } else { print("no such file, left out") }
            }
            return
        }
        if arguments.first == "--terms" {
            TermCount().print(try arguments.dropFirst().flatMap(Self.lines))
            return
        }
        if let path = arguments.first {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            lines = text.split(separator: "\n").map { String($0) }
        } else {
            lines = chat()
        }
        let bytes = lines.reduce(0) { $0 + $1.utf8.count }
        print("\(lines.count) lines, \(bytes) bytes")

        func seconds(_ body: () -> Void) -> Double {
            let start = processorTime()
            body()
            return processorTime() - start
        }
        func tell(_ name: String, _ times: [Double]) {
            print(name, String(format: "%.1f MB/s", Double(bytes) / (times.sorted()[times.count / 2]) / 1e6))
        }
        func measure(_ name: String, _ body: () -> Void) { tell(name, (0..<5).map { _ in seconds(body) }) }

        started("ICU's breaker") { unsafe jz_word_breaker_close(jz_word_breaker_open()) }
        started("ICU's first line") {
            let line = Array("好评返现".utf16)
            var boundaries = [Int32](repeating: 0, count: 16)
            let breaker = unsafe jz_word_breaker_open()
            if let breaker = unsafe breaker { _ = unsafe jz_word_breaker_boundaries(breaker, line, line.count, &boundaries) }
            unsafe jz_word_breaker_close(breaker)
        }
        let tokenizer = started("lexicon and tokenizer") { WordTokenizer() }
        _ = started("first line") { tokenizer.words("好评返现") }
        let folder = started("folding") { Folder() }
        let reader = started("disguises") { DisguiseReader() }
        let entities = EntityReader()

        let units = lines.map { Array($0.utf16) }
        guard let breaker = unsafe jz_word_breaker_open() else { return }
        defer { unsafe jz_word_breaker_close(breaker) }
        var boundaries = [Int32](repeating: 0, count: (units.map(\.count).max() ?? 0) + 1)
        var sum = 0
        var alone: [Double] = []
        var words: [Double] = []
        for _ in 0..<15 {
            alone.append(
                seconds {
                    for line in units { sum += Int(unsafe jz_word_breaker_boundaries(breaker, line, line.count, &boundaries)) }
                })
            words.append(seconds { for line in lines { sum += tokenizer.words(line).count } })
        }
        tell("ICU alone", alone)
        tell("words", words)
        let ratios = zip(alone, words).map { $0 / $1 }.sorted()
        print(String(format: "words / ICU: %.2f (%.2f to %.2f)", ratios[7], ratios[0], ratios[14]))
        measure("tokenizeLine") { for line in lines { sum += tokenizer.tokenizeLine(line).utf8.count } }
        measure("fold") { for line in lines { sum += folder.fold(line).scalars.count } }
        let folded = lines.map { folder.fold($0) }
        measure("readings") { for line in folded { sum += reader.readings(in: line).count } }
        measure("entities") { for line in folded { sum += entities.entities(in: line).count } }
        print("checksum", sum)
    }

    /// The lines of a text, or what was said in one of JSON objects.
    private static func lines(of path: String) throws -> [String] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { String($0) }
        guard path.hasSuffix(".jsonl") else { return lines }
        return lines.flatMap { line -> [String] in
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else { return [] }
            let messages = object["messages"] as? [[String: Any]] ?? [object]
            return messages.compactMap { $0["text"] as? String }
        }
    }

    /// Prints the processor time of this thread that making something takes.
    private static func started<Part>(_ name: String, _ make: () -> Part) -> Part {
        let start = processorTime()
        let part = make()
        print("start,", name, String(format: "%.2f ms", (processorTime() - start) * 1e3))
        return part
    }

    /// Seconds of the processor that this thread has used.
    private static func processorTime() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Lines of chat made of the lexicon's words in a fixed order.
    private static func chat() -> [String] {
        let words = (EmbeddedResource("words.txt").lines + EmbeddedResource("field-words.txt").lines).flatMap { $0.split(separator: " ") }
        let ends = ["吗", "了", "吧", "呢", "，谢谢", "。", "2000元", "！"]
        var state: UInt64 = 1
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        return (0..<40000).map { _ in
            var line = ["我", "你们", "亲，", "这个", "请问", "不"][next(6)]
            for _ in 0..<2 + next(5) { line += words[next(words.count)] + ["的", "", "在", "和", ""][next(5)] }
            return line + ends[next(ends.count)]
        }
    }
}
