import Classification
import Transcript

/// One incident told for people: its quotes numbered, its facts counted.
struct IncidentAccount: Sendable {
    /// One line of evidence.
    struct Quote: Sendable {
        /// Its number in the incident, from 1.
        var number: Int
        var finding: Int
        var id: EvidenceID
        var file: SourceFile
        var message: Message
        /// The account that spoke and its chat, unmasked: to compare, not to print.
        var speakerID: String?
        var chat: ChatIndex.Chat
        var judgement: Judgement

        /// By time where both have one that differs, else as they were read.
        func isAfter(_ other: Quote) -> Bool {
            if let time = message.time, let otherTime = other.message.time, time != otherTime { return otherTime < time }
            return other.finding < finding
        }
    }

    /// Its number in the report, from 1.
    let number: Int
    let id: EvidenceID
    let incident: Incident
    /// The same before masking: to compare, not to print.
    let original: Incident
    /// What the seller told of it.
    let known: CaseFile.Case?
    /// In the order of time where it is known, else of input.
    let quotes: [Quote]
    /// Whose evidence anything is: findings, and lines that only carry an element.
    let elements: [Element: [Quote]]
    /// Where the seller himself speaks of cashback, pays or haggles in these chats, in the order of time or of input: told by
    /// place, never by its words, for what the seller said is for him alone.
    let ownDealings: [Quote]
    private let byFinding: [Int: Quote]

    init(number: Int, position: Int, of evidence: Evidence, known: CaseFile.Case?) {
        let incident = evidence.result.incidents[position]
        self.known = known
        self.number = number
        self.incident = incident
        original = evidence.original.incidents[position]
        id = evidence.incidentIDs[position]
        let own = Set(incident.findings.filter { !Evidence.isAgainstOthers(evidence.result.findings[$0]) })
        let carriers = Set(incident.elements[.refusal] ?? [])
        let places = Set(incident.findings + incident.elements.values.joined())
            .filter { !own.contains($0) || carriers.contains($0) }
        let quotes = Self.ordered(places, evidence).enumerated().map { index, finding in
            Self.quote(finding, number: index + 1, of: evidence)
        }
        self.quotes = quotes
        let byFinding = Dictionary(uniqueKeysWithValues: quotes.map { ($0.finding, $0) })
        self.byFinding = byFinding
        elements = incident.elements.mapValues { positions in
            positions.compactMap { byFinding[$0] }.sorted { $0.number < $1.number }
        }
        ownDealings = Self.ordered(Set(incident.ownDealings), evidence).map { Self.quote($0, number: 0, of: evidence) }
    }

    private static func quote(_ finding: Int, number: Int, of evidence: Evidence) -> Quote {
        let found = evidence.result.findings[finding]
        let original = evidence.original.findings[finding].message
        return Quote(
            number: number, finding: finding, id: evidence.findingIDs[finding], file: evidence.result.files[found.file],
            message: found.message, speakerID: original.senderID,
            chat: .init(file: found.file, conversation: original.conversation), judgement: found.judgement)
    }

    /// By time where every one has it, as messages of several channels interleave; else as they were read.
    private static func ordered(_ findings: Set<Int>, _ evidence: Evidence) -> [Int] {
        let sorted = findings.sorted()
        let times = sorted.map { evidence.result.findings[$0].message.time }
        guard !times.contains(nil) else { return sorted }
        return zip(sorted, times).sorted { a, b in
            guard let x = a.1, let y = b.1, x != y else { return a.0 < b.0 }
            return x < y
        }.map(\.0)
    }

    /// Who is complained of, as the chat names him.
    var counterparty: String {
        switch (incident.counterparty, incident.counterpartyID) {
        case (let name?, let id?) where name != id: "\(name)（\(id)）"
        case (let name?, _): name
        case (nil, let id?): id
        case (nil, nil): "对方（文件未写明）"
        }
    }

    /// The sums that others named, each value once, the largest first.
    var amounts: [Incident.Amount] {
        var seen: Set<Int> = []
        return incident.amounts.sorted { ($1.hundredths, $0.finding) < ($0.hundredths, $1.finding) }
            .filter { seen.insert($0.hundredths).inserted }
    }

    var channels: [String] {
        var seen: Set<String> = []
        return quotes.map { ChannelNames.name(ofFormat: $0.file.format) }.filter { seen.insert($0).inserted }
    }

    /// Where it was said, as `QQ、短信聊天中`.
    var place: String {
        let named = channels.filter { $0 != ChannelNames.unnamed }
        return named.isEmpty ? "聊天中" : named.joined(separator: "、") + "聊天中"
    }

    /// Whether any of it was said where the platform keeps the record, or may have been.
    var isOnPlatform: Bool {
        quotes.contains { quote in
            let format = quote.file.format ?? ""
            return !["qq", "qce", "sms", "imessage", "imazing", "google-voice", "wechat"].contains(where: format.hasPrefix)
        }
    }

    /// Whether the program does not know if the one complained of is the buyer or the seller himself.
    var isOfUnknownRole: Bool { quotes.contains { $0.judgement.isFinding && $0.message.role == .unknown } }

    /// What he is called before his name.
    var part: String { isOfUnknownRole ? "说话人（身份未核实）" : "买家" }

    var hasThreat: Bool { elements[.threat]?.isEmpty == false }

    /// Whether the seller's own words hold cashback.
    var hasOwnOffers: Bool { ownDealings.contains { !$0.judgement.labels.isEmpty } }

    /// What the seller said of money after his first refusal, which so was not the outcome; `nil` without either.
    var dealingAfterRefusal: Quote? {
        guard let refusal = elements[.refusal]?.first else { return nil }
        return ownDealings.first { $0.isAfter(refusal) }
    }

    func quote(ofFinding finding: Int) -> Quote? { byFinding[finding] }

    /// The line that shows an element best: one that carries threat and demand at once, then the one with the largest sum, then
    /// the one that says most.
    func clearest(_ element: Element) -> Quote? {
        let most = Set(amounts.first.map { most in incident.amounts.filter { $0.hundredths == most.hundredths }.map(\.finding) } ?? [])
        func weight(_ quote: Quote) -> (Int, Int, Int, Int) {
            let judgement = quote.judgement
            let parts = judgement.elements.filter { $0 == .threat || $0 == .demand }.count
            let kinds = Set(judgement.cues.map(\.kind)).intersection(["threat", "demand", "amount", "condition"]).count
            return (parts, most.contains(quote.finding) ? 1 : 0, kinds, judgement.scores.first ?? 0)
        }
        guard element == .threat || element == .demand else { return elements[element]?.first }
        // The earlier of two equals.
        return elements[element]?.reduce(nil as Quote?) { best, quote in
            guard let best else { return quote }
            return weight(quote) > weight(best) ? quote : best
        }
    }

    /// 3 to 6 lines that show it: threat and demand, the largest sum, the refusal, then the rest.
    var keyQuotes: [Quote] {
        var chosen: [Int] = []
        func add(_ quote: Quote?) {
            if let quote, !chosen.contains(quote.number), chosen.count < 6 { chosen.append(quote.number) }
        }
        add(clearest(.threat))
        add(clearest(.demand))
        add(elements[.threat]?.first)
        add(elements[.demand]?.first)
        add(amounts.first.flatMap { quote(ofFinding: $0.finding) })
        add(elements[.link]?.first)
        add(elements[.refusal]?.first)
        for quote in quotes.prefix(6) { add(quote) }
        return chosen.sorted().map { quotes[$0 - 1] }
    }
}

// What the complaint and the sections say of it in words.
extension IncidentAccount {
    /// The categories of its findings, each once, in their order; the branches of its labels where no rule says more.
    var categories: [String] {
        var seen: Set<String> = []
        let named = quotes.compactMap(\.judgement.category).filter { seen.insert($0).inserted }
        return named.isEmpty ? incident.labels.map(\.branch) : named
    }

    var categoryNames: [String] {
        var seen: Set<String> = []
        return categories.map(CategoryNames.name).filter { seen.insert($0).inserted }
    }

    /// What the threat is made with, as 差评, 投诉举报: the clearest line's first, then what others add; at most three.
    var means: [String] {
        guard let clearest = clearest(.threat) else { return [] }
        let threats = [clearest] + (elements[.threat] ?? []).prefix(50)
        var seen: Set<String> = []
        return Array(threats.flatMap { Self.means(of: $0.judgement) }.filter { seen.insert($0).inserted }.prefix(3))
    }

    /// What one line threatens with: what its words name, and its category where they do not.
    private static func means(of judgement: Judgement) -> [String] {
        let words = judgement.cues.filter { $0.kind == "threat" || $0.kind == "review" }.map { $0.reading ?? $0.text }
        var means = meansByWords.filter { entry in words.contains { word in entry.words.contains(where: word.contains) } }
            .map(\.means)
        let named = meansByCategory.first { entry in
            judgement.categories.contains { $0 == entry.0 || $0.hasPrefix(entry.0 + ".") }
        }?.1
        if let named, !means.contains(named) { means.insert(named, at: 0) }
        return means
    }

    private static let meansByWords: [(means: String, words: [String])] = [
        ("差评", ["差评", "中评", "追评", "一星", "1星", "评价", "打低分", "带图"]),
        ("投诉举报", ["投诉", "举报", "12315", "12345", "工商", "市监", "消协", "质监"]),
        ("曝光", ["曝光", "抖音", "小红书", "微博", "快手", "记者", "媒体", "热搜", "发视频", "朋友圈"]),
        ("发票税务举报", ["税务", "查税", "偷税", "漏税", "12366"]),
    ]

    private static let meansByCategory = [
        ("ext.review", "差评"), ("ext.order", "恶意拍单"), ("ext.report.regulator", "投诉举报"),
        ("ext.report.invoice_tax", "发票税务举报"), ("ext.report.ip", "知识产权投诉"), ("ext.report.exposure", "曝光"),
        ("ext.report.privacy", "投诉泄露信息"), ("ext.report.fabricated", "捏造问题"), ("ext.report.impersonation", "冒充身份"),
        ("ext.report", "投诉举报"), ("ext.person", "人身威胁"), ("cashback.buyer_coercion", "差评"),
    ]

    /// What the other one seems to have done, as `疑似以差评要挟，索要 800 元`.
    var deed: String {
        let sum = amounts.first?.name
        if incident.labels.contains(.extortion) {
            let hasDemand = sum != nil || elements[.demand]?.isEmpty == false
            let demand = hasDemand ? "索要 \(sum ?? "财物")" : ""
            // What no line shows is not said.
            guard elements[.threat]?.isEmpty == false else { return "疑似" + (hasDemand ? demand : "要挟") }
            let threat = means.isEmpty ? "疑似要挟" : "疑似以\(means.joined(separator: "、"))要挟"
            return hasDemand ? threat + "，" + demand : threat
        }
        if incident.labels.contains(.cashback) {
            if categories.allSatisfy({ $0 == "cashback.inquiry" }) { return "询问好评返现" }
            if categories.contains("cashback.promise_dispute") { return "就返现承诺与卖家争执" }
            return "疑似以评价换取返现" + (sum.map { "，提到 \($0)" } ?? "")
        }
        guard incident.labels.contains(.ad) else { return "疑似“\(categoryNames.joined(separator: "、"))”" }
        return "疑似发送广告（\(categoryNames.joined(separator: "、"))）"
    }

    /// From the first to the last quote, as `2022-12-25 19:30:12 至 19:43:00`; as the file writes it where it is no moment.
    var period: Phrase {
        guard let first = quotes.first?.message, let last = quotes.last?.message else { return "时间不明" }
        guard let start = first.shownMoment, let end = last.shownMoment else {
            let (start, end) = (first.shownTime, last.shownTime)
            return start == end ? .quote(start) : "\(quote: start) 至 \(quote: end)"
        }
        if start == end { return .own(start) }
        return .own(start + " 至 " + (start.prefix(11) == end.prefix(11) ? String(end.dropFirst(11)) : end))
    }

    private var span: (first: Day, last: Day)? {
        let days = quotes.compactMap { $0.message.time.map { Day($0) } }
        guard let first = days.min(), let last = days.max() else { return nil }
        return (first, last)
    }

    var isOfOneDay: Bool { span.map { $0.first == $0.last } ?? true }

    /// The days it went on, as `12月25日` or `12月25日至12月27日`; `nil` where no time is known.
    var days: String? {
        span.map { $0.first == $0.last ? $0.first.shortChinese : $0.first.shortChinese + "至" + $0.last.shortChinese }
    }

    /// The same with the year, as `2022年12月25日至12月27日`.
    var years: String? {
        span.map { first, last in
            if first == last { return first.chinese }
            return first.chinese + "至" + (first.year == last.year ? last.shortChinese : last.chinese)
        }
    }

    /// The days whose chat is to be asked for, as `2022-12-25 至 2022-12-27`.
    var dateRange: String? {
        span.map { $0.first == $0.last ? "\($0.first)" : "\($0.first) 至 \($0.last)" }
    }
}
