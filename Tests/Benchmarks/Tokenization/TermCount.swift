import Foundation
import Resources
import Tokenization

/// Counts where the words of the field stand in a text, and names the places where the cut leaves one not whole.
struct TermCount {
    private let terms = Set(
        EmbeddedResource("field-words.txt").lines.flatMap { $0.split(separator: " ") }.map { Array($0.unicodeScalars) }
            .filter { $0.count > 1 && $0.allSatisfy(\.properties.isIdeographic) })

    /// Prints for the lines of a text how many of the terms in them are whole, and the others with how they are cut, most frequent first.
    func print(_ lines: [String]) {
        let tokenizer = WordTokenizer()
        let longest = terms.map(\.count).max() ?? 0
        var whole = 0
        var torn: [String: Int] = [:]
        for line in lines {
            let scalars = Array(line.unicodeScalars)
            let words = tokenizer.words(scalars)
            var first = 0
            for start in scalars.indices {
                while first < words.count, words[first].upperBound <= start { first += 1 }
                guard first < words.count else { break }
                for length in 2...max(2, longest) where start + length <= scalars.count && terms.contains(Array(scalars[start..<start + length])) {
                    let covering = words[first...].prefix { $0.lowerBound < start + length }
                    if covering.count == 1 {
                        whole += 1
                    } else {
                        let cut = covering.map { text(scalars[$0]) }.joined(separator: " ")
                        torn[text(scalars[start..<start + length]) + ": " + cut, default: 0] += 1
                    }
                }
            }
        }
        Swift.print("whole \(whole), not whole \(torn.values.reduce(0, +))")
        for (place, count) in torn.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) { Swift.print(count, place) }
    }

    private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
