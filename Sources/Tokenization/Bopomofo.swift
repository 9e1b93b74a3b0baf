/// Chinese sounds written with bopomofo, as on Taiwan's keyboards: ㄏㄠˇㄆㄧㄥˊ for 好评.
enum Bopomofo {
    /// Whether this is one of its letters.
    @inline(__always)
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool { (0x3105...0x3129).contains(scalar.value) }

    /// The marks of the tones, which may follow a syllable.
    static let tones = "ˉˊˇˋ˙".unicodeScalars.map { $0 }

    /// The letters of a syllable of pinyin without its tone; none for what is no syllable.
    static func spelling(of syllable: [UInt8]) -> [Unicode.Scalar] {
        let written = String(decoding: syllable, as: UTF8.self)
        if let whole = whole[written] { return whole.unicodeScalars.map { $0 } }
        for length in [2, 1] where syllable.count > length {
            guard let initial = initials[String(decoding: syllable[..<length], as: UTF8.self)] else { continue }
            var rest = syllable[length...]
            // After j, q and x a u is ü.
            if "jqx".utf8.contains(syllable[0]), rest.first == UInt8(ascii: "u") { rest[length] = UInt8(ascii: "v") }
            guard let final = finals[String(decoding: rest, as: UTF8.self)] else { return [] }
            return (initial + final).unicodeScalars.map { $0 }
        }
        return []
    }

    private static let initials = table(
        "b ㄅ p ㄆ m ㄇ f ㄈ d ㄉ t ㄊ n ㄋ l ㄌ g ㄍ k ㄎ h ㄏ j ㄐ q ㄑ x ㄒ zh ㄓ ch ㄔ sh ㄕ r ㄖ z ㄗ c ㄘ s ㄙ")
    private static let finals = table(
        """
        a ㄚ o ㄛ e ㄜ ai ㄞ ei ㄟ ao ㄠ ou ㄡ an ㄢ en ㄣ ang ㄤ eng ㄥ i ㄧ ia ㄧㄚ ie ㄧㄝ iao ㄧㄠ iu ㄧㄡ ian ㄧㄢ in ㄧㄣ iang ㄧㄤ \
        ing ㄧㄥ iong ㄩㄥ u ㄨ ua ㄨㄚ uo ㄨㄛ uai ㄨㄞ ui ㄨㄟ uan ㄨㄢ un ㄨㄣ uang ㄨㄤ ong ㄨㄥ v ㄩ ve ㄩㄝ van ㄩㄢ vn ㄩㄣ ue ㄩㄝ
        """)
    /// Syllables that are written in a way of their own.
    private static let whole = table(
        """
        zhi ㄓ chi ㄔ shi ㄕ ri ㄖ zi ㄗ ci ㄘ si ㄙ a ㄚ o ㄛ e ㄜ ai ㄞ ei ㄟ ao ㄠ ou ㄡ an ㄢ en ㄣ ang ㄤ er ㄦ yi ㄧ ya ㄧㄚ ye ㄧㄝ yao ㄧㄠ you ㄧㄡ \
        yan ㄧㄢ yin ㄧㄣ yang ㄧㄤ ying ㄧㄥ yong ㄩㄥ yu ㄩ yue ㄩㄝ yuan ㄩㄢ yun ㄩㄣ wu ㄨ wa ㄨㄚ wo ㄨㄛ wai ㄨㄞ wei ㄨㄟ wan ㄨㄢ wen ㄨㄣ wang ㄨㄤ \
        weng ㄨㄥ
        """)

    private static func table(_ pairs: String) -> [String: String] {
        var table: [String: String] = [:]
        let words = pairs.split(separator: " ").map { String($0) }
        for at in stride(from: 0, to: words.count - 1, by: 2) { table[words[at]] = words[at + 1] }
        return table
    }
}
