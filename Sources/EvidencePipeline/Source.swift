import Ingestion

/// Where the bytes are that an input's hash and evidence IDs are about, so that they can be copied beside the report.
public struct Source: Sendable {
    enum Origin: Sendable {
        case file(FilePath)
        /// Of an archive's member, or from standard input.
        case held(FileBytes)
        /// Nothing was found in it, and nobody will ask.
        case released
    }

    public var name: String
    var origin: Origin
    /// The workbook of which the bytes are a sheet: a sheet cannot be read alone.
    var workbook: FileBytes?

    /// The bytes, opened again where they are a file's.
    func bytes() throws(IngestionError) -> FileBytes {
        switch origin {
        case .file(let path): try FileBytes(mapping: path)
        case .held(let bytes): bytes
        case .released: throw IngestionError(.unreadable, name)
        }
    }
}
