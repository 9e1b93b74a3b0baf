import Classification
import Transcript

extension Report {
    /// The sources in the form of 证据规定第十九条: number, name, source, object of proof, form, content, hash.
    func evidenceList() -> [Block] {
        let result = evidence.result
        let files = evidence.filesHoldingEvidence
        guard !files.isEmpty else { return [] }
        return [
            .heading(2, "证据清单"),
            .table(
                Table(
                    ["编号", "名称", "来源", "证明对象", "形式", "内容", "SHA-256"],
                    rows: files.enumerated().map { number, file in
                        let source = result.files[file]
                        let incidents = accounts.filter { $0.quotes.contains { $0.file == source } }.map(\.number)
                        return [
                            "\(number + 1)", .quote(source.name), "卖家导出的\(own: ChannelNames.name(ofFormat: source.format))聊天记录",
                            incidents.isEmpty ? "见各条" : "事件 \(own: incidents.prefix(10).map(String.init).joined(separator: "、")) 的经过",
                            "电子数据（\(own: source.format ?? "未知格式")，\(own: source.encoding ?? "未知编码")）",
                            "\(source.messageCount) 条消息，\(source.bytes) 字节", "\(code: source.sha256)",
                        ]
                    })),
        ]
    }

    /// How anyone checks that nothing was changed.
    func integrity() -> [Block] {
        var blocks: [Block] = [
            .heading(2, "提取与完整性说明"),
            .paragraph(
                "输入文件只读取、不改动；下面的引文与文件原字节一致。证据编号由文件的 SHA-256 和该条记录的字节位置算出，换一台电脑、换一个路径，结果相同。"),
        ]
        blocks.append(.list(evidence.result.roleNotes.map { "谁是卖家：\(own: $0)。" }))
        blocks += [
            .paragraph("不用本程序也能核对（在证据文件夹里执行）："),
            .commands(["sha256sum -c SHA256SUMS"]),
            .paragraph("建议尽早给 SHA256SUMS 加可信时间戳（RFC 3161）；时间戳只证明此后没有改动。命令："),
            .commands([
                "openssl ts -query -data SHA256SUMS -sha256 -cert -out SHA256SUMS.tsq",
                "openssl ts -verify -data SHA256SUMS -in SHA256SUMS.tsr -CAfile 时间戳机构证书.pem",
            ]),
            .paragraph("导出的文本是线索，不是原件：请保留原设备和登录状态，向平台提交举证号和完整截图。"),
        ]
        return blocks
    }

    /// What was not understood, so that nobody takes silence for absence.
    func unread() -> [Block] {
        let result = evidence.result
        let diagnostics = result.diagnostics.joined()
        guard !diagnostics.isEmpty || !result.skipped.isEmpty else {
            return [.heading(2, "未读取的内容"), .paragraph("所有输入都已读取，没有无法理解的行。")]
        }
        let shown = 40
        var rows: [[Phrase]] = result.skipped.map { [.quote($0.name), "—", .own($0.reason)] }
        rows += diagnostics.map { diagnostic in
            let line: Phrase = if let number = diagnostic.line { "\(number)" } else { "—" }
            return [.quote(diagnostic.file), line, .quote(diagnostic.message)]
        }
        var blocks: [Block] = [
            .heading(2, "未读取的内容"),
            .table(Table(["文件", "行", "原因"], rows: Array(rows.prefix(shown)))),
        ]
        if rows.count > shown { blocks.append(.paragraph("另有 \(rows.count - shown) 处，见 manifest.json。")) }
        return blocks
    }

    func limits() -> [Block] {
        [
            .heading(2, "本报告的局限"),
            .list([
                "本报告由规则和模型筛查得出，只表示“疑似”，不是鉴定意见，也不是法律意见；请逐条人工核对。",
                "图片、语音、视频里的内容不在文本中，程序看不到，请另附截图。",
                "聊天记录里的时间取自导出文件，本机时钟不可信，以平台记录为准。",
            ]),
        ]
    }

    /// The chats around everything that was quoted.
    func appendix() -> [Block] {
        let listed = Set(evidence.listed(includingOwn: false))
        var blocks: [Block] = []
        for account in accounts {
            let parts = chats.transcripts(of: account.quotes.map(\.finding), evidence: evidence, listed: listed)
            for part in parts {
                blocks.append(.heading(3, "事件\(account.number)：\(quote: part.file)，聊天“\(quote: part.conversation)”"))
                blocks.append(.transcript(part))
            }
        }
        return blocks.isEmpty ? [] : [.heading(2, "附录：上下文原文"), .paragraph("▶ 为标出的行；“↵”表示原文在此换行。")] + blocks
    }
}
