import Reporting
import Transcript

/// What a run says on standard error of names that fit nothing and of input that was not read.
enum Notices {
    /// Names on standard error what was not read, and says whether any input could not be; single lines that mean nothing are
    /// told and no failure.
    static func tellUnread(of result: ScanResult) -> Bool {
        for file in result.files where file.lines.unparsed > 0 && file.format != nil {
            StandardStreams.complain(
                .say(
                    "\(file.name)：有 \(file.lines.unparsed) 行没有读懂，未计入；逐处列在报告和 parse 的 diagnostic 里。",
                    en: "\(file.name): \(file.lines.unparsed) lines were not understood and are left out; the report and the diagnostics of parse name each."))
        }
        return InputOptions.complain(of: result)
    }

    /// Who speaks.
    /// - Parameter wanted: the name whose chats alone were asked for.
    static func tell(of result: ScanResult, with wanted: String?) {
        if result.isOwnAbsent {
            StandardStreams.complain(
                .say("--me 写的账号没有出现在任何聊天里，没有用上；请按聊天里的写法改正。", en: "The accounts of --me speak in no chat and were not used; write them as the chats do."))
        }
        if result.chatsWithoutSeller > 0 {
            StandardStreams.complain(
                .say(
                    "有 \(result.chatsWithoutSeller) 个聊天不知道谁是卖家；请加上 --me 和自己的账号（店铺名、QQ 号或手机号）再试。",
                    en: "In \(result.chatsWithoutSeller) chats nobody is known to be the seller; add --me with your own account (shop name, QQ number or phone)."))
        }
        if let wanted, result.isWantedAbsent {
            StandardStreams.complain(
                .say("没有与“\(wanted)”的聊天（--with），所以什么也没有判断；请按聊天里的写法改正。", en: "There is no chat with \(wanted) (--with), so nothing was judged; write the name as the chats do."))
        }
    }

    /// What of the case file fits nothing.
    static func tell(of file: CaseFile, _ result: ScanResult) {
        if let platform = file.platform, !file.hasKnownPlatform {
            let known = CaseFile.platforms.joined(separator: " ")
            StandardStreams.complain(
                .say("案件文件里的平台“\(platform)”不认识，按“其他平台”处理；可以写：\(known)。", en: "The case file's platform \(platform) is not known and is taken for another one; known are: \(known)."))
        }
        for buyer in file.absentBuyers(among: result.incidents) {
            StandardStreams.complain(
                .say("案件文件里的买家“\(buyer)”没有对应的事件，这一件没有用上；请按报告里对方的名字或账号改正。", en: "The case file's buyer \(buyer) is in no incident, so that case was not used; write the name or account as the report does."))
        }
    }

    /// Decisions on nothing.
    static func tell(unknown ids: [String]) {
        guard !ids.isEmpty else { return }
        let shown = ids.prefix(5)
        StandardStreams.complain(
            .say(
                "有 \(ids.count) 个决定的编号在这次的结果里找不到，没有用上：\(shown.joined(separator: "、"))\(ids.count > 5 ? " 等" : "")。请核对编号，或检查是不是别的聊天。",
                en: "\(ids.count) decisions name what is not in this result and were not used: \(shown.joined(separator: ", "))\(ids.count > 5 ? ", …" : ""). Check the IDs, or whether they are of another chat."))
    }
}
