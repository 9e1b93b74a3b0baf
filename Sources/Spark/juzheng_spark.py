#!/usr/bin/env python3
"""Classifies any number of plain-jsonl files on Apache Spark, through the filter `juzheng classify`.

    spark-submit Sources/Spark/juzheng_spark.py --input 'chats/*.jsonl' --output findings --binary .build/release/juzheng

Each line of the output is the input's object with the filter's keys added: `labels`, `scores`, `category` and so on; the
output's parts, one after another, have the lines in the order of the input (files by name). However many partitions
there are, the outcome is that of `cat FILES | juzheng classify`: lines of one conversation are judged together. Lines of
one conversation that are scattered over a file are one conversation too.

A line that is no object with a text gets the key `error` instead; one that is no JSON object becomes
`{"line": …, "error": …}`. Blank lines are left out. Spark tries a partition again that fails or whose worker was killed,
and writes the output's parts whole or not at all; `_SUCCESS` stands in the folder when all is there.
"""

import argparse
import json
import subprocess
import sys
import threading
import zlib

# Keys of a line that bear on its judgement; the conversation goes by the name that keeps it apart from all others.
FILTER_KEYS = ("text", "role", "sender", "channel", "time")
# What the filter answers to a line without an id begins with this.
NO_ID = '{"id":null,'


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--input", required=True, help="plain-jsonl files: a pattern, or several with commas between")
    parser.add_argument("--output", required=True, help="a folder that does not exist yet")
    parser.add_argument("--binary", required=True, help="the program juzheng, at the same path on every worker")
    parser.add_argument("--partitions", type=int, help="how many pieces the work is cut into; the outcome is the same")
    return parser.parse_args()


def parsed(line):
    """The object of a line; `None` where it is none."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def conversation(record):
    """The name of a line's conversation within its file; `None` for a line that stands alone.

    A record may say itself from which file it comes.
    """
    if not record or not isinstance(record.get("conversation"), str):
        return None
    return json.dumps([record.get("file"), record["conversation"]], ensure_ascii=False)


def stable_hash(text):
    """The same on every worker, which Python's own is not."""
    return zlib.crc32(text.encode())


def answers(binary, lines):
    """Runs the filter over ((group, position), line), sorted, and yields (position, output line).

    A thread feeds the filter, which holds back what may still change; so no more than that is in memory.
    """
    process = subprocess.Popen([binary, "classify"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    waiting, fault = [], []
    room = threading.Semaphore(20_000)

    def feed():
        try:
            for (group, position), line in lines:
                record = parsed(line)
                request = {key: record[key] for key in FILTER_KEYS if key in record} if record else {}
                if conversation(record) is not None:
                    request["conversation"] = group
                room.acquire()
                waiting.append((position, line, record))
                process.stdin.write(json.dumps(request, ensure_ascii=False).encode() + b"\n")
            process.stdin.close()
        except BrokenPipeError:
            pass  # The filter ended early, which is told below.
        except BaseException as error:  # Spark listens in the other thread.
            fault.append(error)
            process.kill()

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    done = 0
    waiting_from = 0
    for answer in process.stdout:
        position, line, record = waiting[done - waiting_from]
        done += 1
        if done - waiting_from >= 4_096:
            del waiting[: done - waiting_from]
            waiting_from = done
        room.release()
        yield position, merged(line, record, answer.decode().rstrip("\n"))
    process.wait()
    room.release()
    feeder.join()
    if fault:
        raise fault[0]
    if process.returncode != 0 or len(waiting) + waiting_from != done:
        # Spark tries the partition again.
        raise RuntimeError(f"juzheng ended with {process.returncode} after {done} lines")


def merged(line, record, answer):
    """The line's object, as it was written, with the answer's keys."""
    if record is None:
        record = {"line": line}
        line = json.dumps(record, ensure_ascii=False)
    said = json.loads(answer)
    del said["id"]
    if not answer.startswith(NO_ID) or not record or said.keys() & record.keys():
        return json.dumps({**record, **said}, ensure_ascii=False)
    return line.strip()[:-1].rstrip() + "," + answer[len(NO_ID) :]


def main():
    options = arguments()
    from pyspark.sql import SparkSession

    context = SparkSession.builder.appName("juzheng").getOrCreate().sparkContext
    files, total = input_files(context, options.input)
    lines = numbered(context, [path for path, _ in files])
    count = options.partitions or max(lines.getNumPartitions(), context.defaultParallelism)
    binary = options.binary

    joins = continued(lines)

    def keyed(numbered_line):
        (file, offset), line = numbered_line
        name = conversation(parsed(line))
        position = starts[file] + offset
        if name is None:
            return (f"{position}", position), line
        file = joins.get((file, name), file)
        return (f"{file} {name}", position), line

    starts = [start for _, start in files]
    chats = lines.map(keyed).repartitionAndSortWithinPartitions(count, lambda key: stable_hash(key[0]))
    results = chats.mapPartitions(lambda part: answers(binary, part))
    ordered = results.repartitionAndSortWithinPartitions(count, lambda position: position * count // max(1, total))
    ordered.values().saveAsTextFile(options.output)
    context.stop()


def input_files(context, patterns):
    """The files that the patterns name, by name, each with the bytes before it; and the bytes of all."""
    hadoop = context._jvm.org.apache.hadoop.fs
    sizes = {}
    for pattern in patterns.split(","):
        path = hadoop.Path(pattern)
        for status in path.getFileSystem(context._jsc.hadoopConfiguration()).globStatus(path) or []:
            if status.isFile():
                sizes[status.getPath().toString()] = status.getLen()
    if not sizes:
        sys.exit(f"no files: {patterns}")
    files, start = [], 0
    for path in sorted(sizes):
        files.append((path, start))
        start += sizes[path]
    return files, start


def numbered(context, files):
    """All lines but blank ones, each with its file's number and its offset there."""

    def of(number, path):
        pairs = context.newAPIHadoopFile(
            path,
            "org.apache.hadoop.mapreduce.lib.input.TextInputFormat",
            "org.apache.hadoop.io.LongWritable",
            "org.apache.hadoop.io.Text",
        )
        return pairs.filter(lambda pair: pair[1].strip()).map(lambda pair: ((number, pair[0]), pair[1]))

    return context.union([of(number, path) for number, path in enumerate(files)])


def continued(lines):
    """For conversations with which a file goes on where the one before it ended: the file in which they began."""

    def ends(pair):
        (file, offset), line = pair
        end = (offset, conversation(parsed(line)))
        return file, (end, end)

    found = lines.map(ends).reduceByKey(lambda a, b: (min(a[0], b[0]), max(a[1], b[1]))).collect()
    joins, before = {}, None
    for file, ((_, first), (_, last)) in sorted(found):
        if before and first is not None and first == before[1]:
            joins[(file, first)] = joins.get((before[0], first), before[0])
        before = (file, last)
    return joins


if __name__ == "__main__":
    main()
