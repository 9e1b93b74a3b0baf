#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Why an evidence folder could not be made.
public struct OutputError: Error, Equatable, Sendable {
    public enum Code: String, Sendable {
        /// Something is there already.
        case exists
        /// Something is there that this program did not make.
        case notOurs = "not-ours"
        /// Another run is writing the same folder.
        case busy
        case noPermission = "no-permission"
        case noSpace = "no-space"
        /// An input changed while it was read.
        case inputChanged = "input-changed"
        case system
    }

    public var code: Code
    /// The path, or the input's name.
    public var subject: String
    /// `errno`, or 0.
    public var systemCode: Int32

    public init(_ code: Code, _ subject: String, systemCode: Int32 = 0) {
        self.code = code
        self.subject = subject
        self.systemCode = systemCode
    }

    /// The error that `errno` stands for.
    static func system(_ subject: String) -> OutputError {
        let number = errno
        switch number {
        case ENOSPC, EDQUOT, EFBIG: return OutputError(.noSpace, subject, systemCode: number)
        case EACCES, EPERM, EROFS: return OutputError(.noPermission, subject, systemCode: number)
        default: return OutputError(.system, subject, systemCode: number)
        }
    }

    /// A short Chinese sentence that says what to do.
    public var message: String {
        switch code {
        case .exists: "\(subject) 已经存在。加 --force 覆盖，或用 -o 另选一个位置。"
        case .notOurs: "\(subject) 里有不是本程序生成的内容，没有覆盖。请用 -o 另选一个位置。"
        case .busy: "另一个本程序正在写 \(subject)，请等它结束后再试。"
        case .noPermission: "没有权限写入 \(subject)。请用 -o 选一个可以写的位置。"
        case .noSpace: "磁盘空间不足，没有写成 \(subject)，也没有留下半成品。请腾出空间后再试。"
        case .inputChanged: "\(subject) 在读取过程中被改动了，没有生成报告。请关闭正在写它的程序后再试。"
        case .system: "写不了 \(subject)（系统错误 \(systemCode)）。请检查路径，或用 -o 另选一个位置。"
        }
    }
}
