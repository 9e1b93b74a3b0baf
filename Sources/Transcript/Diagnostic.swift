/// Something of the input that was not understood, with its place.
public struct Diagnostic: Hashable, Sendable {
    public enum Severity: String, Sendable {
        case warning, error
    }

    /// The file, under the name it has in every output.
    public var file: String
    /// 1-based line; `nil` where the whole file is meant.
    public var line: Int?
    public var severity: Severity
    /// A stable word for programs, as `truncated`.
    public var code: String
    /// A short Chinese sentence for people.
    public var message: String

    public init(file: String, line: Int? = nil, severity: Severity, code: String, message: String) {
        self.file = file
        self.line = line
        self.severity = severity
        self.code = code
        self.message = message
    }
}
