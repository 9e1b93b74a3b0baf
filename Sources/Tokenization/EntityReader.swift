/// Finds the amounts, dates, accounts, links and signs of a text.
///
/// Entities lie over the words; they do not change how a line is cut. Chinese numerals are values only inside a number:
/// 一下, 万一 and 三星 are words.
public struct EntityReader: Sendable {
    public init() {}

    /// The entities of `text`, in order and without overlaps.
    public func entities(in text: FoldedText) -> [Entity] {
        var scan = EntityScan(scalars: text.scalars)
        return scan.all()
    }
}

/// Words to look for at a place, in the order in which they are tried.
struct WordList: Sendable {
    let words: [[Unicode.Scalar]]
    /// The words that begin alike together, otherwise in their order.
    private let byFirst: ScalarTable<[[Unicode.Scalar]]>

    init(_ words: [String]) {
        self.words = words.map { Array($0.unicodeScalars) }
        byFirst = ScalarTable(Dictionary(grouping: self.words) { $0.first ?? " " })
    }

    /// The words that begin with a character.
    @inline(__always)
    func beginning(with scalar: Unicode.Scalar) -> [[Unicode.Scalar]]? { byFirst[scalar] }
}

/// One pass over a text.
struct EntityScan {
    let scalars: [Unicode.Scalar]
    private let classes = CharacterClasses.shared
    private var found: [Entity] = []

    init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    mutating func all() -> [Entity] {
        var at = 0
        while at < scalars.count {
            // Most characters begin nothing.
            let scalar = scalars[at]
            if scalar.isHan, classes[scalar] & CharacterClasses.entityStart == 0 {
                at += 1
                continue
            }
            if let entity = entity(at: at) {
                found.append(entity)
                at = max(at + 1, entity.range.upperBound)
            } else {
                at += 1
            }
        }
        return found
    }

    private func entity(at start: Int) -> Entity? {
        let scalar = scalars[start]
        if scalar == "[" || scalar == "/" { return emoticon(at: start) }
        if scalar == "¥" || scalar == "$" || scalar == "£" || scalar == "€" { return passphrase(at: start) ?? signedAmount(at: start) }
        if scalar.isLatinLetter || scalar.isDigit {
            if !isInsideRun(start), let address = address(at: start) { return address }
        }
        if scalar.isLatinLetter, !isInsideRun(start) {
            if let account = letterAccount(at: start) { return account }
        }
        if scalar.isDigit || scalar == "l" || scalar == "o" {
            if isInsideRun(start) { return nil }
            return ofNumber(at: start)
        }
        if scalar == "+", start + 2 < scalars.count, scalars[start + 1] == "8", scalars[start + 2] == "6" { return longNumber(at: start) }
        if scalar.isHan { return vague(at: start) ?? ofNumber(at: start) }
        if scalar.isPictograph {
            var end = start + 1
            while end < scalars.count, scalars[end].isPictograph { end += 1 }
            return Entity(kind: .emoji, range: start..<end, value: text(start..<end))
        }
        return nil
    }

    /// The entity that a number begins.
    private func ofNumber(at start: Int) -> Entity? {
        guard let number = NumberReading.read(scalars, at: start) else { return longNumber(at: start) }
        return date(number) ?? time(number) ?? longNumber(at: start) ?? quantity(number)
    }

    // MARK: Small things

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    func has(_ scalar: Unicode.Scalar, at position: Int) -> Bool {
        position >= 0 && position < scalars.count && scalars[position] == scalar
    }

    /// The end of the first of `words` that stands at `start`.
    func hasAny(_ words: WordList, at start: Int) -> Int? {
        guard start >= 0, start < scalars.count, let candidates = words.beginning(with: scalars[start]) else { return nil }
        for word in candidates where start + word.count <= scalars.count {
            if scalars[start..<start + word.count].elementsEqual(word) { return start + word.count }
        }
        return nil
    }

    /// Whether a letter or digit stands right before `position`, which is one itself.
    func isInsideRun(_ position: Int) -> Bool {
        guard position > 0 else { return false }
        let before = scalars[position - 1]
        if before.isDigit { return true }
        if before.isLatinLetter { return scalars[position].isLatinLetter || !isCurrencyLetter(position - 1) }
        return before == "." && position > 1 && scalars[position - 2].isDigit && scalars[position].isDigit
    }

    /// Whether a letter stands alone before a number, as r in r2000 or v in v13800138000.
    private func isCurrencyLetter(_ position: Int) -> Bool {
        position == 0 || !(scalars[position - 1].isLatinLetter || scalars[position - 1].isDigit)
            || isAccountWord(endingAt: position + 1)
    }

    func isAccountWord(endingAt end: Int) -> Bool {
        for word in Self.accountWords.words where end >= word.count {
            let start = end - word.count
            if scalars[start..<end].elementsEqual(word), start == 0 || !scalars[start - 1].isLatinLetter { return true }
        }
        return false
    }

    private static let accountWords = WordList(["qq", "vx", "wx", "v", "tel", "weixin", "rmb", "cny"])

    // MARK: Signs

    private func emoticon(at start: Int) -> Entity? {
        if scalars[start] == "[" {
            var end = start + 1
            while end < scalars.count, end - start <= 8, scalars[end].isHan || scalars[end].isLatinLetter { end += 1 }
            guard end > start + 1, end < scalars.count, scalars[end] == "]" else { return nil }
            let name = text(start + 1..<end)
            guard !Self.media.contains(name) else { return nil }
            return Entity(kind: .emoticon, range: start..<end + 1, value: name)
        }
        // Wangwang's codes: a slash, a colon and up to four signs.
        if has("/", at: start), has(":", at: start + 1), start + 2 < scalars.count {
            var end = start + 2
            while end < scalars.count, end < start + 7, scalars[end].value > 0x20, scalars[end].value < 0x7F, scalars[end] != "/" { end += 1 }
            guard end > start + 2 else { return nil }
            return Entity(kind: .emoticon, range: start..<end, value: text(start..<end))
        }
        return nil
    }

    private static let media: Set<String> = ["图片", "语音", "视频", "文件", "链接", "位置", "名片", "卡片", "红包", "转账", "动画表情", "表情"]

    /// 淘口令: ¥AbCdEfGhIjK¥.
    private func passphrase(at start: Int) -> Entity? {
        var end = start + 1
        while end < scalars.count, scalars[end].isLatinLetter || scalars[end].isDigit { end += 1 }
        guard (8...16).contains(end - start - 1), end < scalars.count, scalars[end] == scalars[start],
            scalars[start + 1..<end].contains(where: { $0.isLatinLetter })
        else { return nil }
        return Entity(kind: .link, range: start..<end + 1, value: text(start + 1..<end))
    }

    private func signedAmount(at start: Int) -> Entity? {
        var at = start + 1
        if at < scalars.count, scalars[at] == " " { at += 1 }
        guard at < scalars.count, let number = NumberReading.read(scalars, at: at) else { return nil }
        var end = number.range.upperBound
        if end < scalars.count, scalars[end] == "元" { end += 1 }
        return amount(start..<end, number.hundredths)
    }

    func amount(_ range: Range<Int>, _ hundredths: Int?) -> Entity {
        Entity(kind: .amount, range: range, value: hundredths.map(Self.decimal) ?? "", hundredths: hundredths)
    }

    static func decimal(_ hundredths: Int) -> String {
        let rest = hundredths % 100
        if rest == 0 { return String(hundredths / 100) }
        return "\(hundredths / 100)." + (rest % 10 == 0 ? String(rest / 10) : rest < 10 ? "0\(rest)" : String(rest))
    }
}

extension Unicode.Scalar {
    /// Whether this is an emoji or part of one.
    @inline(__always)
    var isPictograph: Bool {
        if value < 0x203C || (0x4E00...0x9FFF).contains(value) { return false }
        return value < 0x10000 ? SignClasses.shared[self] & SignClasses.pictograph != 0 : looksPictographic
    }

    /// The same by the properties of the character, which take longer to find out.
    var looksPictographic: Bool {
        guard value >= 0x203C else { return false }
        return (0x1F000...0x1FAFF).contains(value) || value < 0x1F000 && properties.isEmojiPresentation
            || (0x2600...0x27BF).contains(value) && properties.isEmoji || value == 0x2764
    }
}
