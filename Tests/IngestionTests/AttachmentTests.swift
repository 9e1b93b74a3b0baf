import Foundation
import Hashing
import Testing
import Transcript

@testable import Ingestion

/// Media that stand in a file are listed with place and hash, whatever encoding the file has.
@Suite struct AttachmentTests {
    private static let picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + (0..<200).map { UInt8($0) }
    private static let digest = SHA256.digest(of: picture.span).hexadecimal

    private static func mht(_ data: [UInt8], encoding: String, closing: String = "\r\n------=_N--\r\n") -> [UInt8] {
        let head =
            "From: <Save by Tencent MsgMgr>\r\nContent-Type:multipart/related;\r\n\tboundary=\"----=_N\"\r\n\r\n------=_N\r\nContent-Type: text/html\r\n\r\n<html><body><table><tr><td>日期: 2020-02-11</td></tr>\r\n<tr><td><div style=color:#006EFE;padding-left:10px;><div style=float:left;margin-right:6px;>甲</div>10:08:19</div><div style=padding-left:20px;><IMG src=\"{A}.dat\"></div></td></tr>\r\n</table></body></html>\r\n------=_N\r\nContent-Type:image/jpeg\r\nContent-Transfer-Encoding:\(encoding)\r\nContent-Location:{A}.dat\r\n\r\n"
        return Array(head.utf8) + data + Array(closing.utf8)
    }

    private static var base64: [UInt8] {
        Array(Data(picture).base64EncodedData(options: [.lineLength64Characters, .endLineWithCarriageReturn, .endLineWithLineFeed]))
    }

    @Test func `a picture in base64 is hashed as the picture it holds`() throws {
        let bytes = Self.mht(Self.base64 + Array("\r\n".utf8), encoding: "base64")
        let file = ChatFile(FileBytes(bytes), name: "chat", options: .init())
        let attachment = try #require(file.source.attachments.first)
        #expect(file.source.attachments.count == 1)
        #expect(attachment.name == "{A}.dat")
        #expect(attachment.type == "image/jpeg")
        #expect(attachment.sha256 == Self.digest)
        #expect(Array(bytes[attachment.offset..<attachment.offset + attachment.length]) == Self.base64)
    }

    @Test func `a picture in raw bytes keeps every line end`() throws {
        let raw = Self.picture + [0x0D, 0x0A, 0x0A, 0x0D]
        let file = ChatFile(FileBytes(Self.mht(raw, encoding: "binary")), name: "chat", options: .init())
        let attachment = try #require(file.source.attachments.first)
        #expect(attachment.length == raw.count)
        #expect(attachment.sha256 == SHA256.digest(of: raw.span).hexadecimal)
    }

    @Test func `what is cut or damaged is listed without a hash`() {
        let cut = ChatFile(
            FileBytes(Self.mht(Array(Self.base64.prefix(70)), encoding: "base64", closing: "")), name: "chat", options: .init())
        #expect(cut.source.attachments.map(\.sha256) == [nil])
        let damaged = ChatFile(
            FileBytes(Self.mht(Array("/9j/!!".utf8), encoding: "base64")), name: "chat", options: .init())
        #expect(damaged.source.attachments.map(\.sha256) == [nil])
    }

    @Test(arguments: [TextEncoding.utf8, .utf16LittleEndian, .gb18030])
    func `the parts of a multimedia message are listed in any encoding`(_ encoding: TextEncoding) throws {
        let data = Data(Self.picture).base64EncodedString()
        let text =
            "<smses count=\"1\"><mms date=\"1671968000000\" msg_box=\"1\" address=\"13800000000\"><parts><part seq=\"0\" ct=\"text/plain\" text=\"看图\"/><part seq=\"0\" ct=\"image/jpeg\" name=\"null\" cl=\"图.jpg\" data=\"\(data)\"/></parts></mms></smses>"
        let bytes = try #require(Reencoding(encoding: encoding, hasMark: false, lineEnd: "\n").apply(to: text))
        let file = ChatFile(FileBytes(bytes), name: "chat", options: .init())
        let attachment = try #require(file.source.attachments.first)
        #expect(attachment.name == "图.jpg")
        #expect(attachment.sha256 == Self.digest)
        let place = bytes[attachment.offset..<attachment.offset + attachment.length]
        #expect(Array(place) == Reencoding(encoding: encoding, hasMark: false, lineEnd: "\n").apply(to: data))
    }
}
