import Transcript

/// The JSON lines of `juzheng parse`.
public enum ParseLines {
    public static func write(_ message: Message, of file: SourceFile, to json: inout JSONWriter) {
        json.object { json in
            json.key("type"); json.value("message")
            writeKeys(of: message, file: file.name, format: file.format, encoding: file.encoding, to: &json)
        }
        json.endLine()
    }

    public static func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
        writeObject(diagnostic, to: &json)
        json.endLine()
    }

    static func writeObject(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
        json.object { json in
            json.key("type"); json.value("diagnostic")
            json.key("file"); json.value(diagnostic.file)
            json.key("line"); json.value(diagnostic.line)
            json.key("severity"); json.value(diagnostic.severity.rawValue)
            json.key("code"); json.value(diagnostic.code)
            json.key("message"); json.value(diagnostic.message)
        }
    }

    public static func write(_ file: SourceFile, to json: inout JSONWriter) {
        writeObject(file, to: &json)
        json.endLine()
    }

    static func writeObject(_ file: SourceFile, to json: inout JSONWriter) {
        json.object { json in
            json.key("type"); json.value("file")
            json.key("file"); json.value(file.name)
            json.key("format"); json.value(file.format)
            json.key("encoding"); json.value(file.encoding)
            json.key("sha256"); json.value(file.sha256)
            json.key("bytes"); json.value(file.bytes)
            json.key("messages"); json.value(file.messageCount)
            json.key("lines"); write(file.lines, to: &json)
            writeAttachments(of: file, to: &json)
        }
    }

    /// The key that only files with media of their own have.
    static func writeAttachments(of file: SourceFile, to json: inout JSONWriter) {
        guard !file.attachments.isEmpty else { return }
        json.key("attachments"); json.array(file.attachments) { json, attachment in write(attachment, to: &json) }
    }

    private static func write(_ attachment: SourceFile.Attachment, to json: inout JSONWriter) {
        json.object { json in
            json.key("name"); json.value(attachment.name)
            json.key("type"); json.value(attachment.type)
            json.key("offset"); json.value(attachment.offset)
            json.key("length"); json.value(attachment.length)
            json.key("sha256"); json.value(attachment.sha256)
        }
    }

    static func write(_ lines: SourceFile.LineAccounting, to json: inout JSONWriter) {
        json.object { json in
            json.key("total"); json.value(lines.total)
            json.key("messages"); json.value(lines.messages)
            json.key("structure"); json.value(lines.structure)
            json.key("unparsed"); json.value(lines.unparsed)
        }
    }

    /// Every key of a message but its type, for this and for findings.
    static func writeKeys(
        of message: Message, file: String, format: String?, encoding: String?, to json: inout JSONWriter
    ) {
        json.key("file"); json.value(file)
        json.key("format"); json.value(format)
        json.key("encoding"); json.value(encoding)
        json.key("conversation"); json.value(message.conversation)
        json.key("index"); json.value(message.index)
        json.key("line"); json.value(message.location.line)
        json.key("offset"); json.value(message.location.offset)
        json.key("length"); json.value(message.location.length)
        json.key("time"); json.value(message.time?.iso8601)
        json.key("time_text"); json.value(message.timeText)
        json.key("sender"); json.value(message.sender)
        json.key("sender_id"); json.value(message.senderID)
        json.key("title"); json.value(message.title)
        json.key("role"); json.value(message.role.rawValue)
        json.key("kind"); json.value(message.kind.rawValue)
        json.key("text"); json.value(message.text)
    }
}
