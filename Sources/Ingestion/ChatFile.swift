import Hashing
import Transcript

/// One file, or one member of an archive, read from its bytes.
public struct ChatFile: Sendable {
    public var source: SourceFile
    /// Empty where they are delivered elsewhere.
    public var messages: [Message]
    public var diagnostics: [Diagnostic]

    /// Reads all of `bytes`.
    ///
    /// What cannot be understood is told in `diagnostics`; nothing is thrown for bad content, and what is whole is kept.
    /// - Parameters:
    ///   - name: the file's name in every output.
    ///   - sha256: the bytes' hash, where it is known.
    ///   - calledOff: asked again and again whether the rest is still wanted; what is returned then is not whole.
    ///   - deliver: receives the messages instead of `messages`, one by one and in the order of the file.
    public init(
        _ bytes: FileBytes, name: String, options: ReadingOptions, sha256: String? = nil, calledOff: (() -> Bool)? = nil,
        deliver: MessageReceiver? = nil
    ) {
        self.init(bytes, name: name, options: options, sha256: sha256, calledOff: calledOff, deliver: deliver) { text, sink in
            let told = options.format.flatMap(FormatDetection.format(named:))
            if told == nil, let refusal = Refusal.ofText(text) {
                sink.refuse(refusal)
                return nil
            }
            let format = told ?? FormatDetection.detect(text)
            format?.read(text, options: options, into: &sink)
            return format?.id
        }
    }

    /// Reads one sheet of a workbook, `bytes` being the part of the archive that holds it.
    public init(
        sheet bytes: FileBytes, of workbook: Workbook, name: String, options: ReadingOptions, sha256: String? = nil,
        calledOff: (() -> Bool)? = nil, deliver: MessageReceiver? = nil
    ) {
        self.init(bytes, name: name, options: options, sha256: sha256, calledOff: calledOff, deliver: deliver) { text, sink in
            SheetReading(workbook: workbook, name: workbook.sheetName(part: name)).read(text, options: options, into: &sink)
        }
    }

    /// - Parameter read: reads the text and returns the id of its format, or `nil` where nobody claims it.
    private init(
        _ bytes: FileBytes, name: String, options: ReadingOptions, sha256: String?, calledOff: (() -> Bool)?,
        deliver: MessageReceiver?, read: (Span<UInt8>, inout RecordSink) -> String?
    ) {
        let sha256 = sha256 ?? bytes.sha256(calledOff: calledOff)
        source = SourceFile(
            name: name, format: nil, encoding: nil, sha256: sha256, bytes: bytes.count, messageCount: 0,
            lines: SourceFile.LineAccounting())
        messages = []
        diagnostics = []

        func fail(_ code: String, _ message: String) {
            diagnostics.append(Diagnostic(file: name, severity: .error, code: code, message: message))
        }
        guard bytes.count > 0 else {
            fail("empty", "文件是空的，没有可读的内容。")
            return
        }

        if options.format == nil, options.encoding == nil, let refusal = bytes.withSpan({ Refusal.ofBytes($0) }) {
            diagnostics.append(refusal.diagnostic(file: name))
            return
        }

        let encoding: TextEncoding
        switch (options.encoding, bytes.withSpan { TextEncoding.guess($0) }) {
        case (let told?, _): encoding = told
        case (nil, .text(let guessed)): encoding = guessed
        case (nil, .binary):
            diagnostics.append(Refusal.ofBinary(name: name).diagnostic(file: name))
            return
        }
        let text: DecodedText
        do {
            text = try DecodedText(bytes, encoding: encoding, calledOff: calledOff)
        } catch {
            fail(error.code.rawValue, "没有足够的空间解码这个文件，请腾出空间后再试。")
            return
        }
        source.encoding = encoding.rawValue
        if calledOff?() == true { return }

        var received: [Message] = []
        let keep: MessageReceiver = { received.append($0.with(text: $1, timeText: $2)) }
        let receiver: MessageReceiver
        if let deliver { receiver = deliver } else { receiver = keep }
        var sink = RecordSink(file: name, text: text, calledOff: calledOff, deliver: receiver)
        let format = text.withSpan { read($0, &sink) }
        source.format = format
        if format == nil, sink.expectsMessages {
            sink.unparsed(
                0..<text.count, .error, code: "unknown-format",
                "没有认出这是哪种聊天记录的导出格式。请用聊天软件自带的导出功能重新导出，或用 --input-format 指定格式。")
        }
        if text.truncatedTail > 0 {
            sink.warnFile(code: "truncated", "文件末尾的 \(text.truncatedTail) 个字节不是完整的字，文件可能被截断过。")
        }
        if text.replacedCount > 0 {
            sink.warnFile(code: "damaged-characters", "有 \(text.replacedCount) 处字节按 \(encoding.rawValue) 无法解读，原样以“\u{FFFD}”显示。")
        }
        sink.finish()
        source.lines = sink.lines
        source.messageCount = sink.messageCount
        source.attachments = sink.attachments
        source.earliest = sink.earliest
        source.latest = sink.latest
        if format != nil, sink.messageCount == 0, sink.expectsMessages {
            sink.warnFile(.error, code: "no-messages", "没有读到任何消息。")
        }
        diagnostics = sink.diagnostics
        messages = received
    }
}

extension Message {
    /// The message with its words, which may lie elsewhere.
    public consuming func with(text: Span<UInt8>, timeText: Span<UInt8>) -> Message {
        if self.text.isEmpty { self.text = text.string(0..<text.count) }
        if self.timeText == nil, !timeText.isEmpty { self.timeText = timeText.string(0..<timeText.count) }
        return self
    }
}

extension FileBytes {
    /// SHA-256, 64 lowercase hexadecimal digits.
    public var sha256: String { sha256(calledOff: nil) }

    /// The same, or that of the first part where the rest is no longer wanted.
    public func sha256(calledOff: (() -> Bool)?) -> String {
        var hash = SHA256()
        eachStretch(calledOff: calledOff) { hash.update($0) }
        return hash.finish().hexadecimal
    }
}
