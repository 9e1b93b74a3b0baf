import Transcript

extension MediaWords {
    /// The kind of an attachment of a MIME type.
    static func kind(ofType type: String) -> Message.Kind {
        if type.hasPrefix("image/") { return .image }
        if type.hasPrefix("audio/") { return .voice }
        if type.hasPrefix("video/") { return .video }
        return type.lowercased().contains("vcard") ? .card : .file
    }

    /// What stands in the text for a medium that the export gives no words.
    static func word(for kind: Message.Kind) -> String {
        switch kind {
        case .image: "[图片]"
        case .voice: "[语音]"
        case .video: "[视频]"
        case .file: "[文件]"
        case .sticker: "[表情]"
        case .redPacket: "[红包]"
        case .transfer: "[转账]"
        case .card: "[名片]"
        case .call: "[通话]"
        case .text, .recall, .system, .other: ""
        }
    }
}
