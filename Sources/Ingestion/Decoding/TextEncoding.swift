/// A character set chats are exported in.
public enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case gb18030 = "GB18030"
    case big5 = "Big5"

    /// Accepts the names people use, as `gbk` or `utf8`.
    public init?(named name: String) {
        switch name.lowercased().filter({ $0 != "-" && $0 != "_" }) {
        case "utf8": self = .utf8
        case "utf16", "utf16le", "unicode": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "gb18030", "gbk", "gb2312", "cp936", "ansi": self = .gb18030
        case "big5", "cp950": self = .big5
        default: return nil
        }
    }

    /// The name by which ICU knows the decoder.
    var converterName: String { rawValue }
}

extension TextEncoding {
    /// What the bytes say about their character set.
    enum Guess: Equatable {
        case text(TextEncoding)
        /// The bytes are no text in any of the character sets.
        case binary
    }

    /// Decides by content alone, looking at no more than the first 256 KB.
    ///
    /// The order is: byte-order mark; UTF-16 without one, known by NUL bytes (ASCII in UTF-16 is also valid UTF-8, so
    /// this goes first); strict UTF-8; whichever of the others reads with the least damage.
    static func guess(_ bytes: Span<UInt8>) -> Guess {
        let count = bytes.count
        if count >= 4, bytes[0] == 0xFF, bytes[1] == 0xFE, bytes[2] == 0, bytes[3] == 0 { return .binary }
        if count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return .text(.utf8) }
        if count >= 2, bytes[0] == 0xFF, bytes[1] == 0xFE { return .text(.utf16LittleEndian) }
        if count >= 2, bytes[0] == 0xFE, bytes[1] == 0xFF { return .text(.utf16BigEndian) }

        let sample = bytes.extracting(0..<min(count, 1 << 18))
        var zeros = (even: 0, odd: 0)
        var controls = 0
        for i in sample.indices {
            if sample[i] == 0 {
                if i & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
            } else if sample[i] < 0x20, !(0x09...0x0D).contains(sample[i]), sample[i] != 0x1B, sample[i] != 0x01 {
                controls += 1
            }
        }
        let pairs = max(1, sample.count / 2)
        if zeros.odd * 10 > pairs * 3, zeros.odd > 4 * zeros.even { return .text(.utf16LittleEndian) }
        if zeros.even * 10 > pairs * 3, zeros.even > 4 * zeros.odd { return .text(.utf16BigEndian) }

        let utf8 = UTF8Quality(sample)
        if utf8.invalid == 0, zeros.even + zeros.odd == 0 { return controls * 20 > count ? .binary : .text(.utf8) }
        if utf8.invalid == 0, (zeros.even + zeros.odd) * 100 < count { return .text(.utf8) }
        // A damaged UTF-8 file still holds whole ideographs; text in another character set does so by rare chance.
        if utf8.ideographs > 2 * utf8.invalid { return .text(.utf8) }

        for encoding in [TextEncoding.utf16LittleEndian, .utf16BigEndian]
        where ChineseQuality(sample, encoding)?.isPlausible == true { return .text(encoding) }
        if (zeros.even + zeros.odd) * 100 >= sample.count || controls * 20 > sample.count { return .binary }
        let simplified = ChineseQuality(sample, .gb18030)?.score ?? 0
        let traditional = ChineseQuality(sample, .big5)?.score ?? 0
        guard max(simplified, traditional) > 0 else { return .binary }
        // A few characters say little, and the program's users write the first.
        return .text(traditional > simplified + 200 ? .big5 : .gb18030)
    }
}

/// How well bytes read as UTF-8; an incomplete character at a cut is not held against them.
private struct UTF8Quality {
    /// Characters of three bytes that Chinese text is made of.
    var ideographs = 0
    /// Stretches that are no character.
    var invalid = 0

    init(_ bytes: Span<UInt8>) {
        var i = 0
        var wasInvalid = false
        while i < bytes.count {
            let lead = bytes[i]
            if lead < 0x80 {
                i += 1
                wasInvalid = false
                continue
            }
            let length = lead >= 0xF5 || lead < 0xC2 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
            var trail = 1
            while trail < length, i + trail < bytes.count, bytes[i + trail] & 0xC0 == 0x80 { trail += 1 }
            if length > 0, trail == length {
                if (0xE3...0xE9).contains(lead) || lead == 0xEF { ideographs += 1 }
                i += length
                wasInvalid = false
            } else if length > 0, i + trail == bytes.count {
                break  // Cut at the end of the sample or of a truncated file.
            } else {
                if !wasInvalid { invalid += 1 }
                wasInvalid = true
                i += 1
            }
        }
    }
}

/// How much the text that a decoder makes of the bytes looks like Chinese that people type.
private struct ChineseQuality {
    var units = 0
    var ideographs = 0
    var common = 0
    var damaged = 0

    init?(_ bytes: Span<UInt8>, _ encoding: TextEncoding) {
        guard var decoder = ChunkDecoder(encoding) else { return nil }
        for unit in decoder.decode(bytes, last: false).units {
            units += 1
            switch unit {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x3000...0x303F, 0xFF00...0xFFEF, 0x2010...0x2027, 0x2190...0x22FF,
                0x2500...0x26FF, 0xD800...0xDFFF, 0x00A0...0x00FF:
                break
            case 0x4E00...0x9FA5:
                ideographs += 1
                if Self.isFrequent(unit) { common += 1 }
            // Kana, Hangul and Cyrillic are rare in chats and say nothing against a decoding.
            case 0x3040...0x30FF, 0xAC00...0xD7A3, 0x0391...0x0451, 0x200B...0x200F: break
            case 0xFFFD: damaged += 4
            case 0xE000...0xF8FF, 0x0000...0x001F, 0x007F...0x009F, 0x0100...0x0390, 0x0452...0x200A, 0x2028...0x206F, 0xA000...0xABFF:
                damaged += 2
            default: damaged += 1
            }
        }
    }

    /// What a wrong decoding makes of Chinese are ideographs too, but seldom frequent ones.
    var score: Int {
        units == 0 ? 0 : 1_000 + 1_500 * common / max(4, ideographs) - 1_000 * damaged * 4 / units
    }
    var isPlausible: Bool { units >= 4 && damaged * 50 <= units && common * 12 >= units }

    /// The commonest characters of chats in either script; wrong decodings hit them by chance only.
    private static let frequent: Set<UInt16> = Set(
        ("的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用"
            + "第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间知世什两次使身者被高已亲其进此话常与活正感"
            + "吗呢吧啊货买卖评价差客服快递退款订单今明元块收谢消息记录组象友图片表店请帮问链接付钱包件尺码颜色哦嗯哈"
            + "這個們說來時為國對後過還樣開無從現麼經長兒愛給間兩進與話嗎買賣評價單錢塊謝發貨遞訂請幫問鏈接圖錄組對顏麼裡點沒當"
            + "會學總動頭親應該寄").utf16)
    private static func isFrequent(_ unit: UInt16) -> Bool { frequent.contains(unit) }
}
