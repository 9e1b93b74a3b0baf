"""Invented chats of any size, for measurements: everyday lines, and one in so many that is to be flagged.

The words are those of corpora/chats; the same arguments always give the same bytes.
"""

import datetime
import functools
import json
import pathlib
import random

ROOT = pathlib.Path(__file__).resolve().parents[2]
BEGIN = datetime.datetime(2023, 1, 1)
BAR = "=" * 64


@functools.cache
def pools():
    """Lines of chats in which nothing is flagged, and flagged lines."""
    everyday, flagged = [], []
    for path in sorted((ROOT / "corpora" / "chats").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            chat = json.loads(line)
            labels = [message["labels"] for message in chat["messages"]]
            for message in chat["messages"]:
                text = message["text"].replace("\n", " ")
                if not any(labels):
                    everyday.append((message["role"], text))
                elif message["labels"] and message["labels"] != ["unsure"] and message["role"] == "buyer":
                    flagged.append(("buyer", text))
    return everyday, flagged


def messages(flagged_share=1 / 200, seed=1):
    """Endless (role, text), everyday stretches as they stand in the corpora."""
    everyday, flagged = pools()
    chance = random.Random(seed)
    while True:
        start = chance.randrange(len(everyday))
        for message in everyday[start : start + 40]:
            yield chance.choice(flagged) if chance.random() < flagged_share else message


def write(path, size, form="qq-txt", encoding="utf-8", flagged_share=1 / 200, chat_length=400, seed=1):
    """Writes about `size` bytes of UTF-8, or what they are in another encoding; returns the number of messages."""
    source = messages(flagged_share, seed)
    count = written = 0
    with open(path, "w", encoding=encoding, errors="replace", newline="") as out:
        if form == "qq-txt":
            out.write("消息记录（此消息记录为文本格式，不支持重新导入）\r\n\r\n")
        while written < size:
            name = f"买家{count // chat_length + 1}号"
            parts = []
            if form == "qq-txt":
                parts.append(f"{BAR}\r\n消息分组:我的好友\r\n{BAR}\r\n消息对象:{name}\r\n{BAR}\r\n\r\n")
            for _ in range(chat_length):
                role, text = next(source)
                time = BEGIN + datetime.timedelta(seconds=37 * count)
                who = name if role == "buyer" else "南山小铺"
                if form == "qq-txt":
                    parts.append(f"{time:%Y-%m-%d %H:%M:%S} {who}\r\n{text}\r\n\r\n")
                else:
                    record = {"conversation": name, "sender": who, "role": role, "time": f"{time:%Y-%m-%dT%H:%M:%S}+08:00", "text": text}
                    parts.append(json.dumps(record, ensure_ascii=False) + "\n")
                count += 1
                written += len(parts[-1].encode())
                if written >= size:
                    break
            out.write("".join(parts))
    return count
