/// What a character tends to be in a word, as a set of bits for each character of the first plane.
///
/// The classes are about the language, not about one corpus: which characters count, which follow a number, which end a
/// word as a suffix does, which stand for foreign sounds.
struct CharacterClasses: Sendable {
    static let numeral: UInt16 = 1
    /// A numeral that says a digit, not a power of ten.
    static let digitNumeral: UInt16 = 1 << 1
    /// A measure word that follows a number.
    static let measure: UInt16 = 1 << 2
    /// A particle or verb that ICU glues to the word before it.
    static let tail: UInt16 = 1 << 3
    /// An adverb that ICU glues to the word after it.
    static let adverb: UInt16 = 1 << 4
    /// What such an adverb is glued to.
    static let afterAdverb: UInt16 = 1 << 5
    /// A suffix of words of two characters: 化, 者, 率.
    static let suffix: UInt16 = 1 << 6
    /// A character that foreign names are written with.
    static let foreign: UInt16 = 1 << 7
    static let surname: UInt16 = 1 << 8
    /// A character of given names.
    static let given: UInt16 = 1 << 9
    static let asciiDigit: UInt16 = 1 << 10
    /// A sign that is written twice as one: — and ….
    static let doubled: UInt16 = 1 << 11
    /// 年, 月, 日.
    static let calendar: UInt16 = 1 << 12

    /// What a number in Chinese characters may begin with.
    static let entityStart: UInt16 = 1 << 13

    /// What is no word by itself, so that two words of the lexicon that share a character rather leave another one over:
    /// 链接 单, not 链 接单; 顺丰 快递员, not 顺丰快递 员.
    static let bound: UInt16 = 1 << 14

    static let shared = CharacterClasses()

    private let classes: [UInt16]

    @inline(__always)
    subscript(scalar: Unicode.Scalar) -> UInt16 { scalar.value < 0x10000 ? classes[Int(scalar.value)] : 0 }

    private init() {
        var classes = [UInt16](repeating: 0, count: 0x10000)
        for (bit, characters) in [
            (Self.numeral, "〇○零一二三四五六七八九十百千万亿两几０１２３４５６７８９"), (Self.digitNumeral, "〇○零一二三四五六七八九两几"),
            (Self.measure, "年次位条种批天项名片件支份个张台只家座场部本辆所间段句封首幅组届期块元角斤吨米里亩岁户套层章届轮篇集号度户艘架枚股倍成步颗粒根道股桩笔类款门届口头匹对双副排队群堆番遍趟回顿阵代任周"),
            (Self.tail, "的了是在有着"), (Self.adverb, "也都就更还又才再很最较极太并已将正"),
            (Self.afterAdverb, "是有要能会可在到大小多少好高低强新长快美深重早晚佳难易远近为不去来看说给做想让把被用行走"),
            (Self.suffix, "化性者率员省市县局院厂馆厅党队型式区镇乡村州湾岛河江湖湾部署处科委站所"),
            (Self.foreign, "克林顿拉姆斯菲尔德布什巴卡达尼亚罗伊格鲁普莱曼奥兰特里马基米诺瓦维夫托塞萨杜桑埃穆莫纳哈坎贝洛夏伦弗雷森丹佩艾迪尤苏阿沙扎蒂娜丽琳莎婷露茜戈皮耶泽希科图帕比恩加朗凯吉约翰逊汉戴乔治温泰勒"),
            (Self.surname, "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤殷罗毕郝邬安常傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓洪崔龚程邢裴陆荣翁甄曲封储靳段焦谷车侯宓全班仲伊宫宁仇栾刘叶白蒲邰赖卓乔阴胥苍闻莘党翟谭劳申冉郦雍桑桂牛寿边燕冀尚温庄晏柴瞿阎慕连习艾容向古易慎戈廖庾衡步耿满弘国文寇广欧沃利蔚越隆师巩聂晁敖冷辛简饶曾沙丰关查游竺权盖桓"),
            (Self.doubled, "—…─━～~=-.·*！？!?"), (Self.calendar, "年月日"),
            (Self.bound, "预链韵踩员"),
            (Self.entityStart, "〇○零一二三四五六七八九十两几壹幺弌贰弍叁仨叄参肆伍陆柒捌玖拾小大百千万好"),
        ] {
            for scalar in characters.unicodeScalars { classes[Int(scalar.value)] |= bit }
        }
        // Given names: nearly every character but those that work in a sentence.
        for value in 0x4E00...0x9FFF { classes[value] |= Self.given }
        for scalar in
            "的了是在有着不也都就更还又才再很最和与或及而但并且为被把将对从向到以于由用给让使所之其此该各每这那哪我你他她它们您咱自谁何什么怎几多少个位名次年月日时分秒天今明昨前后上下左右内外里中间东西南北大小高低长短新老旧好坏来去出进入回过起说道讲谈问答看见听想要会能可应该必须得着过吗呢吧啊呀哦嗯哈没无非未别请叫做作干打开关走跑坐站吃喝买卖送拿放当成因如若虽则等至同按据即却只仅曾已正先再共全总称据任兼兼率向省市县区镇乡村局厅部长员会党元块钱"
            .unicodeScalars
        {
            classes[Int(scalar.value)] &= ~Self.given
        }
        for digit in UInt8(ascii: "0")...UInt8(ascii: "9") { classes[Int(digit)] |= Self.asciiDigit }
        for digit in 0xFF10...0xFF19 { classes[digit] = Self.asciiDigit }
        self.classes = classes
    }
}
