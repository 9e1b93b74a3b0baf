/// Numbers with and without units.
extension EntityScan {
    /// Units of money after a number, longer ones first, with their worth in hundredths of a yuan.
    private static let moneyUnits: [(units: WordList, worth: Int)] = [
        (WordList(["块钱", "元钱", "元整", "圆整", "块整", "人民币", "软妹币", "大洋", "rmb", "cny", "元", "块", "圆", "円", "¥", "r"]), 100), (WordList(["毛钱", "毛", "角"]), 10),
        (WordList(["分钱"]), 1),
    ]

    /// What may stand between a number and its unit and makes it vague: 三百来块, 两千多.
    private static let vagueness = WordList(["来", "多", "余", "几", "大几", "把", "出头"])

    /// Nouns of which so many are hundred-yuan notes.
    private static let notes = WordList(["毛爷爷", "毛爷", "红票子", "红票", "老人头", "大团结", "红钞", "大钞", "红的"])

    private static let noteCounters = WordList(["张", "个"])

    private static let durations = WordList([
        "个小时", "小时", "分钟", "个月", "个工作日", "工作日", "个星期", "星期", "个礼拜", "礼拜", "天", "周", "年", "秒钟", "秒", "日内", "h", "min",
    ])

    /// What makes a number a measure: units, and nouns that say that k is no thousand.
    private static let measures = WordList([
        "%", "‰", "mah", "kg", "km", "mm", "cm", "dm", "ml", "mg", "gb", "tb", "mb", "hz", "kw", "kb", "mpa", "db", "mm²", "cm²", "m²", "m", "g", "t", "l", "p", "v", "a", "x",
        "毫安", "步", "度", "斤", "克", "公斤", "千克", "毫升", "升", "厘米", "毫米", "分米", "公分", "公里", "米", "寸", "英寸", "尺", "码", "号", "瓦", "伏", "安", "折", "倍", "平", "平米", "平方",
        "点", "分", "楼", "栋", "层", "室", "单元", "岁", "年级", "班", "页", "章", "档", "级", "匹", "核", "代", "期", "线", "转速", "目", "支", "s", "d", "f", "c", "b", "n",
    ])
    private static let thousandNouns = WordList([
        "屏", "电视", "显示", "高清", "超清", "画质", "分辨", "视频", "投影", "摄像", "录像", "镜头", "蓝光", "画面", "步", "粉", "阅读", "播放", "人", "hz", "gb", "灯", "功率", "快充", "充电", "瓦", "电机",
        "吹风", "赫兹", "毫安", "金", "次",
    ])

    /// Verbs of paying right before a number: 转我 800, 给两千, 赔500.
    private static let payVerbs = ScalarSet("转打赔补付收要退返发给拿掏值花补交借")
    private static let payFillers = ScalarSet("我你他她俺个了您咱点下:, 们红包钱")

    func quantity(_ number: NumberReading) -> Entity? {
        let start = number.range.lowerBound
        let end = number.range.upperBound
        var unitStart = end
        if let next = hasAny(Self.noteCounters, at: unitStart), let noteEnd = hasAny(Self.notes, at: next), let count = number.hundredths ?? single(number) {
            return amount(start..<noteEnd, count * 100)
        }
        var isVague = false
        if number.hasMultiplier || number.hundredths.map({ $0 >= 1000 }) ?? true, let next = hasAny(Self.vagueness, at: unitStart) {
            unitStart = next
            isVague = true
        }
        if unitStart < scalars.count, scalars[unitStart] == " " { unitStart += 1 }
        if let money = money(number, unitStart) { return money }
        if let next = hasAny(Self.durations, at: unitStart), isUnit(next), number.hasValue {
            return Entity(kind: .duration, range: start..<next, value: text(start..<next), hundredths: nil)
        }
        if number.isChinese, !number.hasMultiplier, number.digits.isEmpty { return nil }
        if number.isChinese, number.hundredths == 1000, end - start == 1, !isPaid(start) { return nil }
        if hasAny(Self.thousandNouns, at: end) != nil, number.isSum, !number.isChinese {
            return Entity(kind: .measure, range: start..<end, value: text(start..<end))
        }
        if let next = hasAny(Self.measures, at: end), isUnit(next) {
            return Entity(kind: .measure, range: start..<next, value: text(start..<next))
        }
        // Sizes: 100x200, 36*42.
        if end + 1 < scalars.count, "x*×".unicodeScalars.contains(scalars[end]), scalars[end + 1].isDigit { return measureRun(start, end) }
        if end < scalars.count, scalars[end].isLatinLetter, !number.isSum { return measureRun(start, end) }
        let isSum = number.isSum && !isCounted(end) || isPaid(start) && !isCounted(end) || number.hasMultiplier && isSaidAlone(isVague ? unitStart : end)
        if isSum {
            let tail = isVague ? unitStart : end
            return amount(start..<tail, number.hundredths)
        }
        return Entity(
            kind: .number, range: start..<end, value: number.hundredths.map(Self.decimal) ?? number.digits, hundredths: number.hundredths)
    }

    private func single(_ number: NumberReading) -> Int? { number.hundredths }

    /// The amount where a unit of money follows, with what may follow that: 两块五, 3元5角.
    private func money(_ number: NumberReading, _ unitStart: Int) -> Entity? {
        guard let (unitEnd, worth) = Self.moneyUnits.lazy.compactMap({ list in hasAny(list.units, at: unitStart).map { ($0, list.worth) } }).first
        else { return nil }
        var end = unitEnd
        let unit = end == unitStart + 1 ? scalars[unitStart] : " "
        let start = number.range.lowerBound
        // r2d2, 500r/min; 块 as a piece: 一块去, 三块巧克力 is left to the words around.
        if unit == "r", end < scalars.count, scalars[end].isLatinLetter || scalars[end] == "/" { return nil }
        if unit == "角" || unit == "毛", number.hundredths.map({ $0 >= 10_000 }) ?? true { return nil }
        if unit == "毛", end < scalars.count, "衣巾线毯绒笔".unicodeScalars.contains(scalars[end]) { return nil }
        if unit == "块", number.isChinese, number.hundredths == 100, !number.hasMultiplier {
            // 一块 is "together" as often as a yuan.
            let isMoney = end >= scalars.count || scalars[end] == "五" || scalars[end].isDigit || scalars[end].isSeparator || isPaid(start)
            guard isMoney else { return nil }
        }
        guard var value = number.hundredths.map({ $0 / 100 * worth + $0 % 100 * worth / 100 }) else { return amount(start..<end, nil) }
        if worth == 100, unit == "块" || unit == "元", end < scalars.count {
            let digit = scalars[end].isDigit ? Int(scalars[end].value - 0x30) : NumberReading.value(of: scalars[end])
            let after = end + 1 < scalars.count ? scalars[end + 1] : " "
            if let digit, digit > 0, !after.isDigit, !after.isHan || "毛角钱".unicodeScalars.contains(after) || "的啊吧呢了吗".unicodeScalars.contains(after), scalars[end] != "两" {
                value += digit * 10
                end += "毛角".unicodeScalars.contains(after) ? 2 : 1
            } else if scalars[end] == "半" {
                value += 50
                end += 1
            }
        }
        return amount(start..<end, value)
    }

    /// Whether a verb of paying stands before `start`, perhaps with whom: 转我, 赔个.
    private func isPaid(_ start: Int) -> Bool {
        var at = start - 1
        while at >= 0, start - at <= 5 {
            if Self.payVerbs.contains(scalars[at]) { return true }
            guard Self.payFillers.contains(scalars[at]) else { return false }
            at -= 1
        }
        return false
    }

    /// Whether what follows is counted: 给我2个, 要三百件.
    private func isCounted(_ end: Int) -> Bool {
        end < scalars.count && Self.counters.contains(scalars[end])
    }

    /// Whether nothing that is counted follows: 差评改好评三百, 两千行吗.
    private func isSaidAlone(_ end: Int) -> Bool {
        guard end < scalars.count else { return true }
        return scalars[end].isSeparator && scalars[end] != "%" || Self.sentenceRest.contains(scalars[end])
    }

    private static let sentenceRest = ScalarSet("吧啊呢吗了行就不给转私解打发来我你才都可少啦嘛呀")
    private static let counters = ScalarSet("个件条双套只台张把次位人盒包箱瓶袋份本遍支根颗枚片块粒串朵杯碗辆部首种样家名笔单")

    /// Whether a unit ends here: a Latin one not inside a word.
    private func isUnit(_ end: Int) -> Bool {
        guard end < scalars.count, scalars[end - 1].isLatinLetter else { return true }
        return !scalars[end].isLatinLetter
    }

    private func measureRun(_ start: Int, _ numberEnd: Int) -> Entity {
        var end = numberEnd
        while end < scalars.count, scalars[end].isDigit || scalars[end].isLatinLetter || ".*×-/".unicodeScalars.contains(scalars[end]) { end += 1 }
        return Entity(kind: .measure, range: start..<end, value: text(start..<end))
    }

    private static let vagueSums = WordList([
        "小几百", "小几千", "大几百", "大几千", "三位数", "四位数", "五位数", "百八十块", "千把块", "百来块", "千来块", "万把块", "好几百", "好几千", "几百块", "几千块", "几万块", "几十块",
    ])
    private static let vagueUnits = WordList(["块钱", "钱", "块", "元"])

    /// Sums that name no number: 几百块, 小几百, 三位数, 百八十块.
    func vague(at start: Int) -> Entity? {
        if let end = hasAny(Self.vagueSums, at: start) {
            var end = end
            if let next = hasAny(Self.vagueUnits, at: end) { end = next }
            return amount(start..<end, nil)
        }
        return nil
    }
}

extension NumberReading {
    var hasValue: Bool { hundredths != nil || isChinese }
}
