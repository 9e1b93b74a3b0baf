#!/usr/bin/env python3
"""Whether greetings, marks, emoji, links and accounts around a line change what it is taken for.

Judges each line alone, with each opening and each ending, and prints for lines of either kind how many are flagged bare and
how many with something around them.
"""

import argparse
import itertools
import json
import subprocess

GUILTY = [
    "转500过来，不然差评伺候", "不给我500我就给一星", "给我打300块，要不然我就投诉你", "免单给我，不免单我就发抖音曝光你", "给20块我给五星，不给我给一星", "不给红包就差评",
    "转我888红包，不转就差评", "再给我补200，不然我就去差评", "要么给我500块钱，要么我给你差评", "拍了你50单，给我800，不然全部拒收", "给封口费吧，3000，要不我挂到小红书",
    "想让我删差评？拿两百来", "我要500块补偿，不给我就差评", "五百块，不给就投诉到底", "有没有好评返现啊", "给我返10块我给你好评", "好评返多少钱", "追评返现吗",
    "招兼职刷单，日结200，加微信abc123", "低息贷款，无抵押，当天放款，加V：loan88", "专业代运营，包销量，加微信", "删差评找我，不成功不收费",
]  # fmt: skip
INNOCENT = [
    "今天不发货我就差评", "再不退款我就投诉了", "质量太差了，我要退货", "不给我换货我就找平台", "杯子裂了，退我20块运费吧", "这个多少钱", "转账还是拍链接", "给你们打五星了", "差评都是真的吗", "红包怎么领",
    "我要投诉快递", "500块能买到吗", "你们好评真多", "满300减50吗", "微信支付可以吗", "加微信发个图片给你", "退一赔三是什么意思", "假货，我要退一赔三", "补发的什么时候到", "能开发票吗", "招客服吗", "一共800对吧",
]  # fmt: skip
OPENINGS = ["", "麻烦问一下，", "哎，", "店家 ", "昨天那单是我的，", "说真的 ", "你好呀～", "东西拿到了 还行，"]
ENDINGS = ["", "！！", "。。。", "~~", "😡", " 🙏🙏", "，看到回我", "[微笑]", "，微信同号13900002222", " https://b.com/1", " QQ87654321", "？！"]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", default=".build/release/juzheng")
    options.add_argument("--list", action="store_true", help="print what is taken for something else than the bare line")
    options = options.parse_args()
    dresses = list(itertools.product(OPENINGS, ENDINGS))
    for name, bases in (("to be flagged", GUILTY), ("not to be flagged", INNOCENT)):
        texts = [before + base + after for base in bases for before, after in dresses]
        lines = [{"id": number, "conversation": str(number), "role": "buyer", "text": text} for number, text in enumerate(texts)]
        said = subprocess.run(
            [options.binary, "classify"], input="".join(json.dumps(line) + "\n" for line in lines), capture_output=True, text=True, check=True)
        flagged = [bool(json.loads(line)["labels"]) for line in said.stdout.splitlines()]
        bare = sum(flagged[:: len(dresses)])
        print(f"{name}: {bare} of {len(bases)} bare, {sum(flagged) - bare} of {len(texts) - len(bases)} dressed are flagged")
        if options.list:
            for text, isFlagged in zip(texts, flagged):
                if isFlagged != (bases is GUILTY):
                    print("   ", text)


if __name__ == "__main__":
    main()
