import Foundation
import Testing
import Transcript

@testable import Ingestion

/// Feeds every format with fixtures that are cut up, spliced with others and strewn with hostile pieces.
///
/// A few rounds run each time; `JUZHENG_FUZZ_ROUNDS=100000 swift test --filter FuzzTests` runs as many as there is
/// patience for. A round is known by fixture and number, so whatever it finds is found again.
@Suite struct FuzzTests {
    private static let rounds = ProcessInfo.processInfo.environment["JUZHENG_FUZZ_ROUNDS"].flatMap(Int.init) ?? 8

    private static let pieces: [[UInt8]] =
        [
            "\n", "\r", "\r\n", "\r\n\r\n", "\u{FEFF}", "\u{202E}", " ", "\t", "<", ">", "</tr>", "<tr>", "<div>",
            "</div>", "&#55357;", "&#x",
            "&", "\"", "'", ",", ":", "：", "(", ")", "[", "]", "{", "}", "-->", "2012-12-31 9:05:06",
            "2012-12-31 9:05:06 名字", "9:05:06", "已读",
            "甲 (2012-12-31 9:05:06):", "甲: 08-20 20:31:50", "=", String(repeating: "=", count: 64), "消息对象:", "\0",
            "内容: ", "时间: ", "日期: 1/1/2012",
            "— —  2020-2-21  — —", "99999999999999999999", "-1", "上午", "PM",
        ].map { Array($0.utf8) } + [[0xFF], [0x81], [0xFE, 0xFF], [0xE4, 0xBD], [0xF0, 0x9F, 0x98], [0x00, 0x00]]

    @Test(arguments: Fixture.all)
    func `whatever is done to a file, its account adds up`(_ fixture: Fixture) {
        let original = fixture.bytes
        let others = Fixture.all
        for round in 0..<Self.rounds {
            var random = SplitMix(state: UInt64(round) &* 0x1_0001 &+ UInt64(original.count))
            func number(_ below: Int) -> Int { below > 0 ? Int(random.next() % UInt64(below)) : 0 }
            var bytes = original
            for _ in 0...number(6) {
                let at = number(bytes.count + 1)
                switch number(6) {
                case 0: bytes.insert(contentsOf: Self.pieces[number(Self.pieces.count)], at: at)
                case 1: bytes.removeSubrange(at..<min(bytes.count, at + number(40)))
                case 2:
                    bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + number(200))], at: number(bytes.count))
                case 3:
                    let other = others[number(others.count)].bytes
                    let from = number(other.count)
                    bytes.insert(contentsOf: other[from..<min(other.count, from + number(400))], at: at)
                case 4: if at < bytes.count { bytes[at] = UInt8(truncatingIfNeeded: random.next()) }
                default:
                    let piece = Self.pieces[number(Self.pieces.count)]
                    for _ in 0..<number(60) { bytes.insert(contentsOf: piece, at: at) }
                }
            }
            for format in [fixture.format, nil] {
                let parsed = Parsed(bytes, format: format)
                let lines = parsed.file.source.lines
                let isSound =
                    lines.messages + lines.structure + lines.unparsed == lines.total
                    && parsed.messages.allSatisfy {
                        $0.location.line > 0 && $0.location.length > 0
                            && $0.location.offset + $0.location.length <= bytes.count
                    }
                #expect(isSound, "round \(round)")
            }
        }
    }
}
