import Foundation
import Testing

@Suite struct ProcessTests {
    private let chat = """
        消息记录（此消息记录为文本格式，不支持重新导入）

        ================================================================
        消息分组:我的好友
        ================================================================
        消息对象:随风
        ================================================================

        2022-12-25 19:30:12 随风
        有好评返现吗

        2022-12-25 19:31:40 蓝田小铺
        没有的

        2022-12-25 19:33:05 随风
        不给我转500就差评


        """

    @Test func `A copy alone in an empty folder does the main job`() throws {
        try Program.withFolder { folder in
            let copy = folder.appending(path: "举证")
            try FileManager.default.copyItem(at: Program.executable, to: copy)
            try Data(chat.utf8).write(to: folder.appending(path: "chat.txt"))
            let result = try Program.run("scan", "chat.txt", in: folder, executable: copy)
            #expect(result.status == 0, "\(result.errors)")
            let report = try String(contentsOf: folder.appending(path: "evidence-chat.txt/report.md"), encoding: .utf8)
            #expect(report.contains("500"))
            #expect(report.contains("JZ-"))
            #expect(try Program.run("verify", "evidence-chat.txt", in: folder, executable: copy).status == 0)
        }
    }

    @Test func `Bad input is named and what is good is kept`() throws {
        try Program.withFolder { folder in
            let logs = folder.appending(path: "logs")
            try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
            try Data(chat.utf8).write(to: logs.appending(path: "good.txt"))
            try Data().write(to: logs.appending(path: "empty.txt"))
            try Data((0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 3) }).write(to: logs.appending(path: "binary.bin"))
            try FileManager.default.createSymbolicLink(at: logs.appending(path: "loop"), withDestinationURL: logs)
            let result = try Program.run("parse", "logs", "missing.txt", in: folder)
            #expect(result.status == 2)
            for name in ["empty.txt", "binary.bin", "loop", "missing.txt"] { #expect(result.errors.contains(name)) }
            #expect(result.output.contains("不给我转500就差评"))
        }
    }

    @Test func `What could not be read ends with 2, single lines are told, and parse says so in its lines`() throws {
        try Program.withFolder { folder in
            let inputs: [(name: String, status: Int32, bytes: Data)] = [
                ("photo.jpg", 2, Data([0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 0x61, count: 12))),
                ("bad.zip", 2, Data("PK\u{3}\u{4}\u{14}\0aaaaaaaaaaaaaaaaaaaaaaaaaaaa".utf8)),
                ("sms.xml", 0, Data("<smses count=\"2\">\n<sms address=\"13800138000\" date=\"1514366610000\" type=\"1\" body=\"好\" />\n<sms address=\"138001\n<sms address=\"13800138000\" date=\"1514366710000\" type=\"2\" body=\"行\" />\n</smses>\n".utf8)),
                ("table.csv", 0, Data("时间,发送人,内容\n2024-05-06 10:00,店,您好\n2024-05-06 10:01\n2024-05-06 10:02,阿明,好\n".utf8)),
            ]
            for (name, status, bytes) in inputs {
                try bytes.write(to: folder.appending(path: name))
                let result = try Program.run("parse", name, in: folder)
                #expect(result.status == status && result.errors.contains(name), "\(name)")
                #expect(result.output.contains(#""type":"diagnostic","file":"\#(name)""#), "\(name)")
                #expect(result.output.split(separator: "\n").last?.hasPrefix(#"{"type":"file","file":"\#(name)""#) == true, "\(name)")
            }
            let album = folder.appending(path: "album"), empty = folder.appending(path: "empty")
            for place in [album, empty] { try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true) }
            try inputs[0].bytes.write(to: album.appending(path: "photo.jpg"))
            try Data(chat.utf8).write(to: album.appending(path: "chat.txt"))
            #expect(try Program.run("parse", "album", in: folder).status == 0, "a picture beside a chat is a notice")
            let nothing = try Program.run("scan", "empty", in: folder)
            #expect(nothing.status == 2 && nothing.errors.contains("empty"))
            let report = try String(contentsOf: folder.appending(path: "evidence-empty/report.md"), encoding: .utf8)
            #expect(report.contains("没有可读的文件"))
            let verified = try Program.run("verify", "album", in: folder)
            #expect(verified.status == 1 && verified.errors.contains("不像是"))
        }
    }

    @Test func `Names that fit nothing are told`() throws {
        try Program.withFolder { folder in
            try Data(chat.utf8).write(to: folder.appending(path: "chat.txt"))
            try Data("{platform: 'foo', buyer: '没有这人'}".utf8).write(to: folder.appending(path: "case.json5"))
            try Data("{\"content_id\":\"JZM-0000\",\"decision\":\"dismiss\"}\n".utf8).write(to: folder.appending(path: "decisions"))
            let result = try Program.run(
                "scan", "chat.txt", "--case", "case.json5", "--decisions", "decisions", "--with", "某人", "--me", "谁家", in: folder)
            #expect(result.status == 0)
            for word in ["foo", "没有这人", "JZM-0000", "某人", "--me"] { #expect(result.errors.contains(word), "\(word)") }
            let fitting = try Program.run("scan", "chat.txt", "--with", "随风", "--me", "蓝田小铺", "--force", in: folder)
            #expect(!fitting.errors.contains("--"), "\(fitting.errors)")
        }
    }

    @Test func `The filter keeps order and ids and goes on after a bad line`() throws {
        let input = """
            {"id":"a\\u0041","role":"buyer","text":"有好评返现吗"}
            not json
            {"id":[1, 2],"role":"buyer","text":"发货了吗"}
            {"id":7}

            """
        let result = try Program.run("classify", input: input)
        let lines = result.output.split(separator: "\n")
        #expect(result.status == 0)
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix(#"{"id":"a\u0041","labels":["cashback"]"#))
        #expect(lines[1].hasPrefix(#"{"id":null,"error":"#))
        #expect(lines[2].hasPrefix(#"{"id":[1, 2],"labels":[]"#))
        #expect(lines[3].hasPrefix(#"{"id":7,"error":"#))
        #expect(result.errors.contains("2"))
    }

    @Test func `Wrong usage has its own status`() throws {
        #expect(try Program.run("parse", "--input-format", "nonsense", "x").status == 64)
        #expect(try Program.run("nonsense").status == 64)
        #expect(try Program.run("evaluate", "--leave-out", "2", "--judged-groups", "0", "/dev/null").status == 64)
        #expect(try Program.run("evaluate", "--leave-out", "2", "--trained-groups=-1", "/dev/null").status == 64)
        #expect(try Program.run("--help").status == 0)
        #expect(try Program.run("--version").status == 0)
    }

    @Test func `Messages are Chinese, or English on demand`() throws {
        for arguments in [["scan"], ["scan", "x", "--nope"], ["scan", "x", "--format", "y"], ["verify", "a", "b"], ["nope"]] {
            let result = try Program.run(arguments)
            #expect(result.status == 64 && result.errors.hasPrefix("错误："), "\(arguments)")
            for word in ["Error", "Unknown", "Missing", "invalid", "unexpected", "Usage", "Please"] {
                #expect(!result.errors.contains(word), "\(arguments): \(word)")
            }
        }
        let help = try Program.run("scan", "--help").output
        #expect(help.contains("--case") && !help.contains("default:") && !help.contains("OPTIONS"))
        func isEnglish(_ text: String) -> Bool { !text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
        for place in [["--language", "en", "scan", "nowhere", "-o", "e"], ["scan", "nowhere", "--language=en", "-o", "e"]] {
            try Program.withFolder { folder in
                let result = try Program.run(place, in: folder)
                #expect(result.status == 2 && result.errors.contains("no such file") && isEnglish(result.errors))
                #expect(isEnglish(try Program.run("verify", "e", "--language", "en", in: folder).output))
                #expect(isEnglish(try Program.run(place, in: folder).errors), "refused, as it exists")
            }
        }
        #expect(isEnglish(try Program.run("--language", "en", "--help").output))
    }

    @Test func `A dictionary keeps words whole and out of the disguises, and names its bad lines`() throws {
        try Program.withFolder { folder in
            try Data("# 自己的词\n麻辣小龙虾\nv信科技公司\n坏\tx\n".utf8).write(to: folder.appending(path: "words.txt"))
            let words = try Program.run("tokenize", "--dictionary", "words.txt", input: "来份麻辣小龙虾\n", in: folder)
            #expect(words.output == "来 份 麻辣小龙虾\n" && words.errors.contains("第 4 行"))
            let line = #"{"id":1,"role":"buyer","text":"加v信科技公司的客服"}"# + "\n"
            let judged = try Program.run("classify", "--dictionary", "words.txt", input: line, in: folder)
            #expect(judged.status == 0 && judged.errors.contains("第 4 行") && !judged.output.contains("reading"))
            try Data(chat.utf8).write(to: folder.appending(path: "chat.txt"))
            let scan = try Program.run("scan", "chat.txt", "--dictionary", "words.txt", in: folder)
            #expect(scan.status == 0 && scan.errors.contains("第 4 行"))
            let manifest = try String(contentsOf: folder.appending(path: "evidence-chat.txt/manifest.json"), encoding: .utf8)
            #expect(manifest.contains("\"name\":\"words.txt\""), "what judged is named with its hash")
            #expect(try Program.run("classify", "--dictionary", "none.txt", in: folder).status == 64)
        }
    }

    @Test func `Misspelt keys of a case file are named`() throws {
        try Program.withFolder { folder in
            try Data(chat.utf8).write(to: folder.appending(path: "chat.txt"))
            try Data("{platform: 'taobao', cases: [{buyr: '随风', price: 39.9}], shops: 1}".utf8).write(
                to: folder.appending(path: "case.json5"))
            let result = try Program.run("scan", "chat.txt", "--case", "case.json5", in: folder)
            #expect(result.status == 0 && result.errors.contains("cases.0.buyr") && result.errors.contains("shops"))
            try Data("{review_time: '昨天'}".utf8).write(to: folder.appending(path: "case.json5"))
            let second = try Program.run("scan", "chat.txt", "--case", "case.json5", "--force", in: folder)
            #expect(second.status == 64 && second.errors.contains("review_time"))
        }
    }

    @Test func `Days are compared as days, and one that is none is refused`() throws {
        try Program.withFolder { folder in
            try Data(chat.utf8).write(to: folder.appending(path: "chat.txt"))
            func status(_ options: String...) throws -> Int32 {
                try Program.run(["scan", "chat.txt", "--format", "jsonl"] + options, in: folder).status
            }
            #expect(try status("--since", "2022-9-1", "--until", "2022-12-31") == 0)
            #expect(try status("--since", "2022-12-31", "--until", "2022-9-1") == 64)
            #expect(try status("--date", "2024-12-31") == 0)
            for day in ["2024-13-45", "2023-02-29", "2024-5", "0000-01-01"] { #expect(try status("--date", day) == 64, "\(day)") }
        }
    }

    @Test func `Input that cannot be read is not taken for its end`() throws {
        try Program.withFolder { folder in
            for command in [["scan", "-"], ["parse", "-"], ["classify"], ["tokenize"]] {
                let source = try FileHandle(forReadingFrom: folder)
                let result = try Program.run(command, from: source, in: folder)
                #expect(result.status == 2 && result.errors.contains("标准输入"), "\(command)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
            }
        }
    }

    @Test func `Words come out one space apart`() throws {
        let result = try Program.run("tokenize", input: "亲好评返现吗\n\n加微信\n")
        #expect(result.output.split(separator: "\n", omittingEmptySubsequences: false).count == 4)
        #expect(result.output.contains("返现"))
        #expect(result.output.replacing(" ", with: "") == "亲好评返现吗\n\n加微信\n")
    }
}
