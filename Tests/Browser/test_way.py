"""The whole way, from files to the archive, against what `scan` writes."""

import json
import shutil
import zipfile

from conftest import choose, download, judge, own, read, review, samples


def options(program, names):
    """The options under which `scan` makes what the page makes."""
    given = [option for name in names for option in ("--me", name)]
    for option, file in (("--decisions", "decisions.jsonl"), ("--case", "case.json")):
        if (program.kept / file).exists():
            given += [option, str(program.kept / file)]
    return given


def test_download_is_what_scan_writes(page, program, tmp_path):
    names = review(page, samples())
    assert "蓝田小铺" in names

    # Keep one finding, dismiss two with a reason.
    page.wait_for_selector(".message.found")
    page.click(".message.found >> nth=0 >> .decide button:has-text('保留')")
    page.wait_for_selector(".tag.kept")
    for place in (1, 2):
        page.click(f".message.found >> nth={place} >> .decide button:has-text('排除')")
        page.fill(".reason form input", "玩笑")
        page.click("button:has-text('确定排除')")
        page.wait_for_function("count => document.querySelectorAll('.message.dismissed').length === count", arg=place)

    page.click("#to-case")
    page.select_option("#case-common select", "taobao")
    page.fill("#case-common input", "蓝田<b>小铺</b>")
    card = page.locator(".incident").first
    buyer = card.locator("summary bdi").inner_text()
    card.locator("label:has-text('订单号') input").fill("1234567890 22334455")
    card.locator("label:has-text('实付金额') input").fill("39.9")
    card.locator("label:has-text('举证号') input").fill("JZH20221226")
    card.locator("label:has-text('评价时间') input[type=date]").fill("2022-12-26")
    card.locator("label:has-text('评价时间') input[type=time]").fill("12:30")
    card.locator("label:has-text('互评') select").select_option("yes")
    page.locator("#case-title").click()
    page.wait_for_selector("text=投诉截止：2023-01-25")
    case = json.loads((program.kept / "case.json").read_text())
    assert case["platform"] == "taobao"
    assert case["cases"] == [{
        "buyer": buyer, "orders": ["1234567890", "22334455"], "price": "39.9", "proof_number": "JZH20221226",
        "review_time": "2022-12-26 12:30", "both_rated": True,
    }]

    page.click("#to-report")
    page.wait_for_selector("#report-facts li")
    report = page.frame_locator("#preview")
    report.locator("h1").wait_for()
    assert "聊天记录证据报告" in report.locator("h1").inner_text()
    assert "您排除了 2 处" in page.inner_text("#report-facts")
    got = download(page)
    assert got == program.scan(samples(), *options(program, names), output=tmp_path / "out")


def test_folder_and_files_of_one_name(page, program, tmp_path):
    folder = tmp_path / "我的聊天"
    (folder / "内层").mkdir(parents=True)
    (folder / ".hidden").write_text("no chat")
    for place, path in enumerate(samples()):
        shutil.copy(path, folder / ("内层" if place % 2 else ".") / path.name)
    twin = tmp_path / "twin" / samples()[0].name
    twin.parent.mkdir()
    shutil.copy(samples()[3], twin)

    page.set_input_files("#folder-input", str(folder))
    page.wait_for_selector("#inputs li")
    choose(page, [samples()[0]])
    choose(page, [twin])
    assert "6 个文件" in page.inner_text("#inputs")
    read(page)
    names = own(page)
    judge(page)
    page.click("[data-step=report]")
    got = download(page)
    assert got == program.scan([folder, samples()[0], twin], *options(program, names), output=tmp_path / "out")


def test_nobody_ticked(page, program, tmp_path):
    choose(page, samples())
    read(page)
    for box in page.query_selector_all("#names input:checked"):
        box.uncheck()
    judge(page)
    page.click("[data-step=report]")
    assert download(page) == program.scan(samples(), output=tmp_path / "out")


def test_what_the_seller_said_is_shown_to_him_alone(page, program, tmp_path):
    chat = tmp_path / "c.jsonl"
    said = [("甲", "buyer", "不给我转500就差评"), ("店", "seller", "好评返现5元，加微信发截图"), ("店", "seller", "你这个傻逼，<b>我</b>知道你家地址")]
    chat.write_text("".join(json.dumps({"conversation": "c", "sender": who, "role": role, "text": text}) + "\n" for who, role, text in said))
    review(page, [chat])
    page.click("[data-step=report]")
    page.wait_for_selector("#own-check[open]")
    check = page.frame_locator("#own-preview")
    check.locator("h1:has-text('不随投诉上传')").wait_for()
    assert "<b>我</b>知道你家地址" in check.locator("body").inner_text()
    archive = tmp_path / "got.zip"
    archive.write_bytes(download(page))
    assert not [name for name in zipfile.ZipFile(archive).namelist() if "seller-check" in name or "private" in name]


def test_keys_work_wherever_one_stands(page, program):
    """After judging, without a click into the chat."""
    review(page, samples())
    page.wait_for_selector(".message.current")
    page.keyboard.press("y")
    page.wait_for_selector(".tag.kept")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.wait_for_selector(".reason form input:focus")
    # Letters that are typed are no commands.
    page.keyboard.type("jyx")
    page.keyboard.press("Enter")
    page.wait_for_selector(".message.dismissed")
    page.wait_for_function("() => document.querySelectorAll('.tag.kept').length === 1")


def test_nothing_found(page, program, tmp_path):
    chat = tmp_path / "chat.jsonl"
    chat.write_text("".join(
        json.dumps({"conversation": "c", "sender": sender, "role": role, "time": f"2024-05-06 12:0{minute}:00", "text": text}, ensure_ascii=False) + "\n"
        for minute, (sender, role, text) in enumerate([("甲", "buyer", "什么时候发货"), ("店", "seller", "今天发")])
    ))
    names = review(page, [chat])
    assert "没有标出" in page.inner_text("#chats")
    page.click("#filter-all")
    page.click("#chats button")
    page.wait_for_selector(".message")
    assert page.locator(".message").count() == 2
    page.click("[data-step=report]")
    assert download(page) == program.scan([chat], *options(program, names), output=tmp_path / "out")


def test_undo_and_filters(page, program):
    review(page, samples())
    page.wait_for_selector(".message.found")
    total = page.inner_text("#chats-title")
    page.click(".message.found >> nth=0 >> .decide button:has-text('保留')")
    page.wait_for_selector(".toast:has-text('已保留')")
    assert len((program.kept / "decisions.jsonl").read_text().splitlines()) == 1
    page.click(".toast button")
    page.wait_for_selector(".toast:has-text('已撤销')")
    assert (program.kept / "decisions.jsonl").read_text() == ""

    page.select_option("#filter-category", "ad.parttime" if page.locator("#filter-category option[value='ad.parttime']").count() else {"index": 1})
    assert page.inner_text("#chats-title") != total
    page.click("#filter-form button[type=reset]")
    page.wait_for_function("text => document.querySelector('#chats-title').innerText === text", arg=total)
    page.fill("#filter-from", "2025-01-01")
    assert page.inner_text("#chats-title") != total
    page.fill("#filter-from", "")
    page.fill("#filter-person", "随风")
    assert page.locator("#chats button").count() == 1
    page.fill("#filter-person", "")
    page.select_option("#filter-level", "submit")
    assert set(page.eval_on_selector_all("#chats .tag", "tags => tags.map((tag) => tag.innerText)")) == {"可提交"}


def test_end_removes_the_files(page, program):
    choose(page, samples())
    assert len(program.uploads()) == 1
    assert program.uploads()[0].stat().st_mode & 0o077 == 0
    assert program.kept.stat().st_mode & 0o077 == 0
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#quit")
    page.wait_for_selector("text=已结束")
    assert program.process.wait() == 0
    assert program.uploads() == []


def test_a_dropped_folder_is_taken(page, program, tmp_path):
    """As the desktop drops it, with what lies below it."""
    folder = tmp_path / "聊天"
    (folder / "内层").mkdir(parents=True)
    shutil.copy(samples()[0], folder / samples()[0].name)
    shutil.copy(samples()[3], folder / "内层" / samples()[3].name)
    box = page.locator("#drop").bounding_box()
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 20}
    mouse = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(folder), str(samples()[1])], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        mouse.send("Input.dispatchDragEvent", {"type": kind, **place, "data": data})
    page.wait_for_function("() => document.querySelectorAll('#inputs li').length === 2")
    told = page.inner_text("#inputs")
    assert "聊天" in told and "2 个文件" in told and samples()[1].name in told


def test_the_preview_says_that_it_is_being_made(page):
    """In the dark too the report stands there in the end, and until then words."""
    page.emulate_media(color_scheme="dark")
    review(page, samples())
    held = []
    page.route("**/report.html*", lambda route: held.append(route))

    def let_through():
        while not held:
            page.wait_for_timeout(20)
        held.pop().continue_()

    page.click("[data-step=report]")
    page.wait_for_selector("#preview-making:has-text('正在生成')")
    assert page.locator("#preview").is_hidden()
    let_through()
    # The frame asks for it again.
    let_through()
    page.wait_for_selector("#preview:not([hidden])")
    page.unroute("**/report.html*")
    assert page.locator("#preview-making").is_hidden()
    body = page.frame_locator("#preview").locator("body")
    ink, paper = body.evaluate("body => [getComputedStyle(body).color, getComputedStyle(body).backgroundColor]")
    assert "rgb(23, 24, 26)" == paper and ink != paper
    # A picture of nothing is small.
    page.locator("#preview").scroll_into_view_if_needed()
    assert len(page.locator("#preview").screenshot()) > 20_000

    # Looking at it again is no step of its own for the way back.
    page.click("[data-step=findings]")
    page.click(".message.found >> nth=0 >> .decide button:has-text('保留')")
    page.wait_for_selector(".tag.kept")
    page.click("[data-step=report]")
    page.wait_for_selector("#preview:not([hidden])")
    page.go_back()
    page.wait_for_selector("#findings:not([hidden])")


def test_a_preview_that_cannot_be_made_says_so(page, program):
    review(page, samples())
    page.route("**/report.html*", lambda route: route.fulfill(status=507, json={"error": "no-space", "subject": ""}))
    page.click("[data-step=report]")
    page.wait_for_selector(".alert:has-text('磁盘空间不足')")
    page.wait_for_selector("#preview-making:has-text('没有生成')")


def test_english_all_the_way(page, program, tmp_path):
    """Whatever the program says itself is English; what stands in the chats stays as it is."""
    page.goto(f"{program.address}?language=en")
    page.wait_for_selector("#files:not([hidden])")

    def chinese():
        return page.evaluate(r"""() => {
            const theirs = 'bdi, .bubble, .excerpt, .cues, #chat-source, #inputs b, #switch, script, style, option[value=""]';
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const found = [];
            while (walk.nextNode()) {
                const { parentElement: element, data } = walk.currentNode;
                const words = data.replaceAll('举证号', '').replace('举报 → 生成投诉', '');
                if (/\p{Script=Han}/u.test(words) && !element.closest(theirs) && element.checkVisibility()) found.push(words);
            }
            for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]'))
                for (const name of ['title', 'placeholder']) if (/\p{Script=Han}/u.test(one.getAttribute(name) ?? '')) found.push(one.getAttribute(name));
            return found;
        }""")

    bad, empty = tmp_path / "bad.csv", tmp_path / "empty.txt"
    bad.write_text("时间,发送人,内容\n2024-01-01 10:00:00,甲,你好\n2024-01-01,乙\n")
    empty.write_bytes(b"")
    page.click("#how summary")
    choose(page, [*samples(), bad, empty])
    assert chinese() == []
    read(page)
    assert chinese() == []
    judge(page)
    page.click("#problems summary")
    assert "bad.csv line 3: This row has too few columns" in page.inner_text("#problems")
    for button in page.query_selector_all("#chats button"):
        button.click()
        page.wait_for_selector(".message")
        page.evaluate("document.querySelectorAll('.reason details').forEach((one) => { one.open = true; })")
        assert chinese() == []
    page.click("[data-step=case]")
    page.wait_for_selector(".incident")
    page.evaluate("document.querySelectorAll('.incident').forEach((one) => { one.open = true; })")
    assert page.locator(".missing li").count() > 10
    assert chinese() == []
    page.click("[data-step=report]")
    page.wait_for_selector("#preview:not([hidden])")
    page.evaluate("document.querySelectorAll('#report details').forEach((one) => { one.open = true; })")
    assert chinese() == []


def test_english(page, program):
    review(page, samples())
    page.click("#switch")
    page.wait_for_selector("text=Review what was flagged")
    page.wait_for_selector(".message.found >> text=suspected extortion")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("#switch")
    page.wait_for_selector("text=核对标出的内容")
