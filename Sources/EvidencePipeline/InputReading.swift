import Hashing
import Ingestion
import Reporting
import Transcript

/// Finds what the arguments name and opens it: files, archives and workbooks in place, in a fixed order.
public struct InputReading: Sendable {
    public var options: ReadingOptions
    /// The seller's own accounts, as the user named them.
    public var own: [String]
    public var walk: InputWalk
    /// Asked again and again whether anybody still wants the rest of what is read.
    var calledOff: (@Sendable () -> Bool)?

    public init(options: ReadingOptions = ReadingOptions(), own: [String] = [], walk: InputWalk = InputWalk()) {
        self.options = options
        self.own = own
        self.walk = walk
    }

    /// Something the arguments name; it can be opened again.
    enum Input: Sendable {
        /// `chat`: what the manifest of a chunked export says beside it.
        case file(FilePath, name: String, chat: ChatDescription?)
        case held(FileBytes, name: String)
        case skipped(ScanResult.Skipped)

        /// Bytes.
        var size: Int {
            switch self {
            case .file(let path, _, _): path.fileSize
            case .held(let bytes, _): bytes.count
            case .skipped: 0
            }
        }
    }

    /// What an input turns out to hold.
    enum Item {
        case chat(OpenChat)
        case archive(ScanResult.Archive)
        case skipped(ScanResult.Skipped)
    }

    /// What the arguments name, in their order.
    /// - Parameter standardInput: the bytes behind `-`.
    func inputs(of arguments: [String], standardInput: () -> FileBytes) -> [Input] {
        let entries = walk.entries(of: arguments)
        let descriptions = Self.descriptions(entries)
        return entries.map { entry in
            switch entry {
            case .skipped(let name, let code, let reason, let isFailure):
                .skipped(.init(name: name, code: code, reason: reason, isFailure: isFailure))
            case .standardInput(let name): .held(standardInput(), name: name)
            case .file(let path, let name):
                .file(path, name: name, chat: Self.folder(of: name).flatMap { descriptions[$0] })
            }
        }
    }

    /// What the manifests of chunked exports say, by the folder of the chunks.
    private static func descriptions(_ entries: [InputWalk.Entry]) -> [String: ChatDescription] {
        var descriptions: [String: ChatDescription] = [:]
        for case .file(let path, let name) in entries where name.hasSuffix("/manifest.json") {
            if let bytes = try? FileBytes(mapping: path) { take(bytes, name, into: &descriptions) }
        }
        return descriptions
    }

    /// What the manifests of chunked exports in an archive say.
    private static func descriptions(in archive: FileBytes, _ name: String) -> [String: ChatDescription] {
        var descriptions: [String: ChatDescription] = [:]
        let nested = [".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"]
        ArchiveReading().read(
            archive, name: name, where: { name in name.hasSuffix("/manifest.json") || nested.contains { name.hasSuffix($0) } }
        ) { item in
            if case .member(let name, let bytes) = item, name.hasSuffix("/manifest.json") {
                take(bytes, name, into: &descriptions)
            }
        }
        return descriptions
    }

    private static func take(_ manifest: FileBytes, _ name: String, into descriptions: inout [String: ChatDescription]) {
        guard let description = ChatDescription(manifest: manifest) else { return }
        let folder = name.dropLast("/manifest.json".count)
        descriptions[folder + "/chunks"] = description
        descriptions[String(folder)] = description
    }

    /// Whether a member's name is that of a part of a chunked export.
    private static func isChunk(_ name: String) -> Bool {
        let file = name[(name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex)...]
        return file.hasSuffix(".jsonl") && (name.contains("/chunks/") || file.hasPrefix("chunk"))
    }

    private static func folder(of name: String) -> String? {
        name.lastIndex(of: "/").map { String(name[..<$0]) }
    }

    /// Hands out what an input holds, in a fixed order.
    func open(_ input: Input, _ body: (Item) -> Void) {
        switch input {
        case .skipped(let entry): body(.skipped(entry))
        case .held(let bytes, let name): open(bytes, name, .held(bytes), body)
        case .file(let path, let name, let chat):
            var options = options
            options.chat = chat
            var described = self
            described.options = options
            do {
                described.open(try FileBytes(mapping: path), name, .file(path), body)
            } catch {
                body(
                    .skipped(
                        .init(
                            name: name, code: error.code.rawValue, reason: "读不了这个文件，请检查权限，或复制一份再试。",
                            isFailure: true)))
            }
        }
    }

    private func open(_ bytes: FileBytes, _ name: String, _ origin: Source.Origin, _ body: (Item) -> Void) {
        guard ArchiveReading.kind(of: bytes) != nil else {
            return body(.chat(chat(Source(name: name, origin: origin), bytes, options)))
        }
        if EvidenceArchive.isOwn(bytes, isOwnManifest: walk.isOwnManifest) {
            return body(
                .skipped(.init(name: name, code: "own-output", reason: "这是本程序以前生成的证据压缩包，不作为输入。", isFailure: false)))
        }
        body(.archive(.init(name: name, sha256: bytes.sha256, bytes: bytes.count)))
        let archive = (bytes: bytes, name: name)
        var descriptions: [String: ChatDescription]?
        ArchiveReading().read(bytes, name: name, where: { _ in calledOff?() != true }) { item in
            switch item {
            case .member(let name, let bytes):
                var options = options
                if Self.isChunk(name) {
                    // Their manifest may stand below them, so it is looked for in all of the archive, once.
                    if descriptions == nil { descriptions = Self.descriptions(in: archive.bytes, archive.name) }
                    options.chat = Self.folder(of: name).flatMap { descriptions?[$0] }
                }
                body(.chat(chat(Source(name: name, origin: .held(bytes)), bytes, options)))
            case .sheet(let name, let bytes, let workbook, let file):
                let source = Source(name: name, origin: .held(bytes), workbook: file)
                body(.chat(chat(source, bytes, options, workbook)))
            case .skipped(let name, let code, let reason, let isFailure):
                body(.skipped(.init(name: name, code: code, reason: reason, isFailure: isFailure)))
            }
        }
    }

    private func chat(_ source: Source, _ bytes: FileBytes, _ options: ReadingOptions, _ workbook: Workbook? = nil) -> OpenChat {
        OpenChat(source: source, bytes: bytes, workbook: workbook, options: options, calledOff: calledOff)
    }
}

/// A file, a member of an archive or a sheet that is open and can be read.
struct OpenChat {
    var source: Source
    let bytes: FileBytes
    let workbook: Workbook?
    let options: ReadingOptions
    let calledOff: (@Sendable () -> Bool)?

    /// Reads all of it; the messages go to `deliver`, in the order of the file.
    /// - Parameter sha256: the bytes' hash, where it is known.
    func read(sha256: String? = nil, _ deliver: @escaping MessageReceiver) -> ChatFile {
        guard let workbook else {
            var file = ChatFile(bytes, name: source.name, options: options, sha256: sha256, calledOff: calledOff, deliver: deliver)
            // Pictures lie beside chats; one that the user names is one he wants read.
            if !source.name.contains("/"), file.source.format == nil {
                for index in file.diagnostics.indices where file.diagnostics[index].code == "media-not-read" {
                    file.diagnostics[index].severity = .error
                }
            }
            return file
        }
        return ChatFile(
            sheet: bytes, of: workbook, name: source.name, options: options, sha256: sha256, calledOff: calledOff, deliver: deliver)
    }
}
