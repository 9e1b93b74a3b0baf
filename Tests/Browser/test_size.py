"""Many messages, many files."""

import json

from conftest import choose, judge, own, read


def chat_of(count):
    """A long everyday chat with a threat in its middle and one at its end."""
    lines = []
    for place in range(count):
        text = ("这个颜色很好看", "花纹也喜欢", "今天天气不错")[place % 3] + "，" * (place % 2) + "真好看" * (place % 5)
        if place in (count // 2, count - 7):
            text = "不给我转500就差评"
        day, minute = divmod(place, 1440)
        lines.append(json.dumps({
            "conversation": "长聊", "sender": "随风" if place % 2 == 0 or "差评" in text else "小铺", "role": "buyer" if place % 2 == 0 or "差评" in text else "seller",
            "time": f"2024-{1 + day // 28:02}-{1 + day % 28:02} {minute // 60:02}:{minute % 60:02}:00", "text": text,
        }, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def test_100_000_messages(page, program, tmp_path):
    count = 100_000
    chat = tmp_path / "long.jsonl"
    chat.write_text(chat_of(count))
    choose(page, [chat])
    page.set_default_timeout(180_000)
    read(page)
    judge(page)
    page.wait_for_selector(".message.found")
    first = int(page.get_attribute(".message.current", "data-index"))
    assert first == count // 2
    page.click("#next")
    page.wait_for_selector(f".message.current[data-index='{count - 7}']")

    def seen():
        """The messages within the visible part of the chat."""
        return page.evaluate("""() => {
            const box = document.querySelector('#stream').getBoundingClientRect();
            return [...document.querySelectorAll('#stream [data-index]')].filter((one) => {
                const its = one.getBoundingClientRect();
                return its.bottom > box.top && its.top < box.bottom;
            }).map((one) => Number(one.dataset.index));
        }""")

    # Anywhere the bar is put there is chat to read, of which little is in the page.
    for part in (0, 0.1, 0.33, 0.5, 0.77, 1):
        page.evaluate("part => { const stream = document.querySelector('#stream'); stream.scrollTop = part * stream.scrollHeight; }", part)
        page.wait_for_function("""() => {
            const box = document.querySelector('#stream').getBoundingClientRect();
            return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.closest('.piece') !== null;
        }""")
        indices = seen()
        assert indices == list(range(indices[0], indices[-1] + 1))
        assert abs(indices[0] / count - part) < 0.02
        assert page.locator("#stream .message").count() < 1_000
    assert seen()[-1] == count - 1

    # By wheel: steps show one message after the other, none skipped, none jumping back.
    page.evaluate("document.querySelector('#stream').scrollTop = 0")
    page.wait_for_function("() => document.querySelector('#stream [data-index=\"0\"]') !== null")
    page.hover("#stream")
    last = 0
    for _ in range(60):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(30)
        indices = seen()
        if indices:
            assert last - 5 <= indices[0] <= last + 60, (last, indices[0])
            last = indices[0]
    assert last > 100


def test_500_files_by_keyboard_alone(page, program, tmp_path):
    paths = []
    for place in range(500):
        path = tmp_path / f"买家{place:03}.jsonl"
        text = "不给我转500就差评" if place % 50 == 7 else "发货了吗"
        path.write_text("".join(json.dumps({"conversation": f"买家{place:03}", "sender": sender, "role": role, "time": "2024-05-06 12:00:00", "text": words}, ensure_ascii=False) + "\n" for sender, role, words in [(f"买家{place:03}", "buyer", text), ("小铺", "seller", "不行")]))
        paths.append(path)
    choose(page, paths)
    press = page.keyboard.press

    def tab_to(selector, most=40):
        for _ in range(most):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            press("Tab")
        raise AssertionError(f"Tab does not reach {selector}")

    page.evaluate("document.activeElement.blur()")
    tab_to("#inputs button")
    press("End")
    assert "买家499" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    press("Delete")
    page.wait_for_function("() => document.querySelectorAll('#inputs li').length === 499")
    assert "买家498" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    tab_to("#read")
    press("Enter")
    page.wait_for_selector("#me-form:not([hidden])")
    assert own(page) == ["小铺"]
    tab_to("#me-search")
    page.keyboard.type("小铺")
    assert page.locator("#names li").count() == 1
    tab_to("#me-form button[type=submit]")
    press("Enter")
    page.wait_for_selector(".message.found")
    assert page.locator("#chats button").count() == 10
    tab_to("#chats button")
    press("End")
    press("Home")
    press("ArrowDown")
    press("Enter")
    page.wait_for_function("() => document.querySelectorAll('#chats button')[1].getAttribute('aria-current') === 'true'")
    tab_to("#stream")
    press("y")
    page.wait_for_selector(".toast:has-text('已保留')")
    press("j")
    page.wait_for_function("() => document.querySelectorAll('#chats button')[2].getAttribute('aria-current') === 'true'")
    page.wait_for_selector(".message.found.current")
    press("x")
    page.wait_for_selector(".reason form input:focus")
    page.keyboard.type("玩笑")
    press("Enter")
    page.wait_for_selector(".message.dismissed")
    press("Control+z")
    page.wait_for_selector(".toast:has-text('已撤销')")
    assert [json.loads(line)["decision"] for line in (program.kept / "decisions.jsonl").read_text().splitlines()] == ["keep"]
    tab_to("#to-case", most=80)
    press("Enter")
    tab_to("#case-common select")
    assert page.locator(".incident").count() == 10
