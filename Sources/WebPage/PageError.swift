import EvidencePipeline

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Why a request was not done; the page has the words for each code.
struct PageError: Error, Equatable {
    enum Code: String {
        case badRequest = "bad-request"
        case notFound = "not-found"
        /// Something has to be done first: files chosen, or read.
        case notReady = "not-ready"
        case tooLarge = "too-large"
        /// A name no file system takes, or that leads elsewhere.
        case badName = "bad-name"
        /// A field of the case that says nothing.
        case badValue = "bad-value"
        case noSpace = "no-space"
        case cannotWrite = "cannot-write"
        /// A file changed while it was read.
        case inputChanged = "input-changed"
        /// The evidence could not be made; the subject says what failed.
        case output
    }

    var code: Code
    /// The name or the value it is about, or a sentence.
    var subject: String

    init(_ code: Code, _ subject: String = "") {
        self.code = code
        self.subject = subject
    }

    /// Why the evidence was not written; the page has its own words, for those of the pipeline speak of options.
    init(_ error: OutputError) {
        switch error.code {
        case .noSpace: self.init(.noSpace, error.subject)
        case .noPermission: self.init(.cannotWrite, error.subject)
        case .inputChanged: self.init(.inputChanged, error.subject)
        case .exists, .notOurs, .busy, .system: self.init(.output, error.subject + (error.systemCode == 0 ? "" : " (\(error.systemCode))"))
        }
    }

    /// The error that `errno` stands for after a write.
    static func writing(_ subject: String) -> PageError {
        switch errno {
        case ENOSPC, EDQUOT, EFBIG: PageError(.noSpace, subject)
        case ENAMETOOLONG, EILSEQ: PageError(.badName, subject)
        default: PageError(.cannotWrite, subject)
        }
    }

    /// The status of the answer, by HTTP.
    var status: Int {
        switch code {
        case .badRequest, .badName, .badValue: 400
        case .notFound: 404
        case .notReady: 409
        case .tooLarge: 413
        case .noSpace: 507
        case .inputChanged: 409
        case .cannotWrite, .output: 500
        }
    }
}
