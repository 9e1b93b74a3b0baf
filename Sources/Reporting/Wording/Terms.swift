import Classification
import Transcript

// The Chinese words under which the reports show what the code has as cases.

extension Label {
    var name: String {
        switch self {
        case .extortion: "疑似敲诈勒索"
        case .cashback: "疑似好评返现"
        case .ad: "疑似广告骚扰"
        }
    }
}

extension Level {
    var name: String {
        switch self {
        case .submit: "可提交"
        case .needsProof: "需补证"
        case .notice: "仅提示"
        }
    }
}

extension Direction {
    var name: String {
        switch self {
        case .buyerDemands: "对方索要"
        case .sellerOffers: "卖家提出"
        }
    }
}

extension Element {
    var name: String {
        switch self {
        case .threat: "要挟"
        case .demand: "索要"
        case .link: "关联"
        case .refusal: "卖家拒绝"
        case .withdrawal: "对方收回"
        }
    }
}

extension Message.Role {
    var name: String {
        switch self {
        case .seller: "卖家"
        case .buyer: "对方"
        case .system: "系统"
        case .unknown: "身份不明"
        }
    }
}

extension Cue {
    /// What kind of sign it is, in Chinese where the kind is known.
    var kindName: String { Self.kindNames[kind] ?? kind }

    private static let kindNames = [
        "threat": "要挟", "demand": "索要", "amount": "金额", "contact": "联系方式", "review": "评价", "reward": "返利", "link": "链接",
        "job": "兼职", "condition": "条件", "deadline": "期限", "payment": "付款方式", "refusal": "拒绝", "insult": "辱骂",
        "offer": "提议", "pressure": "施压", "pitch": "推销", "basis": "所称依据", "earnings": "收益许诺", "nofault": "承认没有问题",
        "identity": "自称身份", "pretext": "借口", "admission": "自认",
    ]
}

extension Incident.Identifier {
    var kindName: String { Self.kindNames[kind] ?? kind }

    private static let kindNames = [
        "phone": "手机号", "qq": "QQ 号", "wechat": "微信号", "alipay": "支付宝", "bank-card": "银行卡", "order": "订单号",
        "parcel": "快递单号",
        "link": "链接",
    ]
}

extension Incident.Amount {
    /// As `2000 元`, `6.66 元`.
    var name: String { "\(number) \(unit == "CNY" ? "元" : unit)" }

    var number: String {
        let cents = hundredths % 100
        return cents == 0 ? "\(hundredths / 100)" : "\(hundredths / 100).\(cents / 10)\(cents % 10)"
    }
}
