import Resources

/// Lines made at random of what readers of disguises stumble over: words and their spellings by sound, letter, part and
/// sign, with anything between their characters, accounts, sums, links, and characters from all of Unicode.
struct DisguisedLines {
    private let spelling = Spelling()
    private let words: [String]
    private var state: UInt64

    private static let pieces = [
        "加", "我的", "号是", "给你", "1", "元", "块", "400-820-8820", "13800138000", "l38ooo", "qq", "微信", "vx:abc123", "www.taobao.com",
        "http://a.b", "¥AbCdEf12GhI¥", "a@b.cn", "两千五", "2k", "8点", "2024-05-06", "[微笑]", "/:^_^", "一二三四五", "500g", "维修", "微波炉", "x",
        "v", "扣子", "好的", "不给就", "差评", "iphone15", "62220212", "○零〇一二三", "z f b", "h.p.f.x", "v x", "ㄏㄠˇ", "ㄆㄧㄥˊ", "ㄨㄟ信", "ㄓ", "ㄓˉ付宝", "微信 abcdef", "sf1234567890123",
    ]
    private static let separators = Array(" .·-_★*，。,!\n~、|/\\+➕❤✉⭐🌟💰🧧\u{200B}\u{301}\u{FE0F}☆丶灬()[]:：¥$".unicodeScalars)
    private static let letters = Array("abcdefghijklmnopqrstuvwxyzVXWQ0123456789ol".unicodeScalars)
    private static let planes: [ClosedRange<UInt32>] = [
        0...0x7F, 0x80...0xFFF, 0x2000...0x33FF, 0x4E00...0x9FFF, 0xE000...0xFFFF, 0x10000...0x2FFFF, 0x1F000...0x1FFFF,
    ]

    init(seed: UInt64) {
        state = seed
        var words: [String] = []
        for line in EmbeddedResource("terms.txt").lines {
            for word in line.split(separator: " ") where word != "=" && word != "~" {
                words.append(String(word.first == "?" ? word.dropFirst() : word))
            }
        }
        self.words = words
    }

    private mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    private mutating func one<Element>(of elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }

    /// The next line.
    mutating func next() -> String {
        if below(5) == 0 { return String(String.UnicodeScalarView((0..<below(20)).compactMap { _ in scalar() })) }
        var line = ""
        for _ in 0...below(5) {
            switch below(10) {
            case 0...3: line += disguised(one(of: words) ?? "")
            case 4, 5: line += one(of: words) ?? ""
            case 6, 7: line += one(of: Self.pieces) ?? ""
            case 8: for _ in 0...below(4) { line.unicodeScalars.append(one(of: Self.separators + Self.letters) ?? " ") }
            default: line.unicodeScalars.append(Unicode.Scalar(UInt32(0x4E00 + below(0x5200))) ?? " ")
            }
        }
        return line
    }

    private mutating func scalar() -> Unicode.Scalar? {
        let plane = one(of: Self.planes) ?? 0...0x7F
        return Unicode.Scalar(plane.lowerBound + UInt32(below(plane.count)))
    }

    private mutating func disguised(_ word: String) -> String {
        var line = ""
        for character in word {
            let pinyin = spelling.pinyin(String(character))?.first ?? ""
            switch below(20) {
            case 0...8: line.append(character)
            case 9, 10: line.append(one(of: spelling.homophones(character)) ?? character)
            case 11: line.append(one(of: spelling.nearSounds(character)) ?? character)
            case 12, 13: line += pinyin
            case 14: line += pinyin.prefix(1)
            case 15, 16: line += one(of: spelling.parts[character] ?? []) ?? String(character)
            case 17: line.append(one(of: spelling.shapes[character] ?? []) ?? character)
            case 18: line += String(repeating: character, count: 2 + below(4))
            default: line.unicodeScalars.append(scalar() ?? " ")
            }
            if below(4) == 0 {
                for _ in 0..<[1, 1, 1, 2, 5, 6, 7][below(7)] { line.unicodeScalars.append(one(of: Self.separators) ?? " ") }
            }
        }
        return line
    }
}
