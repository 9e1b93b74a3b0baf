import Resources
import Transcript

/// Lines in the plainest words there are, made of short lists: threats with their demands, deals over reviews,
/// advertisements, and for each what looks like it and is none.
enum BluntLines {
    static let openings = [
        "亲 ", "老板，", "老板你好，", "你好，", "您好 ", "在吗，", "在吗？", "喂，", "客服在吗 ", "我说了，", "最后说一遍 ", "听好了，", "跟你说，", "直说吧，", "那个，", "哈喽 ",
        "衣服收到了，挺好的，", "东西收到了，", "收到货了 ", "我昨天收到了你们家的东西，看了一下还可以。", "我是昨天下单的，", "我买过你家好几次了，", "订单号1234567890123456789，", "看到回一下，",
    ]
    static let endings = [
        "！", "!", "！！！", "。", "？", "?", "…", "...", "~", "，", " ", "😂", " 😂", "🙂", "🙏", "哦", "啊", "吧", "哈", "呢", "了", "，快点", "，你看着办", "，自己选", "，等你回话", "，谢谢",
        "，QQ12345678", " QQ12345678", "，我QQ12345678", "，加我微信abc123", " 微信wx_7788", "，电话13800001111", " 13800001111", "，支付宝13800001111", " http://a.cn/x", " https://v.douyin.com/abc123/",
    ]
    static let answers = ["好的", "亲 您稍等", "?", "什么意思", "您好", "这个不行的", "亲，请走平台售后"]

    private static let payments = ["给", "给我", "转我", "给我转", "打我", "赔我", "赔", "给我打", "发我", "补我", "微信转我", "支付宝给我"]
    private static let sums = ["20", "50块", "100", "200元", "300", "500", "500块", "五百", "800块", "1000", "一千", "2000", "两千块", "3000", "5000", "2k", "六百六", "88块"]
    private static let money = ["给钱", "打钱", "赔钱", "转钱", "发红包", "打款", "给我钱", "打钱给我", "给点钱", "送我一件", "再送一个", "免单", "给我免单", "意思一下"]
    private static let rights = ["发货", "退款", "换货", "给退货", "给发票", "给我退运费", "处理", "回我", "给补发", "给个说法", "给我换", "给退", "按页面说的赔"]
    private static let threats = [
        "差评", "给差评", "给你差评", "给你一个差评", "一星", "投诉", "投诉你", "举报你", "打12315", "曝光你", "给你们店刷差评", "追评", "找平台投诉", "挂你", "发抖音曝光", "去工商举报", "天天下单退货",
        "叫人一起拒收", "发视频", "让你店开不下去", "去消协", "给你们100个差评",
    ]
    private static let faults = ["杯子碎了", "衣服破了个洞", "床单洗一次就褪色", "少发了一件", "发错颜色了", "屏幕是裂的", "有霉斑", "拉链坏了", "快递到手就是烂的", "漏水", "根本用不了", "和描述不一样"]
    private static let joints = ["就", "我就", "，我就", " 就", " 我", "的话就", "，那就", "今天就"]
    private static let others = ["，不然", "，否则", "，要不然", " 不然", "，不然我", "，不然就", "，否则我就", "，不然的话", "不然等着"]

    private static let deals = [
        "有好评返现吗", "好评返多少", "五星好评返现多少", "好评返5元是吗", "给你五星好评返我10块", "写个好评给多少", "晒图返现吗", "好评有红包吗", "好评截图发你了，返现呢", "说好的好评返现呢", "给好评送东西吗", "改成好评给多少",
        "改好评给我50", "删差评给钱吗", "追评带图返几块",
    ]
    private static let offers = [
        "好评返现5元", "五星好评加晒图返3元", "亲 好评截图发我领红包", "改一下好评给您补10块", "亲，改一下好吗，给您补10块", "删掉差评给您退20", "带图好评送小礼物", "好评返现卡在包裹里哦", "追评一下给您发2元红包", "好评后联系客服返现",
    ]
    private static let noDeals = [
        "好评已给", "给你好评了", "东西不错好评", "看评价都是好评", "差评挺多的啊", "运费能返吗", "差价返我吧", "退款什么时候到账", "红包怎么用", "好评率多少", "我不要返现", "晒图在哪里发", "我不改评价", "评价写好了", "满减怎么算",
    ]
    private static let noOffers = [
        "我们没有好评返现", "亲 满意的话麻烦给个好评", "退您5元运费", "差价10元退您了", "每单都送小礼物", "给您补发一件", "优惠券已发您", "评价是您的自由", "麻烦给个五星好评哦", "红包是平台发的",
    ]
    private static let pitches = [
        "代开发票", "代开发票，13开头", "提供刷好评服务，一条5元", "兼职刷单", "兼职刷单日结", "老板需要代运营吗", "刷单吗老板", "补单吗", "需要补单吗老板", "删差评吗，包成功", "专业删差评", "招兼职，一天200", "手机兼职日赚300", "贷款需要吗",
        "无抵押贷款当天放款", "信用卡提额", "快递代发空包", "淘宝客推广要吗", "直通车托管", "老板做推广吗", "拉新群有红包", "进群领内部优惠券", "收购旧手机", "店铺转让要吗", "低价出会员账号", "我家也是开网店的，卖茶叶，有兴趣看看我的店",
        "打字员招聘在家做", "注册公司代办", "网店装修要吗", "提供真人流量", "彩票计划带你赚", "股票群免费进", "网赚项目了解一下", "需要打包袋吗，厂家直销",
    ]
    private static let noPitches = [
        "能开发票吗", "发票开好了吗", "发票抬头怎么填", "发下图", "加你微信发个图", "客服微信多少", "发什么快递", "这个批发什么价", "你家招人吗", "有群吗", "手机壳有货吗", "茶叶怎么保存", "会员有优惠吗", "推广图和实物一样吗",
        "花呗能用吗", "退货用什么袋子", "分期可以吗", "我同事也想买", "店铺在哪", "你家有抖音吗",
    ]

    // What people paste into chats: where they live, and what a thing is called.
    private static let provinces = ["浙江省", "广东省", "江苏", "四川省", "山东", "河南", "湖北省", "福建", "新疆", "黑龙江省", "陕西", ""]
    private static let cities = ["杭州市", "广州市", "南京", "成都市", "青岛", "郑州市", "武汉", "厦门市", "乌鲁木齐市", "哈尔滨", "西安"]
    private static let districts = ["西湖区", "天河区", "鼓楼区", "高新区", "经开区", "城南", "临港工业园", "新城街道", "大学城", ""]
    private static let roads = ["解放路", "人民路", "建设大道", "滨河路", "学府街", "工业大道", "中山路", "新城北路", "凤山路"]
    private static let estates = ["幸福花园", "御景园", "富康小区", "东方名都", "科技大厦", "商贸城", "学府公寓", "阳光山庄", "天马酒店", "万家超市"]
    private static let houses = ["12号", "3栋2单元501", "7号楼1102室", "二街二座", "A座 608", "88号", "5栋", "北门菜鸟驿站", ""]
    private static let addressees = ["", "", "，王先生收", " 李女士 13800001111", "，电话13800001111", " 收件人小陈"]
    private static let makers = ["御选", "米诺", "佳宜", "云创", "乐陶", "森之语", "朗迪", "旗舰店 御选", "【商品快照】米诺", ""]
    private static let things = [
        "保温杯", "摄像头", "蓝牙耳机", "猫粮", "保暖内衣", "行李箱", "电饭煲", "数据线", "连衣裙", "洗面奶", "白酒", "帐篷", "三脚架", "扩音器", "运动鞋", "收纳箱", "狗粮", "充电宝",
        "收款音箱", "打印纸", "奶粉", "茶叶礼盒", "手机壳", "学习机",
    ]
    private static let qualities = [
        "新款", "加厚", "大容量", "家用", "便携", "充电款", "套装", "官方正品", "男女通用", "儿童", "学生", "高清", "无线", "wifi", "360度", "不锈钢", "食品级", "秋冬", "送礼", "500ml", "1.5L", "3代", "蓝色", "加绒",
        "专柜同款", "全国联保", "两件装", "SY-210", "大功率", "智能", "厂家直供", "看店", "中老年", "出口款",
    ]
    private static let days = ["三天了，", "明天，", "今天之内，", "一周了，", "最后一天，", "拍了两件，", "订单199，", "都半个月了 ", "买一送一的，"]
    private static let shortcomings = ["什么都没送", "说好的礼品没有", "买完就降价", "第二天就便宜了一百", "客服不理人", "是假货", "发错尺码", "不给退", "一点都不好用", "等了十天", "会员也没送"]

    private static let kinds = 21

    /// A line; which kind it is goes by the number.
    static func line(_ number: Int, _ random: inout SplitMix) -> LabelledChat.Line {
        func one(_ choices: [String]) -> String { choices[Int(random.next() % UInt64(choices.count))] }
        func refusal() -> String { one(["不", "不", "再不", "要是不"]) }
        func demand() -> String { random.next() % 3 == 0 ? one(money) : one(payments) + one(sums) }
        func line(_ text: String, _ label: Label? = nil, _ act: String? = nil, by role: Message.Role = .buyer) -> LabelledChat.Line {
            LabelledChat.Line(role: role, text: text, labels: label.map { [$0] } ?? [], act: act)
        }
        switch number % kinds {
        case 0, 4: return line(refusal() + demand() + one(joints) + one(threats), .extortion, "threat")
        case 2, 6: return line(demand() + one(others) + one(threats), .extortion, "threat")
        case 8: return line(one(["要么", "你选，要么", "二选一 "]) + demand() + one(["，要么", " 要么", "，或者"]) + one(threats), .extortion, "threat")
        // Either half without the other is no extortion.
        case 1: return line(demand())
        case 3: return line(one(["", "", "我", "马上", "这就"]) + one(threats))
        // A lawful claim with the same threat; with a fault, some money of the price too.
        case 5: return line(refusal() + one(rights) + one(joints) + one(threats))
        case 7: return line(one(rights) + one(others) + one(threats))
        case 9: return line(one(faults) + one(["，", " "]) + one(["退我20", "退我一半", "退我30块", "补我10块", "退一部分", "退款", "退我50", "199的退我80", "退60吧"]) + one(others + ["，不退就"]) + one(threats))
        case 10: return line(one(deals), .cashback, "review-ask")
        case 11: return line(one(noDeals))
        case 12: return line(one(offers), .cashback, "reward-offer", by: .seller)
        case 13: return line(one(noOffers), by: .seller)
        case 14: return line(one(pitches) + one(["", "", "加微信abc", "，联系13800001111", " 加QQ12345", "，有兴趣加我"]), .ad, "ad-pitch")
        case 15: return line(one(noPitches))
        // The sum first; and what looks like it but asks for what is owed.
        case 16: return line(one(sums) + one(["，", " ", "，你", "，今天"]) + refusal() + one(["给", "转", "赔", "打", "发", "补", "答应"]) + one(joints) + one(threats), .extortion, "threat")
        case 17: return line(one(days) + refusal() + one(rights) + one(joints) + one(threats))
        case 18: return line(one(provinces) + one(cities) + one(districts) + one(roads) + one(estates) + one(houses) + one(addressees))
        case 19: return line(one(makers) + (0..<1 + Int(random.next() % 3)).map { _ in one(qualities) }.joined(separator: one([" ", ""])) + one(things) + " " + one(qualities) + one(qualities))
        // A review that asks for nothing.
        default: return line(one(["差评，", "给个差评 ", "一星，", "", ""]) + one(faults + shortcomings) + one(["，差评", " 差评！", "，给个差评", "，一星", "。"]))
        }
    }
}
