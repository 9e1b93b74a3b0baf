import Classification
import Transcript

extension Report {
    /// The sources in the form courts ask for: number, name, source, object of proof, form, content, hash.
    func evidenceList() -> [Block] {
        let result = evidence.result
        let files = evidence.filesHoldingEvidence
        guard !files.isEmpty else { return [] }
        let shown = 100
        var incidents: [String: [Int]] = [:]
        for account in accounts {
            for name in Set(account.quotes.map(\.file.name)) { incidents[name, default: []].append(account.number) }
        }
        var blocks: [Block] = [
            .heading(2, "证据清单"),
            .table(
                Table(
                    ["编号", "名称", "来源", "证明对象", "形式", "内容", "SHA-256"],
                    rows: files.prefix(shown).enumerated().map { number, file in
                        let source = result.files[file]
                        let proves = incidents[source.name] ?? []
                        let object: Phrase =
                            proves.isEmpty
                            ? "见所列各条"
                            : "事件 \(own: proves.prefix(8).map(String.init).joined(separator: "、"))\(own: proves.count > 8 ? " 等" : "") 的经过"
                        return [
                            "\(number + 1)", .quote(source.name),
                            "卖家导出的\(own: ChannelNames.record(ofFormat: source.format))",
                            object, "电子数据（\(own: source.format ?? "未知格式")，\(own: source.encoding ?? "未知编码")）",
                            "\(source.messageCount) 条消息，\(source.bytes) 字节", "\(code: source.sha256)",
                        ]
                    }, widths: [6, 16, 12, 12, 13, 13, 28])),
            .paragraph("提交人（签名）：________________　日期：________________"),
        ]
        if files.count > shown { blocks.append(.paragraph("其余 \(files.count - shown) 个文件列在 manifest.json。")) }
        return blocks
    }

    /// How the records were taken, and how anyone checks that nothing was changed.
    func integrity() -> [Block] {
        let result = evidence.result
        var facts: [Phrase] = [
            "输入文件只读取、不改动；引文与文件内容一致，没有改字、补字。",
            "证据编号由文件的 SHA-256 和该条记录的字节位置算出，换一台电脑、换一个路径，结果相同。",
            "工具：juzheng \(own: result.engine.version)；规则和模型的版本与哈希见 manifest.json。",
        ]
        if let first = result.files.lazy.compactMap(\.earliest).min(), let last = result.files.lazy.compactMap(\.latest).max() {
            facts.append("消息时间：最早 \(own: first.iso8601)，最晚 \(own: last.iso8601)；取自导出文件，以平台记录为准。")
        }
        facts += result.roleNotes.map { "怎样认出卖家：\(quote: $0)。" }
        if let sentence = context.scope.sentence { facts.append(.own(sentence)) }
        if !context.dismissed.isEmpty { facts.append("有 \(context.dismissed.count) 条经人工排除，列在 manifest.json。") }
        if context.edition == .public {
            facts.append(
                "咨询公开版：以 * 遮盖了他人信息，每个 * 代替一个字；要挟、索要、金额和时间没有遮盖；原件的哈希和证据编号不变，不附原文件。遮盖处数：\(own: context.masked.map { "\($0.kind.name) \($0.count)" }.joined(separator: "，"))。"
            )
        }
        return [
            .heading(2, "提取与完整性说明"), .list(facts),
            .paragraph("不用本程序也能核对，在证据文件夹里执行："),
            .commands(["sha256sum -c SHA256SUMS"]),
            .paragraph("建议尽早给 SHA256SUMS 加可信时间戳（RFC 3161），把机构返回的 SHA256SUMS.tsr 放在旁边；时间戳只证明此后没有改动："),
            .commands([
                "openssl ts -query -data SHA256SUMS -sha256 -cert -out SHA256SUMS.tsq",
                "openssl ts -verify -data SHA256SUMS -in SHA256SUMS.tsr -CAfile ca.pem",
            ]),
            .paragraph("导出的文本是线索，不是原件：请保留原设备和登录状态，向平台提交举证号和完整截图。"),
        ]
    }

    /// What was not understood, so that nobody takes silence for absence, and what the program cannot know.
    func limits() -> [Block] {
        let result = evidence.result
        var rows: [[Phrase]] = result.skipped.map { [.quote($0.name), "—", .own($0.reason)] }
        rows += result.diagnostics.joined().map { diagnostic in
            [.quote(diagnostic.file), diagnostic.line.map { "\($0)" } ?? "—", .quote(diagnostic.message)]
        }
        let shown = 40
        var blocks: [Block] = [.heading(2, "未读取的内容和本报告的局限")]
        if rows.isEmpty {
            blocks.append(.paragraph("所有输入都已读取，没有无法理解的行。"))
        } else {
            blocks.append(.table(Table(["文件", "行", "原因"], rows: Array(rows.prefix(shown)))))
            if rows.count > shown { blocks.append(.paragraph("另有 \(rows.count - shown) 处，见 manifest.json。")) }
        }
        blocks.append(
            .paragraph("规则和模型筛查，只表示“疑似”；不是鉴定意见，也不是法律意见，请逐条人工核对。图片、语音、视频里的内容程序看不到，请另附截图。除 manifest.json 外，报告不含生成时间。"))
        return blocks
    }
}
