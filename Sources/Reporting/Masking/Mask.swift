/// A stretch of a text that the public edition does not show.
public struct Mask: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case phone, idCard = "id-card", bankCard = "bank-card", number, account, mail, address, name

        var name: String {
            switch self {
            case .phone: "手机和电话"
            case .idCard: "身份证号"
            case .bankCard: "银行卡号"
            case .number: "订单号等长号码"
            case .account: "账号"
            case .mail: "邮箱"
            case .address: "详细地址"
            case .name: "人名和昵称"
            }
        }
    }

    public var kind: Kind
    /// In Unicode scalars of the text; the masked text has as many.
    public var range: Range<Int>
}

/// Finds what a text tells of people, and shows asterisks instead.
///
/// Each hidden character is one asterisk, so that places in the masked text are those in the original.
struct Masking {
    /// Names and accounts of the participants by their first character, the longest first.
    private let names: [Unicode.Scalar: [[Unicode.Scalar]]]

    init(names: Set<String>) {
        let scalars = names.map { Array($0.unicodeScalars) }.filter { $0.count > 1 }
        self.names = Dictionary(grouping: scalars) { $0[0] }.mapValues { $0.sorted { $0.count > $1.count } }
    }

    /// - Parameter kept: parts that prove the case and stay: threats, demands, amounts.
    func masks(in text: String, keeping kept: [Range<Int>] = []) -> [Mask] {
        let scalars = Array(text.unicodeScalars)
        var masks: [Mask] = []
        func add(_ kind: Mask.Kind, _ range: Range<Int>) {
            guard !range.isEmpty, !kept.contains(where: { $0.overlaps(range) }),
                !masks.contains(where: { $0.range.overlaps(range) })
            else { return }
            masks.append(Mask(kind: kind, range: range))
        }
        for range in Self.mailAddresses(scalars) { add(.mail, range) }
        for (kind, range) in Self.numbers(scalars) { add(kind, range) }
        for range in Self.addresses(scalars) { add(.address, range) }
        var start = 0
        while start < scalars.count {
            let name = names[scalars[start]]?.first { scalars[start...].starts(with: $0) }
            if let name { add(.name, start..<start + name.count) }
            start += name?.count ?? 1
        }
        return masks.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// The text with its masks: of numbers the first three and last four digits, of names the first character stay.
    static func apply(_ masks: [Mask], to text: String) -> String {
        guard !masks.isEmpty else { return text }
        var scalars = Array(text.unicodeScalars)
        for mask in masks {
            let count = mask.range.count
            let (head, tail): (Int, Int) =
                switch mask.kind {
                case .phone, .idCard, .bankCard, .number, .account: count >= 11 ? (3, 4) : count >= 6 ? (1, 1) : (0, 0)
                case .name, .mail: (count > 1 ? 1 : 0, 0)
                case .address: (0, 0)
                }
            for place in mask.range.dropFirst(head).dropLast(tail) { scalars[place] = "*" }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Runs of digits, with the separators inside them: five digits and more can name a person, sums rarely do.
    private static func numbers(_ scalars: [Unicode.Scalar]) -> [(Mask.Kind, Range<Int>)] {
        var found: [(Mask.Kind, Range<Int>)] = []
        var start = 0
        while start < scalars.count {
            guard isDigit(scalars[start]) else {
                start += 1
                continue
            }
            if let end = endOfDate(scalars, start) {
                start = end
                continue
            }
            var end = start + 1
            while end < scalars.count {
                if isDigit(scalars[end]) || (end - start == 17 && (scalars[end] == "X" || scalars[end] == "x")) {
                    end += 1
                } else if end + 1 < scalars.count, " -".unicodeScalars.contains(scalars[end]), isDigit(scalars[end + 1])
                {
                    end += 2
                } else {
                    break
                }
            }
            let digits = scalars[start..<end].filter { $0 != " " && $0 != "-" }.count
            switch digits {
            case 18: found.append((.idCard, start..<end))
            case 16, 17, 19: found.append((.bankCard, start..<end))
            case 11 where scalars[start].value == 0x31 || scalars[start].value == 0xFF11:
                found.append((.phone, start..<end))
            case 7...: found.append((.number, start..<end))
            case 5, 6: if !isSum(scalars, start, end) { found.append((.account, start..<end)) }
            default: break
            }
            start = end
        }
        return found
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || ("０"..."９").contains(scalar)
    }

    /// Where `2024-05-06 12:30:00`, a day or a part of it ends: a year, then groups of at most two digits.
    private static func endOfDate(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
        guard start + 6 < scalars.count, scalars[start] == "2" || scalars[start] == "1",
            scalars[start..<start + 4].allSatisfy(isDigit), "-/.年".unicodeScalars.contains(scalars[start + 4])
        else { return nil }
        var end = start + 4
        while end + 1 < scalars.count, "-/.: 年月日".unicodeScalars.contains(scalars[end]) {
            let digits = scalars[(end + 1)...].prefix { isDigit($0) }.count
            guard (1...2).contains(digits) else { break }
            end += 1 + digits
        }
        return end > start + 4 ? end : nil
    }

    /// A number beside a sign of money.
    private static func isSum(_ scalars: [Unicode.Scalar], _ start: Int, _ end: Int) -> Bool {
        if end < scalars.count, "元块圆毛角￥¥rRkKwW万千.".unicodeScalars.contains(scalars[end]) { return true }
        return start > 0 && "￥¥$.".unicodeScalars.contains(scalars[start - 1])
    }

    private static func mailAddresses(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
        scalars.indices.filter { scalars[$0] == "@" }.compactMap { at in
            func isPart(_ scalar: Unicode.Scalar) -> Bool {
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || isDigit(scalar) || "._-+".unicodeScalars.contains(scalar))
            }
            let head = scalars[..<at].reversed().prefix(while: isPart).count
            let tail = scalars[(at + 1)...].prefix(while: isPart)
            return head > 0 && tail.contains(".") ? at - head..<at + 1 + tail.count : nil
        }
    }

    /// From the street on: what stands before 路, 街, 弄, 号, 栋, 室 in a run that names a district or a city.
    private static func addresses(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        while start < scalars.count {
            let run = scalars[start...].prefix {
                $0.value >= 0x4E00 && $0.value <= 0x9FFF || isDigit($0) || $0 == "-" || $0 == "#"
            }
            defer { start += max(1, run.count) }
            guard let town = run.lastIndex(where: { "市区县镇乡".unicodeScalars.contains($0) }),
                let end = run.lastIndex(where: { "路街道巷弄号栋幢单元室楼村组".unicodeScalars.contains($0) }), end > town + 1,
                run[town...end].contains(where: isDigit)
            else { continue }
            var last = end + 1
            while last < run.endIndex, isDigit(run[last]) { last += 1 }
            found.append(town + 1..<last)
        }
        return found
    }
}
