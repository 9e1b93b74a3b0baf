import FoundationEssentials
import Transcript

/// The list of everything an evidence folder was made from and consists of.
public struct Manifest: Equatable, Sendable {
    /// The word by which a manifest of this program is known.
    static let type = "juzheng-manifest-1"
    /// The file's name in an evidence folder.
    public static let name = "manifest.json"

    /// How the inputs were read, so that they can be read again in the same way.
    public struct Reading: Codable, Equatable, Sendable {
        /// Seconds east of Greenwich.
        public var offset_from_utc: Int
        public var year: Int?
        public var month: Int?
        public var day: Int?
        /// What the user said instead of what would be detected.
        public var encoding: String?
        public var format: String?

        public init(
            offsetFromUTC: Int, year: Int? = nil, month: Int? = nil, day: Int? = nil, encoding: String? = nil,
            format: String? = nil
        ) {
            offset_from_utc = offsetFromUTC
            self.year = year
            self.month = month
            self.day = day
            self.encoding = encoding
            self.format = format
        }
    }

    public struct Output: Codable, Equatable, Sendable {
        public var path: String
        public var bytes: Int
        public var sha256: String

        public init(path: String, bytes: Int, sha256: String) {
            self.path = path
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    /// A manifest's input, as `verify` needs it.
    public struct Input: Codable, Equatable, Sendable {
        public var file: String
        public var sha256: String
        public var bytes: Int
        /// Where the folder keeps it, if it does.
        public var copy: String?
    }

    /// What would write an archive of the folder, with its version.
    public var archiveWriter: String?
    public var reading: Reading
    public var inputs: [Input]
    public var outputs: [Output]

    /// Says whether the bytes are a manifest of this program.
    @Sendable public static func isOwn(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(256), as: UTF8.self)
        return head.contains("\"type\":\"\(type)\"")
    }

    /// Reads a manifest; `nil` where the bytes are none.
    public init?(parsing bytes: [UInt8]) {
        struct Body: Decodable {
            struct Tool: Decodable { var archive_writer: String? }
            var type: String
            var tool: Tool
            var reading: Reading
            var inputs: [Input]
            var outputs: [Output]
        }
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(bytes)), body.type == Self.type else {
            return nil
        }
        archiveWriter = body.tool.archive_writer
        reading = body.reading
        inputs = body.inputs
        outputs = body.outputs
    }

    /// Writes the manifest of a scan.
    /// - Parameters:
    ///   - copies: for each input the path of its copy in the folder, if there is one.
    ///   - outputs: every file of the folder but the manifest and the list of sums.
    ///   - generated: ISO 8601.
    public static func bytes(
        of evidence: Evidence, context: ReportContext = ReportContext(), reading: Reading, copies: [String?],
        outputs: [Output], generated: String
    ) -> [UInt8] {
        let result = evidence.result
        var json = JSONWriter()
        json.object { json in
            json.key("type"); json.value(type)
            json.breakLine()
            json.key("generated"); json.value(generated)
            json.breakLine()
            json.key("tool")
            json.object { json in
                json.key("name"); json.value("juzheng")
                json.key("version"); json.value(result.engine.version)
                json.key("archive_writer"); json.value(result.engine.archiveWriter)
                json.key("parts")
                json.array(result.engine.parts) { json, part in
                    json.object { json in
                        json.key("name"); json.value(part.name)
                        json.key("sha256"); json.value(part.sha256)
                    }
                }
            }
            json.breakLine()
            json.key("reading")
            json.object { json in
                json.key("offset_from_utc"); json.value(reading.offset_from_utc)
                json.key("year"); json.value(reading.year)
                json.key("month"); json.value(reading.month)
                json.key("day"); json.value(reading.day)
                json.key("encoding"); json.value(reading.encoding)
                json.key("format"); json.value(reading.format)
            }
            json.breakLine()
            json.key("edition"); json.value(context.edition.rawValue)
            json.breakLine()
            json.key("scope")
            json.object { json in
                json.key("since"); json.value(context.scope.since?.description)
                json.key("until"); json.value(context.scope.until?.description)
                json.key("with"); json.value(context.scope.with)
            }
            json.breakLine()
            json.key("dismissed")
            json.array(context.dismissed) { json, dismissal in
                json.breakLine()
                json.object { json in
                    json.key("evidence_id"); json.value(dismissal.evidenceID.description)
                    json.key("content_id"); json.value(dismissal.contentID.description)
                    json.key("reason"); json.value(dismissal.reason)
                    json.key("time"); json.value(dismissal.time)
                }
            }
            json.breakLine()
            json.key("roles"); json.array(result.roleNotes) { $0.value($1) }
            json.breakLine()
            json.key("inputs")
            json.array(zip(result.files, copies)) { json, input in
                json.breakLine()
                json.object { json in
                    json.key("file"); json.value(input.0.name)
                    json.key("format"); json.value(input.0.format)
                    json.key("encoding"); json.value(input.0.encoding)
                    json.key("sha256"); json.value(input.0.sha256)
                    json.key("bytes"); json.value(input.0.bytes)
                    json.key("messages"); json.value(input.0.messageCount)
                    json.key("lines"); ParseLines.write(input.0.lines, to: &json)
                    ParseLines.writeAttachments(of: input.0, to: &json)
                    json.key("copy"); json.value(input.1)
                }
            }
            json.breakLine()
            json.key("archives")
            json.array(result.archives) { json, archive in
                json.breakLine()
                json.object { json in
                    json.key("file"); json.value(archive.name)
                    json.key("sha256"); json.value(archive.sha256)
                    json.key("bytes"); json.value(archive.bytes)
                }
            }
            json.breakLine()
            json.key("skipped")
            json.array(result.skipped) { json, entry in
                json.breakLine()
                json.object { json in
                    json.key("file"); json.value(entry.name)
                    json.key("code"); json.value(entry.code)
                    json.key("reason"); json.value(entry.reason)
                    json.key("failure"); json.value(entry.isFailure)
                }
            }
            json.breakLine()
            json.key("diagnostics")
            json.array(result.diagnostics.joined()) { json, diagnostic in
                json.breakLine()
                ParseLines.writeObject(diagnostic, to: &json)
            }
            json.breakLine()
            json.key("outputs")
            json.array(outputs) { json, output in
                json.breakLine()
                json.object { json in
                    json.key("path"); json.value(output.path)
                    json.key("bytes"); json.value(output.bytes)
                    json.key("sha256"); json.value(output.sha256)
                }
            }
        }
        json.endLine()
        return json.bytes
    }
}
