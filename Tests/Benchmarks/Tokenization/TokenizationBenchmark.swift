import CICU
import Foundation
import Resources
import Tokenization

/// Measures each stage of tokenization in bytes of UTF-8 a second, on the lines of a file or on made-up chat.
///
/// `swift run -c release TokenizationBenchmark [FILE]`. The ratio to ICU alone is of the same run. With `--gold FILE` it
/// prints the F1 on text that people have cut, beside ICU's and jieba's; a file that is not there is told and left out.
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
        if let path = arguments.first {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            lines = text.split(separator: "\n").map { String($0) }
        } else {
            lines = chat()
        }
        let bytes = lines.reduce(0) { $0 + $1.utf8.count }
        print("\(lines.count) lines, \(bytes) bytes")

        let clock = ContinuousClock()
        func measure(_ name: String, _ body: () -> Void) -> Double {
            var best = Double.infinity
            for _ in 0..<5 {
                let time = clock.measure(body)
                best = min(best, Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18)
            }
            let rate = Double(bytes) / best / 1e6
            print(name, String(format: "%.1f MB/s", rate))
            return rate
        }

        started("ICU's breaker") { unsafe jz_word_breaker_close(jz_word_breaker_open()) }
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
        let icu = measure("ICU alone") {
            for line in units { sum += Int(unsafe jz_word_breaker_boundaries(breaker, line, line.count, &boundaries)) }
        }
        let words = measure("words") { for line in lines { sum += tokenizer.words(line).count } }
        print(String(format: "words / ICU: %.2f", words / icu))
        _ = measure("tokenizeLine") { for line in lines { sum += tokenizer.tokenizeLine(line).utf8.count } }
        _ = measure("fold") { for line in lines { sum += folder.fold(line).scalars.count } }
        let folded = lines.map { folder.fold($0) }
        _ = measure("readings") { for line in folded { sum += reader.readings(in: line).count } }
        _ = measure("entities") { for line in folded { sum += entities.entities(in: line).count } }
        print("checksum", sum)
    }

    /// Prints the processor time of this thread that making something takes.
    private static func started<Part>(_ name: String, _ make: () -> Part) -> Part {
        func now() -> Double {
            var time = timespec()
            unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
        }
        let start = now()
        let part = make()
        print("start,", name, String(format: "%.2f ms", now() - start))
        return part
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
