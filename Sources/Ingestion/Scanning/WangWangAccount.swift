/// A nick of Taobao or 1688, as `示例旗舰店:小美`, where the part after the colon names a sub-account of the shop.
struct WangWangAccount {
    var name: String
    /// The nick with the site's prefix, as `cntaobao示例旗舰店`, where the file gives it.
    var longID: String?

    init(_ written: String) {
        name = written
        for prefix in ["cntaobao", "cnalichn", "enaliint"]
        where written.hasPrefix(prefix) && written.count > prefix.count {
            name = String(written.dropFirst(prefix.count))
            longID = written
        }
    }

    var isSubaccount: Bool { RoleResolution.account(of: name) != name }

    var isSystem: Bool { ["系统消息", "系统提示", "系统通知", "系统", "服务助手", "平台消息"].contains(name) }
}
