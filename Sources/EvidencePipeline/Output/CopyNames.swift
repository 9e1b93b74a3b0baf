import Hashing
import Ingestion

/// The paths of copied inputs; no name of an input leads out of the folder or to two files at once.
struct CopyNames {
    private var used: Set<String> = []
    private var workbooks: [String: String] = [:]

    /// The path of an input's copy, and whether it is a file that was not named before: the sheets of a workbook share one.
    mutating func path(of source: Source) -> (path: String, isNew: Bool) {
        guard source.workbook != nil, let separator = source.name.ranges(of: "!/").last else {
            return (unique(source.name), true)
        }
        let workbook = String(source.name[..<separator.lowerBound])
        if let known = workbooks[workbook] { return (known, false) }
        let path = unique(workbook)
        workbooks[workbook] = path
        return (path, true)
    }

    private mutating func unique(_ name: String) -> String {
        let parts = name.split(separator: "/").map { Self.safe(String($0)) }
        let path = "sources/" + (parts.isEmpty ? "_" : parts.joined(separator: "/"))
        var unique = path
        var count = 1
        while !used.insert(unique).inserted {
            count += 1
            unique = "\(path)~\(count)"
        }
        return unique
    }

    /// One part of a path that any file system takes and that leads nowhere else.
    private static func safe(_ part: String) -> String {
        let part = part == "." || part == ".." ? "%2E" + part.dropFirst() : part.replacing("\0", with: "%00")
        guard part.utf8.count > 240 else { return part }
        // A name of 255 bytes in GB18030 is longer in UTF-8.
        var short = part
        while short.utf8.count > 200 { short.removeLast() }
        return short + "~" + SHA256.digest(of: part).hexadecimal.prefix(8)
    }
}
