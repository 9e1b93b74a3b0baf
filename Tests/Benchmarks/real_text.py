#!/usr/bin/env python3
"""Counts what `juzheng classify` flags in real text that is not part of this project.

    Tests/Benchmarks/real_text.py --binary .build/release/juzheng FOLDER

FOLDER holds JSON Lines files. A row is a message alone, `{"text": …}`, read as a buyer's, or a chat,
`{"messages": [{"role": …, "text": …}, …]}`. For each file: its lines, flags in 10,000 of them, and the share that has
each label. Nothing of the text is printed or kept.
"""

import argparse
import collections
import json
import pathlib
import subprocess


def lines(path: pathlib.Path) -> list[str]:
    """The input of `classify`: every message of the file, each row a conversation of its own."""
    messages = []
    for row, text in enumerate(path.read_text(encoding="utf-8").splitlines()):
        chat = json.loads(text)
        for message in chat.get("messages") or [{"role": "buyer", "text": chat["text"]}]:
            message = {"id": len(messages), "conversation": str(row), "role": message["role"], "text": message["text"]}
            messages.append(json.dumps(message, ensure_ascii=False))
    return messages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=".build/release/juzheng")
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    print("| file | lines | flags in 10,000 | extortion | cashback | ad |\n|---|---|---|---|---|---|")
    for path in sorted(arguments.folder.glob("*.jsonl")):
        messages = lines(path)
        run = subprocess.run(
            [arguments.binary, "classify"], input="\n".join(messages) + "\n", capture_output=True, text=True, check=True)
        labels = [json.loads(line).get("labels") or [] for line in run.stdout.splitlines()]
        flagged = sum(bool(own) for own in labels)
        count = collections.Counter(label for own in labels for label in own)
        shares = " | ".join(f"{count[label] / len(messages):.4f}" for label in ("extortion", "cashback", "ad"))
        print(f"| {path.stem} | {len(messages)} | {flagged / len(messages) * 10_000:.1f} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
