/// Finds where a chat that somebody pasted into a message ends, by what its headers say.
///
/// By their form such headers are like all others. They are taken for quoted where the time goes back, nobody of those
/// who speak there speaks anywhere near, and below them one who spoke before goes on in time with somebody else. Where
/// less is certain, as when copies of several chats stand in one file or a record is out of order, a header counts.
struct QuotedChat {
    /// What a header says, and where the line after it begins.
    typealias Header = (sender: String?, time: HeaderTime?, next: Int)

    /// How far the time may go back between neighbours, in seconds.
    static let tolerance = 600
    /// How many headers are looked at from one, and from how many at all.
    private static let reach = 200
    private static let maximumSearches = 1_000

    private var speakers: Set<String> = []
    private var last: HeaderTime?
    private var searches = 0

    /// Takes a header that begins a message.
    mutating func begin(_ sender: String?, _ time: HeaderTime?) {
        if let sender, speakers.count < 50_000 { speakers.insert(sender) }
        last = time ?? last
    }

    /// Whether the time of a header goes back.
    func goesBack(_ time: HeaderTime?) -> Bool {
        guard let last, let time else { return false }
        return time.isEarlier(than: last, by: Self.tolerance) == true
    }

    /// Where the quotation that this header begins ends; `nil` where it begins a message.
    /// - Parameters:
    ///   - needsBlank: whether a header must follow a blank line.
    ///   - header: reads a header that begins on a line.
    mutating func end(
        from first: Header, needsBlank: Bool, in text: Span<UInt8>, header: (TextLines.Line, Span<UInt8>) -> Header?
    ) -> Int? {
        guard let last, goesBack(first.time), let sender = first.sender, !speakers.contains(sender),
            searches < Self.maximumSearches
        else { return nil }
        searches += 1
        var quoted: Set<String> = [sender]
        var end: Int?
        var others = speakers
        var headers = 0
        var walk = TextLines(from: first.next)
        var followsBlank = false
        while headers < Self.reach, let line = walk.next(in: text) {
            guard followsBlank || !needsBlank, let found = header(line, text) else {
                followsBlank = text.isBlank(line.range)
                continue
            }
            headers += 1
            let isKnown = found.sender.map(speakers.contains) ?? true
            if end != nil {
                if let sender = found.sender, quoted.contains(sender) { return nil }
                if others.count < 2, let sender = found.sender { others.insert(sender) }
            } else if isKnown {
                guard found.time?.isEarlier(than: last, by: Self.tolerance) == false else { return nil }
                end = line.start
            } else if let sender = found.sender {
                quoted.insert(sender)
            }
            walk = TextLines(from: found.next)
            followsBlank = false
        }
        return others.count < 2 ? nil : end
    }
}
