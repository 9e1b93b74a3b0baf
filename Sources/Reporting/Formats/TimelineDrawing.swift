/// A timeline as inline SVG: time runs down, each channel has its lane, and what lies between two events is named.
///
/// Events stand at equal distances, since hours of quarrel and days of silence do not fit one scale. Shapes differ as
/// colours do, for those who print in black.
struct TimelineDrawing {
    /// With more events the table is printed too.
    static let shown = 40

    private let timeline: Timeline
    /// IDs that a link can lead to.
    private let anchored: Set<String>
    private let row = 34
    private let laneStart = 138
    private let laneWidth = 56

    init(_ timeline: Timeline, anchored: Set<String>) {
        self.timeline = timeline
        self.anchored = anchored
    }

    /// `nil` where there is nothing to draw between.
    var svg: String? {
        let events = Array(timeline.events.prefix(Self.shown))
        guard events.count > 1 else { return nil }
        let channels = Array(timeline.channels.prefix(5))
        let textStart = laneStart + laneWidth * channels.count
        let height = 34 + row * events.count
        var out = "<figure class=\"timeline\"><svg viewBox=\"0 0 560 \(height)\" role=\"img\" aria-label=\"时间线\">\n"
        for (lane, channel) in channels.enumerated() {
            let x = laneX(lane)
            out += "<text x=\"\(x)\" y=\"14\" text-anchor=\"middle\" class=\"lane\">\(HTMLText.escape(channel))</text>"
            out += "<line x1=\"\(x)\" y1=\"22\" x2=\"\(x)\" y2=\"\(height - 6)\"/>\n"
        }
        for (index, event) in events.enumerated() {
            let y = 38 + row * index
            let lane = channels.firstIndex(of: event.channel) ?? channels.count - 1
            out += "<text x=\"0\" y=\"\(y + 4)\" class=\"time\">\(HTMLText.escape(clip(event.time, 19)))</text>"
            out += mark(event.kind, laneX(lane), y)
            let label =
                "<text x=\"\(textStart)\" y=\"\(y + 4)\">\(HTMLText.escape(clip(words(event.what), (560 - textStart) / 13)))</text>"
            if let id = event.id?.description, anchored.contains(id) {
                out += "<a href=\"#\(id)\">\(label)</a>\n"
            } else {
                out += label + "\n"
            }
            if index > 0, let gap = gap(events[index - 1], event) {
                out += "<text x=\"0\" y=\"\(y - row / 2 + 4)\" class=\"gap\">\(gap)</text>"
            }
        }
        out += "</svg><figcaption>▲ 要挟　● 索要　■ 拒绝　◆ 评价　★ 付款　○ 其他"
        if timeline.events.count > Self.shown { out += "；图中只画前 \(Self.shown) 个" }
        return out + "</figcaption></figure>\n"
    }

    private func laneX(_ lane: Int) -> Int { laneStart + laneWidth * lane + laneWidth / 2 }

    private func mark(_ kind: String, _ x: Int, _ y: Int) -> String {
        switch kind {
        case "threat": "<path class=\"threat\" d=\"M\(x) \(y - 9)l9 16h-18z\"/>"
        case "demand": "<circle class=\"demand\" cx=\"\(x)\" cy=\"\(y)\" r=\"8\"/>"
        case "refusal": "<path class=\"refusal\" d=\"M\(x - 7) \(y - 7)h14v14h-14z\"/>"
        case "review": "<path class=\"review\" d=\"M\(x) \(y - 9)l9 9l-9 9l-9 -9z\"/>"
        case "payment":
            "<path class=\"payment\" d=\"M\(x) \(y - 10)l2.6 6.6l7 .5l-5.4 4.5l1.8 6.9l-6 -3.8l-6 3.8l1.8 -6.9l-5.4 -4.5l7 -.5z\"/>"
        default: "<circle class=\"other\" cx=\"\(x)\" cy=\"\(y)\" r=\"6\"/>"
        }
    }

    /// How long nothing happened, from an hour on.
    private func gap(_ a: Timeline.Event, _ b: Timeline.Event) -> String? {
        guard let start = a.seconds, let end = b.seconds, end - start >= 3_600 else { return nil }
        let hours = (end - start) / 3_600
        return hours < 48 ? "↕ \(hours) 小时" : "↕ \(hours / 24) 天"
    }

    private func words(_ phrase: Phrase) -> String {
        phrase.parts.map { part in
            switch part {
            case .own(let words), .strong(let words), .foreign(let words), .code(let words): words
            }
        }.joined().replacing("\n", with: " ")
    }

    private func clip(_ text: String, _ length: Int) -> String {
        text.count <= length ? text : text.prefix(max(0, length - 1)) + "…"
    }
}
