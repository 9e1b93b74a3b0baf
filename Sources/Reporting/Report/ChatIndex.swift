import Classification
import Transcript

/// Finds the lines around a message in its chat.
struct ChatIndex: Sendable {
    /// One conversation of one file, under its name before masking: two may have one masked name.
    struct Chat: Hashable {
        var file: Int
        var conversation: String
    }

    private let evidence: Evidence
    /// A chat's messages that are at hand, by their place in the chat.
    private var messages: [Chat: [Int: Message]] = [:]

    /// Indexes the chats that hold a finding.
    init(_ evidence: Evidence) {
        self.evidence = evidence
        let original = evidence.original
        for finding in original.findings {
            messages[Chat(file: finding.file, conversation: finding.message.conversation)] = [:]
        }
        for file in Set(original.findings.map(\.file)) {
            for (unmasked, message) in zip(original.messages[file], evidence.result.messages[file]) {
                messages[Chat(file: file, conversation: unmasked.conversation)]?[message.index] = message
            }
        }
    }

    /// The stretches of chats that show all the findings with at least `context` lines on both sides.
    ///
    /// Stretches that touch are one; chats stand in the order of their first finding.
    func transcripts(
        of findings: [Int], context: Int = ScanResult.context, listed: Set<Int>
    ) -> [Transcript] {
        var chats: [(chat: Chat, shownName: String)] = []
        var wanted: [Chat: Set<Int>] = [:]
        var marks: [RecordPlace: Int] = [:]
        for finding in findings {
            let message = evidence.result.findings[finding].message
            let unmasked = evidence.original.findings[finding]
            let chat = Chat(file: unmasked.file, conversation: unmasked.message.conversation)
            guard let all = messages[chat], all[message.index] != nil else { continue }
            if wanted[chat] == nil { chats.append((chat, message.conversation)) }
            marks[RecordPlace(file: chat.file, location: message.location)] = finding
            for index in message.index - context...message.index + context where all[index] != nil {
                wanted[chat, default: []].insert(index)
            }
        }
        return chats.map { chat, shownName in
            var last = -1
            let lines = (wanted[chat] ?? []).sorted().compactMap { index in
                messages[chat]?[index].map { message in
                    defer { last = index }
                    let finding = marks[RecordPlace(file: chat.file, location: message.location)]
                    return line(
                        message, file: chat.file, finding: finding, isListed: finding.map(listed.contains) ?? false,
                        omitted: last < 0 ? 0 : index - last - 1)
                }
            }
            return Transcript(file: evidence.result.files[chat.file].name, conversation: shownName, lines: lines)
        }
    }

    private func line(
        _ message: Message, file: Int, finding: Int?, isListed: Bool, omitted: Int
    ) -> Transcript.Line {
        Transcript.Line(
            id: evidence.id(of: message, in: file), line: message.location.line, time: message.shownTime,
            speaker: message.shownSender, role: message.role.name, isOwn: message.role == .seller, text: message.text,
            marks: finding.map { Self.marks(of: evidence.result.findings[$0].judgement.cues) } ?? [], isFinding: isListed,
            omittedBefore: omitted)
    }

    /// The matched parts without overlap.
    static func marks(of cues: [Cue]) -> [Range<Int>] {
        var out: [Range<Int>] = []
        for range in cues.map(\.range).sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) })
        where !range.isEmpty {
            if let last = out.last, range.lowerBound <= last.upperBound {
                out[out.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                out.append(range)
            }
        }
        return out
    }
}

extension Message {
    /// The time as the file writes it.
    var shownTime: String {
        guard let timeText else { return time?.shown ?? "时间不明" }
        // A count of milliseconds tells a reader nothing.
        let isCount = (10...13).contains(timeText.utf8.count) && timeText.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isCount ? time?.shown ?? timeText : timeText
    }

    /// The time as the file writes it, with its day: a table's rows stand far from the line that names it.
    var datedTime: String {
        guard let timeText, let moment = shownMoment else { return shownTime }
        let isClock = timeText.allSatisfy(Self.clockLetters.contains) && timeText.split(whereSeparator: { !$0.isNumber }).count < 4
        return isClock ? moment : shownTime
    }

    /// What a time without its day is made of, as `16:21`, `昨天 下午4:21`.
    private static let clockLetters = Set("0123456789:： 上下午凌晨晚中早AMPamp今昨前天星期周一二三四五六日")

    /// The moment, no finer than the file writes it.
    var shownMoment: String? {
        guard let time else { return nil }
        guard let timeText, timeText.utf8.count(where: { $0 == 0x3A }) == 1, !timeText.contains("秒") else { return time.shown }
        return String(time.shown.dropLast(3))
    }

    var shownSender: String {
        switch (sender, senderID) {
        case (let name?, let id?) where name != id && !id.isEmpty: "\(name)(\(id))"
        case (let name?, _): name
        case (nil, let id?): id
        case (nil, nil): "文件未写明"
        }
    }
}

extension Timestamp {
    /// The wall clock it was written in, as `2022-12-25 19:33:00`.
    var shown: String { String(iso8601.prefix(19)).replacing("T", with: " ") }
}
