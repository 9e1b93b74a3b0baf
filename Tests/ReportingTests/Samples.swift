import Classification
import Hashing
import Reporting
import Transcript

/// Scan results made by hand, as the classifier would give them.
enum Samples {
    /// A chat of one file in the making; the places of its records are those of an imagined export.
    struct Chat {
        var file: SourceFile
        var messages: [Message] = []
        private var offset = 0

        init(_ name: String, format: String = "qq-txt") {
            file = SourceFile(
                name: name, format: format, encoding: "UTF-8", sha256: SHA256.digest(of: name).hexadecimal, bytes: 0,
                messageCount: 0, lines: .init())
        }

        mutating func say(
            _ text: String, by sender: String?, id: String? = nil, _ role: Message.Role, at time: String?,
            in conversation: String = "南山老陈"
        ) {
            let length = text.utf8.count + 30
            messages.append(
                Message(
                    conversation: conversation, index: messages.count,
                    location: SourceLocation(line: 9 + messages.count * 3, offset: offset, length: length),
                    time: time.flatMap(Samples.timestamp), timeText: time, sender: sender, senderID: id, role: role,
                    text: text))
            if let moment = messages[messages.count - 1].time {
                file.earliest = min(file.earliest ?? moment, moment)
                file.latest = max(file.latest ?? moment, moment)
            }
            offset += length + 2
            file.bytes = offset
            file.messageCount = messages.count
            file.lines = .init(
                total: 9 + messages.count * 3, messages: messages.count * 2, structure: 9 + messages.count)
        }
    }

    static func timestamp(_ text: String) -> Timestamp? {
        let parts = text.split(whereSeparator: { " -:".contains($0) }).compactMap { Int($0) }
        guard parts.count >= 5 else { return nil }
        return Timestamp(
            year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4],
            second: parts.count > 5 ? parts[5] : 0, offsetFromUTC: 28_800)
    }

    /// A finding of the message whose text contains `words`, with cues on the given words.
    static func finding(
        _ words: String, in chat: Chat, file: Int = 0, labels: [Label], category: String, level: Level? = .submit,
        direction: Direction? = nil, cues: [(kind: String, words: String)] = [], elements: [Element] = [],
        incident: Int? = nil
    ) -> Finding {
        guard let message = chat.messages.first(where: { $0.text.contains(words) }) else {
            preconditionFailure("no message says \(words)")
        }
        let found = cues.map { cue in
            let start = message.text.range(of: cue.words)
            return Cue(kind: cue.kind, rule: "test/\(cue.kind)", range: start, text: cue.words)
        }
        return Finding(
            file: file, message: message,
            judgement: Judgement(
                labels: labels, scores: Label.allCases.map { labels.contains($0) ? 98 : 1 }, category: category,
                categories: [category], direction: direction, level: level, cues: found, elements: elements),
            incident: incident)
    }

    /// A line that is no finding but carries an element of an incident.
    static func carrier(_ words: String, in chat: Chat, file: Int = 0, _ element: Element, incident: Int) -> Finding {
        var found = finding(words, in: chat, file: file, labels: [], category: "", level: nil, incident: incident)
        found.judgement.category = nil
        found.judgement.categories = []
        found.judgement.elements = [element]
        return found
    }

    /// A chat in which nothing was found.
    static var none: ScanResult {
        var result = one
        result.findings = []
        result.incidents = []
        return result
    }

    /// The dialogue of a buyer who asks for cashback and, refused, threatens.
    static var one: ScanResult {
        var chat = Chat("qq.txt")
        let buyer = "南山老陈", seller = "小店客服"
        chat.say("在吗", by: buyer, id: "12345678", .buyer, at: "2022-12-25 19:30:00")
        chat.say("在的亲", by: seller, .seller, at: "2022-12-25 19:31:00")
        chat.say("亲好评返现吗？地址这个，发票和商品分开发。", by: buyer, id: "12345678", .buyer, at: "2022-12-25 19:33:00")
        chat.say("地址无误，已经发货，没有好评返现的", by: seller, .seller, at: "2022-12-25 19:34:12")
        chat.say("不返现，泄露我信息，2000解决，\n拒绝开发票600元。", by: buyer, id: "12345678", .buyer, at: "2022-12-25 19:40:30")
        chat.say("您有问题可以申请平台介入", by: seller, .seller, at: "2022-12-25 19:42:00")
        chat.say("等着", by: buyer, id: "12345678", .buyer, at: "2022-12-25 19:43:00")
        var result = ScanResult(
            files: [chat.file], messages: [chat.messages], diagnostics: [[]],
            roleNotes: ["按聊天的对象名推断：另一方为卖家，请核对：1 个聊天"])
        result.findings = [
            finding(
                "亲好评返现", in: chat, labels: [.cashback], category: "cashback.inquiry", direction: .buyerDemands,
                cues: [("reward", "好评返现")], incident: 0),
            carrier("没有好评返现的", in: chat, .refusal, incident: 0),
            finding(
                "2000解决", in: chat, labels: [.extortion, .cashback], category: "ext.report.privacy",
                direction: .buyerDemands,
                cues: [("threat", "泄露我信息"), ("amount", "2000"), ("demand", "解决"), ("amount", "600元")],
                elements: [.threat, .demand, .link], incident: 0),
        ]
        result.incidents = [
            Incident(
                labels: [.extortion, .cashback], findings: [0, 2], counterparty: buyer, counterpartyID: "12345678",
                elements: [.threat: [2], .demand: [2], .link: [2], .refusal: [1]],
                amounts: [.init(hundredths: 200_000, finding: 2), .init(hundredths: 60_000, finding: 2)],
                identifiers: [.init(kind: "qq", value: "12345678", finding: 2)], level: .submit)
        ]
        return result
    }
}

extension String {
    /// Where the words stand, in Unicode scalars.
    fileprivate func range(of words: String) -> Range<Int> {
        let (text, part) = (Array(unicodeScalars), Array(words.unicodeScalars))
        guard part.count <= text.count,
            let start = (0...text.count - part.count).first(where: { text[$0..<$0 + part.count].elementsEqual(part) })
        else { preconditionFailure("\(words) is not in the text") }
        return start..<start + part.count
    }
}
