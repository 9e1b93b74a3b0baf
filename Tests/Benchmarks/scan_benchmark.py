#!/usr/bin/env python3
"""Measures `juzheng scan` beside its peers on chats that this script invents, and prints one table a question.

    Tests/Benchmarks/scan_benchmark.py --binary .build/release/juzheng [--size MB] [--rounds N] [table …]

Tables (default: all but `instructions`):
  peers         user time of scan, parse, classify, ripgrep with 2,000 phrases, jieba with scikit-learn; runs interleaved
  formats       scan by format and encoding, as JSON lines and as a folder; a second scan with the cache
  curves        time and memory over size, number of files, share of flagged lines, longest line, longest chat
  jobs          wall time with one job and with two
  start         wall time to the first byte on a small file
  instructions  instructions by callgrind, compared with Tests/Benchmarks/instructions.json; --record writes it anew

Times are the least of the rounds of the processor's user and system time of the child, which other work on the machine disturbs least;
wall time is printed where it is the question. ripgrep is Debian's; jieba and scikit-learn are put into a virtual
environment that goes away. Peers that cannot be had are left out and named.
"""

import argparse
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import invented

ROOT = invented.ROOT
TABLES = ["peers", "formats", "curves", "jobs", "start", "instructions"]


def measured(command, stdin=None):
    """Wall seconds, processor seconds and the largest memory in MB of one run, its output thrown away."""
    with open(stdin or os.devnull, "rb") as source, open(os.devnull, "wb") as sink:
        begin = time.monotonic()
        process = subprocess.Popen(command, stdin=source, stdout=sink, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 2):
        sys.exit(f"{command} ended with {process.returncode}")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*cells):
    row(*cells)
    row(*("---" for _ in cells))


def scan(options, *paths, jobs=1, extra=("--format", "jsonl", "--no-cache")):
    return [options.binary, "scan", *map(str, paths), "--jobs", str(jobs), "--no-progress", *extra]


def phrases(path, count=2_000):
    """Fixed phrases of the cue lexicon."""
    words = set()
    for line in (ROOT / "Sources/Classification/Resources/cues.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            words.update(word for word in re.split(r"[\s,，:：]+", line) if len(word) >= 2 and re.fullmatch(r"[\u4e00-\u9fff]+", word))
    chosen = random.Random(1).sample(sorted(words), min(count, len(words)))
    path.write_text("\n".join(chosen) + "\n", encoding="utf-8")


PEER = """
import json, sys, time
import jieba
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
sys.path.insert(0, sys.argv[1])
import invented
everyday, flagged = invented.pools()
jieba.setLogLevel(60)
cut = lambda text: list(jieba.cut(text, HMM=False))
texts = [text for _, text in everyday[:6000]] + [text for _, text in flagged[:2000]]
vectors = TfidfVectorizer(tokenizer=cut, token_pattern=None, ngram_range=(1, 2))
model = LogisticRegression(max_iter=300).fit(vectors.fit_transform(texts), [0] * len(everyday[:6000]) + [1] * len(flagged[:2000]))
lines = [json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8")]
begin = time.process_time()
for at in range(0, len(lines), 2000):
    model.predict(vectors.transform(lines[at : at + 2000]))
print(time.process_time() - begin)
"""


def peer_environment(folder):
    """A Python with jieba and scikit-learn; `None` where it cannot be made."""
    python = folder / "venv/bin/python"
    try:
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True, capture_output=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "jieba", "scikit-learn"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return python


def peers(options, folder):
    text, lines, few = folder / "chat.txt", folder / "chat.jsonl", folder / "few.jsonl"
    size = options.size * 1_000_000
    invented.write(text, size)
    invented.write(lines, size, "plain-jsonl")
    invented.write(few, min(size, 2_000_000), "plain-jsonl")
    phrases(folder / "phrases")
    commands = {
        "juzheng scan, qq-txt": (scan(options, text), None, text),
        "juzheng scan, plain-jsonl": (scan(options, lines), None, lines),
        "juzheng parse, qq-txt": ([options.binary, "parse", str(text)], None, text),
        "juzheng classify": ([options.binary, "classify"], lines, lines),
        "sha256sum": (["sha256sum", str(text)], None, text),
    }
    if shutil.which("rg"):
        commands["ripgrep, 2,000 phrases"] = (["rg", "-j1", "-c", "-F", "-f", str(folder / "phrases"), str(text)], None, text)
    else:
        print("ripgrep is not there: apt-get install ripgrep")
    found = {name: [] for name in commands}
    for _ in range(options.rounds):
        for name, (command, stdin, _) in commands.items():
            found[name].append(measured(command, stdin)[1])
    rates = {name: os.path.getsize(commands[name][2]) / 1e6 / min(times) for name, times in found.items()}
    python = peer_environment(folder)
    if python:
        (folder / "peer.py").write_text(PEER, encoding="utf-8")
        seconds = float(subprocess.check_output([python, folder / "peer.py", str(ROOT / "Tests/Benchmarks"), few], text=True))
        rates["jieba with scikit-learn, classifying only"] = os.path.getsize(few) / 1e6 / seconds
    else:
        print("jieba and scikit-learn could not be installed")
    base = rates["juzheng scan, qq-txt"]
    head("one core", "MB/s", "times scan's time")
    for name, rate in sorted(rates.items(), key=lambda pair: -pair[1]):
        row(name, f"{rate:.2f}", f"{base / rate:.3f}")


def formats(options, folder):
    head("one core", "MB", "s", "MB/s", "memory MB")
    for form, ending in (("qq-txt", "txt"), ("plain-jsonl", "jsonl")):
        for encoding in ("utf-8", "gb18030", "utf-16"):
            path = folder / f"{encoding}.{ending}"
            invented.write(path, options.size * 1_000_000, form, encoding)
            _, seconds, memory = measured(scan(options, path))
            size = os.path.getsize(path) / 1e6
            row(f"{form}, {encoding}", f"{size:.1f}", f"{seconds:.2f}", f"{size / seconds:.2f}", f"{memory:.0f}")
    path = folder / "utf-8.txt"
    size = os.path.getsize(path) / 1e6
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    for name, extra in {
        "evidence folder": ("-o", str(folder / "evidence"), "--force", "--no-cache"),
        "with an empty cache": ("--format", "jsonl"),
        "scanned before": ("--format", "jsonl"),
    }.items():
        _, seconds, memory = measured(scan(options, path, extra=extra))
        row(f"qq-txt, utf-8, {name}", f"{size:.1f}", f"{seconds:.2f}", f"{size / seconds:.2f}", f"{memory:.0f}")


def curves(options, folder):
    most = options.size

    def table(title, cases):
        print(f"\n{title}\n")
        head(title, "MB", "s", "MB/s", "memory MB")
        for name, paths in cases:
            size = sum(os.path.getsize(path) for path in paths) / 1e6
            target = paths[0] if len(paths) == 1 else paths[0].parent
            _, seconds, memory = measured(scan(options, target))
            row(name, f"{size:.1f}", f"{seconds:.2f}", f"{size / seconds:.2f}", f"{memory:.0f}")

    def one(name, size, **more):
        path = folder / f"{name}.txt"
        invented.write(path, int(size * 1e6), **more)
        return [path]

    def many(count):
        place = folder / f"files{count}"
        place.mkdir()
        for number in range(count):
            invented.write(place / f"{number}.txt", most * 1_000_000 // count // 2, chat_length=50, seed=number)
        return sorted(place.iterdir())

    def lines(name, text, count):
        path = folder / f"{name}.jsonl"
        path.write_text((json.dumps({"conversation": "c", "role": "buyer", "text": text}, ensure_ascii=False) + "\n") * count, encoding="utf-8")
        return [path]

    table("size", ((f"{size} MB", one(f"size{size}", size)) for size in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096) if size <= most))
    table("files", ((str(count), many(count)) for count in (1, 10, 100, 1_000, 10_000)))
    table("flagged lines", ((f"{share:.1%}", one(f"share{share}", most / 4, flagged_share=share)) for share in (0, 0.005, 0.05, 0.25, 1)))
    table("messages in a chat", ((f"{length:,}", one(f"chat{length}", most / 2, chat_length=length)) for length in (2, 20, 200, 2_000, 200_000)))
    everyday = "好的亲明天给您发货呢"
    table("longest line", ((f"{length:,} characters", lines(f"line{length}", everyday * (length // 10), most * 10_000 // length)) for length in (100, 1_000, 10_000, 100_000) if length <= most * 10_000))
    near = {"near matches": "不给好差评返现加微信转账解决不然举报" * 3, "one character": "好" * 50, "brackets": "[" * 50, "separators": "好.评.返.现." * 8}
    table("adversarial", ((name, lines(name.replace(" ", "-"), text, most * 1_000_000 // len(text.encode()) // 8)) for name, text in near.items()))


def jobs(options, folder):
    path, place = folder / "chat.txt", folder / "files"
    invented.write(path, options.size * 1_000_000)
    place.mkdir()
    for number in range(16):
        invented.write(place / f"{number}.txt", options.size * 1_000_000 // 16, seed=number)
    head("input", "1 job, s", "2 jobs, s", "times as fast")
    for name, target in (("one file", path), ("16 files", place)):
        times = {1: [], 2: []}
        for _ in range(options.rounds):
            for count in times:
                times[count].append(measured(scan(options, target, jobs=count))[0])
        one, two = (min(times[count]) for count in (1, 2))
        row(name, f"{one:.2f}", f"{two:.2f}", f"{one / two:.2f}")


def start(options, folder):
    path = folder / "small.txt"
    invented.write(path, 1_000, chat_length=5)
    head("command", "ms, least of 20", "processor ms")
    for name, command in {
        "--version": [options.binary, "--version"],
        "classify, no line": [options.binary, "classify"],
        "parse, 1 KB": [options.binary, "parse", str(path)],
        "scan, 1 KB": scan(options, path),
    }.items():
        runs = [measured(command) for _ in range(20)]
        row(name, f"{1000 * min(run[0] for run in runs):.1f}", f"{1000 * min(run[1] for run in runs):.1f}")


def instructions(options, folder):
    """Instructions per byte, and of a start; the same binary and input always give the same count."""
    file = ROOT / "Tests/Benchmarks/instructions.json"
    cpu = pathlib.Path("/proc/cpuinfo")
    if not shutil.which("valgrind") or cpu.exists() and "avx2" not in cpu.read_text():
        return print("left out: it takes valgrind, and a processor with AVX2 as the counts were made on")
    # Valgrind gives up on the debugging information of Swift.
    stripped = folder / "juzheng"
    subprocess.run(["strip", "-o", stripped, options.binary], check=True)
    options.binary = str(stripped)
    text, lines, one = folder / "chat.txt", folder / "chat.jsonl", folder / "one.jsonl"
    invented.write(text, 200_000)
    invented.write(lines, 200_000, "plain-jsonl")
    invented.write(one, 1, "plain-jsonl")
    before = json.loads(file.read_text()) if file.exists() else {}
    counts, failed = {}, []
    head("command", "instructions", "before")
    for name, command, stdin, unit in (
        ("parse qq-txt, a byte", [options.binary, "parse", str(text)], None, os.path.getsize(text)),
        ("parse plain-jsonl, a byte", [options.binary, "parse", str(lines)], None, os.path.getsize(lines)),
        ("scan qq-txt, a byte", scan(options, text), None, os.path.getsize(text)),
        ("classify, a byte", [options.binary, "classify"], lines, os.path.getsize(lines)),
        ("classify one line, millions", [options.binary, "classify"], one, 1_000_000),
    ):
        out = folder / "callgrind.out"
        with open(stdin or os.devnull, "rb") as source:
            subprocess.run(
                ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *command],
                stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True,
            )  # fmt: skip
        total = int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(errors="replace"), re.M)[1])
        counts[name] = round(total / unit, 1)
        row(name, counts[name], before.get(name, "—"))
        if name in before and counts[name] > before[name] * 1.1:
            failed.append(name)
    if options.record:
        file.write_text(json.dumps(counts, indent=2) + "\n")
    elif failed:
        sys.exit(f"a tenth more instructions than before: {', '.join(failed)}; if that is meant, record them anew with --record")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / ".build/release/juzheng"))
    parser.add_argument("--size", type=int, default=16, help="MB of the largest input")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--record", action="store_true", help="write instructions.json anew")
    parser.add_argument("tables", nargs="*", metavar="table", help=", ".join(TABLES))
    options = parser.parse_args()
    options.binary = os.path.abspath(options.binary)
    for name in options.tables or TABLES[:-1]:
        if name not in TABLES:
            parser.error(f"no table {name}")
        print(f"\n## {name}\n", flush=True)
        with tempfile.TemporaryDirectory(prefix="juzheng-benchmark-") as folder:
            globals()[name](options, pathlib.Path(folder))


if __name__ == "__main__":
    main()
