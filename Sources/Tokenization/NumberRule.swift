/// Joins what ICU cuts inside a number or a date: 二 ○ ○ 一 年, 三 百 二 十, 2001 年.
enum NumberRule {
    /// Whether a character is part of a Chinese number.
    @inline(__always)
    static func isNumeral(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "〇", "○", "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "亿", "两": true
        default: false
        }
    }

    static func join(_ scalars: [Unicode.Scalar], _ ends: inout [Int32]) {}
}
