import CICU
import Resources
import Testing
import Tokenization

@Suite struct WordTokenizerTests {
    let tokenizer = WordTokenizer()

    @Test(arguments: [
        ("给我好评返现2000元，加微信abc123", "给 我 好评返现 2000 元 ， 加 微信 abc123"), ("其中评价不错", "其中 评价 不错"), ("返现金三百来块", "返 现金 三百 来 块"),
        ("不给退一赔三就去市监局投诉", "不 给 退一赔三 就 去 市监局 投诉"), ("我转账两千五给你", "我 转账 两千五 给 你"), ("一下子万一", "一下子 万一"), ("返利网吧", "返利网 吧"), ("我不包邮", "我 不包邮"), ("收到货了", "收到 货 了"), ("往返现场", "往返 现场"),
        ("二○○一年十二月三十一日", "二○○一年 十二月 三十一日"), ("2024年5月6日", "2024年 5月 6日"), ("1.5万", "1.5万"), ("三星手机", "三星 手机"), ("新的，我的", "新 的 ， 我 的"),
        ("退一赔三三千块", "退一赔三 三千 块"), ("一天一百二日结", "一 天 一百二 日结"), ("仅退款不退货", "仅退款不退货"), ("还没收到货", "还 没收到 货"), ("贵店主图", "贵店 主图"),
        ("有链接单", "有 链接 单"), ("先预售后", "先 预售 后"), ("我主张退货款", "我 主张 退 货款"), ("京东快递员", "京东 快递员"), ("给五星好评返现2元", "给 五星好评返现 2 元"), ("30%……", "30% ……"), ("a b  c", "a b c"), (" ", ""), ("", ""), ("好 评", "好 评"), ("👩‍👩‍👧好", "👩‍👩‍👧 好"),
    ]) func cuts(line: String, words: String) {
        #expect(tokenizer.tokenizeLine(line) == words)
    }

    private static let fieldTerms: Set<String> = Set(
        EmbeddedResource("field-words.txt").lines.flatMap { $0.split(separator: " ").map(String.init) })

    private static let contexts = [
        "@", "我要@了", "给你@吧", "要@就", "要求@2000", "，@。", "他说@的", "abc@123", "一个@和", "再@一次", "不@吗", "没@啊", "网上@网店",
        "全部@员工", "先@后", "好@还", "中@人", "被@费", "人@机", "退@货", "有@单", "可以@给", "为什么@现在", "店家@上面", "只要@里的",
    ]
    private static let terms = fieldTerms.filter { $0.unicodeScalars.allSatisfy { $0.properties.isIdeographic } }.sorted()

    /// How a term is cut in a context, and where it stands there; nothing where it is whole, inside a longer word too.
    private func tornCut(of term: String, in context: String) -> (words: [Range<Int>], line: [Unicode.Scalar], place: Range<Int>)? {
        let line = Array(context.replacing("@", with: term).unicodeScalars)
        let before = context.prefix { $0 != "@" }.unicodeScalars.count
        let place = before..<before + term.unicodeScalars.count
        let words = tokenizer.words(line)
        let isWhole = words.contains { $0.lowerBound <= place.lowerBound && $0.upperBound >= place.upperBound }
        return isWhole ? nil : (words, line, place)
    }

    /// Each term of the field stays whole between neighbours of any kind.
    @Test(arguments: contexts) func fieldTermsStayWhole(context: String) {
        let broken = Self.terms.filter { term in
            guard let (words, line, place) = tornCut(of: term, in: context) else { return false }
            // Another term of the field may take a character of it (拒 退款), and two words of the language may share it (中德 邦人).
            let isShared = words.contains { word in
                var view = String.UnicodeScalarView()
                view.append(contentsOf: line[word])
                return word.overlaps(place) && Self.fieldTerms.contains(String(view))
                    && (word.lowerBound < place.lowerBound || word.upperBound > place.upperBound)
            }
            let isDivided = words.contains { $0.lowerBound < place.lowerBound && $0.upperBound > place.lowerBound }
                && words.contains { $0.lowerBound < place.upperBound && $0.upperBound > place.upperBound }
            return !isShared && !isDivided
        }
        #expect(broken == [], "\(context)")
    }

    /// `Words.md` says which they are, and why.
    @Test func fewTermsGiveWayToOthers() {
        let torn = Self.contexts.flatMap { context in Self.terms.filter { tornCut(of: $0, in: context) != nil }.map { context.replacing("@", with: $0) } }
        #expect(torn.count <= 48, "of \(Self.contexts.count * Self.terms.count): \(torn)")
    }

    @Test func tokensJoinToTheLine() {
        var random = SystemRandomNumberGenerator()
        let pieces = ["好评", "返现", " ", "  ", "2000", "元", "abc", "\u{200B}", "👩‍👩‍👧", "é", "e\u{301}", "\t", "，", "一二三", "百", "年", "克", "林", "顿", "李", "明", "\u{1F1E8}\u{1F1F3}", "\r", "𠮷", "%", "—", "。"]
        for round in 0..<1500 {
            var line = ""
            for _ in 0..<Int.random(in: 0...25, using: &random) {
                if round % 2 == 0, let piece = pieces.randomElement(using: &random) {
                    line += piece
                } else if let scalar = Unicode.Scalar(UInt32.random(in: 1...0x2FFFF, using: &random)) {
                    line.unicodeScalars.append(scalar)
                }
            }
            let words = tokenizer.words(line)
            let scalars = Array(line.unicodeScalars)
            var end = 0
            for word in words {
                #expect(word.lowerBound >= end && !word.isEmpty && word.upperBound <= scalars.count)
                #expect(scalars[end..<word.lowerBound].allSatisfy { $0 == " " })
                end = word.upperBound
            }
            #expect(scalars[end...].allSatisfy { $0 == " " })
            let joined = tokenizer.tokenizeLine(line).unicodeScalars.filter { $0 != " " }
            #expect(Array(joined) == scalars.filter { $0 != " " })
        }
    }

    @Test func takesAUsersWords() {
        var lexicon = Lexicon.standard
        let bad = lexicon.insert(dictionary: Array("# mine\n麻辣小龙虾\niPhone 15 Pro\nC++\n坏代价\tx\n\n \t5\n龙虾\t0\r\n".utf8))
        #expect(bad == [.init(line: 5, reason: .badCost), .init(line: 7, reason: .onlySpaces)])
        let tokenizer = WordTokenizer(lexicon: lexicon)
        #expect(tokenizer.tokenizeLine("来份麻辣小龙虾") == "来 份 麻辣小龙虾")
        #expect(tokenizer.tokenizeLine("iPhone 15 Pro和C++") == "iPhone 15 Pro 和 C++")
        #expect(lexicon.insert(dictionary: [0xFF, 0xFE, 0x0A]) == [.init(line: 1, reason: .notUTF8)])
    }

    @Test func manyTasksShareOneTokenizer() async {
        let expected = tokenizer.tokenizeLine("给我好评返现2000元")
        await withTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { tokenizer.tokenizeLine("给我好评返现2000元") } }
            for await words in group { #expect(words == expected) }
        }
    }
}
