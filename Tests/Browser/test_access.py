"""Each step passes axe, in both schemes and languages and at three widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import choose, judge, read, samples, watch

STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def check(page, step):
    # What lies half below the bar of steps counts as small.
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(100)
    found = Axe().run(page, options=STANDARD).response["violations"]
    told = [(fault["id"], fault["help"], [node["target"] for node in fault["nodes"]][:5]) for fault in found]
    assert told == [], step


WORDS = {"zh-Hans": ("为什么标出", "保留", "排除"), "en": ("Why it is flagged", "Keep", "Dismiss")}


@pytest.mark.parametrize("scheme, language", [("light", "zh-Hans"), ("dark", "zh-Hans"), ("dark", "en")])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_axe(browser, program, width, scheme, language):
    why, keep, dismiss = WORDS[language]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    faults = watch(page, program)
    page.goto(f"{program.address}?language={language}")
    page.wait_for_selector("#files:not([hidden])")
    check(page, "files, none")
    choose(page, samples())
    check(page, "files")
    read(page)
    check(page, "me")
    judge(page)
    check(page, "findings")
    page.click("#chats button")
    page.wait_for_selector(".message.found")
    page.click(f".message.found >> nth=0 >> text={why}")
    page.click(f".message.found >> nth=0 >> .decide button:has-text('{keep}')")
    page.wait_for_selector(".toast:not([hidden])")
    page.click(f".message.found >> nth=1 >> .decide button:has-text('{dismiss}')")
    check(page, "conversation")
    page.click("[data-step=case]")
    page.wait_for_selector(".incident")
    check(page, "case")
    page.click("[data-step=report]")
    page.wait_for_selector("#preview:not([hidden])")
    check(page, "report")
    # Nothing is wider than the screen.
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert faults == []
