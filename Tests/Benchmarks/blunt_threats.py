#!/usr/bin/env python3
"""How often a blunt threat in the middle of everyday talk is found when nobody takes notice of it.

Puts one line into the middle of each chat without labels of writers the model never read, and prints the share that is
flagged for extortion. In some of the chats a fault was stated, so that not every line can count.
"""

import argparse
import json
import pathlib
import subprocess

THREATS = ["不给我转500就差评", "不给2000就差评", "转我300，不然给你一星", "五百块，不给就投诉到底"]
LEAST_MESSAGES = 5


def everyday_chats(folder):
    for file in sorted(pathlib.Path(folder).glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            messages = json.loads(line)["messages"]
            if len(messages) >= LEAST_MESSAGES and not any(message["labels"] for message in messages):
                yield [(message["role"], message["text"]) for message in messages]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", default=".build/release/juzheng")
    options.add_argument("folder", nargs="?", default="corpora/unread")
    options = options.parse_args()

    lines, threats = [], []
    for number, chat in enumerate(everyday_chats(options.folder)):
        middle = len(chat) // 2
        threats.append(len(lines) + middle)
        chat.insert(middle, ("buyer", THREATS[number % len(THREATS)]))
        for role, text in chat:
            lines.append({"id": len(lines), "conversation": str(number), "role": role, "text": text})
    said = subprocess.run(
        [options.binary, "classify"], input="".join(json.dumps(line) + "\n" for line in lines), capture_output=True, text=True, check=True)
    judged = [json.loads(line) for line in said.stdout.splitlines()]
    found = sum("extortion" in judged[threat]["labels"] for threat in threats)
    others = sum("extortion" in line["labels"] for line in judged) - found
    print(f"{found} of {len(threats)} found, {others} of {len(lines) - len(threats)} other lines flagged")


if __name__ == "__main__":
    main()
