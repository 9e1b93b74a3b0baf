import Hashing
import Ingestion

/// The paths of copied inputs; no name of an input leads out of the folder or to two files at once.
struct CopyNames {
    private var used: Set<String> = []
    /// What stands above the used ones.
    private var folders: Set<String> = []
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
        var folder = "sources"
        for part in parts.dropLast() {
            // An archive may hold a file and another below a folder of that file's name.
            folder = Self.first(folder + "/" + part) { !used.contains($0) }
            folders.insert(folder)
        }
        let path = Self.first(folder + "/" + (parts.last ?? "_")) { !used.contains($0) && !folders.contains($0) }
        used.insert(path)
        return path
    }

    /// The path, or the first with a number behind it that is free.
    private static func first(_ path: String, where isFree: (String) -> Bool) -> String {
        var found = path
        var count = 1
        while !isFree(found) {
            count += 1
            found = "\(path)~\(count)"
        }
        return found
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
