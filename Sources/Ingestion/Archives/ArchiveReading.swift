/// Reads archives in place and hands out what is in them, nested archives and workbooks included.
///
/// Nothing is written to disk and no name of a member is ever used as a path. What exceeds the limits is left out and
/// told.
public struct ArchiveReading: Sendable {
    public struct Limits: Sendable {
        /// Bytes of one member, and of all of an archive's members together.
        public var memberBytes = 1 << 30
        public var totalBytes = 4 << 30
        /// How many times its own size an archive may unfold to, once it is past `freeBytes`.
        public var ratio = 250
        public var freeBytes = 64 << 20
        public var members = 20_000
        /// Archives in archives.
        public var depth = 4

        public init() {}
    }

    /// Something found in an archive.
    public enum Item {
        case member(name: String, bytes: FileBytes)
        /// `file`: the whole workbook, of which `bytes` is one part.
        case sheet(name: String, bytes: FileBytes, workbook: Workbook, file: FileBytes)
        /// `isFailure`: the user should have expected it to be read.
        case skipped(name: String, code: String, reason: String, isFailure: Bool)
    }

    public var limits: Limits

    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// The kind of archive the first bytes announce.
    public static func kind(of bytes: FileBytes) -> String? {
        bytes.withSpan { span in
            for (signature, kind) in signatures where span.starts(with: signature) { return kind }
            let isTar = span.count > 262 && span.hasPrefix("ustar", in: 257..<262)
            return isTar ? "tar" : nil
        }
    }

    private static let signatures: [([UInt8], String)] = [
        ([0x50, 0x4B, 0x03, 0x04], "zip"), ([0x50, 0x4B, 0x05, 0x06], "zip"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z"), ([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], "rar"),
        ([0x1F, 0x8B], "tar"), ([0x42, 0x5A, 0x68], "tar"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "tar"),
        ([0x28, 0xB5, 0x2F, 0xFD], "tar"),
    ]

    /// Hands every member to `body`, in the order of the archive.
    /// - Parameters:
    ///   - name: the archive's name in every output; members are named `name!/inner/file`.
    ///   - isWanted: tells by its name whether a member is read; archives in the archive are asked for too.
    public func read(
        _ bytes: FileBytes, name: String, where isWanted: (String) -> Bool = { _ in true }, _ body: (Item) -> Void
    ) {
        var budget = Budget(bytes: limits.totalBytes, members: limits.members)
        read(bytes, name, depth: 1, &budget, isWanted, body)
    }

    /// What all nested archives together may still use.
    private struct Budget {
        var bytes: Int
        var members: Int
    }

    private func read(
        _ bytes: FileBytes, _ name: String, depth: Int, _ budget: inout Budget, _ isWanted: (String) -> Bool,
        _ body: (Item) -> Void
    ) {
        guard depth <= limits.depth else {
            return body(
                .skipped(
                    name: name, code: "too-deep", reason: "压缩包一层套一层，超过 \(limits.depth) 层的没有打开；请解开后再试。", isFailure: true))
        }
        if Self.kind(of: bytes) == "zip" {
            switch OfficeDocument(partsOf: bytes) {
            case .workbook: return readWorkbook(bytes, name, &budget, body)
            case .other(let reason): return body(.skipped(name: name, code: "not-supported", reason: reason, isFailure: true))
            case .none: break
            }
        }
        guard var members = ArchiveMembers(bytes, isCompressed: Self.kind(of: bytes) == "tar") else {
            return body(
                .skipped(
                    name: name, code: "damaged-archive", reason: "压缩包打不开，可能已损坏或不完整；请重新下载或解开后再试。", isFailure: true))
        }
        var used: [String: Int] = [:]
        // A bomb unfolds to far more than any chat log does.
        var room = min(budget.bytes, max(limits.freeBytes, bytes.count.multipliedReportingOverflow(by: limits.ratio).partialValue))
        walk: while true {
            switch members.next() {
            case .end: break walk
            case .damaged:
                body(
                    .skipped(
                        name: name, code: "damaged-archive", reason: "压缩包从这里起损坏或加了密，后面的文件没有读到；请解开后再试。",
                        isFailure: true))
                break walk
            case .member: break
            }
            var (inner, isChanged) = members.name.asMemberName
            if inner == "data", Self.kind(of: bytes) == "tar" { inner = Self.uncompressedName(name) }
            guard members.isFile, !inner.split(separator: "/").contains(where: FilePath.isClutter) else { continue }
            used[inner, default: 0] += 1
            let count = used[inner] ?? 1
            let full = name + "!/" + inner + (count > 1 ? "~\(count)" : "")
            func skip(_ code: String, _ reason: String, isFailure: Bool = true) {
                body(.skipped(name: full, code: code, reason: reason, isFailure: isFailure))
            }
            budget.members -= 1
            guard budget.members >= 0 else {
                skip("too-many", "压缩包里的文件超过 \(limits.members) 个，从这个起没有读取；请分开打包。")
                return
            }
            guard isWanted(full) else { continue }
            if isChanged { skip("unsafe-name", "压缩包里的这个文件名带有不安全的路径或字符，已按安全的名字读取。", isFailure: false) }
            if members.isEncrypted {
                skip("encrypted", "压缩包加了密码，没有读取；请用密码解开后再试。")
                continue
            }
            switch members.content(limit: min(room, limits.memberBytes)) {
            case .tooLong:
                skip("too-large", "解压后大得不正常，可能是压缩炸弹，没有读取；如确有这么大，请解开后再试。")
                // What was unfolded so far is gone from the budget, and a solid archive cannot be skipped in.
                return
            case .damaged(let content):
                room -= content.count
                budget.bytes -= content.count
                skip("damaged-member", "压缩包里的这个文件读到一半出错（损坏或加密），只读了前一部分。")
                if content.count > 0 { body(.member(name: full, bytes: content)) }
            case .whole(let content):
                room -= content.count
                budget.bytes -= content.count
                if Self.kind(of: content) != nil {
                    read(content, full, depth: depth + 1, &budget, isWanted, body)
                } else {
                    body(.member(name: full, bytes: content))
                }
            }
        }
    }

    /// `chat.txt` for `logs/chat.txt.gz`.
    private static func uncompressedName(_ name: String) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? "data"
        guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return "data" }
        return String(last[..<dot])
    }

    private func readWorkbook(_ bytes: FileBytes, _ name: String, _ budget: inout Budget, _ body: (Item) -> Void) {
        guard var members = ArchiveMembers(bytes) else { return }
        var parts: [String: FileBytes] = [:]
        while members.next() == .member {
            let path = members.name.asMemberName.name
            guard members.isFile, path.hasPrefix("xl/"), path.hasSuffix(".xml") || path.hasSuffix(".rels"),
                !path.hasPrefix("xl/theme/"), !path.hasPrefix("xl/drawings/"), !path.hasPrefix("xl/charts/")
            else { continue }
            let room = min(budget.bytes, limits.memberBytes, max(limits.freeBytes, bytes.count * limits.ratio))
            guard case .whole(let content) = members.content(limit: room) else {
                body(
                    .skipped(
                        name: name + "!/" + path, code: "too-large", reason: "表格的这一部分损坏或大得不正常，没有读取；请另存为 CSV 再试。",
                        isFailure: true))
                continue
            }
            budget.bytes -= content.count
            parts[path] = content
        }
        let workbook = Workbook(parts)
        for sheet in workbook.sheets {
            guard let content = parts[sheet.part] else { continue }
            body(.sheet(name: name + "!/" + sheet.part, bytes: content, workbook: workbook, file: bytes))
        }
        if workbook.sheets.isEmpty {
            body(
                .skipped(
                    name: name, code: "damaged-workbook", reason: "这个表格文件里没有找到工作表，可能已损坏；请另存为 CSV 再试。", isFailure: true))
        }
    }
}

/// Office documents are zip archives; their parts' names say which.
private enum OfficeDocument {
    case workbook
    case other(reason: String)

    init?(partsOf bytes: FileBytes) {
        guard var members = ArchiveMembers(bytes) else { return nil }
        var seen = 0
        while seen < 4_096, members.next() == .member {
            seen += 1
            switch members.name.displayName {
            case "xl/workbook.xml":
                self = .workbook
                return
            case "xl/workbook.bin":
                self = .other(reason: "这是 Excel 二进制工作簿（.xlsb），请另存为 .xlsx 或 CSV 再试。")
                return
            case "word/document.xml":
                self = .other(reason: "这是 Word 文档，聊天记录粘贴进去会丢失格式；请从聊天软件里导出为文本，或在 Word 里另存为纯文本再试。")
                return
            case "ppt/presentation.xml":
                self = .other(reason: "这是演示文稿，不是聊天记录；请从聊天软件里导出为文本再试。")
                return
            case "META-INF/manifest.xml":
                self = .other(reason: "这是 OpenDocument 文件，请另存为 .xlsx、CSV 或纯文本再试。")
                return
            case "AndroidManifest.xml":
                self = .other(reason: "这是安卓安装包，不是聊天记录。")
                return
            default: continue
            }
        }
        return nil
    }
}

extension Span<UInt8> {
    fileprivate func starts(with bytes: [UInt8]) -> Bool {
        guard count >= bytes.count else { return false }
        for i in bytes.indices where self[i] != bytes[i] { return false }
        return true
    }
}
