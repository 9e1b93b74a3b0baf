import CArchive

/// Walks the members of one archive that lies in memory.
@safe struct ArchiveMembers: ~Copyable {
    private let handle: OpaquePointer
    /// Keeps the memory the archive is read from.
    private let bytes: FileBytes

    /// `nil` where the bytes are no archive libarchive knows.
    /// - Parameter isCompressed: what is no tar is one compressed file, whose member is named `data`.
    init?(_ bytes: FileBytes, isCompressed: Bool = false) {
        self.bytes = bytes
        let opened = unsafe bytes.withSpan { span in
            unsafe span.withUnsafeBufferPointer { buffer in
                unsafe buffer.baseAddress.flatMap { unsafe jz_archive_open($0, buffer.count, isCompressed) }
            }
        }
        guard let handle = unsafe opened else { return nil }
        unsafe self.handle = handle
    }

    deinit { unsafe jz_archive_close(handle) }

    enum Step: Equatable {
        case member, end, damaged
    }

    mutating func next() -> Step {
        switch unsafe jz_archive_next(handle) {
        case jz_archive_member: .member
        case jz_archive_end: .end
        default: .damaged
        }
    }

    /// The member's name as the archive writes it.
    var name: FilePath { unsafe FilePath(bytes: jz_archive_name(handle)) }
    var isFile: Bool { unsafe jz_archive_is_file(handle) }
    var isEncrypted: Bool { unsafe jz_archive_is_encrypted(handle) }

    enum Content {
        case whole(FileBytes)
        /// The member breaks off; what came before is given.
        case damaged(FileBytes)
        /// The member is longer than allowed.
        case tooLong
    }

    /// The member's bytes, of which no more than `limit` are taken in.
    mutating func content(limit: Int) -> Content {
        var content = GatheredBytes()
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = unsafe chunk.withUnsafeMutableBufferPointer { buffer in
                unsafe buffer.baseAddress.map { unsafe jz_archive_read(handle, $0, buffer.count) } ?? -1
            }
            do throws(IngestionError) {
                if count == 0 { return .whole(try content.finish()) }
                if count < 0 { return .damaged(try content.finish()) }
                guard content.count + Int(count) <= limit else { return .tooLong }
                try content.append(chunk.span.extracting(0..<Int(count)))
            } catch {
                return .tooLong
            }
        }
    }
}

extension FilePath {
    fileprivate init(bytes name: UnsafePointer<CChar>) {
        var bytes: [UInt8] = []
        var i = 0
        while unsafe name[i] != 0 {
            bytes.append(unsafe UInt8(bitPattern: name[i]))
            i += 1
        }
        self.init(bytes)
    }

    /// The name of an archive's member made harmless: no way up, no absolute path, no byte that steers a terminal.
    var asMemberName: (name: String, isChanged: Bool) {
        var isChanged = false
        // Characters first, since in GB18030 a backslash may be half of one.
        let parts = displayName.split { $0 == "/" || $0 == "\\" }.filter { part in
            let isDangerous = part == ".." || part.count == 2 && part.hasSuffix(":")
            isChanged = isChanged || isDangerous
            return part != "." && !isDangerous
        }
        let name = parts.joined(separator: "/").unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                isChanged = true
                return String(scalar).utf8.map { "%" + String($0, radix: 16, uppercase: true) }.joined()
            default: return String(scalar)
            }
        }.joined()
        return (name.isEmpty ? "_" : name, isChanged || bytes.first == 0x2F)
    }
}
