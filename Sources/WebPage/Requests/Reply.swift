import Reporting

/// What the page's server answers, with the headers that keep it to itself.
enum Reply {
    /// Scripts and styles only from the server itself, nothing from elsewhere, no HTML made from text.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    /// The report brings its own style, and stands in a frame of the page.
    private static let reportPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"

    enum Kind: String {
        case html = "text/html; charset=utf-8"
        case css = "text/css; charset=utf-8"
        case script = "text/javascript; charset=utf-8"
        case json = "application/json; charset=utf-8"
        case jsonLines = "application/jsonl; charset=utf-8"
        case svg = "image/svg+xml"
        case zip = "application/zip"

        init?(ofFile name: String) {
            switch name.split(separator: ".").last {
            case "css": self = .css
            case "js": self = .script
            case "svg": self = .svg
            default: return nil
            }
        }
    }

    static func bytes(_ bytes: [UInt8], _ kind: Kind, isReport: Bool = false) -> HTTPResponse {
        HTTPResponse(headers: headers(kind.rawValue, policy: isReport ? reportPolicy : policy), body: .bytes(bytes))
    }

    static func json(_ write: (inout JSONWriter) -> Void) -> HTTPResponse {
        var json = JSONWriter()
        write(&json)
        return bytes(json.bytes, .json)
    }

    /// A file to be saved under a name.
    static func download(_ body: HTTPResponse.Body, _ kind: Kind, as name: String) -> HTTPResponse {
        let encoded = name.utf8.map { byte -> String in
            let character = UnicodeScalar(byte)
            let isPlain = byte < 0x80 && (character.properties.isAlphabetic || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E)
            return isPlain ? String(Character(character)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
        return HTTPResponse(
            headers: headers(kind.rawValue, policy: policy) + [("Content-Disposition", "attachment; filename*=UTF-8''\(encoded)")],
            body: body)
    }

    static func error(_ error: PageError) -> HTTPResponse {
        var response = json { json in
            json.object { json in
                json.key("error"); json.value(error.code.rawValue)
                json.key("subject"); json.value(error.subject)
            }
        }
        response.status = error.status
        return response
    }

    /// The answer to whoever has no business here; it tells nothing of what there is.
    static var refusal: HTTPResponse {
        let text = "juzheng: 请使用程序显示的完整地址。 Open the full address that the program shows.\n"
        return HTTPResponse(
            status: 403, headers: headers("text/plain; charset=utf-8", policy: policy), body: .bytes(Array(text.utf8)))
    }

    private static func headers(_ type: String, policy: String) -> [(name: String, value: String)] {
        [
            ("Content-Type", type),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"),
            // A request of the page to its own server names where it comes from; nobody else learns the token.
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ]
    }
}
