import Classification
import Transcript

/// Everything one scan read and found: the only thing reports are made from.
public struct ScanResult: Sendable {
    /// An input that was seen and not read.
    public struct Skipped: Equatable, Sendable {
        public var name: String
        /// A stable word for programs, as `unreadable`, `own-output`, `link-loop`.
        public var code: String
        /// A short Chinese sentence for people.
        public var reason: String
        /// Whether the user should have expected it to be read; the program then ends with status 2.
        public var isFailure: Bool

        public init(name: String, code: String, reason: String, isFailure: Bool) {
            self.name = name
            self.code = code
            self.reason = reason
            self.isFailure = isFailure
        }
    }

    /// What judged, so that a later reader knows with which rules.
    public struct Engine: Equatable, Sendable {
        /// A data file of the program: rules, model, lexicons.
        public struct Part: Equatable, Sendable {
            public var name: String
            public var sha256: String

            public init(name: String, sha256: String) {
                self.name = name
                self.sha256 = sha256
            }
        }

        /// The program's version.
        public var version: String
        /// What writes archives, with its version: another may lay out the same files in other bytes.
        public var archiveWriter: String
        public var parts: [Part]

        public init(version: String = "", archiveWriter: String = "", parts: [Part] = []) {
            self.version = version
            self.archiveWriter = archiveWriter
            self.parts = parts
        }
    }

    /// An archive or workbook that was opened; its members stand among the files.
    public struct Archive: Equatable, Sendable {
        public var name: String
        public var sha256: String
        public var bytes: Int

        public init(name: String, sha256: String, bytes: Int) {
            self.name = name
            self.sha256 = sha256
            self.bytes = bytes
        }
    }

    /// Messages on either side of a finding that are kept to be shown with it.
    public static let context = 5

    /// In input order; what lies in another archive is a part of that one.
    public var archives: [Archive] = []
    public var engine = Engine()
    /// The files that were read, in input order.
    public var files: [SourceFile]
    /// For each file the messages that are shown, in the order of the file, roles filled in: what was found, what stands
    /// around it in its chat, and where it stands in other exports. All others were read and let go of.
    public var messages: [[Message]]
    /// Of shown messages, how many equal ones stand before them in their file; those without any are left out.
    public var ordinals: [RecordPlace: Int] = [:]
    /// The names and accounts of all who speak in any chat and those the user named as his own, where an edition that masks them asks for it.
    public var speakers: Set<String> = []
    /// For each file what was not understood in it.
    public var diagnostics: [[Diagnostic]]
    public var skipped: [Skipped]
    /// In input order.
    public var findings: [Finding]
    public var incidents: [Incident]
    /// How the seller's accounts were told from the others, one Chinese sentence a group of chats.
    public var roleNotes: [String]
    /// Chats in which nobody could be told to be the seller: whose words are whose is not known there.
    public var chatsWithoutSeller = 0
    /// Whether the accounts that the user calls his own speak in no chat.
    public var isOwnAbsent = false
    /// Whether the one whose chats alone were asked for is in none.
    public var isWantedAbsent = false

    public init(
        files: [SourceFile] = [], messages: [[Message]] = [], diagnostics: [[Diagnostic]] = [], skipped: [Skipped] = [],
        findings: [Finding] = [], incidents: [Incident] = [], roleNotes: [String] = []
    ) {
        self.files = files
        self.messages = messages
        self.diagnostics = diagnostics
        self.skipped = skipped
        self.findings = findings
        self.incidents = incidents
        self.roleNotes = roleNotes
    }
}
