/// The ways in which the digits of an amount are written.
struct AmountSpelling: Sendable {
    var name: String
    var peer: String
    var write: @Sendable (Int) -> String?

    static let values = [50, 88, 100, 150, 200, 300, 500, 520, 666, 800, 1000, 1200, 1500, 2000, 2500, 3000, 5000, 6000, 8000, 10000, 12000, 15000, 20000, 25000, 30000, 50000, 100000]

    static let measures = ["@毫安的电池", "净重@克", "@g装", "@毫升", "长@厘米", "买了@件", "一共@个", "@天", "@米", "@人", "跑了@步", "@斤", "@张纸", "@只", "满@度", "@公里", "@小时", "@平方", "@瓦", "@页"]

    static let all: [AmountSpelling] = [
        AmountSpelling(name: "数字", peer: "—") { String($0) },
        AmountSpelling(name: "全角数字", peer: "有选项") { mapped($0, "０１２３４５６７８９") },
        AmountSpelling(name: "带圈数字", peer: "有选项") { mapped($0, "⓪①②③④⑤⑥⑦⑧⑨") },
        AmountSpelling(name: "实心带圈数字", peer: "—") { mapped($0, "⓿❶❷❸❹❺❻❼❽❾") },
        AmountSpelling(name: "数学数字", peer: "—") { mapped($0, "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗") },
        AmountSpelling(name: "上标数字", peer: "—") { mapped($0, "⁰¹²³⁴⁵⁶⁷⁸⁹") },
        AmountSpelling(name: "键帽数字", peer: "试过，漏") { String($0).map { "\($0)\u{FE0F}\u{20E3}" }.joined() },
        AmountSpelling(name: "数字间零宽", peer: "试过，漏") { String($0).map { String($0) }.joined(separator: "\u{200B}") },
        AmountSpelling(name: "数字间空格", peer: "—") { $0 < 100 ? nil : String($0).map { String($0) }.joined(separator: " ") },
        AmountSpelling(name: "字母 o 作零", peer: "—") { $0 < 100 || !String($0).contains("0") ? nil : String($0).replacing("0", with: "o") },
        AmountSpelling(name: "千分位", peer: "—") { $0 < 1000 ? nil : "\($0 / 1000)," + String(String($0 % 1000 + 1000).dropFirst()) },
        AmountSpelling(name: "汉字数字", peer: "有选项") { chinese($0, "一二三四五六七八九", "十百千万") },
        AmountSpelling(name: "大写数字", peer: "有选项") { chinese($0, "壹贰叁肆伍陆柒捌玖", "拾佰仟万") },
        AmountSpelling(name: "繁体大写", peer: "—") { chinese($0, "壹貳參肆伍陸柒捌玖", "拾佰仟萬") },
        AmountSpelling(name: "k", peer: "—") { $0 % 1000 == 0 ? "\($0 / 1000)k" : nil },
        AmountSpelling(name: "w", peer: "—") { $0 % 10000 == 0 ? "\($0 / 10000)w" : nil },
        AmountSpelling(name: "数字加千", peer: "—") { $0 % 1000 == 0 && $0 < 10000 ? "\($0 / 1000)千" : nil },
    ]

    private static func mapped(_ value: Int, _ digits: String) -> String {
        let digits = Array(digits.unicodeScalars)
        var view = String.UnicodeScalarView()
        for byte in String(value).utf8 { view.append(digits[Int(byte) - 0x30]) }
        return String(view)
    }

    /// 12000 as 一万二千, 520 as 五百二十.
    private static func chinese(_ value: Int, _ digits: String, _ powers: String) -> String {
        let digits = Array(digits)
        let powers = Array(powers)
        if value >= 10000 {
            let rest = value % 10000
            return chinese(value / 10000, String(digits), String(powers)) + String(powers[3]) + (rest == 0 ? "" : chinese(rest, String(digits), String(powers)))
        }
        var text = ""
        for (power, factor) in [(2, 1000), (1, 100), (0, 10)] {
            let digit = value / factor % 10
            if digit > 0 { text += String(digits[digit - 1]) + String(powers[power]) }
        }
        if value % 10 > 0 { text += String(digits[value % 10 - 1]) }
        return text
    }
}
