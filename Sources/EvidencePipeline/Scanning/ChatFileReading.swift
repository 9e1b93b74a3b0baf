import Classification
import Ingestion
import Reporting
import Transcript

/// Reads one file's messages, chat by chat, and puts out pieces to be judged.
///
/// A chat's roles are decided by those who spoke before its first piece is full. Where somebody who comes later changes
/// them, or where only the sight of all other chats can decide, the chat is set aside and judged when the file is read
/// again.
final class ChatFileReading {
    /// What holds for all files of a scan.
    struct Setup: Sendable {
        var classifier: Classifier
        var scope: Scope
        /// Messages on either side of what is found that are to be shown.
        var context: Int
        var keepsSpeakers: Bool
        var roles: RoleResolution
        var progress: ScanProgress?
        /// Messages of open chats that a reader holds.
        var room: Int
    }

    /// What reading told beyond the findings.
    struct Outcome: Sendable {
        /// Chats to be judged again, with all who speak in them.
        var setAside: [String: ChatRoles] = [:]
        /// Chats that a sign decided.
        var signs: [RoleResolution.Sign: Int] = [:]
        /// Other chats: only the sight of all can decide about them.
        var undecided: [ChatRoles] = []
        var speakerCounts = SpeakerCounts()
        /// Whether it holds a chat that the user asked for.
        var holdsWanted = false
        /// Names and accounts.
        var speakers: Set<String> = []
    }

    private struct Chat {
        enum State {
            case open
            case begun(RoleResolution.Sign, changes: Int)
            /// Judged to its last message so far, to make room; if another comes it was not the last.
            case closed
            case setAside
        }

        let name: String
        var roles: ChatRoles
        var pieces: ChatPieces<ChatLine>
        var state = State.open
        /// Whether it is the one that the user asked for.
        var isWanted: Bool
        var words = ChatWords()
        var voices = ChatVoices()
        /// What stands since the last message in scope, but no more than is shown on either side.
        var gap: [ChatLine] = []
        /// The same of messages in scope that are held, by their position.
        var gaps: [Int: [ChatLine]] = [:]
        /// Made anew where there are more speakers.
        var decision = ChatRoles.Decision.none
        /// The position of its last message.
        var touched = 0

        mutating func line(
            _ position: Int, _ message: borrowing Message, _ text: Span<UInt8>, _ timeText: Span<UInt8>,
            by speaker: ChatRoles.Speaker?, _ glance: Classifier.Glance
        ) -> ChatLine {
            ChatLine(
                position: position, index: message.index, location: message.location, time: message.time,
                words: words.append(timeText, text), timeCount: timeText.count, textCount: text.count,
                voice: voices.place(sender: message.sender, senderID: message.senderID, title: message.title),
                speaker: speaker, role: message.role, kind: message.kind, glance: glance)
        }

        /// Lets go of the words of what was put out.
        mutating func forget() {
            gap.removeAll()
            gaps.removeAll()
            words.removeAll()
        }

        /// The same of all but the last messages of a piece, which are still held.
        mutating func forgetAllButHeld(_ piece: ChatPiece<ChatLine>) {
            guard let first = piece.elements.suffix(pieces.count).first else { return }
            gaps = gaps.filter { $0.key >= first.position }
            words.drop(before: gaps[first.position]?.first?.words ?? first.words)
        }
    }

    private let setup: Setup
    private let judging: Judging
    private let findings: FileFindings
    private let pool: WorkPool
    private let overlaps: OverlapLog.Writer?
    /// In a second reading: the chats that are judged, their roles, and the one who is in most chats.
    private let again: (chats: [String: ChatRoles], frequent: UInt64?)?

    private var chats: [Chat] = []
    private var places: [String: Int] = [:]
    private var last: (name: String, at: Int)?
    /// Chats of which messages are held, and some that were; and how many these messages are.
    private var open: [Int] = []
    private var held = 0
    private var position = 0
    /// Bytes of the file that were told to be read.
    private(set) var advanced = 0
    private let equalities = NumberLog()
    private var speakers: Set<String> = []

    init(
        _ setup: Setup, _ judging: Judging, to findings: FileFindings, pool: WorkPool, overlaps: OverlapLog.Writer? = nil,
        again: (chats: [String: ChatRoles], frequent: UInt64?)? = nil
    ) {
        self.setup = setup
        self.judging = judging
        self.findings = findings
        self.pool = pool
        self.overlaps = overlaps
        self.again = again
    }

    /// Takes the next message of the file, whose words may lie elsewhere.
    func take(_ message: borrowing Message, _ text: Span<UInt8>, _ timeText: Span<UInt8>) {
        defer { position += 1 }
        if message.location.offset - advanced > 1 << 18 {
            setup.progress?.advance(bytes: message.location.offset - advanced)
            advanced = message.location.offset
        }
        equalities.append(ContentID.equality(of: message, text: text, timeText: timeText))
        let at = place(of: message.conversation)
        overlaps?.add(message, text, timeText, chat: at)
        if case .setAside = chats[at].state, again != nil { return }
        let speaker = chats[at].roles.add(message)
        if setup.keepsSpeakers, message.kind != .system {
            for name in [message.sender, message.senderID] { if let name { speakers.insert(name) } }
        }
        if !chats[at].isWanted { chats[at].isWanted = setup.scope.concerns(message) }
        switch chats[at].state {
        case .setAside: return
        case .begun(let sign, let changes):
            if again == nil, chats[at].roles.sign(frequent: nil) != sign || chats[at].roles.changes != changes {
                return setAside(at)
            }
        case .closed: return setAside(at)
        case .open: break
        }
        let isJudged = setup.scope.holds(message)
        let line = chats[at].line(position, message, text, timeText, by: speaker, isJudged ? judging.glance(text) : [])
        guard isJudged else {
            chats[at].gap.append(line)
            if chats[at].gap.count > 2 * setup.context { chats[at].gap.remove(at: setup.context) }
            return
        }
        if !chats[at].gap.isEmpty {
            chats[at].gaps[position] = chats[at].gap
            chats[at].gap.removeAll()
        }
        chats[at].touched = position
        let before = chats[at].pieces.count
        if before == 0 { open.append(at) }
        let piece = chats[at].pieces.push(line)
        held += chats[at].pieces.count - before
        if let piece { send(piece, of: at) }
        if held > setup.room, again == nil { closeIdle() }
    }

    /// Judges the chats in which nothing was said for longest as if they had ended: most exports have one chat after the
    /// other. A second reading holds what it needs: there are few such chats, as a rule.
    private func closeIdle() {
        open = open.filter { chats[$0].pieces.count > 0 }.sorted { chats[$0].touched < chats[$1].touched }
        for at in open {
            if held <= setup.room / 2 { break }
            end(at)
            if case .begun = chats[at].state { chats[at].state = .closed }
        }
    }

    /// Puts out what is held of a chat.
    private func end(_ at: Int) {
        let tail = Array(chats[at].gap.prefix(setup.context))
        chats[at].gap.removeAll()
        held -= chats[at].pieces.count
        if let piece = chats[at].pieces.finish() { send(piece, tail: tail, of: at) }
        chats[at].forget()
    }

    /// Ends the file.
    func finish() -> Outcome {
        for at in chats.indices {
            if case .setAside = chats[at].state { continue }
            end(at)
        }
        overlaps?.flush()
        var outcome = Outcome()
        var dropped: Set<Int> = []
        for (at, chat) in chats.enumerated() {
            let sign = chat.roles.sign(frequent: nil)
            var isSetAside = false
            if case .setAside = chat.state { isSetAside = true }
            if isSetAside { dropped.insert(at) }
            guard again == nil else { continue }
            if isSetAside, chat.isWanted { outcome.setAside[chat.name] = chat.roles }
            if sign != .none {
                outcome.signs[sign, default: 0] += 1
            } else {
                outcome.undecided.append(chat.roles)
            }
            chat.roles.count(in: &outcome.speakerCounts)
        }
        outcome.holdsWanted = chats.contains(where: \.isWanted)
        outcome.speakers = speakers
        findings.finish(dropping: dropped, equalities: equalities)
        return outcome
    }

    private func place(of name: String) -> Int {
        if let last, last.name == name { return last.at }
        let at = places[name] ?? chats.count
        if at == chats.count {
            places[name] = at
            var chat = Chat(
                name: name, roles: setup.roles.chat(named: name), pieces: ChatPieces(reach: Classifier.reach),
                isWanted: setup.scope.with == nil || setup.scope.with == name)
            if let again {
                if let roles = again.chats[name] {
                    chat.roles = roles
                    chat.isWanted = true
                    chat.state = .begun(roles.sign(frequent: again.frequent), changes: roles.changes)
                } else {
                    chat.state = .setAside
                }
            }
            chats.append(chat)
        }
        last = (name, at)
        return at
    }

    private func setAside(_ at: Int) {
        chats[at].state = .setAside
        held -= chats[at].pieces.count
        chats[at].pieces = ChatPieces(reach: 0)
        chats[at].forget()
    }

    private func send(_ piece: ChatPiece<ChatLine>, tail: [ChatLine] = [], of at: Int) {
        let sign: RoleResolution.Sign
        switch chats[at].state {
        case .begun(let known, _): sign = known
        case .setAside, .closed: return
        case .open:
            sign = chats[at].roles.sign(frequent: nil)
            guard sign != .none, chats[at].isWanted else { return setAside(at) }
            chats[at].state = .begun(sign, changes: chats[at].roles.changes)
        }
        if chats[at].decision.count < chats[at].roles.speakerCount {
            chats[at].decision = chats[at].roles.decision(by: sign, frequent: again?.frequent)
        }
        let task = ChatTask(
            chat: chats[at].name, piece: piece, gaps: chats[at].gaps, tail: tail, words: chats[at].words,
            voices: chats[at].voices.all, roles: chats[at].decision, context: setup.context)
        chats[at].forgetAllButHeld(piece)
        findings.begin()
        pool.submit { [findings, judging, progress = setup.progress] in
            if progress?.isCancelled == true { return findings.end(at, ([], [])) }
            let outcome = task.judge(by: judging)
            progress?.find(outcome.found.count { $0.judgement.isFinding })
            findings.end(at, outcome)
        }
    }
}
