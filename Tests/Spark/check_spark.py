#!/usr/bin/env python3
"""Runs Sources/Spark/juzheng_spark.py on a real Spark with two executors and compares with `cat | juzheng classify`.

    check_spark.py BINARY SPARK_PYTHON

SPARK_PYTHON is a Python with pyspark. The cluster is `local-cluster[2,1,1024]`: a master and two workers with an executor
process each, on this machine. Unlike `local[N]`, whose tasks share one process and are not tried again, its executors can
be killed one by one. In the second run an executor and, later, a filter are killed in the middle of their work.
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
binary, spark_python = (os.path.abspath(path) for path in sys.argv[1:3])
LINES = [
    "在吗", "这件什么时候发货", "有好评返现吗", "不给我转500就给你差评", "2000解决 不然去12315", "亲 今天发", "好的",
    "加我微信 shuadan888 日结三百", "收到了 谢谢", "物流三天没动了", "抱歉我们不接受",
]  # fmt: skip


def make_input(folder):
    """Files of conversations, one of which goes on in the next file, and lines that are none."""
    chance = random.Random(3)
    lines = []
    for chat in range(120):
        for number in range(chance.randrange(1, 40)):
            role = "buyer" if number % 2 == 0 else "seller"
            record = {"id": len(lines), "conversation": f"c{chat}", "role": role, "text": chance.choice(LINES)}
            if chat % 7 == 0:
                del record["conversation"]
            lines.append(json.dumps(record, ensure_ascii=chat % 2 == 0))
        if chat == 9:
            lines += ["no object", '{"id": 9}', '{"text": "给我200", "labels": ["old"], "number": 1.50}']
    third = len(lines) // 3
    for number in range(3):
        (folder / f"part{number}.jsonl").write_text("\n".join(lines[third * number : third * (number + 1)]) + "\n", encoding="utf-8")
    return lines[: 3 * third]


def expected(lines):
    answers = subprocess.run([binary, "classify"], input="\n".join(lines).encode(), capture_output=True, check=True)
    merged = []
    for line, answer in zip(lines, answers.stdout.decode().splitlines(), strict=True):
        said = json.loads(answer)
        said.pop("id")
        try:
            record = json.loads(line)
        except ValueError:
            record = {"line": line}
        merged.append({**record, **said})
    return merged


def descendants(pid):
    """Processes below one, as (pid, command line)."""
    children = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            children.setdefault(parent, []).append((int(entry.name), (entry / "cmdline").read_bytes().decode(errors="replace")))
        except OSError:
            continue
    found, open_ = [], [pid]
    while open_:
        for child in children.get(open_.pop(), []):
            found.append(child)
            open_.append(child[0])
    return found


def kill_in_the_middle(process, killed):
    """Kills an executor at work, and a filter of those that remain."""
    for mark in ("CoarseGrainedExecutorBackend", "slow-juzheng"):
        while process.poll() is None:
            below = descendants(process.pid)
            at_work = any("slow-juzheng" in command for _, command in below)
            # The launchers of the executors name them too.
            targets = [pid for pid, command in below if mark in command and ("java" in command.split("\0")[0] or mark == "slow-juzheng")]
            if at_work and targets:
                time.sleep(0.5)
                try:
                    os.kill(targets[0], signal.SIGKILL)
                except ProcessLookupError:
                    continue
                killed.append(mark)
                break
            time.sleep(0.1)


def run(folder, output, program, partitions, kill=False):
    command = [
        spark_python, str(ROOT / "Sources/Spark/juzheng_spark.py"), "--input", str(folder / "*.jsonl"), "--output", str(output),
        "--binary", str(program), "--partitions", str(partitions),
    ]  # fmt: skip
    home = subprocess.check_output([spark_python, "-c", "import pyspark; print(pyspark.__path__[0])"], text=True).strip()
    environment = {
        **os.environ, "SPARK_HOME": home, "PYSPARK_PYTHON": spark_python, "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder), "SPARK_WORKER_DIR": str(folder / "workers"),
        "PYSPARK_SUBMIT_ARGS": "--master local-cluster[2,1,1024] --conf spark.ui.enabled=false --conf spark.executor.memory=1g pyspark-shell",
    }  # fmt: skip
    log = open(folder / "spark.log", "ab")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder)
    killed = []
    if kill:
        thread = threading.Thread(target=kill_in_the_middle, args=(process, killed))
        thread.start()
        thread.join()
    if process.wait() != 0:
        sys.stderr.write((folder / "spark.log").read_text(errors="replace")[-6_000:])
        sys.exit(f"the driver ended with {process.returncode}")
    assert (output / "_SUCCESS").exists()
    lines = "".join(part.read_text(encoding="utf-8") for part in sorted(output.glob("part-*"))).splitlines()
    return [json.loads(line) for line in lines], lines, killed


def compare(found, wanted):
    for number, (one, other) in enumerate(zip(found, wanted)):
        assert one == other, f"line {number + 1}: {one} is not {other}"
    assert len(found) == len(wanted), (len(found), len(wanted))


def main():
    with tempfile.TemporaryDirectory(prefix="juzheng-spark-") as name:
        folder = pathlib.Path(name)
        lines = make_input(folder)
        wanted = expected(lines)
        assert any(record.get("labels") == ["extortion"] for record in wanted)

        found, text, _ = run(folder, folder / "out1", binary, 5)
        compare(found, wanted)
        # What was written before the added keys stays as it was.
        whole = [(line, out) for line, out in zip(lines, text) if line.startswith('{"id"')]
        assert all(out.startswith(line[:-1] + ",") for line, out in whole)
        print(f"{len(found)} lines, 5 partitions, 2 executors: the same as one process")

        slow = folder / "slow-juzheng"
        slow.write_text(f'#!/bin/bash\nsleep 2\nexec -a slow-juzheng "{binary}" "$@"\n')
        slow.chmod(0o755)
        found, _, killed = run(folder, folder / "out2", slow, 3, kill=True)
        assert "CoarseGrainedExecutorBackend" in killed, killed
        compare(found, wanted)
        print(f"killed in the middle: {', '.join(killed)}; still the same")


if __name__ == "__main__":
    main()
