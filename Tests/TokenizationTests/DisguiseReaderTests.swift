import Testing
import Tokenization

@Suite struct DisguiseReaderTests {
    let folder = Folder()
    let reader = DisguiseReader()

    /// The text with every disguised word spelled out.
    private func spelledOut(_ text: String) -> String {
        let folded = folder.fold(text)
        return folded.applying(reader.readings(in: folded)).string
    }

    @Test(arguments: [
        ("好萍返线有吗", "好评返现有吗"), ("不给钱就茶评", "不给钱就差评"), ("加薇芯聊", "加微信聊"), ("支付饱转我", "支付宝转我"),
        ("加卫星 abc12345", "加微信 abc12345"), ("加威信 abc12345", "加微信 abc12345"), ("haoping fanxian 有吗", "好评返现 有吗"),
        ("加weixin聊", "加微信聊"), ("fan现多少", "返现多少"), ("给你c评", "给你差评"), ("好ping有吗", "好评有吗"), ("hpfx多少", "好评返现多少"),
        ("加vx聊", "加微信聊"), ("zfb转我", "支付宝转我"), ("女子评返现", "好评返现"), ("好.评.返.现", "好评.返现"), ("给好★评", "给好评"),
        ("给你差 评", "给你差评"), ("加 微 信", "加微信"), ("差\n评", "差评"), ("➕微聊", "加微信聊"), ("薇❤聊", "微信聊"), ("➕薇❤：abc123456", "加微信:abc123456"),
        ("扣扣123456", "qq123456"), ("刷単吗", "刷单吗"), ("佳薇信", "加微信"), ("君羊号 123456", "群号 123456"), ("投.诉你", "投诉你"),
        ("ju报你", "举报你"), ("z f b转我", "支付宝转我"), ("给你h.p.f.x", "给你好评返现"), ("加v x 12345678", "加微信 12345678"),
        ("ㄏㄠˇㄆㄧㄥˊ返现", "好评返现"), ("加ㄨㄟ信聊", "加微信聊"), ("好ㄆ返现", "好评返现"), ("ㄊㄨㄟ 款", "退款"), ("发🧧", "发红包"), ("给五🌟", "给五星"), ("1⭐", "一星"), ("支fb转", "支付宝转"),
    ]) func reads(text: String, expected: String) {
        let read = spelledOut(text)
        #expect(read == expected || read == expected.replacing(".", with: ""))
    }

    @Test(arguments: [
        "好评如潮", "我有一口卫星锅", "薇诺娜面膜", "QQ糖", "加V口领毛衣", "企鹅玩偶", "扣子掉了", "威信县", "2K屏", "加微胶囊", "卫星天线", "质量好。评了五星",
        "还好，评价一般", "这个线不长", "好屏幕", "V领T恤", "红宝石戒指", "不错 挺好 评一下", "加微信，给好评返现，不然差评", "", "hello world", "尺码 x l 的", "v x 两种", "h p 打印机", "好ㄉ 谢谢ㄋ", "500g两包",
    ]) func leavesAlone(text: String) {
        #expect(reader.readings(in: folder.fold(text)) == [])
    }

    @Test(arguments: [
        ("给个好评返", "现5元", "好评返现5元"), ("加我微", "信 abc12345", "微信 abc12345"), ("不给钱就差", "评", "差评"), ("我要退", "款啊", "退款啊"),
        ("好萍返", "线吗", "好评返现吗"), ("好\n评\n返", "现", "好评返现"), ("z\nf", "b", "支付宝"), ("这个好", "评价一下", nil), ("质量太差", "评论区见", nil),
        ("我想要返", "现在不行", nil), ("给好评", "返现多少", nil), ("好", "的", nil), ("", "评", nil), ("颜色红", "包装好", nil), ("差不多", "评一下", nil),
    ] as [(String, String, String?)])
    func aWordGoesOnInTheNextMessage(before: String, text: String, expected: String?) {
        let folded = folder.fold(text)
        let reading = reader.reading(of: folded, after: folder.fold(before).scalars)
        #expect(reading.map { folded.applying([$0]).string } == expected)
        if let reading { #expect(reading.range.lowerBound == 0 && !reading.range.isEmpty) }
    }

    @Test func whatIsReplacedKnowsItsOrigin() {
        let folded = folder.fold("给差\u{200B}.評")
        let read = folded.applying(reader.readings(in: folded))
        #expect(read.string == "给差评")
        #expect(read.originalRange(of: 1..<3) == 1..<5)
        #expect(read.originalRange(of: 0..<1) == 0..<1)
    }

    /// Long lines of one thing are read in time that grows with their length; a square of it would take minutes.
    @Test(arguments: [
        ("好", ""), ("差.评", ""), ("a-", ""), ("加v", ""), ("1 ", ""), ("12 34 ", ""), ("好评", ""), ("一", ""), ("一", "百"), ("一", "心一意"), ("薇❤", ""), ("a.b", ""), ("[", ""), ("/:", ""),
        ("¥", ""), ("vxa-", ""), ("克林顿", ""), ("1", ""),
    ]) func longLines(piece: String, end: String) {
        let folded = folder.fold(String(repeating: piece, count: 60_000 / piece.unicodeScalars.count) + end)
        #expect(folded.applying(reader.readings(in: folded)).scalars.count > 0)
        for entity in EntityReader().entities(in: folded) { #expect(!entity.range.isEmpty && entity.range.upperBound <= folded.scalars.count) }
        #expect(WordTokenizer().words(folded.string).count > 0)
    }

    @Test func randomTextIsRead() {
        var random = SystemRandomNumberGenerator()
        let pieces = Array("好评差返现微信vxqq加群薇❤➕🧧讠平女子0o1l2k万千百十两元块.,，。 \n★:/[]@-_¥%年月日点wx扣裙号").map { String($0) }
        for _ in 0..<800 {
            let text = (0..<Int.random(in: 0...30, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }.joined()
            let folded = folder.fold(text)
            let readings = reader.readings(in: folded)
            let entities = EntityReader().entities(in: folded)
            for (one, next) in zip(readings, readings.dropFirst()) { #expect(one.range.upperBound <= next.range.lowerBound) }
            for (one, next) in zip(entities, entities.dropFirst()) { #expect(one.range.upperBound <= next.range.lowerBound) }
            for entity in entities { #expect(!entity.range.isEmpty && entity.range.upperBound <= folded.scalars.count) }
            let read = folded.applying(readings)
            for (one, next) in zip(read.origins, read.origins.dropFirst()) { #expect(one.lowerBound <= next.lowerBound) }
        }
    }
}
