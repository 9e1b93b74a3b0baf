import Dispatch
import EvidencePipeline
import FoundationEssentials
import Ingestion
import Reporting
import Transcript

/// The seller's work in progress: what he chose, what was read in it, what he decided and filled in.
///
/// Whatever a person entered is on the disk before it is said to be saved.
actor Casework {
    /// How far the reading is.
    enum Phase: Sendable {
        case choosing, reading, named, judging, judged
    }

    let folder: StateFolder
    private let version: String
    private var uploads: UploadFolder
    private(set) var session: Session
    private(set) var decisions: DecisionLog
    private(set) var draft: CaseDraft
    private(set) var phase = Phase.choosing
    private(set) var names: SpeakerNames?
    private(set) var judged: JudgedChats?
    /// Counts the changes, so that two tabs see each other's.
    private(set) var revision = 0
    private var started = DispatchTime.now()
    /// How far the judging is.
    private(set) var progress: ScanProgress?
    /// Counts the runs of reading and judging; the result of an older one is dropped.
    private var run = 0
    /// Runs that are still at work, given up ones included.
    private(set) var working = 0
    /// Why the last run came to nothing.
    private(set) var failure: PageError?
    private var made: (revision: Int, folder: EvidenceFolder)?

    /// Takes up what an earlier run kept.
    init(in folder: StateFolder, version: String) throws(PageError) {
        self.folder = folder
        self.version = version
        var session = folder.read(Session.name).flatMap(Session.init(json:)) ?? Session()
        decisions = folder.read(DecisionLog.name).map(DecisionLog.init(jsonLines:)) ?? DecisionLog()
        draft = folder.read(CaseDraft.name).flatMap(CaseDraft.init(json:)) ?? CaseDraft()
        if let path = session.uploads, let left = UploadFolder(leftBehind: path) {
            uploads = left
            for input in session.inputs where !input.isComplete { left.remove(input) }
            session.inputs.removeAll { !$0.isComplete }
        } else {
            uploads = try UploadFolder()
            if !session.inputs.isEmpty { session.earlier = session.inputs }
            session.inputs = []
        }
        session.uploads = uploads.path
        self.session = session
        try folder.write(session.bytes, to: Session.name)
    }

    /// Removes the copies of the chosen files; what was decided and the list of files stay.
    func end() {
        uploads.remove()
        session.earlier = session.inputs.filter(\.isComplete)
        session.inputs = []
        session.uploads = nil
        try? folder.write(session.bytes, to: Session.name)
    }

    /// Seconds since the reading or judging began.
    var elapsed: Int { Int((DispatchTime.now().uptimeNanoseconds - started.uptimeNanoseconds) / 1_000_000_000) }

    // MARK: Files

    /// Makes room for inputs and returns their numbers.
    func begin(_ inputs: [Session.Input]) throws(PageError) -> [Int] {
        var changed = session
        var ids: [Int] = []
        for var input in inputs {
            input.id = (changed.inputs.map(\.id).max() ?? 0) + 1
            input.isComplete = false
            do throws(PageError) {
                try uploads.prepare(input)
            } catch {
                uploads.remove(input)
                for id in ids { changed.inputs.first { $0.id == id }.map(uploads.remove) }
                throw error
            }
            changed.inputs.append(input)
            ids.append(input.id)
        }
        try keep(changed)
        return ids
    }

    /// Takes a piece of a file.
    func receive(_ bytes: [UInt8], input id: Int, file number: Int, at offset: Int) throws(PageError) {
        guard let input = session.inputs.first(where: { $0.id == id }), !input.isComplete, input.files.indices.contains(number)
        else { throw PageError(.notFound) }
        try uploads.write(bytes, of: input.files[number], in: input, at: offset)
    }

    /// Ends the upload of inputs; files that did not come whole are left out.
    func finish(_ ids: [Int]) throws(PageError) {
        var changed = session
        for place in changed.inputs.indices where ids.contains(changed.inputs[place].id) {
            let input = changed.inputs[place]
            let whole = input.files.filter { uploads.isWhole($0, in: input) }
            for file in input.files where !uploads.isWhole(file, in: input) { uploads.remove(file, in: input) }
            changed.inputs[place].files = whole
            changed.inputs[place].isComplete = true
        }
        changed.inputs.filter { $0.isComplete && $0.files.isEmpty }.forEach(uploads.remove)
        changed.inputs.removeAll { $0.isComplete && $0.files.isEmpty }
        changed.earlier = []
        try keep(changed)
        startOver()
    }

    func remove(_ ids: [Int]) throws(PageError) {
        var changed = session
        changed.inputs.removeAll { ids.contains($0.id) }
        let removed = session.inputs.filter { ids.contains($0.id) }
        try keep(changed)
        removed.forEach(uploads.remove)
        if removed.contains(where: \.isComplete) { startOver() }
    }

    /// Forgets everything: files, decisions, case.
    func clear() throws(PageError) {
        var fresh = Session()
        fresh.uploads = uploads.path
        let old = session.inputs
        try keep(fresh)
        old.forEach(uploads.remove)
        decisions = DecisionLog()
        draft = CaseDraft()
        folder.remove(DecisionLog.name)
        folder.remove(CaseDraft.name)
        startOver()
    }

    private func startOver() {
        progress?.cancel()
        run += 1
        phase = .choosing
        names = nil
        judged = nil
        made = nil
    }

    private func keep(_ changed: Session) throws(PageError) {
        try folder.write(changed.bytes, to: Session.name)
        session = changed
        revision += 1
    }

    // MARK: Reading and judging

    /// Begins to read all inputs, to see who speaks in them.
    func read() throws(PageError) {
        let arguments = arguments
        guard !arguments.isEmpty else { throw PageError(.notReady) }
        startOver()
        let number = begin(.reading)
        let progress = ScanProgress()
        self.progress = progress
        Task {
            let names = await Self.apart {
                var counts = SpeakerNames.Counts()
                _ = Self.reading(own: []).parse(arguments, standardInput: { FileBytes([]) }, progress: progress) { message, file in
                    counts.add(message, file: file.name)
                }
                return SpeakerNames(counts)
            }
            working -= 1
            guard run == number else { return }
            self.names = names
            phase = .named
            revision += 1
        }
    }

    /// Takes the seller's accounts and begins to judge.
    func judge(own: [String]) throws(PageError) {
        let arguments = arguments
        guard !arguments.isEmpty else { throw PageError(.notReady) }
        var changed = session
        changed.own = own
        changed.isOwnConfirmed = true
        try keep(changed)
        judged = nil
        made = nil
        let number = begin(.judging)
        let version = version
        let progress = ScanProgress()
        self.progress = progress
        Task {
            let judged = await Self.apart {
                let reading = Self.reading(own: own)
                let scan = Scan(reading, jobs: ProcessInfo.processInfo.activeProcessorCount, progress: progress)
                var (result, sources) = scan.run(arguments, standardInput: { FileBytes([]) })
                result.engine = .current(version: version)
                return Self.gathered(result, sources, reading, arguments, progress)
            }
            working -= 1
            guard run == number else { return }
            do throws(IngestionError) {
                self.judged = try judged.get()
                phase = .judged
            } catch {
                failure = PageError(.noSpace)
                phase = names == nil ? .choosing : .named
            }
            revision += 1
        }
    }

    /// Reads all messages once more, for the page to show.
    private static func gathered(
        _ result: ScanResult, _ sources: [Source], _ reading: InputReading, _ arguments: [String], _ progress: ScanProgress
    ) -> Result<JudgedChats, IngestionError> {
        Result { () throws(IngestionError) in
            let gathering = try JudgedChats.Gathering(result)
            _ = reading.parse(arguments, standardInput: { FileBytes([]) }, progress: progress) { message, _ in
                gathering.add(message)
            } close: { _, _ in
                gathering.endFile()
            }
            return try gathering.finish(sources: sources, options: reading.options)
        }
    }

    /// Gives up reading or judging: what is at work stops.
    func cancel() {
        progress?.cancel()
        run += 1
        phase = phase == .judging && names != nil ? .named : .choosing
        revision += 1
    }

    private func begin(_ phase: Phase) -> Int {
        progress?.cancel()
        run += 1
        working += 1
        failure = nil
        self.phase = phase
        started = .now()
        revision += 1
        return run
    }

    private var arguments: [String] { session.inputs.filter(\.isComplete).map(uploads.argument) }

    private static func reading(own: [String]) -> InputReading {
        InputReading(own: own, walk: InputWalk(isOwnManifest: Manifest.isOwn))
    }

    /// Runs long work beside the threads that answer requests.
    private static func apart<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async { continuation.resume(returning: work()) }
        }
    }

    // MARK: Decisions and case

    /// Decides on a finding, or with `nil` takes the decision back.
    func decide(_ contentID: String, _ word: DecisionLog.Entry.Word?, reason: String?, time: String) throws(PageError) {
        var changed = decisions
        if let word {
            changed.set(DecisionLog.Entry(content_id: contentID, decision: word, reason: reason, time: time))
        } else {
            changed.remove(contentID)
        }
        try folder.write(changed.bytes, to: DecisionLog.name)
        decisions = changed
        revision += 1
    }

    func fillIn(_ field: String, _ value: String, buyer: String?) throws(PageError) {
        var changed = draft
        try changed.set(field, to: value, buyer: buyer)
        try folder.write(changed.bytes, to: CaseDraft.name)
        draft = changed
        revision += 1
    }

    // MARK: Evidence

    /// What remains of the evidence after the decisions, and what the report is told besides.
    func evidence() throws(PageError) -> (evidence: Evidence, context: ReportContext) {
        guard let judged else { throw PageError(.notReady) }
        var result = judged.result
        var context = ReportContext()
        if draft != CaseDraft() {
            guard let caseFile = try? CaseFile(json5: draft.bytes) else { throw PageError(.badValue, CaseDraft.name) }
            context.caseFile = caseFile
        }
        if !decisions.entries.isEmpty {
            guard let read = try? Decisions(jsonLines: decisions.bytes) else { throw PageError(.output, DecisionLog.name) }
            context.dismissed = read.apply(to: &result)
        }
        return (Evidence(result), context)
    }

    /// The evidence folder as `scan` makes it from the same files, decisions and case.
    func evidenceFolder(generated: String) async throws(PageError) -> EvidenceFolder {
        if let made, made.revision == revision { return made.folder }
        let (evidence, context) = try evidence()
        guard let judged else { throw PageError(.notReady) }
        let revision = revision
        let folder = await Self.apart {
            Result { () throws(OutputError) in
                try EvidenceFolder(
                    evidence, sources: judged.sources, options: judged.options, context: context, generated: generated)
            }
        }
        do throws(OutputError) {
            made = (revision, try folder.get())
        } catch {
            throw PageError(error)
        }
        guard let made else { throw PageError(.notReady) }
        return made.folder
    }

    /// Writes the archive of what may be uploaded and returns its path.
    func archive(generated: String) async throws(PageError) -> String {
        let folder = try await evidenceFolder(generated: generated)
        let path = uploads.path + "/evidence.zip"
        let outcome = await Self.apart {
            Result { () throws(OutputError) in try folder.writeArchive(to: path, replacing: true) }
        }
        do throws(OutputError) {
            try outcome.get()
        } catch {
            throw PageError(error)
        }
        return path
    }

    /// The name under which `scan` would write the folder.
    var evidenceName: String {
        let complete = session.inputs.filter(\.isComplete)
        return "evidence-" + (complete.first?.name ?? "") + (complete.count > 1 ? "-等\(complete.count)项" : "")
    }
}
