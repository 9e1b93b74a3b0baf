import CICU
import Resources
import Testing
import Tokenization

@Suite struct FolderTests {
    let folder = Folder()

    @Test(arguments: [
        ("２０００ＡＢ", "2000ab"), ("②⓪⓪⓪", "2000"), ("❷➊", "21"), ("1️⃣0️⃣", "10"), ("㉑", "21"), ("𝟐𝐕𝒳", "2vx"),
        ("🅥🆇Ⓦ", "vxw"), ("差̶评̶", "差评"), ("差\u{200B}\u{FEFF}评", "差评"), ("\u{202E}评差\u{202C}", "评差"),
        ("差評給錢轉帳發紅包", "差评给钱转帐发红包"), ("刷単", "刷单"), ("挙報", "举报"), ("wēi xìn", "wei xin"), ("ｗｅｉ　ｘｉｎ", "wei xin"),
        ("薇❤️", "薇❤"), ("➕微", "➕微"), ("两千五", "两千五"), ("がぎ", "がぎ"), ("вх", "bx"), ("ﬁ", "fi"), ("", ""),
    ]) func folds(text: String, folded: String) {
        #expect(folder.fold(text).string == folded)
    }

    @Test func knowsWhereItCameFrom() {
        let folded = folder.fold("a1️⃣\u{200B}好")
        #expect(folded.string == "a1好")
        #expect(folded.origins == [0..<1, 1..<4, 5..<6])
        #expect(folded.originalRange(of: 1..<3) == 1..<6)
    }

    @Test func foldingEveryCharacterIsIdempotent() {
        var changed: [String] = []
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = folder.fold(String(scalar))
            if folder.fold(once.string).scalars != once.scalars { changed.append(String(value, radix: 16)) }
        }
        #expect(changed.isEmpty)
    }

    @Test func randomTextKeepsItsOrder() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                let high = Bool.random(using: &random) ? UInt32(0x10FFFF) : 0x3100
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...high, using: &random)) { text.append(scalar) }
            }
            let folded = folder.fold(String(text))
            #expect(folder.fold(folded.string).scalars == folded.scalars)
            for (origin, next) in zip(folded.origins, folded.origins.dropFirst()) { #expect(origin.lowerBound <= next.lowerBound) }
            for origin in folded.origins { #expect(!origin.isEmpty && origin.lowerBound >= 0 && Int(origin.upperBound) <= text.count) }
        }
    }
}
