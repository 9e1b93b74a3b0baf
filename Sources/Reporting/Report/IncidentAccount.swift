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
        var judgement: Judgement
    }

    /// Its number in the report, from 1.
    let number: Int
    let id: EvidenceID
    let incident: Incident
    /// What the seller told of it.
    let known: CaseFile.Case?
    /// In the order of time where it is known, else of input.
    let quotes: [Quote]
    /// Whose evidence anything is: findings, and lines that only carry an element.
    let elements: [Element: [Quote]]

    init(number: Int, position: Int, of evidence: Evidence, known: CaseFile.Case?) {
        let incident = evidence.result.incidents[position]
        self.known = known
        self.number = number
        self.incident = incident
        id = evidence.incidentIDs[position]
        let own = Set(incident.findings.filter { !Evidence.isAgainstOthers(evidence.result.findings[$0]) })
        let carriers = Set(incident.elements[.refusal] ?? [])
        let places = Set(incident.findings + incident.elements.values.joined())
            .filter { !own.contains($0) || carriers.contains($0) }
        let quotes = Self.ordered(places, evidence).enumerated().map { index, finding in
            let found = evidence.result.findings[finding]
            return Quote(
                number: index + 1, finding: finding, id: evidence.findingIDs[finding],
                file: evidence.result.files[found.file], message: found.message, judgement: found.judgement)
        }
        self.quotes = quotes
        elements = incident.elements.mapValues { positions in quotes.filter { positions.contains($0.finding) } }
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

    func quote(ofFinding finding: Int) -> Quote? {
        quotes.first { $0.finding == finding }
    }

    /// 3 to 6 lines that show it: the first threat, the first demand, the largest sum, the refusal, then the rest.
    var keyQuotes: [Quote] {
        var chosen: [Int] = []
        func add(_ quote: Quote?) {
            if let quote, !chosen.contains(quote.number), chosen.count < 6 { chosen.append(quote.number) }
        }
        add(elements[.threat]?.first)
        add(elements[.demand]?.first)
        add(amounts.first.flatMap { quote(ofFinding: $0.finding) })
        add(elements[.link]?.first)
        add(elements[.refusal]?.first)
        for quote in quotes { add(quote) }
        return quotes.filter { chosen.contains($0.number) }
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

    /// What the threat is made with, where the category tells it.
    var means: String? {
        for category in categories {
            if let found = Self.meansByCategory.first(where: { category == $0.0 || category.hasPrefix($0.0 + ".") }) {
                return found.1
            }
        }
        return nil
    }

    /// The first threat in its own words, at most 24 characters of it.
    var threatInWords: String? {
        guard let threat = elements[.threat]?.first?.message.text else { return nil }
        let words = VisibleText.reveal(threat).replacing("\n", with: " ")
        return words.count <= 24 ? "“\(words)”" : "“\(words.prefix(24))……”"
    }

    private static let meansByCategory = [
        ("ext.review", "差评"), ("ext.order", "恶意拍单"), ("ext.report.regulator", "举报投诉"),
        ("ext.report.invoice_tax", "发票税务举报"),
        ("ext.report.ip", "知识产权投诉"), ("ext.report.exposure", "曝光"), ("ext.report.privacy", "“泄露信息”为由"),
        ("ext.report.fabricated", "捏造问题"), ("ext.report.impersonation", "冒充身份"), ("ext.report", "举报投诉"),
        ("ext.person", "人身威胁"),
        ("cashback.buyer_coercion", "差评"),
    ]

    /// The days it went on, as `12月25日` or `12月25日至12月27日`; `nil` where no time is known.
    var days: String? {
        let days = quotes.compactMap { $0.message.time.map { Day($0) } }
        guard let first = days.min(), let last = days.max() else { return nil }
        return first == last ? first.shortChinese : first.shortChinese + "至" + last.shortChinese
    }

    /// The days whose chat is to be asked for, as `2022-12-25 至 2022-12-27`.
    var dateRange: String? {
        let days = quotes.compactMap { $0.message.time.map { Day($0) } }
        guard let first = days.min(), let last = days.max() else { return nil }
        return first == last ? "\(first)" : "\(first) 至 \(last)"
    }
}
