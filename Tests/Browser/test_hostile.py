"""Chat text is hostile: whatever it says is shown as text."""

import json

from conftest import choose, download, judge, read

EVIL = [
    "<img src=x onerror=\"document.title='owned'\">不给2000就差评<script>document.title='owned'</script>",
    "不转500就差评\"><svg/onload=alert(1)>",
    "给我500 不然差评 javascript:alert(1) [点我](javascript:alert(1)) {{title}} ${7*7}",
    "不返现就\u202e评差\u202c\u200b给200 差评",
    "</template></textarea></title><iframe src=https://evil.example/></iframe>不给我300我就给差评",
    "=HYPERLINK(\"https://evil.example\") 不退200就差评",
]
NAME = "<b onmouseover=alert(1)>阿\u202e坏</b>"


def test_shown_as_text(page, program, tmp_path):
    chat = tmp_path / "<img src=x onerror=alert(1)>.jsonl"
    lines = [{"conversation": f"<i>{NAME}</i>", "sender": NAME, "role": "buyer", "time": f"2024-05-06 12:{minute:02}:00", "text": text} for minute, text in enumerate(EVIL)]
    lines.insert(1, {"conversation": f"<i>{NAME}</i>", "sender": "<u>店</u>", "role": "seller", "time": "2024-05-06 12:00:30", "text": "<h1>不行</h1>"})
    chat.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError(dialog.message)))

    choose(page, [chat])
    assert "<img src=x" in page.inner_text("#inputs")
    read(page)
    assert "<b onmouseover" in page.inner_text("#names")
    judge(page)
    page.click("#chats button")
    page.wait_for_selector(".message")
    for text in EVIL + ["<h1>不行</h1>"]:
        shown = page.locator(".bubble").all_inner_texts()
        named = "".join(f"⟦U+{ord(c):04X}⟧" if c in "\u202e\u202c\u200b" else c for c in text)
        assert named in shown, named
    # Bubbles hold text, marks, and the names of what has no shape, nothing else.
    inside = page.eval_on_selector_all(".bubble *", "all => [...new Set(all.map((one) => one.tagName + '.' + one.className))]")
    assert set(inside) <= {"MARK.", "SPAN.hidden-mark"}
    assert page.evaluate("document.querySelectorAll('#chats b b, main img, main script, main svg, .meta b, .stream h1, .stream iframe').length") == 0

    page.click("#to-case")
    page.wait_for_selector(".incident")
    assert "<b onmouseover" in page.inner_text(".incident summary")
    page.click("#to-report")
    report = page.frame_locator("#preview")
    report.locator("h1").first.wait_for()
    assert report.locator("img, script, iframe, h1 h1").count() == 0
    assert report.locator("body").evaluate("body => body.ownerDocument.defaultView.origin") == "null"
    assert download(page)
    assert page.title() == "举证 · 聊天记录证据整理"
