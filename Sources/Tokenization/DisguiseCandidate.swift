/// A place where a term may stand, before the text around it was asked.
struct DisguiseCandidate {
    var range: Range<Int>
    var term: Int
    var kind: Reading.Kind
    var cost: Int
    /// Whether the word is spelled as it is.
    var isPlain: Bool
    /// Whether it needs a cue beside it.
    var isWeak: Bool
    /// Whether it is a listed form, which may be a word of the language too.
    var isForm: Bool
    var isContact: Bool
    /// The number of the term's characters.
    var length: Int
    /// Whether its first character is that of the word.
    var beginsPlainly: Bool

    /// What a set of readings gains by this one: long words spelled nearly right gain most.
    var gain: Int {
        let length = min(length, range.count)
        return 12 * length + length * length - cost
    }

    /// A spelling as a candidate, or `nil` where too little of the word is left in it.
    init?(_ match: DisguiseMatch, of term: TermLexicon.Term, number: Int, at start: Int, in scalars: [Unicode.Scalar]) {
        range = start..<match.end
        self.term = number
        kind = match.kind
        cost = match.cost
        isPlain = match.isPlain
        isForm = false
        isContact = term.isContact
        length = term.word.count
        isWeak = false
        beginsPlainly = scalars[start] == term.word[0]
        guard !isPlain else { return }
        let count = term.word.count
        let heard = match.homophones + match.nearSounds + match.shapes
        if match.initials > 0 {
            let isKnown = count == 2 && term.allowsInitial && match.initials == 1 && match.gaps == 0 && match.exact == 1
            guard isKnown || count > 2 && match.initials < count && match.exact + match.syllables > 0
            else { return nil }
            isWeak = count > 2 && match.exact + match.signs < 1
        }
        if match.syllables == count { isWeak = match.letters < 5 }
        if match.nearSounds > 0 { isWeak = count - heard < 2 }
        if heard == count {
            // Nothing of the word is left but its sound; two that only nearly sound like it are chance.
            if count == 2, match.nearSounds > 0 { return nil }
            isWeak = count < 4
        }
        if let last = scalars[range].last, last != term.word.last, Self.particles.contains(last) { return nil }
        if count == 2, heard == 1, match.exact == 1 {
            // Two such characters side by side are more often themselves.
            let all = scalars[range].filter { !$0.isSeparator }
            if all.allSatisfy({ Self.freeCharacters.contains($0) }) { isWeak = true }
        }
        if match.hasSentenceGap, count == 2 || match.gaps < count - 1 {
            // Sentences have commas and line ends too: between two words that go on at both sides they are just that.
            let isOpenBefore = start > 0 && !scalars[start - 1].isSeparator
            let isOpenAfter = match.end < scalars.count && !scalars[match.end].isSeparator
            if count == 2, isOpenBefore, isOpenAfter, !match.isBrokenByLineOnly { return nil }
            let isSaidAlone = !isOpenBefore && !isOpenAfter
            let isUnlikely = match.isBrokenByLineOnly && !term.word.allSatisfy { Self.freeCharacters.contains($0) }
            if !isSaidAlone, !isUnlikely { isWeak = true }
        }
        if count == 2, match.gaps > 0, heard == 2 { return nil }
        if match.signs == count, count < 3 { isWeak = true }
    }

    /// A listed form, the characters of which may stand one by one.
    init(form: TermLexicon.Form, of term: TermLexicon.Term, range: Range<Int>, isSpaced: Bool = false) {
        self.range = range
        self.term = form.term
        isPlain = false
        // Two letters with a blank between are sizes and answers too.
        isWeak = form.isWeak || isSpaced && form.scalars.count == 2
        isForm = true
        isContact = term.isContact
        length = term.word.count
        beginsPlainly = false
        cost = (form.isWeak ? 4 : 2) + (isSpaced ? 1 : 0)
        let latin = form.scalars.count { $0.isLatinLetter }
        let han = form.scalars.count { $0.isHan }
        let sounds = SoundTable.shared
        if latin + han < form.scalars.count, !form.scalars.contains(where: \.isDigit) {
            kind = .emoji
        } else if latin > 0 {
            kind = han > 0 ? .mixed : .initials
        } else {
            let similarities = form.scalars.count == term.word.count
                ? zip(form.scalars, term.word).map { $0 == $1 ? .same : sounds.similarity($0, $1) } : [.none]
            kind = similarities.contains(.none) ? .slang : similarities.contains(.near) ? .nearSound : .homophone
        }
    }

    /// What ends a sentence rather than a word.
    private static let particles = ScalarSet("吗吧嘛呢啊呀的了么哦")
    /// Characters that often are words by themselves, so that two of them side by side say little.
    static let freeCharacters = ScalarSet(
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对会可主也能下过子说着面而后多定行去好差小么心自事前里无成长新平线快慢点手车水花月日天年本书班号家高低远近先只直之又还很都没她它你您谁那哪什么怎样两三四五六七八九十百千万元块件条双套张把次位种名回等被把让给叫请问看听想写打拿放做买卖送收发开关走跑坐站住吃喝穿戴拍挂换装洗用坏破旧老少男女红黑白黄蓝绿灰粉厚薄宽窄轻重软硬冷热干湿甜酸苦辣贵便真假全半整空满早晚今明昨再已正刚常才并与或但因所从向往跟同比由按照至及其此每各某另别更最太挺蛮较特超够非品瓶屏苹茶叉插查头店城市县区路楼层房屋门口边旁内外东西南北左右间处钱价费款货物包箱盒袋盘碗杯布木铁纸金银玉石油气电火光声色味香音话字句词书报图片面部步")
}
