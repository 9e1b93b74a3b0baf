import Resources

@testable import Tokenization

/// The kinds of disguise, each a way to write a word.
struct Disguise {
    var name: String
    /// What houbb/sensitive-word 0.29.5 says of it: its documents list an option for it, or it was tried and missed.
    var peer: String
    /// The disguised spellings of a word; none where the kind does not apply to it.
    var spellings: (Term) -> [String]
}

/// A word with the texts it is used in; `@` is the word's place.
struct Term {
    var word: String
    var carriers: [String]
    /// The listed forms that are not derived from the word.
    var names: [String] = []

    var characters: [Character] { Array(word) }
}

/// Sounds and shapes for the generator, read from the same tables as the reader's.
struct Spelling {
    private var readings: [Character: [String]] = [:]
    private var characters: [String: [Character]] = [:]
    private var traditional: [Character: Character] = [:]
    private(set) var parts: [Character: [String]] = [:]
    private(set) var shapes: [Character: [Character]] = [:]
    private(set) var variants: [Character: Character] = [:]

    /// Characters a writer finds on the first page of an input method.
    private static let frequent = Set("平苹评萍坪瓶凭屏查茶叉插察岔好号浩郝毫豪耗反返饭犯凡繁泛县线现先限险献陷红宏洪虹鸿弘包报宝保饱抱薄豹为位微维威薇卫围唯未喂尾信新心芯辛欣鑫支之知只织枝付负富副夫复服福傅转专赚砖撰账张帐章丈仗退推腿蜕款宽头投偷透诉素速塑述苏俗举居局巨句聚据具锯剧光广逛爆暴曝刷耍唰单丹担胆旦蛋兼间监坚尖肩建见件职直值织植只执力利立例丽历补不步布部捕卜佳加家嘉夹客克课刻可渴科淘逃桃陶讨套抖斗豆陡音因阴引银印钱前千签浅天添田甜猫毛冒拼品频贫多朵夺躲追锥坠缀中钟忠终众种五午舞物无星行兴形型刑一依衣医易京经精惊晶东冬懂栋董赔陪培佩配偿常长尝场敲悄桥乔诈炸榨扎".map { $0 })

    init() {
        for line in EmbeddedResource("pinyin.txt").lines + EmbeddedResource("readings.txt").lines {
            let columns = line.split(separator: " ")
            for character in columns[1] {
                readings[character, default: []].append(String(columns[0]))
                characters[String(columns[0]), default: []].append(character)
            }
        }
        for line in EmbeddedResource("simplified.txt").lines {
            let pair = Array(line)
            if traditional[pair[1]] == nil { traditional[pair[1]] = pair[0] }
        }
        for line in EmbeddedResource("splits.txt").lines {
            let columns = line.split(separator: " ").map(String.init)
            if let character = columns[0].first { parts[character] = Array(columns.dropFirst()) }
        }
        for line in EmbeddedResource("shapes.txt").lines {
            let columns = line.split(separator: " ")
            if let character = columns[0].first { shapes[character] = Array(columns[1]) }
        }
        for line in EmbeddedResource("lookalikes.txt").lines where line.first.map({ $0 > "z" }) == true {
            let columns = line.split(separator: " ")
            if let meant = columns[0].first, let shape = columns[1].first { variants[meant] = shape }
        }
    }

    func traditional(_ word: String) -> String { String(word.map { traditional[$0] ?? $0 }) }

    /// The first reading of each character, or `nil` where one has none.
    func pinyin(_ word: String) -> [String]? {
        var syllables: [String] = []
        for character in word {
            guard let reading = readings[character]?.first else { return nil }
            syllables.append(reading)
        }
        return syllables
    }

    /// Frequent characters of the same sound.
    func homophones(_ character: Character) -> [Character] {
        guard let reading = readings[character]?.first else { return [] }
        return characters[reading, default: []].filter { $0 != character && Self.frequent.contains($0) }
    }

    /// Frequent characters of a sound that is nearly the same: zh for z, ang for an.
    func nearSounds(_ character: Character) -> [Character] {
        guard let reading = readings[character]?.first else { return [] }
        var near: [String] = []
        if reading.dropFirst().first == "h" { near.append(String(reading.prefix(1) + reading.dropFirst(2))) }
        if reading.hasSuffix("g") { near.append(String(reading.dropLast())) } else if reading.hasSuffix("n") { near.append(reading + "g") }
        if reading.hasPrefix("n") { near.append("l" + reading.dropFirst()) } else if reading.hasPrefix("l") { near.append("n" + reading.dropFirst()) }
        return near.flatMap { characters[$0, default: []] }.filter { Self.frequent.contains($0) && $0 != character }
    }
}

extension Disguise {
    /// Stands between two messages of one speaker.
    static let messageEnd: Character = "␞"

    static func all(_ spelling: Spelling) -> [Disguise] {
        let words = Set(TermLexicon.standard.terms.map(\.name))
        func joined(_ name: String, _ separator: String, peer: String = "—") -> Disguise {
            Disguise(name: name, peer: peer) { [$0.characters.map { String($0) }.joined(separator: separator)] }
        }
        func latin(_ name: String, _ map: @escaping (String) -> String, peer: String = "—") -> Disguise {
            Disguise(name: name, peer: peer) { term in
                guard let syllables = spelling.pinyin(term.word), syllables.count > 1 else { return [] }
                return [map(syllables.joined())]
            }
        }
        func shifted(_ text: String, _ lower: UInt32) -> String {
            var view = String.UnicodeScalarView()
            for scalar in text.unicodeScalars {
                view.append(Unicode.Scalar(scalar.value - 0x61 + lower) ?? scalar)
            }
            return String(view)
        }
        /// The word with one character replaced, for each character and each of its replacements.
        func replacing(_ term: Term, _ limit: Int, _ replacements: (Character) -> [String]) -> [String] {
            term.characters.indices.flatMap { i in
                replacements(term.characters[i]).prefix(limit).map { replacement in
                    term.characters.indices.map { $0 == i ? replacement : String(term.characters[$0]) }.joined()
                }
            }
        }
        return [
            Disguise(name: "繁体", peer: "有选项") { term in
                let word = spelling.traditional(term.word)
                return word == term.word ? [] : [word]
            },
            Disguise(name: "日文字形", peer: "—") { term in
                let word = String(term.word.map { spelling.variants[$0] ?? $0 })
                return word == term.word ? [] : [word]
            },
            joined("零宽字符", "\u{200B}", peer: "试过，漏"), joined("零宽连字", "\u{200D}", peer: "试过，漏"), joined("软连字符", "\u{AD}"), joined("字节序标记", "\u{FEFF}"),
            joined("从右到左标记", "\u{202E}"), joined("变体选择符", "\u{FE0F}"),
            Disguise(name: "删除线", peer: "—") { [$0.characters.map { "\($0)\u{336}" }.joined()] },
            Disguise(name: "下加符号", peer: "—") { [$0.characters.map { "\($0)\u{323}\u{301}" }.joined()] },
            joined("空格", " ", peer: "试过，漏"), joined("全角空格", "\u{3000}"), joined("点", "."), joined("间隔号", "·"), joined("星", "★", peer: "试过，漏"),
            joined("星号", "*"), joined("斜线", "/"), joined("短横", "-"), joined("下划线", "_"), joined("竖线", "|"), joined("加号", "+"), joined("波浪", "~"),
            joined("表情", "😄"), joined("换行", "\n"), joined("两个点", ".."), joined("几样混用", " ★·"), joined("顿号", "、"), joined("笔画丶", "丶"), joined("笔画灬", "灬"),
            Disguise(name: "重复的字", peer: "有选项") { [$0.characters.map { "\($0)\($0)" }.joined()] },
            Disguise(name: "一个同音字", peer: "—") { term in replacing(term, 4) { spelling.homophones($0).map { String($0) } } },
            Disguise(name: "两个同音字", peer: "—") { term in
                guard term.characters.count > 2 else { return [] }
                let replaced = term.characters.map { spelling.homophones($0).first ?? $0 }
                return term.characters.indices.map { kept in
                    String(term.characters.indices.map { $0 == kept || $0 + 1 < kept ? term.characters[$0] : replaced[$0] })
                }.filter { $0 != term.word }
            },
            Disguise(name: "全是同音字（四字词）", peer: "—") { term in
                guard term.characters.count > 3 else { return [] }
                return (0..<4).map { offset in
                    String(term.characters.map { character in
                        let others = spelling.homophones(character)
                        return others.isEmpty ? character : others[offset % others.count]
                    })
                }
            },
            Disguise(name: "一个近音字", peer: "—") { term in term.characters.count < 3 ? [] : replacing(term, 3) { spelling.nearSounds($0).map { String($0) } } },
            latin("拼音", { $0 }, peer: "试过，漏"), latin("大写拼音", { $0.uppercased() }, peer: "有选项"), latin("首字母大写", { $0.prefix(1).uppercased() + $0.dropFirst() }),
            latin("全角拼音", { shifted($0, 0xFF41) }, peer: "有选项"), latin("带圈拼音", { shifted($0, 0x24D0) }, peer: "有选项"), latin("数学字母拼音", { shifted($0, 0x1D482) }),
            latin("方框字母拼音", { shifted($0, 0x1F170) }), latin("拼音加符号", { $0.map { "\($0)\u{304}" }.joined() }),
            Disguise(name: "分开的拼音", peer: "—") { term in
                spelling.pinyin(term.word).map { $0.count > 1 ? [$0.joined(separator: " "), $0.joined(separator: "-")] : [] } ?? []
            },
            Disguise(name: "半拼音半汉字", peer: "—") { term in
                guard term.characters.count > 1 else { return [] }
                return replacing(term, 1) { spelling.pinyin(String($0)) ?? [] }
            },
            Disguise(name: "注音", peer: "—") { term in
                guard term.characters.count > 1, let syllables = spelling.pinyin(term.word) else { return [] }
                let letters = syllables.map { Bopomofo.spelling(of: Array($0.utf8)).map { String($0) }.joined() }
                return [letters.joined(separator: " "), letters.map { $0 + "ˊ" }.joined()]
            },
            Disguise(name: "半注音半汉字", peer: "—") { term in
                guard term.characters.count > 1 else { return [] }
                return replacing(term, 1) { character in
                    spelling.pinyin(String(character)).map { [Bopomofo.spelling(of: Array($0[0].utf8)).map { String($0) }.joined()] } ?? []
                }
            },
            Disguise(name: "夹首字母", peer: "—") { term in
                guard term.characters.count > 2 else { return [] }
                return replacing(term, 1) { spelling.pinyin(String($0))?.first.map { [String($0.prefix(1))] } ?? [] }
            },
            Disguise(name: "拆字", peer: "—") { term in replacing(term, 3) { spelling.parts[$0] ?? [] } },
            Disguise(name: "形近字", peer: "—") { term in replacing(term, 2) { spelling.shapes[$0]?.map { String($0) } ?? [] } },
            Disguise(name: "别名、缩写、表情", peer: "试过，漏 薇信 wx ➕") { $0.names },
            Disguise(name: "繁体加点", peer: "—") { [Array(spelling.traditional($0.word)).map { String($0) }.joined(separator: ".")] },
            Disguise(name: "同音加点", peer: "—") { term in
                term.characters.count < 3 ? [] : replacing(term, 2) { spelling.homophones($0).map { String($0) } }.map { $0.map { String($0) }.joined(separator: ".") }
            },
            Disguise(name: "分开的首字母", peer: "—") { term in
                term.names.filter { $0.count > 2 && $0.allSatisfy { ("a"..."z").contains($0) } }.filter { short in
                    spelling.pinyin(term.word).map { $0.map { String($0.prefix(1)) }.joined() == short } ?? false
                }.flatMap { short in [" ", ".", "-"].map { short.map { String($0) }.joined(separator: $0) } }
            },
            Disguise(name: "分在两条消息", peer: "—") { term in
                // 好评 and 返现 are whole on either side.
                (1..<max(1, term.characters.count)).filter { !words.contains(String(term.characters[$0...])) }.map { cut in
                    String(term.characters[..<cut]) + String(messageEnd) + String(term.characters[cut...])
                }
            },
            Disguise(name: "一字一条消息", peer: "—") { [$0.characters.map { String($0) }.joined(separator: String(messageEnd))] },
            Disguise(name: "拆字加空格", peer: "—") { term in
                replacing(term, 2) { spelling.parts[$0] ?? [] }.map { $0.map { String($0) }.joined(separator: " ") }
            },
        ]
    }
}
