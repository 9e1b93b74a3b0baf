/// What a report is told beyond what was read and found.
public struct ReportContext: Sendable {
    public var caseFile: CaseFile?
    public var dismissed: [Decisions.Dismissal]
    public var scope: Scope
    public var edition: Edition
    /// What the public edition masked.
    var masked: [MaskCount] = []

    /// The case file before masking: cases are found by it. None of it is printed.
    var originalCaseFile: CaseFile?

    struct MaskCount: Equatable, Sendable {
        var kind: Mask.Kind
        var count: Int
    }

    public init(
        caseFile: CaseFile? = nil, dismissed: [Decisions.Dismissal] = [], scope: Scope = Scope(),
        edition: Edition = .platform
    ) {
        self.caseFile = caseFile
        self.dismissed = dismissed
        self.scope = scope
        self.edition = edition
    }

    /// What the seller told of a counterparty, who is named as in the original evidence.
    func knownCase(name: String?, id: String?, isOnly: Bool) -> CaseFile.Case? {
        (originalCaseFile ?? caseFile)?.position(name: name, id: id, isOnly: isOnly).flatMap { caseFile?.cases[$0] }
    }
}

/// For whom an evidence folder is made.
public enum Edition: String, Sendable, CaseIterable {
    /// For the platform and the police: nothing is masked, the sources are enclosed.
    case platform
    /// For advice and publication: other people's data is masked, visibly; no sources, nothing private.
    case `public`
}
