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
        var random = SplitMix(seed: 5)
        for (number, chat) in chats.enumerated() {
            if number % (chat.lines.count > 1 ? 4 : 2) == 0 { variants.append(withoutRoles(chat)) }
            if chat.lines.count == 1 { continue }
            // A dialogue that illustrates the categories counts as often as a habit of many writers.
            if chat.writer == illustrator { variants += (0..<illustrations).map { $0 % 4 == 3 ? withoutRoles(chat) : chat } }
            let isInnocent = chat.lines.allSatisfy { $0.labels.isEmpty && !$0.isUnsure }
            for line in chat.lines {
                if standsAlone(line) {
                    alone += 1
                    if alone % 3 == 0 || line.labels.contains(.extortion) { variants.append(single(line, of: chat, &random)) }
                } else if isInnocent, line.text.utf8.count > 15 {
                    innocent += 1
                    if innocent % (line.act == nil ? 3 : 6) == 0 { variants.append(single(line, of: chat, &random)) }
                }
            }
        }
        return variants + bluntOnes(beside: chats) + intrusions(into: chats)
    }

    /// What everybody would write, in so many words, with lawful twins, alone and within everyday chats: whoever writes a chat
    /// seldom does. Guilty and innocent ones open and end alike, so that no greeting and no mark decides.
    private static func bluntOnes(beside chats: [LabelledChat]) -> [LabelledChat] {
        let quiet = chats.filter { $0.tier != nil && $0.lines.allSatisfy { $0.labels.isEmpty && !$0.isUnsure } }
        guard !quiet.isEmpty else { return [] }
        var random = SplitMix(seed: 7)
        func one<Element>(_ choices: [Element]) -> Element { choices[Int(random.next() % UInt64(choices.count))] }
        return (0..<6_300).map { number in
            var line = BluntLines.line(number, &random)
            line.text = dressed(line.text, &random)
            let host = one(quiet)
            var lines = [line]
            if random.next() % 3 != 0 {
                // Early in the chat, so that what follows does not make it look settled.
                lines = Array(host.lines.prefix(Int(random.next() % 4)).filter { $0.role != .unknown }) + [line]
                if random.next() % 4 == 0 { lines.append(.init(role: .seller, text: one(BluntLines.answers), labels: [])) }
            }
            let chat = copy(of: host, lines: lines)
            return random.next() % 7 == 0 ? withoutRoles(chat) : chat
        }
    }

    /// A text as it is, or with a greeting before it, or with an end that says nothing of what it is.
    private static func dressed(_ text: String, _ random: inout SplitMix) -> String {
        func one(_ choices: [String]) -> String { choices[Int(random.next() % UInt64(choices.count))] }
        let before = random.next() % 3 == 0 ? one(BluntLines.openings) : ""
        let after = random.next() % 2 == 0 ? one(BluntLines.endings) : ""
        return before + text + after
    }

    /// Lines that say all by themselves, each in the midst of everyday talk that takes no notice of it.
    ///
    /// Line and talk are of one writer, so that who is left out when the model is measured is left out whole.
    private static func intrusions(into chats: [LabelledChat]) -> [LabelledChat] {
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
        guard !hosts.isEmpty else { return [] }
        var random = SplitMix(seed: 11)
        var blunt: [LabelledChat.Line] = []
        for number in 0..<1_600 {
            var line = BluntLines.line(number, &random)
            line.text = dressed(line.text, &random)
            if line.role == .buyer { blunt.append(line) }
        }
        return (0..<4_200).compactMap { number in
            let host = hosts[Int(random.next() % UInt64(hosts.count))]
            let own = alone[host.writer] ?? []
            let threats = own.filter { $0.labels.contains(.extortion) }
            let lines =
                switch number % 6 {
                case 0: threats.isEmpty ? blunt.filter { $0.labels == [.extortion] } : threats
                case 1: own.filter { $0.labels == [.cashback] }
                case 2: own.filter { $0.labels == [.ad] }
                case 3: blunt.filter { !$0.labels.isEmpty }
                case 4: blunt.filter(\.labels.isEmpty)
                // What does not belong there is no threat for that.
                default: everyday[host.writer] ?? []
                }
            guard !lines.isEmpty else { return nil }
            var line = lines[Int(random.next() % UInt64(lines.count))]
            // What is said among much else in one message counts all the same.
            if random.next() % 4 == 0 { line.text = surrounded(line.text, by: everyday[host.writer] ?? [], &random) }
            let place = 1 + Int(random.next() % UInt64(host.lines.count - 1))
            let chat = copy(of: host, lines: host.lines[..<place] + [line] + host.lines[place...])
            return number % 7 == 0 ? withoutRoles(chat) : chat
        }
    }

    /// A line of a chat by itself, some of them with a greeting or an end, some of nobody knows whom: guilty and innocent alike.
    private static func single(_ line: LabelledChat.Line, of chat: LabelledChat, _ random: inout SplitMix) -> LabelledChat {
        var line = line
        if random.next() % 4 == 0 { line.text = dressed(line.text, &random) }
        let single = copy(of: chat, lines: [line])
        return random.next() % 3 == 0 ? withoutRoles(single) : single
    }

    /// A text as one sentence among a few of those that somebody says every day.
    private static func surrounded(_ text: String, by everyday: [LabelledChat.Line], _ random: inout SplitMix) -> String {
        guard !everyday.isEmpty else { return text }
        let count = 1 + Int(random.next() % 4)
        var sentences = (0..<count).map { _ in everyday[Int(random.next() % UInt64(everyday.count))].text }
        sentences.insert(text, at: Int(random.next() % UInt64(count + 1)))
        let marks = ["，", "。", " ", "\n"]
        return sentences.joined(separator: marks[Int(random.next() % UInt64(marks.count))])
    }

    /// Whether a line is flagged by itself: one that says half of a threat and its demand is not.
    private static func standsAlone(_ line: LabelledChat.Line) -> Bool {
        if line.labels.contains(.extortion) {
            return ["不给", "不转", "不赔", "不打", "不然", "否则", "要么"].contains { line.text.contains($0) }
                && line.text.contains { "0123456789百千万块钱".contains($0) }
        }
        // A few characters of a deal or an advertisement are one only by what is said around them.
        return switch line.act {
        case "review-ask", "reward-offer": line.text.count >= 6
        case "ad-pitch": line.text.count >= 9
        default: false
        }
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
