import Classification
import Transcript

extension Report {
    /// What happened when, over the channels, with what the seller told of order and review.
    func timeline(of account: IncidentAccount) -> Timeline {
        let shown = account.quotes.count > Self.timelineLength ? account.keyQuotes : account.quotes
        var events = shown.map { quote in
            Timeline.Event(
                seconds: quote.message.time?.secondsSinceEpoch, time: quote.message.shownTime, kind: kind(of: quote),
                what: "\(own: what(of: quote))：“\(quote: excerpt(quote.message.text, 30))”",
                channel: ChannelNames.name(ofFormat: quote.file.format), id: quote.id)
        }
        if let known = account.known {
            for (time, kind, what) in [
                (known.ordered, "other", "下单"), (known.shipped, "other", "发货"), (known.received, "other", "签收"),
                (known.review_time, "review", "评价"),
            ] {
                guard let time else { continue }
                // A bare day stands at its beginning.
                let moment = Day(time).map { $0.startSeconds + Self.secondsOfDay(time) }
                events.append(
                    Timeline.Event(
                        seconds: moment, time: time, kind: kind, what: "\(own: what)（卖家提供）", channel: "订单", id: nil))
            }
            // Only where every event has its place in time can they be put between each other.
            if !events.contains(where: { $0.seconds == nil }) {
                events = events.enumerated().sorted {
                    ($0.element.seconds ?? 0, $0.offset) < ($1.element.seconds ?? 0, $1.offset)
                }
                .map(\.element)
            }
        }
        var seen: Set<String> = []
        return Timeline(channels: events.map(\.channel).filter { seen.insert($0).inserted }, events: events)
    }

    /// A longer course is told by its key lines.
    private static let timelineLength = 60

    private func kind(of quote: IncidentAccount.Quote) -> String {
        let elements = quote.judgement.elements
        if elements.contains(.threat) { return "threat" }
        if elements.contains(.demand) { return "demand" }
        if elements.contains(.refusal) { return "refusal" }
        return quote.judgement.category == "cashback.settlement" ? "payment" : "other"
    }

    private func what(of quote: IncidentAccount.Quote) -> String {
        let elements = quote.judgement.elements.filter { $0 != .link }
        if !elements.isEmpty { return elements.map(\.name).joined(separator: "、") }
        return quote.judgement.category.map(CategoryNames.name) ?? "相关"
    }

    /// The clock in `2024-05-06 12:30`, by the zone of Chinese platforms.
    private static func secondsOfDay(_ text: String) -> Int64 {
        let numbers = text.split(whereSeparator: { !("0"..."9").contains($0) }).compactMap { Int64($0) }
        guard numbers.count >= 5, numbers[3] < 24, numbers[4] < 60 else { return -28_800 }
        return numbers[3] * 3_600 + numbers[4] * 60 - 28_800
    }
}
