extension ArchiveReading {
    /// The files of an archive as they are, nested archives unopened; `nil` where the bytes are no archive.
    ///
    /// For archives of this program's own making: names stay as they stand, and nothing is left out. Where it is damaged,
    /// or unfolds to more than the limits allow, `isWhole` is false and only what stands before is there.
    public func plainMembers(of bytes: FileBytes) -> (members: [(name: String, bytes: FileBytes)], isWhole: Bool)? {
        guard var members = ArchiveMembers(bytes) else { return nil }
        var found: [(name: String, bytes: FileBytes)] = []
        var room = limits.totalBytes
        while true {
            switch members.next() {
            case .end: return (found, true)
            case .damaged: return (found, false)
            case .member: break
            }
            guard members.isFile else { return (found, false) }
            guard found.count < limits.members, case .whole(let content) = members.content(limit: min(room, limits.memberBytes))
            else { return (found, false) }
            room -= content.count
            found.append((members.name.displayName, content))
        }
    }

    /// The first file of an archive, by which one of this program's own making is known.
    public func firstMember(of bytes: FileBytes) -> (name: String, bytes: FileBytes)? {
        guard var members = ArchiveMembers(bytes), members.next() == .member, members.isFile else { return nil }
        let name = members.name.displayName
        guard case .whole(let content) = members.content(limit: 1 << 26) else { return nil }
        return (name, content)
    }
}
