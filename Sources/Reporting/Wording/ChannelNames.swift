/// The channel a chat went over, told from the format of its export.
enum ChannelNames {
    /// For formats that any program may have written.
    static let unnamed = "聊天"

    static func name(ofFormat format: String?) -> String {
        guard let format else { return unnamed }
        return names.first { format.hasPrefix($0.prefix) }?.name ?? unnamed
    }

    /// The record of such a chat, as `QQ聊天记录`.
    static func record(ofFormat format: String?) -> String {
        let name = name(ofFormat: format)
        return (name == unnamed ? "" : name) + "聊天记录"
    }

    private static let names: [(prefix: String, name: String)] = [
        ("qq", "QQ"), ("qce", "QQ"), ("wangwang", "旺旺"), ("qianniu", "千牛"), ("sms", "短信"), ("imessage", "短信"),
        ("imazing", "短信"), ("google-voice", "短信"), ("wechat", "微信"),
    ]
}
