import Transcript

/// Copies of labelled chats in forms the corpora hold too seldom: chats whose parts nobody knows, and lines that stand
/// alone. They are trained on and never counted or measured.
enum TrainingVariants {
    /// Whose dialogues illustrate the categories, and how often they are repeated.
    private static let illustrator = "lines"
    private static let illustrations = 12

    static func of(_ chats: [LabelledChat]) -> [LabelledChat] {
        var variants: [LabelledChat] = []
        var alone = 0
        var innocent = 0
        for (number, chat) in chats.enumerated() {
            if number % (chat.lines.count > 1 ? 4 : 2) == 0 { variants.append(withoutRoles(chat)) }
            if chat.lines.count == 1 { continue }
            // A dialogue that illustrates the categories counts as often as a habit of many writers.
            if chat.writer == illustrator { variants += (0..<illustrations).map { $0 % 4 == 3 ? withoutRoles(chat) : chat } }
            let isInnocent = chat.lines.allSatisfy { $0.labels.isEmpty && !$0.isUnsure }
            for line in chat.lines {
                if standsAlone(line) {
                    alone += 1
                    if alone % 3 == 0 || line.labels.contains(.extortion) {
                        let single = copy(of: chat, lines: [line])
                        variants.append(alone % 2 == 0 ? withoutRoles(single) : single)
                    }
                } else if isInnocent, line.text.utf8.count > 15 {
                    innocent += 1
                    if innocent % (line.act == nil ? 3 : 6) == 0 {
                        let single = copy(of: chat, lines: [line])
                        variants.append(innocent % 12 == 0 ? withoutRoles(single) : single)
                    }
                }
            }
        }
        let blunt = bluntOnes(beside: chats)
        return variants + blunt + intrusions(into: chats, blunt: blunt)
    }

    /// Demands and threats in so many words, with their lawful twins and either without the other, alone and within everyday
    /// chats: whoever writes a chat seldom writes what everybody would.
    private static func bluntOnes(beside chats: [LabelledChat]) -> [LabelledChat] {
        let payments = ["给", "给我", "转我", "给我转", "打我", "赔我", "赔", "给我打", "发我", "补我"]
        let sums = ["20", "50块", "100", "200元", "300", "500", "五百", "800块", "1000", "一千", "2000", "两千块", "3000", "5000", "2k"]
        let rights = ["发货", "退款", "换货", "给退货", "给发票", "给我退运费", "处理", "回我", "给补发", "给个说法", "给我换", "给退"]
        let threats = ["差评", "给差评", "给你差评", "一星", "投诉你", "举报你", "打12315", "曝光你", "给你们店刷差评", "追评", "找平台投诉", "挂你"]
        let joints = ["就", "我就", "，我就", " 就", " 我", "的话就", "，那就", "今天就"]
        let quiet = chats.filter { $0.tier != nil && $0.lines.allSatisfy { $0.labels.isEmpty && !$0.isUnsure } }
        guard !quiet.isEmpty else { return [] }
        var random = SplitMix(seed: 7)
        func one(_ choices: [String]) -> String { choices[Int(random.next() % UInt64(choices.count))] }
        var variants: [LabelledChat] = []
        for number in 0..<1_200 {
            // A demand with its threat, a lawful claim with the same threat, and either alone, which is no extortion.
            let kind = number % 6
            let isBlunt = kind == 0 || kind == 2 || kind == 4
            let refusal = one(["不", "不", "再不", "要是不"])
            let demand = one(payments) + one(sums)
            let text =
                switch kind {
                case 1: demand
                case 3: one(["", "", "我", "马上", "这就"]) + one(threats)
                case 5: refusal + one(rights) + one(joints) + one(threats)
                default: refusal + demand + one(joints) + one(threats)
                }
            var line = LabelledChat.Line(
                role: .buyer, text: text, labels: isBlunt ? [.extortion] : [], act: isBlunt ? "threat" : nil)
            if number % 5 == 0 { line.text = one(["亲 ", "老板，", "我说了，", "最后说一遍 "]) + line.text }
            let host = quiet[Int(random.next() % UInt64(quiet.count))]
            var lines = [line]
            if random.next() % 3 != 0 {
                // Early in the chat, so that what follows does not make it look settled.
                lines = Array(host.lines.prefix(Int(random.next() % 4)).filter { $0.role != .unknown }) + [line]
                if number % 4 == 1 { lines.append(.init(role: .seller, text: one(["好的", "亲 您稍等", "?", "什么意思", "您好", "这个不行的"]), labels: [])) }
            }
            let chat = copy(of: host, lines: lines)
            variants.append(number % 7 == 0 ? withoutRoles(chat) : chat)
        }
        return variants
    }

    /// Lines that say all by themselves, each in the midst of everyday talk that takes no notice of it.
    ///
    /// Line and talk are of one writer, so that who is left out when the model is measured is left out whole.
    private static func intrusions(into chats: [LabelledChat], blunt: [LabelledChat]) -> [LabelledChat] {
        let faults = [
            "坏", "破", "漏", "裂", "断", "脏", "霉", "瑕疵", "色差", "质量", "发错", "少发", "漏发", "错了", "没收到", "不发货", "没发", "假货", "不能用",
            "退", "赔", "问题",
        ]
        let hosts = chats.filter { chat in
            chat.tier != nil && chat.lines.count >= 4
                && chat.lines.allSatisfy { line in
                    line.labels.isEmpty && !line.isUnsure && !faults.contains { line.text.contains($0) }
                }
        }
        let byWriter = Dictionary(grouping: chats, by: \.writer)
        let alone = byWriter.mapValues { $0.flatMap { $0.lines.filter { $0.role == .buyer && standsAlone($0) } } }
        let everyday = Dictionary(grouping: hosts, by: \.writer).mapValues { $0.flatMap { $0.lines.filter { $0.role == .buyer } } }
        let bluntLines = blunt.compactMap { chat in chat.lines.last { $0.role == .buyer } }
        let bluntThreats = bluntLines.filter { !$0.labels.isEmpty }
        guard !hosts.isEmpty else { return [] }
        var random = SplitMix(seed: 11)
        return (0..<4_200).compactMap { number in
            let host = hosts[Int(random.next() % UInt64(hosts.count))]
            let own = alone[host.writer] ?? []
            let threats = own.filter { $0.labels.contains(.extortion) }
            let lines =
                switch number % 6 {
                case 0: threats.isEmpty ? bluntThreats : threats
                case 1: own.filter { $0.labels == [.cashback] }
                case 2: own.filter { $0.labels == [.ad] }
                case 3: bluntThreats
                case 4: bluntLines.filter(\.labels.isEmpty)
                // What does not belong there is no threat for that.
                default: everyday[host.writer] ?? []
                }
            guard !lines.isEmpty else { return nil }
            let line = lines[Int(random.next() % UInt64(lines.count))]
            let place = 1 + Int(random.next() % UInt64(host.lines.count - 1))
            let chat = copy(of: host, lines: host.lines[..<place] + [line] + host.lines[place...])
            return number % 7 == 0 ? withoutRoles(chat) : chat
        }
    }

    /// Whether a line is flagged by itself: one that says half of a threat and its demand is not.
    private static func standsAlone(_ line: LabelledChat.Line) -> Bool {
        if line.labels.contains(.extortion) {
            return ["不给", "不转", "不赔", "不打", "不然", "否则", "要么"].contains { line.text.contains($0) }
                && line.text.contains { "0123456789百千万块钱".contains($0) }
        }
        return ["review-ask", "reward-offer", "ad-pitch"].contains(line.act ?? "")
    }

    private static func withoutRoles(_ chat: LabelledChat) -> LabelledChat {
        copy(
            of: chat,
            lines: chat.lines.map { line in
                var line = line
                if line.role != .system {
                    line.sender = line.role.rawValue
                    line.role = .unknown
                }
                return line
            })
    }

    private static func copy(of chat: LabelledChat, lines: [LabelledChat.Line]) -> LabelledChat {
        var copy = chat
        copy.lines = lines
        return copy
    }
}
