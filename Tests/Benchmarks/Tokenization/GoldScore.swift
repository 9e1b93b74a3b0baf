import CICU
import Foundation
import Tokenization

/// F1 of the words on a file of text that people have cut: words apart by spaces, a sentence a line.
///
/// Beside this tokenizer stand ICU alone and, where Python has it, jieba's dictionary without its hidden Markov model.
struct GoldScore {
    /// For each line the ends of its words, in scalars.
    private let gold: [[Int]]
    private let lines: [String]

    /// `nil` where there is no such file.
    init?(_ path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        var gold: [[Int]] = []
        var lines: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\u{3000}" })
            guard !words.isEmpty else { continue }
            gold.append(Self.ends(words))
            lines.append(words.joined())
        }
        (self.gold, self.lines) = (gold, lines)
    }

    func print() {
        let tokenizer = WordTokenizer()
        show("juzheng", lines.map { tokenizer.words($0).map(\.upperBound) })
        show("ICU alone", lines.map(Self.icu))
        if let jieba = jieba() { show("jieba without HMM", jieba) } else { Swift.print("jieba: not installed, left out") }
    }

    private func show(_ name: String, _ found: [[Int]]) {
        var (right, wanted, given) = (0, 0, 0)
        for (gold, found) in zip(gold, found) {
            func words(_ ends: [Int]) -> Set<Range<Int>> { Set(zip([0] + ends, ends).map { $0..<$1 }) }
            right += words(gold).intersection(words(found)).count
            wanted += gold.count
            given += found.count
        }
        let (precision, recall) = (Double(right) / Double(given), Double(right) / Double(wanted))
        Swift.print(name, String(format: "P %.4f R %.4f F1 %.4f", precision, recall, 2 * precision * recall / (precision + recall)))
    }

    private static func ends(_ words: [Substring]) -> [Int] {
        var end = 0
        return words.map { word in
            end += word.unicodeScalars.count
            return end
        }
    }

    private static func icu(_ line: String) -> [Int] {
        guard let breaker = unsafe jz_word_breaker_open() else { return [] }
        defer { unsafe jz_word_breaker_close(breaker) }
        let units = Array(line.utf16)
        var boundaries = [Int32](repeating: 0, count: units.count)
        let count = unsafe jz_word_breaker_boundaries(breaker, units, units.count, &boundaries)
        // From UTF-16 units to scalars.
        var scalars = [Int](repeating: 0, count: units.count + 1)
        for at in units.indices { scalars[at + 1] = scalars[at] + (UTF16.isTrailSurrogate(units[at]) ? 0 : 1) }
        return boundaries.prefix(Int(max(0, count))).map { scalars[Int($0)] }
    }

    /// What `python3 -c "import jieba"` gives; the interpreter may be named in `PYTHON`.
    private func jieba() -> [[Int]]? {
        let script = """
            import sys
            try: import jieba
            except ImportError: sys.exit(3)
            jieba.setLogLevel(60)
            for line in sys.stdin.buffer.read().decode().split("\\n"):
                sys.stdout.buffer.write(("\\t".join(jieba.cut(line, HMM=False)) + "\\n").encode())
            """
        let folder = FileManager.default.temporaryDirectory.appending(path: "juzheng-gold-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: folder) }
        guard (try? Data(lines.joined(separator: "\n").utf8).write(to: folder)) != nil else { return nil }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [ProcessInfo.processInfo.environment["PYTHON"] ?? "python3", "-c", script]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = try? FileHandle(forReadingFrom: folder)
        guard (try? process.run()) != nil, let data = try? output.fileHandleForReading.readToEnd() else { return nil }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).prefix(lines.count)
            .map { Self.ends($0.split(separator: "\t")) }
    }
}
