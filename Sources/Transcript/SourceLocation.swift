/// The place of a record in the file it was read from.
public struct SourceLocation: Hashable, Sendable {
    /// 1-based line, in the decoded file, on which the record begins.
    public var line: Int
    /// Bytes before the record in the file as it is on disk (in an archive: in the member).
    public var offset: Int
    /// Bytes of the record on disk, without the line end that closes it.
    public var length: Int

    public init(line: Int, offset: Int, length: Int) {
        self.line = line
        self.offset = offset
        self.length = length
    }

    /// Stands in a message until the reader fills its place in.
    public static let unplaced = SourceLocation(line: 0, offset: 0, length: 0)
}
