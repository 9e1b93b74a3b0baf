import EvidencePipeline
import Reporting
import Transcript

// The sentences of the stages below are Chinese, as the reports need them; in English they are told by their codes.

extension ScanResult.Skipped {
    var shownReason: String { .say(reason, en: Self.english[code] ?? "not read (\(code)).") }

    private static let english = [
        "missing": "no such file or folder; check the path.",
        "empty-folder": "no file in this folder; check the path.",
        "unreadable": "cannot be read; check its permissions.",
        "link-loop": "a link that leads in a circle; left out.",
        "not-a-file": "no regular file; left out.",
        "output": "this run's own output, not an input.",
        "own-output": "evidence that this program made before, not an input.",
        "too-deep": "archives in archives, too deep to open; unpack and try again.",
        "too-large": "unfolds to an unreasonable size, not read; unpack it if it is really so large.",
        "too-many": "too many files in this archive, the rest is not read; split it.",
        "damaged-archive": "a damaged archive; what follows in it is not read.",
        "damaged-member": "damaged in the archive; only its first part is read.",
        "damaged-workbook": "a damaged workbook; save it as CSV and try again.",
        "encrypted": "encrypted, not read; unpack it with its password and try again.",
        "unsafe-name": "its name in the archive is unsafe; read under a safe one.",
    ]
}

extension Diagnostic {
    var shownMessage: String { .say(message, en: Self.english[code] ?? "something was not understood (\(code)).") }

    private static let english = [
        "binary": "no chat in text form; export the chat as text from its program.",
        "media-not-read": "a picture, sound or video: listed with its hash, its content is not read.",
        "not-supported": "a format this program does not read; export the chat as text from its program.",
        "unknown-format": "no known chat format; name it with --input-format, or export the chat as text.",
        "no-messages": "no message was found in it.",
        "truncated": "the file ends in the middle; what is whole was read.",
    ]
}

extension OutputError {
    var shownMessage: String { .say(message, en: english) }

    private var english: String {
        switch code {
        case .exists: "\(subject) exists. Add --force to replace it, or choose another place with -o."
        case .notOurs: "\(subject) holds what this program did not make, and is left alone. Choose another place with -o."
        case .busy: "Another run is writing \(subject). Wait for its end."
        case .noPermission: "No permission to write \(subject). Choose another place with -o."
        case .noSpace: "No space left: \(subject) was not written, and nothing is left half-done. Make room and try again."
        case .inputChanged: "\(subject) changed while it was read; no report was made. Close the program that writes it."
        case .system: "\(subject) cannot be written (system error \(systemCode)). Check the path, or choose another with -o."
        }
    }
}

extension Verification.Difference {
    /// The kind in one word, the file, and what is wrong with it.
    var shown: String {
        .say("\(kind.rawValue)  \(path)：\(message)", en: "\(english)  \(path)")
    }

    private var english: String {
        switch kind {
        case .changed: "changed"
        case .missing: "missing"
        case .extra: "extra"
        case .unresolved: "unresolved ID"
        case .record: "record differs"
        }
    }
}
