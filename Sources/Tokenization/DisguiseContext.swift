/// What the text around a candidate says for it and against it.
struct DisguiseContext {
    private let scalars: [Unicode.Scalar]
    /// The words of at least two characters that stand in the text as they are.
    private var shields: [Range<Int>]
    private let cleanShields: [Range<Int>]

    /// The context as far as the list of clean words makes it.
    init(_ scalars: [Unicode.Scalar], cleanWords: Lexicon) {
        self.scalars = scalars
        shields = []
        var clean: [Range<Int>] = []
        for start in scalars.indices {
            cleanWords.forEachWord(in: scalars, at: start) { end, _ in
                if !Self.isInside(start, scalars), !Self.isInside(end, scalars) { clean.append(start..<end) }
            }
        }
        cleanShields = clean
    }

    /// Takes in the words of the text.
    mutating func add(words: [Range<Int>]) {
        shields = words.filter { word in word.count > 1 && scalars[word].contains { $0.isHan } }
    }

    /// Whether a position lies between two letters or two digits.
    private static func isInside(_ position: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        guard position > 0, position < scalars.count else { return false }
        let before = scalars[position - 1]
        let after = scalars[position]
        return before.isLatinLetter && after.isLatinLetter || before.isDigit && after.isDigit
    }

    /// What the words around a candidate make of it.
    enum Judgement {
        case free
        /// It begins with the end of a word: 你好 评. A cue must speak for it.
        case doubtful
        /// Its characters are part of something that means what it says.
        case taken
    }

    func judgement(of candidate: DisguiseCandidate) -> Judgement {
        let range = candidate.range
        var judgement = Judgement.free
        for shield in Self.near(cleanShields, range) + Self.near(shields, range) where shield.overlaps(range) {
            if shield.lowerBound <= range.lowerBound, shield.upperBound >= range.upperBound {
                if shield != range || !candidate.isForm { return .taken }
            } else if range.lowerBound <= shield.lowerBound, shield.upperBound <= range.upperBound {
                continue
            } else if shield.upperBound == range.lowerBound + 1, candidate.beginsPlainly {
                judgement = .doubtful
            } else if !(candidate.isContact && isAccountWord(shield)) {
                return .taken
            }
        }
        return isInsideLatin(candidate) ? .taken : judgement
    }

    /// The longest word that shields, and the longest reading that is a cue.
    private static let longest = 100

    /// Of ranges in the order of their beginnings those that may touch `range`.
    private static func near(_ ranges: [Range<Int>], _ range: Range<Int>) -> ArraySlice<Range<Int>> {
        let first = partition(ranges.count) { ranges[$0].lowerBound < range.lowerBound - longest }
        let last = partition(ranges.count) { ranges[$0].lowerBound < range.upperBound }
        return ranges[first..<max(first, last)]
    }

    /// The number of the first of `count` things of which `isBefore` does not hold.
    private static func partition(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether the character at `position` is part of a word that stands as it is.
    func isInWord(_ position: Int) -> Bool {
        let range = position..<position + 1
        return Self.near(shields, range).contains { $0.contains(position) }
            || Self.near(cleanShields, range).contains { $0.contains(position) }
    }

    /// 信号 in 薇信号: the word before "number".
    private func isAccountWord(_ shield: Range<Int>) -> Bool {
        shield.count == 2 && scalars[shield.upperBound - 1] == "号"
    }

    /// Whether the candidate is a piece of an identifier, an address or a link.
    private func isInsideLatin(_ candidate: DisguiseCandidate) -> Bool {
        let range = candidate.range
        guard scalars[range].contains(where: { $0.isLatinLetter }) else { return false }
        let isLetterFirst = scalars[range.lowerBound].isLatinLetter
        if isLetterFirst, range.lowerBound > 0 {
            let before = scalars[range.lowerBound - 1]
            if before.isLatinLetter || before.isDigit || before == "@" || before == "/" || before == "_" { return true }
            if before == ".", range.lowerBound > 1, scalars[range.lowerBound - 2].isLatinLetter { return true }
        }
        let end = range.upperBound
        if scalars[end - 1].isLatinLetter, end < scalars.count {
            if scalars[end].isLatinLetter { return !(candidate.isContact && Self.isAccount(scalars.span, at: end)) }
            if scalars[end] == "@" { return true }
            if scalars[end] == ".", end + 1 < scalars.count, scalars[end + 1].isLatinLetter { return true }
        }
        return false
    }

    /// How far a term may be to speak for a weak candidate.
    private static let reach = 15

    /// Whether something beside a weak candidate speaks for it.
    func supports(_ candidate: DisguiseCandidate, _ cues: [DisguiseCandidate]) -> Bool {
        if candidate.isContact {
            return Self.hasAccount(candidate.range, in: scalars.span) || Self.isAdded(candidate.range, in: scalars.span)
        }
        let range = candidate.range
        let first = Self.partition(cues.count) { cues[$0].range.lowerBound < range.lowerBound - Self.longest - Self.reach }
        let last = Self.partition(cues.count) { cues[$0].range.lowerBound <= range.upperBound + Self.reach }
        let isNear = cues[first..<max(first, last)].contains { cue in
            !cue.range.overlaps(range)
                && (cue.range.lowerBound >= range.upperBound
                    ? cue.range.lowerBound - range.upperBound : range.lowerBound - cue.range.upperBound) <= Self.reach
        }
        return isNear || hasAmount(range) || isDone(range)
    }

    /// Whether the words before say to add or to scan: 加我, 加一下, 扫.
    static func isAdded(_ range: Range<Int>, in scalars: Span<Unicode.Scalar>) -> Bool {
        var end = range.lowerBound
        while end > 0, range.lowerBound - end < 2, scalars[end - 1].isSeparator, scalars[end - 1] != "+", scalars[end - 1] != "➕" {
            end -= 1
        }
        for phrase in adding where phrase.count <= end {
            var common = 0
            while common < phrase.count, scalars[end - phrase.count + common] == phrase[common] { common += 1 }
            if common == phrase.count { return true }
        }
        return false
    }

    private static let adding: [[Unicode.Scalar]] = [
        "加", "+", "➕", "佳", "伽", "嘉", "加我", "加你", "加个", "加下", "加一下", "加俺", "加他", "加她", "加我的", "留个", "留下", "换个", "扫", "扫我", "进", "拉", "入", "建", "私", "转到",
        "联系我",
    ].map { Array($0.unicodeScalars) }

    /// Whether an account follows: at least five letters and digits, not all letters of a word.
    static func hasAccount(_ range: Range<Int>, in scalars: Span<Unicode.Scalar>) -> Bool {
        var at = range.upperBound
        let limit = min(scalars.count, at + 6)
        while at < limit, scalars[at].isSeparator || scalars[at] == "号" || scalars[at] == "是" || scalars[at] == "码" || scalars[at] == "为" {
            at += 1
        }
        return isAccount(scalars, at: at)
    }

    /// Characters that are looked at for an account.
    private static let longestAccount = 64

    /// Whether an account begins here: at least five digits, or letters and digits.
    static func isAccount(_ scalars: Span<Unicode.Scalar>, at start: Int) -> Bool {
        var at = start
        var letters = 0
        var digits = 0
        while at < scalars.count, at - start < longestAccount,
            scalars[at].isLatinLetter || scalars[at].isDigit || scalars[at] == "_" || scalars[at] == "-"
        {
            if scalars[at].isDigit { digits += 1 } else { letters += 1 }
            if digits >= 5 || digits > 1 && letters + digits >= 6 { return true }
            at += 1
        }
        return false
    }

    /// Whether an amount of money is near.
    private func hasAmount(_ range: Range<Int>) -> Bool {
        let from = max(0, range.lowerBound - Self.reach)
        let to = min(scalars.count, range.upperBound + Self.reach)
        for at in from..<to where scalars[at] == "元" || scalars[at] == "块" || scalars[at] == "r" {
            guard at > from, !range.contains(at) else { continue }
            if scalars[at - 1].isDigit || CharacterClasses.shared[scalars[at - 1]] & CharacterClasses.numeral != 0 { return true }
        }
        return false
    }

    /// Whether a verb that takes such a word stands before it: 给你, 打个, 删了.
    private func isDone(_ range: Range<Int>) -> Bool {
        var end = range.lowerBound
        let floor = max(0, end - 4)
        while end > floor {
            let scalar = scalars[end - 1]
            if Self.verbs.contains(scalar) { return true }
            guard scalar.isSeparator || Self.fillers.contains(scalar) else { return false }
            end -= 1
        }
        return false
    }

    private static let verbs = ScalarSet("给打写改删刷撤发送领要就去成")
    private static let fillers = ScalarSet("个你了我一条几两三五点些下掉您他")
}
