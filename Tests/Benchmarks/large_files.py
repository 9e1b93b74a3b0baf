#!/usr/bin/env python3
"""Measures `juzheng parse` on single large files of many formats, and prints one table.

    Tests/Benchmarks/large_files.py --binary .build/release/juzheng [--size MB] [--command "parse"] [kind …]

Each file is invented, read once with its output thrown away, and deleted. Time is the
processor's; own memory is the largest anonymous memory seen, the peak counts pages of the mapped file too, as the system does.
"""

import argparse
import base64
import os
import subprocess
import sys
import tempfile
import time

RULE = "=" * 64
SAID = ["在吗", "这件有货吗，想要蓝色的", "有的，今天下单明天发", "不给退款就差评", "好的亲\n快递单号发您了", "谢谢"]


def qq_text(i):
    hour = i // 3600 % 24
    return f"2020-02-{i // 86400 % 28 + 1:02d} {hour}:{i // 60 % 60:02d}:{i % 60:02d} {('城南老陈', '小铺掌柜')[i % 2]}\n{SAID[i % 6]}\n\n"


def sms(i):
    said = SAID[i % 6].replace("\n", "&#10;")
    return (
        f'<sms protocol="0" address="+86138000{i % 90:05d}" date="{1600000000000 + i * 1000}" type="{i % 2 + 1}" subject="null" '
        f'body="{said} &#55357;&#56397;" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" '
        f'contact_name="示例老陈" />')


def mms(i):
    data = base64.b64encode(bytes([i % 256]) * 48_000).decode()
    return (
        f'<mms date="{1600000000000 + i * 1000}" msg_box="1" address="+8613800000000" m_type="132"><parts>'
        f'<part seq="0" ct="image/jpeg" name="a.jpg" data="{data}" /><part seq="1" ct="text/plain" text="看图" /></parts></mms>')


def mht_row(i):
    return (
        "<tr><td><div style=color:#006EFE;padding-left:10px;><div style=float:left;margin-right:6px;>"
        f"{('城南老陈', '小铺掌柜')[i % 2]}</div>{i // 3600 % 24}:{i // 60 % 60:02d}:{i % 60:02d}</div><div style=padding-left:20px;>"
        f"<font style=\"font-size:10pt;\" color='000000'>{SAID[i % 6].replace(chr(10), '<br>')}</font></div></td></tr>\n")


BOUNDARY = "----=_NextPart_0A1B2C3D_4E5F_4a6b_8C7D.9E0F1A2B3C4D"
MHT = (
    f'From: <Save by Tencent MsgMgr>\nSubject: Tencent IM Message\nMIME-Version: 1.0\nContent-Type:multipart/related;\n\tcharset="utf-8"\n'
    f'\ttype="text/html";\n\tboundary="{BOUNDARY}"\n\n--{BOUNDARY}\nContent-Type: text/html\nContent-Transfer-Encoding:7bit\n\n'
    "<html><body><table width=100% cellspacing=0><tr><td><div style=padding-left:10px;>消息分组:我的好友</div></td></tr>"
    "<tr><td><div style=padding-left:10px;>消息对象:城南老陈</div></td></tr><tr><td style=border-bottom-width:1px;>日期: 2020-02-11</td></tr>")


def picture(i):
    data = base64.encodebytes(i.to_bytes(8, "big") * 6_000).decode()
    return f"--{BOUNDARY}\nContent-Type:image/jpeg\nContent-Transfer-Encoding:base64\nContent-Location:{{{i}}}.dat\n\n{data}\n"


QCE = (
    '{"metadata":{"name":"QQChatExporter V5 / https://github.com/shuakami/qq-chat-exporter"},\n"chatInfo":{"name":"老陈","type":"private",'
    '"selfUid":"u_me","selfUin":"999"},\n"messages":[\n')


def qce(i):
    said = SAID[i % 6].replace("\n", "\\n")
    return (
        f'{{"id":"{i}","timestamp":{1600000000000 + i * 1000},"sender":{{"uid":"u_p","uin":"{12345 + i % 2}","name":"城南老陈"}},"type":"type_1",'
        f'"content":{{"text":"{said}","elements":[{{"type":"text","data":{{"text":"{said}"}}}}],"resources":[],"mentions":[]}}}},\n')


def table(i):
    return f'{i},2020-02-11 10:{i // 60 % 60:02d}:{i % 60:02d},{("城南老陈", "小铺掌柜")[i % 2]},"{SAID[i % 6]}"\n'


def vmg(i):
    return (
        "BEGIN:VMSG\nVERSION:1.1\nX-IRMC-BOX:INBOX\nBEGIN:VCARD\nTEL:13800000000\nEND:VCARD\nBEGIN:VENV\nBEGIN:VBODY\n"
        f"Date:22.10.2007 06:{i // 60 % 60:02d}:{i % 60:02d}\n{SAID[i % 6]}\nEND:VBODY\nEND:VENV\nEND:VMSG\n")


HEAD = f"消息记录（此消息记录为文本格式，不支持重新导入）\n\n{RULE}\n消息分组:我的好友\n{RULE}\n消息对象:城南老陈\n{RULE}\n\n"
SMSES = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><smses count=\"1\">"

# What each kind is made of: its head, a record by number, its end, and its character set.
KINDS = {
    "qq-txt": (HEAD, qq_text, "", "utf-8-sig"),
    "qq-txt, GB18030": (HEAD, qq_text, "", "gb18030"),
    "qq-txt, UTF-16LE": (HEAD, qq_text, "", "utf-16-le"),
    "qianniu-copy": ("", lambda i: qq_text(i).rstrip("\n")[20:].replace("\n", f" 2025-9-19 17:{i // 60 % 60}:{i % 60:02d}\n", 1) + "\n", "", "utf-8"),
    "qq-mht, rows": (MHT, mht_row, f"</table></body></html>\n--{BOUNDARY}--\n", "utf-8-sig"),
    "qq-mht, pictures": (MHT + mht_row(0) + "</table></body></html>\n", picture, f"--{BOUNDARY}--\n", "utf-8-sig"),
    "sms-backup-xml in one line": (SMSES, sms, "</smses>", "utf-8"),
    "sms-backup-xml, pictures": (SMSES, mms, "</smses>", "utf-8"),
    "sms-vmg": ("", vmg, "", "utf-8"),
    "qce-json": (QCE, qce, '{"id":"x"}]}\n', "utf-8"),
    "qce-json in one line": (QCE.replace("\n", ""), lambda i: qce(i).rstrip("\n"), '{"id":"x"}]}', "utf-8"),
    "generic-table": ("序号,时间,发送人,内容\n", table, "", "utf-8"),
    "plain-jsonl": ("", lambda i: f'{{"conversation":"c","sender":"s{i % 2}","text":"在吗 {i}"}}\n', "", "utf-8"),
}


def write(path, kind, size):
    head, record, end, encoding = KINDS[kind]
    with open(path, "wb") as out:
        out.write(head.encode(encoding))
        encoding = encoding.replace("utf-8-sig", "utf-8")
        i = 0
        while out.tell() < size:
            out.write("".join(record(j) for j in range(i, i + 200)).encode(encoding))
            i += 200
        out.write(end.encode(encoding))


def memory(pid):
    """The process's anonymous memory now, and the most it ever had with pages of files, in MB."""
    try:
        with open(f"/proc/{pid}/status") as status:
            values = {name: words for name, _, words in (line.partition(":") for line in status)}
        return int(values["RssAnon"].split()[0]) / 1024, int(values["VmHWM"].split()[0]) / 1024
    except (OSError, KeyError):
        return 0, 0


def measured(command):
    """Processor seconds, largest own memory and largest memory in MB of one run, its output thrown away."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    own = peak = 0
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        # What the system tells at the end counts this script's memory too.
        now, most = memory(process.pid)
        own, peak = max(own, now), max(peak, most)
        time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 2):
        sys.exit(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, own, peak


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", required=True)
    options.add_argument("--size", type=int, default=200, help="MB of each file")
    options.add_argument("--command", default="parse")
    options.add_argument("kinds", nargs="*", default=list(KINDS))
    options = options.parse_args()
    print(f"| {options.size} MB of | s | MB/s | own memory, MB | peak, MB |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for kind in options.kinds:
            path = os.path.join(folder, "chat")
            write(path, kind, options.size << 20)
            seconds, own, peak = measured([options.binary, *options.command.split(), path])
            print(f"| {kind} | {seconds:.1f} | {options.size / seconds:.1f} | {own:.1f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()
