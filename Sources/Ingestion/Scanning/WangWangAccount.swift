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

    /// The nick of the one participant who is neither the shop, nor a sub-account of it, nor the system; of several the
    /// one who speaks more than once.
    /// - Parameter names: how often each speaks, by the name as written.
    static func buyer(among names: [String: Int]) -> String? {
        var shops: Set<String> = []
        var others: [String: Int] = [:]
        for (name, count) in names {
            let account = WangWangAccount(name)
            if account.isSubaccount {
                shops.insert(RoleResolution.account(of: account.name))
            } else if !account.isSystem {
                others[account.name, default: 0] += count
            }
        }
        others = others.filter { !shops.contains($0.key) }
        if others.count == 1 { return others.first?.key }
        let often = others.filter { $0.value > 1 }
        return often.count == 1 ? often.first?.key : nil
    }
}
