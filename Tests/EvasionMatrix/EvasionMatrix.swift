import Tokenization

/// Prints how each line of standard input is read: `swift run evasion-matrix read`.
@main
struct EvasionMatrix {
    static func main() {
        let reader = DisguiseReader()
        let folder = Folder()
        while let line = readLine() {
            let folded = folder.fold(line)
            let readings = reader.readings(in: folded)
            if CommandLine.arguments.contains("only"), readings.isEmpty { continue }
            let list = readings.map { "\(FoldedText(scalars: Array(folded.scalars[$0.range]), origins: Array(folded.origins[$0.range])).string)→\($0.word)/\($0.kind.rawValue)/\($0.cost)" }
            print(line, "|", list.joined(separator: " "))
        }
    }
}
