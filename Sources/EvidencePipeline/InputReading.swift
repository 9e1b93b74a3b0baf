import Hashing
import Ingestion
import Reporting
import Transcript

/// Reads what the arguments name: every file, its messages with roles, and what could not be read.
public struct InputReading: Sendable {
    public var options: ReadingOptions
    /// The seller's own accounts, as the user named them.
    public var own: [String]
    public var walk: InputWalk

    public init(options: ReadingOptions = ReadingOptions(), own: [String] = [], walk: InputWalk = InputWalk()) {
        self.options = options
        self.own = own
        self.walk = walk
    }

    /// The bytes an input's hash and evidence IDs are about, kept so that they can be copied beside the report.
    public struct Source: Sendable {
        public var name: String
        public var bytes: FileBytes
        /// The workbook of which `bytes` is a sheet: a sheet cannot be read alone.
        public var workbook: FileBytes?
    }

    public typealias Sources = [Source]

    /// Reads all inputs in their order.
    /// - Parameter standardInput: the bytes behind `-`.
    public func read(_ arguments: [String], standardInput: () -> [UInt8]) -> (result: ScanResult, sources: Sources) {
        var result = ScanResult()
        var sources: Sources = []
        let entries = walk.entries(of: arguments)
        let descriptions = Self.descriptions(entries)
        for entry in entries {
            switch entry {
            case .skipped(let name, let code, let reason, let isFailure):
                result.skipped.append(.init(name: name, code: code, reason: reason, isFailure: isFailure))
            case .standardInput(let name):
                add(FileBytes(standardInput()), name, &result, &sources)
            case .file(let path, let name):
                do {
                    var reading = self
                    reading.options.chat = Self.folder(of: name).flatMap { descriptions[$0] }
                    reading.add(try FileBytes(mapping: path), name, &result, &sources)
                } catch {
                    result.skipped.append(
                        .init(
                            name: name, code: error.code.rawValue, reason: "读不了这个文件，请检查权限，或复制一份再试。",
                            isFailure: true))
                }
            }
        }
        let counts = RoleResolution(own: own).resolve(&result.messages)
        result.roleNotes = counts.map { "\($0.sign.explanation)（\($0.chats) 个聊天）" }
        if !own.isEmpty, !counts.contains(where: { $0.sign == .told }) {
            result.roleNotes.insert("聊天里没有 --me 写的账号（\(own.joined(separator: "、"))），请检查写法", at: 0)
        }
        return (result, sources)
    }

    /// What the manifests of chunked exports say, by the folder of the chunks.
    private static func descriptions(_ entries: [InputWalk.Entry]) -> [String: ChatDescription] {
        var descriptions: [String: ChatDescription] = [:]
        for case .file(let path, let name) in entries where name.hasSuffix("/manifest.json") {
            if let bytes = try? FileBytes(mapping: path), let description = ChatDescription(manifest: bytes) {
                let folder = name.dropLast("/manifest.json".count)
                descriptions[folder + "/chunks"] = description
                descriptions[String(folder)] = description
            }
        }
        return descriptions
    }

    private static func folder(of name: String) -> String? {
        name.lastIndex(of: "/").map { String(name[..<$0]) }
    }

    private func add(_ bytes: FileBytes, _ name: String, _ result: inout ScanResult, _ sources: inout Sources) {
        guard ArchiveReading.kind(of: bytes) != nil else {
            return add(ChatFile(bytes, name: name, options: options), bytes, &result, &sources)
        }
        if let first = ArchiveReading().firstMember(of: bytes), first.name == Manifest.name,
            walk.isOwnManifest(first.bytes.bytes(in: 0..<first.bytes.count))
        {
            result.skipped.append(
                .init(name: name, code: "own-output", reason: "这是本程序以前生成的证据压缩包，不作为输入。", isFailure: false))
            return
        }
        let sha256 = bytes.withSpan { SHA256.digest(of: $0) }.hexadecimal
        result.archives.append(.init(name: name, sha256: sha256, bytes: bytes.count))
        ArchiveReading().read(bytes, name: name) { item in
            switch item {
            case .member(let name, let bytes):
                add(ChatFile(bytes, name: name, options: options), bytes, &result, &sources)
            case .sheet(let name, let bytes, let workbook, let file):
                add(ChatFile(sheet: bytes, of: workbook, name: name, options: options), bytes, in: file, &result, &sources)
            case .skipped(let name, let code, let reason, let isFailure):
                result.skipped.append(.init(name: name, code: code, reason: reason, isFailure: isFailure))
            }
        }
    }

    private func add(
        _ file: ChatFile, _ bytes: FileBytes, in workbook: FileBytes? = nil, _ result: inout ScanResult, _ sources: inout Sources
    ) {
        result.files.append(file.source)
        result.messages.append(file.messages)
        result.diagnostics.append(file.diagnostics)
        sources.append(Source(name: file.source.name, bytes: bytes, workbook: workbook))
    }
}
