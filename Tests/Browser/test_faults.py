"""Whatever fails, nothing that was decided is lost, and the page says what to do."""

import json

import pytest
from conftest import Program, choose, download, judge, read, review, samples, watch


def decisions(program):
    return [json.loads(line) for line in (program.kept / "decisions.jsonl").read_text().splitlines()]


def decide_and_fill(page):
    page.wait_for_selector(".message.found")
    page.click(".message.found >> nth=0 >> .decide button:has-text('保留')")
    page.wait_for_selector(".tag.kept")
    page.click("[data-step=case]")
    page.fill("#case-common input", "蓝田小铺")
    page.locator("#case-title").click()
    page.wait_for_selector("#case-saved:has-text('已保存')")


def test_closed_tab(browser, page, program):
    review(page, samples())
    decide_and_fill(page)
    page.close()
    again = browser.new_page()
    again.goto(program.address)
    again.wait_for_selector(".tag.kept")
    again.click("[data-step=case]")
    assert again.input_value("#case-common input") == "蓝田小铺"
    again.close()


def test_killed_server(browser, program):
    page = browser.new_page()
    page.goto(program.address)
    review(page, samples())
    decide_and_fill(page)
    program.kill()
    # What cannot be saved says so, and where what was saved is.
    page.click("[data-step=findings]")
    page.click(".message.found >> nth=1 >> .decide button:has-text('保留')")
    page.wait_for_selector(".alert:has-text('重新运行 juzheng serve')")
    page.wait_for_selector(".failed:has-text('没有保存')")
    assert len(decisions(program)) == 1
    page.close()

    program.start()
    page = browser.new_page()
    faults = watch(page, program)
    page.goto(program.address)
    page.wait_for_selector("#inputs li")
    assert page.locator("#inputs li").count() == 6
    read(page)
    judge(page)
    page.wait_for_selector(".tag.kept")
    page.click("[data-step=case]")
    assert page.input_value("#case-common input") == "蓝田小铺"
    page.close()
    assert faults == []


def test_ended_and_started_again(browser, program):
    page = browser.new_page()
    page.goto(program.address)
    review(page, samples())
    decide_and_fill(page)
    page.close()
    assert program.stop() == 0
    assert program.uploads() == []

    program.start()
    page = browser.new_page()
    page.goto(program.address)
    page.wait_for_selector("#earlier:has-text('1 个核对决定')")
    assert samples()[0].name in page.inner_text("#earlier")
    review(page, samples())
    page.wait_for_selector(".tag.kept")
    page.close()


def test_half_an_upload_is_not_taken(browser, program, tmp_path):
    """A server killed in the middle of an upload forgets that upload alone."""
    page = browser.new_page()
    page.goto(program.address)
    choose(page, [samples()[0]])
    page.evaluate("""async () => {
        await fetch('inputs', { method: 'POST', body: JSON.stringify({ inputs: [{ name: 'half.txt', folder: false, files: [{ path: 'half.txt', bytes: 10 }] }] }) });
        await fetch('inputs/2/0/0', { method: 'POST', body: 'abc' });
    }""")
    program.kill()
    program.start()
    page.goto(program.address)
    page.wait_for_selector("#inputs li")
    assert page.locator("#inputs li").count() == 1
    assert not list(program.temporary.rglob("half.txt"))
    page.close()


def test_full_disk(browser, tmp_path):
    program = Program(tmp_path).start(survives_limits=True)
    program.limit(20_000)
    page = browser.new_page()
    page.goto(program.address)
    page.wait_for_selector("#files:not([hidden])")
    big = tmp_path / "big.txt"
    big.write_text("好" * 100_000)
    page.set_input_files("#file-input", str(big))
    page.wait_for_selector(".alert:has-text('磁盘空间不足')")
    assert page.locator("#inputs li").count() == 0
    assert not list(program.temporary.rglob("big.txt"))

    review(page, samples())
    page.click("[data-step=report]")
    page.wait_for_selector("#report-facts li")
    page.click("#download")
    page.wait_for_selector(".alert:has-text('磁盘空间不足')")
    program.limit(1 << 30)
    assert download(page)
    page.close()
    program.stop()


def test_full_disk_while_deciding(browser, tmp_path):
    program = Program(tmp_path).start(survives_limits=True)
    page = browser.new_page()
    page.goto(program.address)
    review(page, samples())
    page.wait_for_selector(".message.found")
    page.click(".message.found >> nth=0 >> .decide button:has-text('保留')")
    page.wait_for_selector(".tag.kept")
    before = (program.kept / "decisions.jsonl").read_bytes()
    program.limit(len(before) + 10)
    page.click(".message.found >> nth=1 >> .decide button:has-text('保留')")
    page.wait_for_selector(".alert:has-text('磁盘空间不足')")
    page.wait_for_selector(".failed:has-text('没有保存')")
    assert (program.kept / "decisions.jsonl").read_bytes() == before
    program.limit(1 << 30)
    page.click("button:has-text('再试一次')")
    page.wait_for_function("() => document.querySelectorAll('.tag.kept').length === 2")
    assert page.locator(".failed").count() == 0
    assert len(decisions(program)) == 2
    page.close()
    program.stop()


def test_unreadable_file(browser, page, program, tmp_path):
    """A file that goes away between being chosen and being sent is named, and the others come in."""
    gone = tmp_path / "没了.txt"
    gone.write_text("一条")
    page.evaluate("""() => {
        const take = Blob.prototype.arrayBuffer;
        const names = new WeakMap();
        const slice = File.prototype.slice;
        File.prototype.slice = function (...range) { const piece = slice.apply(this, range); names.set(piece, this.name); return piece; };
        Blob.prototype.arrayBuffer = function () { return names.get(this) === '没了.txt' ? Promise.reject(new DOMException('', 'NotReadableError')) : take.call(this); };
    }""")
    page.set_input_files("#file-input", [str(samples()[0]), str(gone), str(samples()[1])])
    page.wait_for_selector("#refused:has-text('没了.txt: 读不了')")
    assert page.locator("#inputs li").count() == 2


def test_bad_files_are_named(page, program, tmp_path):
    empty, binary = tmp_path / "空.txt", tmp_path / "乱.bin"
    empty.write_bytes(b"")
    binary.write_bytes(bytes(place * 167 % 256 for place in range(4096)))
    review(page, [samples()[0], empty, binary])
    page.click("#problems summary")
    told = page.inner_text("#problems")
    assert "空.txt" in told and "乱.bin" in told
    page.click("[data-step=report]")
    assert download(page)


def test_cancelled_upload(page, program, tmp_path):
    big = tmp_path / "big.txt"
    big.write_bytes("今天发货吗\n".encode() * 1_000_000)
    # From the fourth piece on the program is slow to answer.
    page.evaluate("""() => {
        const ask = window.fetch;
        let pieces = 0;
        window.fetch = (path, options) => {
            if (window.isQuick || !String(path).startsWith('inputs/') || ++pieces <= 3) return ask(path, options);
            return new Promise((done, failed) => options.signal.addEventListener('abort', () => failed(new DOMException('', 'AbortError'))));
        };
    }""")
    page.set_input_files("#file-input", str(big))
    page.wait_for_function("() => document.querySelector('#upload-bar').value > 0")
    page.click("#upload-cancel")
    page.wait_for_selector(".toast:has-text('已取消')")
    assert page.locator("#inputs li").count() == 0
    assert not list(program.temporary.rglob("big.txt"))
    page.evaluate("() => { window.isQuick = true; }")
    choose(page, [samples()[0]])


def test_two_tabs(browser, page, program):
    review(page, samples())
    page.wait_for_selector(".message.found")
    other = page.context.new_page()
    other.goto(program.address)
    other.wait_for_selector(".message.found")
    page.click(".message.found >> nth=0 >> .decide button:has-text('保留')")
    other.wait_for_selector(".message.found >> nth=0 >> .tag.kept")
    other.click(".message.found >> nth=1 >> .decide button:has-text('保留')")
    other.wait_for_function("() => document.querySelectorAll('.tag.kept').length === 2")
    page.wait_for_function("() => document.querySelectorAll('.tag.kept').length === 2")
    assert len(decisions(program)) == 2

    for tab in (page, other):
        tab.click("[data-step=case]")
        tab.wait_for_selector("#case-common input")
    page.fill("#case-common input", "蓝田小铺")
    page.locator("#case-title").click()
    page.wait_for_selector("#case-saved:has-text('已保存')")
    other.select_option("#case-common select", "tmall")
    other.wait_for_selector("#case-saved:has-text('已保存')")
    case = json.loads((program.kept / "case.json").read_text())
    assert (case["shop"], case["platform"]) == ("蓝田小铺", "tmall")


def test_two_programs(browser, program):
    """A second program at once has a folder of its own and neither disturbs the other."""
    second = Program(program.home).start()
    assert second.address != program.address
    page = browser.new_page()
    page.goto(second.address)
    choose(page, [samples()[0]])
    page.goto(program.address)
    page.wait_for_selector("#files:not([hidden])")
    assert page.locator("#inputs li").count() == 0
    page.close()
    second.stop()
    assert (program.kept.parent / "page-2" / "session.json").exists()


def test_a_port_in_use_is_told(program):
    port = program.address.split(":")[2].split("/")[0]
    other = Program(program.home)
    other.start("--port", port)
    assert other.address == ""
    assert other.process.wait() == 73
    assert "--port" in other.process.stderr.read()


def test_clear(page, program):
    review(page, samples())
    decide_and_fill(page)
    page.click("[data-step=files]")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#clear")
    page.wait_for_selector("#chosen", state="hidden")
    assert not (program.kept / "decisions.jsonl").exists()
    assert not (program.kept / "case.json").exists()
    assert not [path for path in program.temporary.rglob("*") if path.is_file()]


def busy(program):
    """The processor time that the program has used, in clock ticks."""
    with open(f"/proc/{program.process.pid}/stat") as file:
        return sum(int(number) for number in file.read().rsplit(")", 1)[1].split()[11:13])


def comes_to_rest(page, program):
    before = -1
    while busy(program) != before:
        before = busy(program)
        page.wait_for_timeout(400)


def test_cancelled_judging(page, program, tmp_path):
    """It is given up in earnest: the program comes to rest, and the same files can be judged again."""
    big = tmp_path / "big.jsonl"
    line = {"conversation": "c", "sender": "甲", "role": "buyer", "text": "不给我转500就差评"}
    big.write_text("".join(json.dumps(line | {"conversation": f"c{place}"}) + "\n" for place in range(60_000)))
    page.set_default_timeout(180_000)
    choose(page, [big])
    read(page)
    page.click("#me-form button[type=submit]")
    page.click("#judging button:has-text('取消')")
    page.wait_for_selector("#me-form:not([hidden])")
    comes_to_rest(page, program)
    page.click("[data-step=files]")
    page.click("#inputs button")
    page.wait_for_selector("#inputs li", state="detached")
    review(page, samples())
    page.wait_for_selector(".message.found")


def test_cancelled_reading(page, program, tmp_path):
    """A large file is not read to its end when nobody waits for it any more; then it can be read again."""
    big = tmp_path / "big.txt"
    with open(big, "w") as file:
        for place in range(1_500_000):
            file.write(f"2024-05-{1 + place // 60_000:02} 12:{place % 60:02}:00 甲(10001)\n这条是第 {place} 条\n\n")
    page.set_default_timeout(180_000)
    choose(page, [big])
    page.click("#read")
    page.click("#reading button:has-text('取消')")
    page.wait_for_selector("#chosen:not([hidden])")
    assert page.locator("[data-step=files][aria-current]").count() == 1
    comes_to_rest(page, program)
    page.click("#inputs button")
    page.wait_for_selector("#inputs li", state="detached")
    review(page, samples())
    page.wait_for_selector(".message.found")


def test_full_disk_while_judging(browser, tmp_path):
    program = Program(tmp_path).start(survives_limits=True)
    page = browser.new_page()
    page.goto(program.address)
    choose(page, samples())
    read(page)
    program.limit(4_000)
    page.click("#me-form button[type=submit]")
    page.wait_for_selector(".alert:has-text('磁盘空间不足')")
    program.limit(1 << 30)
    page.wait_for_selector("#me-form:not([hidden])")
    judge(page)
    page.wait_for_selector(".message.found")
    page.close()
    program.stop()
